"""Raw input of what is said of two leads -> clean values."""

from django import forms

from agencies.forms.sentences import Form
from leads.models import Lead, LeadPair

NOT_FOUND = "You see no lead with this number. Write it as it stands on its page."


def _found(user, number):
    found = Lead.objects.visible_to(user).filter(number__iexact=number.strip()).first()
    if found is None:
        raise forms.ValidationError(NOT_FOUND)
    return found


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
        return _found(self.user, self.cleaned_data["other"])


class TakeBackForm(Form):
    reason = forms.CharField(
        label="Why it is taken back",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say why it is taken back."},
    )


class MentionForm(Form):
    """Which lead a notice means by a number, or that there is none and how that is known."""

    called = {"lead": "number of the lead that is meant", "why": "reason"}
    IS, NONE = "is", "none"
    verdict = forms.ChoiceField(
        label="What is known",
        choices=[(IS, "It means another lead"), (NONE, "There is no such lead")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say whether it means a lead that is here."},
    )
    lead = forms.CharField(label="The lead that is meant", max_length=40, required=False)
    why = forms.CharField(
        label="How it is known that there is none",
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, user, near=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        known = f"Near it: {', '.join(near)}" if near else "Its number, such as WCL-2026-00412"
        self.fields["lead"].help_text = known

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("verdict") == self.IS:
            number = cleaned.get("lead", "").strip()
            try:
                cleaned["lead"] = _found(self.user, number) if number else None
            except forms.ValidationError as wrong:
                self.add_error("lead", wrong)
            if not number:
                self.add_error("lead", "Give the number of the lead that is meant.")
        elif cleaned.get("verdict") == self.NONE and not cleaned.get("why", "").strip():
            self.add_error("why", "Say how it is known.")
        return cleaned
