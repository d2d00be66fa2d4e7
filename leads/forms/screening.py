"""Raw input of worksheets, venue, adoption and work product -> clean values."""

from django import forms
from django.utils import timezone

from agencies.forms.sentences import Form
from agencies.models import Agency
from agencies.moments import why_not_yet
from agencies.widgets import Day, Tiles
from leads.models import Charge, Referral, ScreeningVersion

MONTHS = {"min_value": 0, "max_value": Charge.LIFE_MONTHS, "required": False}
NO_NAMES = "No names: they stand in the reports"


def _words(label, longest, help_text=""):
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(label=label, max_length=longest, required=False, widget=area, help_text=help_text)


class ScreeningForm(Form):
    """What both offices weigh. `seen` is the version that was read: one that was saved since is not written over."""

    state_offenses = _words("Offenses considered under state law", 1000, "One a line, with the statute")
    state_exposure = _words("Exposure under state law", 400, "Mandatory minimum, enhancement, as your office reads it")
    state_months = forms.IntegerField(label="Most, in months, state", **MONTHS)
    federal_offenses = _words("Offenses considered under federal law", 1000, "One a line, with the statute")
    federal_exposure = _words(
        "Exposure under federal law", 400, "Mandatory minimum, enhancement, as your office reads it"
    )
    federal_months = forms.IntegerField(label="Most, in months, federal", **MONTHS)
    category = forms.ChoiceField(
        label="Criminal history category",
        choices=[("", "Not determined"), *ScreeningVersion.Category.choices],
        required=False,
        help_text="That of the federal sentencing guidelines",
    )
    prior_record = forms.CharField(label="Prior record in the state's words", max_length=400, required=False)
    witnesses = forms.IntegerField(label="Witnesses", min_value=0, max_value=999, required=False, help_text=NO_NAMES)
    witness_needs = forms.CharField(
        label="What they need", max_length=400, required=False, help_text=f"Protection, interpreter. {NO_NAMES}"
    )
    suppression = forms.ChoiceField(
        label="Suppression risk", choices=[("", "Not weighed yet"), *ScreeningVersion.Risk.choices], required=False
    )
    suppression_words = _words("Why", 1000)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, version=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen"].initial = version and version.pk
        for name in self.fields if version else ():
            if name != "seen":
                self.fields[name].initial = getattr(version, name)

    def begin_from(self, version, why):
        """Stand again as it was typed, to be saved over a version that somebody else saved meanwhile."""
        self.data = self.data.copy()
        self.data["seen"] = version.pk
        self.add_error(None, why)


class VenueForm(Form):
    """Which office should have the case, for one's own."""

    chosen = forms.ModelChoiceField(
        label="Which office should have the case",
        queryset=Agency.objects.none(),
        widget=Tiles,
        empty_label=None,
        error_messages={"required": "Choose one of the offices."},
    )
    why = forms.CharField(
        label="Why",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="The other offices of this case read it",
        error_messages={"required": "Say why: the other office reads it."},
    )

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = Agency.objects.filter(pk__in=[each.pk for each in offices]).order_by("name")


class StateForm(Form):
    """The case of a state office that is adopted, or given back."""

    called = {"state": "case of the state"}
    state = forms.TypedChoiceField(label="Case of the state", widget=forms.RadioSelect)
    note = forms.CharField(
        label="Why",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Both offices and the agencies that referred read it",
        error_messages={"required": "Say why: the other office reads it."},
    )

    def __init__(self, *args, states, **kwargs):
        super().__init__(*args, **kwargs)
        self.states = {str(each.pk): each for each in states}
        self.fields["state"].choices = [(pk, _case_words(each)) for pk, each in self.states.items()]
        if len(self.states) == 1:
            self.fields["state"].initial = next(iter(self.states))

    def clean_state(self):
        return self.states[self.cleaned_data["state"]]


def _case_words(case):
    return f"{case.office}, {Referral.Status(case.status).label.lower()}, referred by {case.agency.code}"


class NoteForm(Form):
    """Work product of the office."""

    text = forms.CharField(
        label="Note",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Work product of this office: no other office, agency or the center reads it; not in packets",
        error_messages={"required": "Write the note."},
    )


class StrikeForm(Form):
    """Why a note of the office does not hold."""

    reason = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The note stays with this beside it. Your office alone reads either.",
        error_messages={"required": "Say why it does not hold."},
    )


class CheckForm(Form):
    """The day of the Giglio check, and nothing of what it found."""

    checked_on = forms.DateField(
        label="Giglio check run on",
        widget=Day,
        help_text="The day alone. What was found about anybody is kept in your office's own files, never here.",
        error_messages={"required": "Give the day."},
    )

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_checked_on(self):
        day = self.cleaned_data["checked_on"]
        if wrong := why_not_yet(day, timezone.now(), self.zone):
            raise forms.ValidationError(wrong)
        return day
