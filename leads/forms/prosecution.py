"""Raw input of referrals, decisions and answers -> clean values."""

from django import forms

from agencies.forms.sentences import Form
from agencies.models import Agency
from agencies.widgets import Day, Tiles
from leads.models import Referral

Status = Referral.Status
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
