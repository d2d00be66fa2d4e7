"""Raw input of deconfliction -> clean values."""

from django import forms

from agencies.forms.sentences import ModelForm
from agencies.fields import Line
from evidence.forms.fields import LinesForm
from leads import deconfliction
from leads.models import DeconflictionRule

NOT_WHOLE = (
    "Give the whole number as it stands on the gun: at least four characters, none unknown. Parts of a number are not "
    "answered."
)


class GunForm(LinesForm):
    """A serial number, and what it is asked for."""

    called = {"agency": "agency for which you ask", "reason": "reason"}
    serial = forms.CharField(
        label="Serial number", max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text="Whole, as it stands on the gun. Blanks and hyphens do not matter.",
    )  # fmt: skip
    case_number = forms.CharField(label="Your case number", max_length=40)
    reason = forms.CharField(
        label="Why you ask", max_length=200, help_text="Kept with the question and read by who reviews it."
    )
    agency = forms.ModelChoiceField(None, label="For which agency", empty_label=None)

    def __init__(self, *args, agencies, **kwargs):
        super().__init__(*args, **kwargs)
        self.only = agencies[0] if len(agencies) == 1 else None
        self.fields["agency"].queryset = agencies
        if self.only:
            del self.fields["agency"]

    def clean_serial(self):
        if not deconfliction.gun_key(self.cleaned_data["serial"]):
            raise forms.ValidationError(NOT_WHOLE)
        return self.cleaned_data["serial"]

    def clean(self):
        cleaned = super().clean()
        return cleaned | {"agency": self.only} if self.only else cleaned


class ReviewForm(LinesForm):
    called = {"note": "note"}
    note = forms.CharField(label="Note", max_length=200, required=False, help_text="What you looked at, if you like.")


class RuleForm(ModelForm):
    """Whether an agency answers, and whom others call."""

    class Meta:
        model = DeconflictionRule
        fields = ["answers", "contact", "phone", "email"]
        field_classes = dict.fromkeys(("contact", "phone"), Line)
        labels = {
            "answers": "Answer other agencies", "contact": "Unit or desk to call", "phone": "Phone", "email": "E-mail",
        }  # fmt: skip
        help_texts = {
            "answers": "Who asks by a whole serial number learns that you hold a record, and whom to call. Nothing else. "
            "Without it the answer is the same as if you held none.",
            "contact": "Such as: Homicide Unit, desk.",
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answers") and not cleaned.get("contact"):
            self.add_error("contact", "Say which unit or desk others call.")
        if cleaned.get("answers") and not (cleaned.get("phone") or cleaned.get("email")):
            self.add_error("phone", "Give a phone number or an e-mail by which the unit is reached.")
        return cleaned
