"""Raw input of the decision on a held notice -> clean values."""

from django import forms

from agencies.forms.sentences import Form


class DecisionForm(Form):
    """Whether a notice goes out without its second review, and why."""

    release = forms.TypedChoiceField(
        label="Decision",
        coerce=lambda value: value == "yes",
        choices=[("yes", "Release without reviewer 2"), ("no", "Decline: it opens no lead")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="Why",
        max_length=200,
        help_text="It is kept with the notice and shown on the lead",
        error_messages={"required": "Say why."},
    )
