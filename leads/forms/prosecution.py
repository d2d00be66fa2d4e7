"""Raw input of answers and court dates -> clean values."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from agencies.forms.sentences import Form
from agencies.moments import why_not_yet
from agencies.widgets import Day

ONE = timedelta(days=1)
OVER = "{what}, {on}, is past. Say under In court whether it was held, put off or taken off; then give the next day."


class HearingForm(Form):
    """What comes next in court; empty when nothing does."""

    court_number = forms.CharField(label="Court number", max_length=40, required=False)
    next_on = forms.DateField(label="Next court date", required=False, widget=Day)
    next_what = forms.CharField(label="What for", max_length=120, required=False, help_text="Such as: arraignment")

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        self.referral = referral
        for name in self.fields:
            self.fields[name].initial = getattr(referral, name)

    def clean(self):
        cleaned = super().clean()
        add_date_and_purpose(self, cleaned)
        over = self._over()
        if over and not self.errors and cleaned["next_on"] != over:
            self.add_error(
                "next_on", OVER.format(what=self.referral.next_what, on=f"{over:%a} {over.day} {over:%b %Y}")
            )
        return cleaned

    def _over(self):
        """The next day in court where it is past. What came of it is for a person to say: another day in its place
        would read as a continuance.
        """
        on = self.referral.next_on
        return on if on and not why_not_yet(on + ONE, timezone.now(), self.referral.office.zone) else None


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
