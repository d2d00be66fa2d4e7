"""What the tracing center answered, put on a trace and its result; who calls this locks before and writes after."""

from zoneinfo import ZoneInfo

from evidence import timetocrime, tracepeople
from evidence.models import Trace, TraceResult

WRITTEN = ("status", "trace_number", "reason", "completed_at", "purchased_on", "days_to_crime", "first_use_days")
RESULT = (*TraceResult.NAMED, "dealer_key", "purchaser_key", "recorded_at", "recorded_by", "batch")
# A trace that ended elsewhere after all names no purchaser and no sale.
NO_PURCHASER = {
    "purchaser_name": "", "purchaser_born_on": None, "purchaser_id_kind": "", "is_multiple_sale": None,
}  # fmt: skip
Status = Trace.Status


def recovered_on(trace):
    """The day of the recovery: as the request has it, else the day on which the gun was collected, where it lay."""
    exhibit = trace.firearm.exhibit
    return trace.recovered_on or exhibit.collected_at.astimezone(ZoneInfo(trace.agency.zone)).date()


def status_of(values):
    """The status that an answer amounts to which does not name one, or "" when it says nothing."""
    if values.get("purchaser_name") or values.get("purchased_on") or values.get("days") is not None:
        return Status.COMPLETED_TO_PURCHASER
    if values.get("dealer_name") or values.get("dealer_license"):
        return Status.COMPLETED_TO_DEALER_ONLY
    if values.get("reason"):
        return Status.CLOSED_INCOMPLETE
    return Status.ACCEPTED if values.get("trace_number") else ""


def put(trace, values, now):
    """Set on the trace what an answer says (status, trace_number, reason, purchased_on, days, first_use_days)."""
    trace.status = values["status"]
    trace.trace_number = values.get("trace_number", "").strip().upper() or trace.trace_number
    trace.reason = values.get("reason", "") if trace.status in Trace.SAYS_WHY else ""
    trace.completed_at = (trace.completed_at or now) if trace.status in Trace.ANSWERED else None
    if trace.status != Status.COMPLETED_TO_PURCHASER:
        trace.purchased_on = trace.days_to_crime = trace.first_use_days = None
    else:
        trace.purchased_on = values.get("purchased_on")
        counted = timetocrime.days(trace.purchased_on, recovered_on(trace)) if trace.purchased_on else None
        trace.days_to_crime = values.get("days") if trace.purchased_on is None else counted
        trace.first_use_days = values.get("first_use_days")


def result(trace, values, *, known, by, now, batch=None):
    """The result of a trace with what an answer names, `known` when there is one already; None when it names nobody."""
    named = {name: values[name] for name in TraceResult.NAMED if name in values}
    if known is None and not any(value not in ("", None) for value in named.values()):
        return None
    found = known or TraceResult(trace=trace, agency_id=trace.agency_id)
    for name, value in named.items():
        setattr(found, name, value)
    where = (found.dealer_license, found.dealer_name, found.dealer_city, found.dealer_state)
    found.dealer_key = tracepeople.dealer_key(*where)
    found.purchaser_key = tracepeople.purchaser_key(found.purchaser_name, found.purchaser_born_on)
    found.recorded_at, found.recorded_by, found.batch = now, by, batch or found.batch
    return found


def said(record, names):
    """What stands on a record, for telling whether an answer changes it."""
    return [getattr(record, name) for name in names] if record else None
