"""Raw input about time -> clean values: pauses, extensions, absences, an agency's own days."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms

from agencies.forms.sentences import Form
from agencies.models import User
from agencies.widgets import Day, Stepper, Tiles
from leads import respite
from leads.forms.work import DISCOVERABLE
from leads.models import TimeRequest


def midnight(day, zone):
    """The beginning of a local day."""
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone))


class PauseForm(Form):
    """What a lead waits for, and on which day its clock runs again."""

    reason = forms.ChoiceField(
        label="What it waits for",
        choices=[
            (value, label.removeprefix("waiting for ").capitalize()) for value, label in TimeRequest.Reason.choices
        ],
        widget=Tiles(attrs={"class": "tiles--people"}),
        error_messages={"required": "Choose what it waits for."},
    )
    until = forms.DateField(
        label="The clock runs again on", widget=Day, error_messages={"required": "Choose the day it runs again."}
    )
    note = forms.CharField(
        label="In a few words", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, obligation, now, last, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone, self.now, self.last = obligation.agency.zone, now, last
        day = last.astimezone(ZoneInfo(self.zone))
        self.fields["until"].help_text = f"{day:%a %-d %b %Y} at the latest: a pause always ends."
        self.fields["note"].help_text = DISCOVERABLE

    def clean_until(self):
        until = midnight(self.cleaned_data["until"], self.zone)
        if until <= self.now:
            raise forms.ValidationError("Choose a day after today.")
        if until > self.last:
            last = self.last.astimezone(ZoneInfo(self.zone))
            raise forms.ValidationError(f"Choose {last:%a %-d %b %Y} or an earlier day, or ask for more time.")
        return until


class ExtendForm(Form):
    """How many business days more, and why."""

    days = forms.IntegerField(
        label="Business days more",
        min_value=1,
        max_value=respite.MOST_DAYS,
        initial=3,
        widget=Stepper,
    )
    note = forms.CharField(
        label="Why",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The supervisor reads this. " + DISCOVERABLE,
        error_messages={"required": "Say why more time is needed."},
    )


class DecideForm(Form):
    """Yes or no, and for a no the reason."""

    grant = forms.TypedChoiceField(
        label="Decision",
        choices=[("yes", "Grant"), ("no", "Refuse")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=Tiles(attrs={"class": "tiles--people"}),
        error_messages={"required": "Choose whether it is granted."},
    )
    answer = forms.CharField(
        label="Why, if refused", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("grant") is False and not cleaned.get("answer", "").strip():
            self.add_error("answer", "Say why it is refused: who asked reads it.")
        return cleaned


class AbsenceForm(Form):
    """From the first day to the last, both included, and who stands in."""

    first = forms.DateField(label="First day away", widget=Day)
    last = forms.DateField(label="Last day away", widget=Day)
    deputy = forms.ModelChoiceField(
        label="Deputy",
        queryset=User.objects.none(),
        required=False,
        empty_label="Nobody: it goes to the next in line",
        help_text="Hears what the clock tells in this time. Takes on no right by it.",
    )

    def __init__(self, *args, zone, deputies, now, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone, self.now = zone, now
        self.fields["deputy"].queryset = deputies

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last:
            if last < first:
                self.add_error("last", "Choose a last day that is not before the first.")
            elif (ends := midnight(last + timedelta(days=1), self.zone)) <= self.now:
                self.add_error("last", "Choose a last day that is not over yet.")
            else:
                cleaned = {"starts_at": midnight(first, self.zone), "ends_at": ends, "deputy": cleaned.get("deputy")}
        return cleaned


class RuleForm(Form):
    """The agency's own days."""

    stale_days = forms.IntegerField(
        label="Stale after days without activity",
        min_value=3,
        max_value=90,
        widget=Stepper,
        help_text="Calendar days. Who owes the next step is told once.",
    )
    pause_days = forms.IntegerField(
        label="Days a clock may stand still in one stage",
        min_value=1,
        max_value=90,
        widget=Stepper,
        help_text="Calendar days, all pauses of the stage together. Then it runs and escalates on.",
    )
