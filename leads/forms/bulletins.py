"""Raw input of bulletins -> clean values."""

from django import forms

from evidence.forms.fields import LinesForm, OfOneAgency
from leads import bulletins
from leads.models import Bulletin

NAMES = "Names of victims, witnesses and juveniles do not belong here, nor of anybody who is not charged."


class BulletinForm(OfOneAgency, LinesForm):
    """What a bulletin says, and to whom it goes."""

    called = {"agency": "agency that sends it", "handling": "rule for handling it"}
    agency = forms.ModelChoiceField(None, label="In the name of", empty_label=None)
    purpose = forms.ChoiceField(label="Purpose", choices=Bulletin.Purpose, widget=forms.RadioSelect)
    title = forms.CharField(label="Title", max_length=120, help_text=NAMES)
    whole_cluster = forms.BooleanField(
        label="All leads of this gun", required=False, help_text="Those that your agency sees, not this lead alone."
    )
    sections = forms.MultipleChoiceField(
        label="Sections", choices=list(bulletins.SECTIONS.items()), widget=forms.CheckboxSelectMultiple,
        help_text="The stamp with its caveat is in every bulletin. No section has trace data, names or house numbers.",
    )  # fmt: skip
    summary = forms.CharField(
        label="Summary", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 5}), help_text=NAMES
    )
    asks = forms.CharField(
        label="What readers are asked for", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    contact = forms.CharField(
        label="Whom to call",
        max_length=200,
        help_text="A unit or a person, with a number.",
        error_messages={"required": "Say whom to call."},
    )
    handling = forms.CharField(label="How to handle it", max_length=300, initial=bulletins.HANDLING)
    to = forms.ModelMultipleChoiceField(
        None, label="Send to", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Agencies with an event in it always get it. Nobody gets the lead by this.",
    )  # fmt: skip

    def __init__(self, *args, agencies, choices, clustered, fixed=False, **kwargs):
        super().__init__(*args, agencies=agencies, **kwargs)
        self.fields["to"].queryset = choices
        if fixed:
            self.fields.pop("agency", None)
            self.only = None
        if not clustered:
            del self.fields["whole_cluster"]

    def clean(self):
        cleaned = super().clean()
        sections = cleaned.get("sections", [])
        for name, what in (("summary", "the summary"), ("asks", "what readers are asked for")):
            if name in sections and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, f"Write {what}, or take that section out.")
        cleaned.setdefault("whole_cluster", False)
        return cleaned


class ReasonForm(LinesForm):
    called = {"reason": "reason"}
    reason = forms.CharField(label="What is to be changed", max_length=300)


class RetractForm(LinesForm):
    called = {"reason": "reason"}
    reason = forms.CharField(label="Why it is retracted", max_length=300, help_text="Every recipient reads this.")
