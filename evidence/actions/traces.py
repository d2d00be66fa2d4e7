from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from evidence import policies
from evidence.models import Exhibit, Firearm, Trace

Status = Trace.Status
COMPLETE = (Status.COMPLETED_TO_PURCHASER, Status.COMPLETED_TO_DEALER, Status.CLOSED_INCOMPLETE)


@transaction.atomic
def request(*, firearm, by, trace_number="", now=None):
    """Record that a trace of a firearm was asked for at the National Tracing Center."""
    # The exhibit's row is the lock: two people who ask at once wait for each other.
    Exhibit.objects.select_for_update(of=["self"], no_key=True).get(pk=firearm.exhibit_id)
    firearm = Firearm.objects.select_related("exhibit__agency").get(pk=firearm.pk)
    access.enforce(policies.request_trace, by, firearm)
    trace = Trace.objects.create(
        firearm=firearm,
        agency=firearm.exhibit.agency,
        status=Status.ACCEPTED if trace_number else Status.SUBMITTED,
        trace_number=trace_number.strip(),
        requested_at=now or timezone.now(),
        requested_by=by,
    )
    audit.record("trace.requested", trace, by=by, exhibit=firearm.exhibit_id)
    return trace


@transaction.atomic
def record_result(*, trace, status, by, trace_number="", reason="", purchased_on=None, now=None):
    """Record how far a trace came. What the tracing center did not answer stays unknown."""
    trace = Trace.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=trace.pk)
    trace_number = trace_number.strip() or trace.trace_number
    access.enforce(policies.record_trace_result, by, trace, status=status, reason=reason, trace_number=trace_number)
    before = trace.status
    trace.status, trace.trace_number = status, trace_number
    trace.reason = reason if status == Status.CLOSED_INCOMPLETE else ""
    trace.completed_at = (now or timezone.now()) if status in COMPLETE else None
    if status == Status.COMPLETED_TO_PURCHASER:
        trace.purchased_on = purchased_on
    trace.save(update_fields=["status", "trace_number", "reason", "completed_at", "purchased_on"])
    audit.record("trace.recorded", trace, by=by, before=before, after=status)
    return trace


@transaction.atomic
def look(*, traces, by):
    """Put on record that a person saw the data of traces (ids): the law that restricts it asks who looked."""
    audit.record_many("trace.seen", Trace, list(traces), by=by)
