"""Raw input of a notice that somebody writes down -> the lines of its file."""

from django import forms
from django.utils import timezone

from agencies.fields import Line as OneLine
from agencies.forms.sentences import Form
from agencies.models import Agency
from agencies.moments import why_not_yet
from agencies.widgets import Day
from leads.noticefile import Line

MOST = 8
PARTS = ("agency", "case", "exhibit", "on", "caliber", "offense")


class NoticeForm(Form):
    """The head of a notice, and a line for each event, of which empty ones are left out."""

    sender = forms.ModelChoiceField(
        label="Whose notice it is",
        queryset=Agency.objects.none(),
        empty_label="Choose",
        help_text="The laboratory that sent it, or the center for one of any other.",
        error_messages={"required": "Choose whose notice it is."},
    )
    number = OneLine(
        label="Lead number", max_length=40, error_messages={"required": "Give the number that stands on the notice."}
    )
    notice_on = forms.DateField(
        label="Date of the notice", widget=Day, error_messages={"required": "Give the date of the notice."}
    )

    def __init__(self, *args, senders, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sender"].queryset = senders
        if len(senders) == 1:
            self.fields["sender"].empty_label = None
        names = [("", "Choose"), *((each.name, each.name) for each in agencies)]
        for place in range(1, MOST + 1):
            self.fields |= _line(place, names)

    @property
    def lines(self):
        """The bound fields of each event."""
        return [[self[f"{part}_{place}"] for part in PARTS] for place in range(1, MOST + 1)]

    def clean_notice_on(self):
        day, sender = self.cleaned_data["notice_on"], self.cleaned_data.get("sender")
        if sender and (wrong := why_not_yet(day, timezone.now(), sender.zone)):
            raise forms.ValidationError(wrong)
        return day

    def clean(self):
        cleaned = super().clean()
        found = []
        for place in range(1, MOST + 1):
            agency, case, *rest = (cleaned.pop(f"{part}_{place}", None) for part in PARTS)
            if any((agency, case, *rest)) and not agency:
                self.add_error(f"agency_{place}", "Choose whose case it is.")
            if any((agency, case, *rest)) and not case:
                self.add_error(f"case_{place}", "Give the case number.")
            if agency and case:
                found.append(Line(agency, case, *rest))
        if not found and "agency_1" not in self.errors and "case_1" not in self.errors:
            self.add_error("case_1", "Write down the events that the notice links.")
        return cleaned | {"events": found}


def _line(place, names):
    said = f"of event {place}"
    return {
        f"agency_{place}": forms.ChoiceField(
            label="Agency",
            choices=names,
            required=False,
            widget=forms.Select(attrs={"aria-label": f"Agency {said}"}),
        ),
        f"case_{place}": _text("Case number", f"Case number {said}", 40),
        f"exhibit_{place}": _text("Exhibit", f"Exhibit {said}", 40),
        f"on_{place}": forms.DateField(label="Date", required=False, widget=Day(attrs={"aria-label": f"Date {said}"})),
        f"caliber_{place}": _text("Caliber", f"Caliber {said}", 40),
        f"offense_{place}": _text("Offense", f"Offense {said}", 80),
    }


def _text(label, aria, most):
    return OneLine(label=label, max_length=most, required=False, widget=forms.TextInput(attrs={"aria-label": aria}))
