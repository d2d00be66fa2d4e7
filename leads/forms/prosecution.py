"""Raw input of answers, court dates, charges and dispositions -> clean values."""

from django import forms
from django.utils import timezone

from agencies.forms.sentences import Form
from agencies.moments import why_not_yet
from agencies.widgets import Day
from leads.models import Charge

Disposition = Charge.Disposition


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


class ChargeForm(Form):
    """An offense charged, on a day of the office's wall clock (`zone`)."""

    statute = forms.CharField(
        label="Statute",
        max_length=40,
        help_text="Such as: 18 USC 922(g)(1)",
        error_messages={"required": "Give the statute."},
    )
    title = forms.CharField(label="Offense", max_length=160, error_messages={"required": "Name the offense."})
    counts = forms.IntegerField(label="Counts", min_value=1, max_value=999, initial=1)
    charged_on = forms.DateField(label="Charged on", widget=Day, error_messages={"required": "Give the day."})

    def __init__(self, *args, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = zone

    def clean_charged_on(self):
        return past(self.cleaned_data["charged_on"], self.zone)


class DispositionForm(Form):
    """How one charge ended, on a day of the office's wall clock (`zone`); a sentence only after a plea or a verdict of
    guilty.
    """

    disposition = forms.ChoiceField(
        label="How it ended",
        choices=[("", "Choose"), *(each for each in Disposition.choices if each[0] != Disposition.PENDING)],
        error_messages={"required": "Choose how it ended."},
    )
    disposed_on = forms.DateField(label="On", widget=Day, error_messages={"required": "Give the day."})
    prison_months = forms.IntegerField(
        label="Prison, months", min_value=0, max_value=Charge.LIFE_MONTHS, required=False
    )
    probation_months = forms.IntegerField(
        label="Probation, months", min_value=0, max_value=Charge.LIFE_MONTHS, required=False
    )

    def __init__(self, *args, charge, zone, **kwargs):
        super().__init__(*args, **kwargs)
        self.charge, self.zone = charge, zone
        for name in self.fields:
            value = getattr(charge, name)
            self.fields[name].initial = "" if value == Disposition.PENDING else value

    def clean_disposed_on(self):
        day = past(self.cleaned_data["disposed_on"], self.zone)
        if day < self.charge.charged_on:
            raise forms.ValidationError("This lies before the day of the charge. Check the date.")
        return day

    def clean(self):
        cleaned = super().clean()
        sentence = [name for name in ("prison_months", "probation_months") if cleaned.get(name) is not None]
        if sentence and cleaned.get("disposition") and cleaned["disposition"] not in Charge.SENTENCED:
            self.add_error(sentence[0], "A sentence follows a plea or a verdict of guilty. Leave it empty here.")
        return cleaned


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


def past(day, zone):
    """A day that has begun on the wall clock of `zone`."""
    if wrong := why_not_yet(day, timezone.now(), zone):
        raise forms.ValidationError(wrong)
    return day
