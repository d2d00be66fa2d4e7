"""Raw input of answers and court dates -> clean values."""

from django import forms

from agencies.forms.sentences import Form
from agencies.widgets import Day


class HearingForm(Form):
    """What comes next in court; empty when nothing does."""

    court_number = forms.CharField(label="Court number", max_length=40, required=False)
    next_on = forms.DateField(label="Next court date", required=False, widget=Day)
    next_what = forms.CharField(label="What for", max_length=120, required=False, help_text="Such as: arraignment")

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.fields[name].initial = getattr(referral, name)

    def clean(self):
        cleaned = super().clean()
        add_date_and_purpose(self, cleaned)
        return cleaned


class AnswerForm(Form):
    """What the office asked for, brought into the summary."""

    called = {"summary": "case in short, with what was asked for"}
    summary = forms.CharField(
        label="The case in short, with what was asked for",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="The office decides anew. The former words stay in the log.",
    )

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["summary"].initial = referral.summary


def date_and_purpose(next_on, next_what):
    """What is missing of the next day in court, {field: sentence}: a date says what it is for, and the other way."""
    if next_on and not next_what:
        return {"next_what": "Say what the date is for."}
    return {"next_on": "Give the date."} if next_what and not next_on else {}


def add_date_and_purpose(form, cleaned):
    """The same on a form."""
    # A date that was typed wrongly has its own sentence.
    if "next_on" in cleaned:
        for name, sentence in date_and_purpose(cleaned["next_on"], cleaned.get("next_what")).items():
            form.add_error(name, sentence)
