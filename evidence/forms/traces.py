from django import forms
from django.core.exceptions import ValidationError

from agencies.forms.sentences import Form
from agencies.widgets import Day
from evidence import answers, policies
from evidence.forms.fields import LinesForm
from evidence.models import Trace, TraceLimit, TraceResult

Status = Trace.Status


class TraceRequestForm(LinesForm):
    """A trace that was asked for without the portal."""

    trace_number = forms.CharField(
        label="Trace number", max_length=20, required=False, help_text="When the tracing center gave one already"
    )


class TraceResultForm(LinesForm):
    """How far a trace came, and whom it named; only the states it can reach from where it is are offered."""

    called = {"status": "state of the trace"}
    status = forms.ChoiceField(label="Now it is", widget=forms.RadioSelect)
    trace_number = forms.CharField(label="Trace number", max_length=20, required=False)
    reason = forms.ChoiceField(
        label="Why it stopped short", choices=[("", "Not stopped"), *Trace.Reason.choices], required=False
    )
    purchased_on = forms.DateField(
        label="First sold on", widget=Day, required=False, help_text="First retail sale, when a purchaser was found"
    )
    dealer_name = forms.CharField(label="Dealer", max_length=120, required=False)
    dealer_license = forms.CharField(label="License", max_length=30, required=False)
    dealer_city = forms.CharField(label="City", max_length=60, required=False)
    dealer_state = forms.CharField(label="State", max_length=2, required=False, help_text="Two letters")
    purchaser_name = forms.CharField(label="Purchaser", max_length=120, required=False, help_text="Last, first middle")
    purchaser_born_on = forms.DateField(label="Date of birth", widget=Day, required=False)
    purchaser_id_kind = forms.CharField(
        label="ID", max_length=40, required=False, help_text="Such as: driver's license"
    )
    is_multiple_sale = forms.NullBooleanField(
        label="Multiple sale",
        required=False,
        widget=forms.Select(choices=[("", "Not said"), ("true", "Yes"), ("false", "No")]),
        help_text="Two or more handguns to one buyer within five business days",
    )
    theft = forms.ChoiceField(
        label="Theft record", choices=[("", "Not said"), *TraceResult.Theft.choices], required=False
    )
    remarks = forms.CharField(label="Remarks", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, trace, user, **kwargs):
        known = getattr(trace, "result", None)
        initial = {name: getattr(known, name) for name in TraceResult.NAMED} if known else {}
        initial |= {"trace_number": trace.trace_number, "purchased_on": trace.purchased_on, "reason": trace.reason}
        super().__init__(*args, initial=initial, **kwargs)
        self.trace, self.user = trace, user
        reachable = set(Trace.TRANSITIONS[Status(trace.status)])
        if trace.status in Trace.ANSWERED:
            reachable |= set(Trace.ANSWERED)
            self.initial["status"] = trace.status
            self.fields["remarks"].help_text = "If another result was recorded by mistake, say what was wrong"
        self.fields["status"].choices = [choice for choice in Status.choices if choice[0] in reachable]

    def clean_dealer_state(self):
        return self.cleaned_data["dealer_state"].upper()

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("status"):
            return cleaned
        asked = {name: cleaned.get(name, "") for name in ("status", "reason", "trace_number", "remarks")}
        asked["trace_number"] = asked["trace_number"].upper() or self.trace.trace_number
        reason = policies.record_trace_result(self.user, self.trace, **asked)
        if reason:
            field = dict.fromkeys(Trace.SAYS_WHY, "reason") | {Status.ACCEPTED: "trace_number"}
            self.add_error("remarks" if "Remarks" in reason else field.get(asked["status"]), reason)
        recovered = answers.recovered_on(self.trace)
        if cleaned.get("purchased_on") and cleaned["purchased_on"] > recovered:
            self.add_error("purchased_on", "The firearm was recovered before this day. Check the date of the sale.")
        return cleaned


class TraceLimitForm(Form):
    days = forms.IntegerField(
        label="Days", min_value=1, max_value=365, help_text="An answer is overdue after so many days from the sending."
    )

    def __init__(self, *args, agency, **kwargs):
        super().__init__(*args, initial={"days": getattr(agency, "trace_limit", TraceLimit()).days}, **kwargs)


class SettleForm(Form):
    """Which of the candidates a row is the result of: "trace-7", "firearm-9", or "" for none."""

    called = {"of": "gun it is of"}
    of = forms.ChoiceField(label="It is of", widget=forms.RadioSelect)

    def __init__(self, *args, candidates, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = {}
        for trace, gun, why in candidates:
            self.known[f"trace-{trace.pk}" if trace else f"firearm-{gun.pk}"] = (trace, gun, why)
        self.fields["of"].choices = [(key, str(gun)) for key, (_trace, gun, _why) in self.known.items()]

    def clean_of(self):
        if self.cleaned_data["of"] not in self.known:
            raise ValidationError("Choose the gun it is of, or leave the row out.")
        trace, gun, _why = self.known[self.cleaned_data["of"]]
        return {"trace": trace} if trace else {"firearm": gun}
