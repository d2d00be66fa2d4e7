"""Raw input of referrals, decisions, charges and dispositions -> clean values."""

from django import forms
from django.utils import timezone

from agencies.forms.sentences import Form
from agencies.models import Agency
from agencies.moments import why_not_yet
from agencies.widgets import Day, Tiles
from leads.models import Charge, Referral

Status = Referral.Status
Disposition = Charge.Disposition
DECISIONS = [
    (Status.ACCEPTED, "Accept"),
    (Status.MORE_ASKED, "Ask for more"),
    (Status.DECLINED, "Decline"),
]
ICONS = {"accepted": "check", "more_asked": "help", "declined": "x"}


class ReferralForm(Form):
    """One defendant's case for one office."""

    called = {"agency": "agency in whose name it is referred"}
    agency = forms.ModelChoiceField(label="In the name of", queryset=Agency.objects.none(), empty_label=None)
    office = forms.ModelChoiceField(
        label="To which office",
        queryset=Agency.objects.none(),
        empty_label="Choose",
        error_messages={"required": "Choose an office."},
    )
    defendant = forms.CharField(
        label="Defendant",
        max_length=120,
        help_text="As on the arrest report",
        error_messages={"required": "Give the name as on the arrest report."},
    )
    summary = forms.CharField(
        label="The case in short",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What is asserted about this person, and by which report. A link between events is a link of a gun, "
        "not of a person. May have to be disclosed to the defense.",
        error_messages={"required": "Say what is asserted, and by which report."},
    )

    def __init__(self, *args, lead, agencies, offices, **kwargs):
        super().__init__(*args, **kwargs)
        self.lead = lead
        self.fields["agency"].queryset = agencies
        self.fields["office"].queryset = offices

    def clean(self):
        cleaned = super().clean()
        office, defendant = cleaned.get("office"), cleaned.get("defendant", "")
        if office and self.lead.referrals.filter(office=office, defendant=defendant).exists():
            self.add_error("defendant", f"This case was referred to {office} already. Open it there and answer.")
        return cleaned


class DecisionForm(Form):
    """Accept, decline with a reason, or say what is missing."""

    status = forms.ChoiceField(
        label="Decision",
        choices=DECISIONS,
        widget=Tiles(icons=ICONS),
        error_messages={"required": "Choose one: accept, ask for more, or decline."},
    )
    reason = forms.ChoiceField(
        label="If declined, why", choices=[("", "Choose"), *Referral.DeclineReason.choices], required=False
    )
    note = forms.CharField(
        label="Words to the agency",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="If you ask for more: what, and why it is needed",
    )
    court_number = forms.CharField(label="Court number", max_length=40, required=False)
    next_on = forms.DateField(label="Next court date", required=False, widget=Day)
    next_what = forms.CharField(label="What for", max_length=120, required=False, help_text="Such as: arraignment")

    def __init__(self, *args, referral, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = Referral.TRANSITIONS[Status(referral.status)]
        self.fields["status"].choices = [each for each in DECISIONS if each[0] in allowed]
        for name in ("court_number", "next_on", "next_what"):
            self.fields[name].initial = getattr(referral, name)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("status") == Status.DECLINED and not cleaned.get("reason"):
            self.add_error("reason", "Say why the case is declined: the agency learns from it.")
        if cleaned.get("status") == Status.MORE_ASKED and not cleaned.get("note"):
            self.add_error("note", "Say what is missing.")
        _add_date_and_purpose(self, cleaned)
        return cleaned


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
        _add_date_and_purpose(self, cleaned)
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
        return _past(self.cleaned_data["charged_on"], self.zone)


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
        day = _past(self.cleaned_data["disposed_on"], self.zone)
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


def _add_date_and_purpose(form, cleaned):
    # A date that was typed wrongly has its own sentence.
    if "next_on" in cleaned:
        for name, sentence in date_and_purpose(cleaned["next_on"], cleaned.get("next_what")).items():
            form.add_error(name, sentence)


def _past(day, zone):
    if wrong := why_not_yet(day, timezone.now(), zone):
        raise forms.ValidationError(wrong)
    return day
