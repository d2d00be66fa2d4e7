"""Raw input of deconfliction -> clean values."""

from django import forms
from django.utils import timezone

from agencies.fields import Line
from agencies.forms.sentences import ModelForm
from agencies.widgets import Day
from evidence.forms.fields import LinesForm, OfOneAgency
from leads import deconfliction
from leads.models import DeconflictionRule

NOT_WHOLE = (
    "Give the whole number as it stands on the gun: at least four characters, none unknown. Parts of a number are not "
    "answered."
)
NO_PERSON = "Give the first and the last name of somebody who is eighteen. Of others no agency answers."


class _AskForm(OfOneAgency, LinesForm):
    """What every question is asked for."""

    called = {"agency": "agency for which you ask", "reason": "reason", "case_number": "case number"}
    case_number = forms.CharField(label="Your case number", max_length=40)
    reason = forms.CharField(
        label="Why you ask", max_length=200, help_text="Kept with the inquiry and read by who reviews it."
    )
    agency = forms.ModelChoiceField(None, label="For which agency", empty_label=None)


class GunForm(_AskForm):
    """A serial number, and what it is asked for."""

    field_order = ("serial",)
    serial = forms.CharField(
        label="Serial number", max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        help_text="Whole, as it stands on the gun. Blanks and hyphens do not matter.",
    )  # fmt: skip

    def clean_serial(self):
        if not deconfliction.gun_key(self.cleaned_data["serial"]):
            raise forms.ValidationError(NOT_WHOLE)
        return self.cleaned_data["serial"]


class PersonForm(_AskForm):
    """A person's name and day of birth, and what they are asked for."""

    called = _AskForm.called | {"name": "name", "born_on": "day of birth"}
    field_order = ("name", "born_on")
    name = forms.CharField(
        label="First and last name", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="Whole, not a beginning or a nickname.",
    )  # fmt: skip
    born_on = forms.DateField(label="Day of birth", widget=Day)

    def clean(self):
        cleaned = super().clean()
        name, born_on = cleaned.get("name"), cleaned.get("born_on")
        if name and born_on and not deconfliction.person_key(name, born_on, timezone.localdate()):
            self.add_error("name", NO_PERSON)
        return cleaned


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
            "answers": "Who asks by a whole serial number, or a name with the day of birth, learns that you hold a "
            "record and whom to call. Nothing else. Without it the answer is the same as if you held none.",
            "contact": "Such as: Homicide Unit, desk.",
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("answers") and not cleaned.get("contact"):
            self.add_error("contact", "Say which unit or desk others call.")
        if cleaned.get("answers") and not (cleaned.get("phone") or cleaned.get("email")):
            self.add_error("phone", "Give a phone number or an e-mail by which the unit is reached.")
        return cleaned
