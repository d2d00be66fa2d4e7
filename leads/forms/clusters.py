"""Raw input of what is said of two leads -> clean values."""

from django import forms

from agencies.forms.sentences import Form
from leads.models import Lead, LeadPair

NOT_FOUND = "You see no lead with this number. Write it as it stands on its page."


class PairForm(Form):
    """Another lead, by its number, and whether it is of the same gun."""

    called = {"other": "number of the other lead", "verdict": "what is known"}
    other = forms.CharField(label="The other lead", max_length=40, help_text="Its number, such as WCL-2026-00412")
    verdict = forms.ChoiceField(
        label="What is known",
        choices=[(LeadPair.Status.JOINED.value, "One gun"), (LeadPair.Status.APART.value, "Not the same gun")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether they are of one gun."},
    )
    reason = forms.CharField(
        label="How it is known",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Both leads show it to all who see them",
        error_messages={"required": "Say how it is known."},
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_other(self):
        found = Lead.objects.visible_to(self.user).filter(number__iexact=self.cleaned_data["other"].strip()).first()
        if found is None:
            raise forms.ValidationError(NOT_FOUND)
        return found


class TakeBackForm(Form):
    reason = forms.CharField(
        label="Why it is taken back",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is taken back."},
    )
