from zoneinfo import ZoneInfo

from django import forms

from agencies.widgets import Day
from evidence import policies
from evidence.forms.fields import LinesForm
from evidence.models import Trace


class TraceRequestForm(LinesForm):
    trace_number = forms.CharField(
        label="Trace number", max_length=20, required=False, help_text="When the tracing center gave one already"
    )


class TraceResultForm(LinesForm):
    """How far a trace came; only the states it can reach from where it is are offered."""

    called = {"status": "state of the trace"}
    status = forms.ChoiceField(label="Now it is", widget=forms.RadioSelect)
    trace_number = forms.CharField(label="Trace number", max_length=20, required=False)
    reason = forms.ChoiceField(
        label="Why it stopped short", choices=[("", "Not stopped"), *Trace.Reason.choices], required=False
    )
    purchased_on = forms.DateField(
        label="Bought on", widget=Day, required=False, help_text="First retail sale, when a purchaser was found"
    )

    def __init__(self, *args, trace, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.trace, self.user = trace, user
        reachable = Trace.TRANSITIONS[Trace.Status(trace.status)]
        self.fields["status"].choices = [choice for choice in Trace.Status.choices if choice[0] in reachable]
        self.fields["trace_number"].initial = trace.trace_number

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("status"):
            return cleaned
        asked = {name: cleaned.get(name, "") for name in ("status", "reason", "trace_number")}
        asked["trace_number"] = asked["trace_number"] or self.trace.trace_number
        reason = policies.record_trace_result(self.user, self.trace, **asked)
        if reason:
            field = {"closed_incomplete": "reason", "accepted": "trace_number"}.get(asked["status"])
            self.add_error(field, reason)
        zone = ZoneInfo(self.trace.agency.zone)
        recovered = self.trace.firearm.exhibit.incident.occurred_at.astimezone(zone).date()
        if cleaned.get("purchased_on") and cleaned["purchased_on"] > recovered:
            self.add_error("purchased_on", "The firearm was recovered before this day. Check the date of the sale.")
        return cleaned
