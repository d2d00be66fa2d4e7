"""Rows of files of results that a person looks at, and the days in which an agency expects an answer."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from evidence import answers, policies
from evidence.actions import traces
from evidence.imports import traces as reading
from evidence.models import Firearm, Trace, TraceLimit, TraceRow

Status = TraceRow.Status


@transaction.atomic
def take(*, row, by, trace=None, firearm=None):
    """Take what is certain of a row as the result of a trace, or of a firearm whose trace was asked for elsewhere."""
    row = _held(row)
    access.enforce(policies.settle_trace_row, by, row)
    values = reading.revived(row.values)
    values["status"] = values.get("status") or answers.status_of(values)
    if not values["status"]:
        raise Refused("This row says nothing about how far a trace came. Leave it out.", "trace_rows.take", row)
    trace = trace or _trace_of(firearm, by)
    trace = traces.record_result(trace=trace, by=by, batch=row.batch, **values)
    return _settle(row, Status.TAKEN, by, trace)


@transaction.atomic
def leave(*, row, by):
    """Say that a row is of no gun here."""
    row = _held(row)
    access.enforce(policies.settle_trace_row, by, row)
    return _settle(row, Status.LEFT, by, None)


def _trace_of(firearm, by):
    """The latest trace of the gun that was sent, or one that is recorded now as asked for elsewhere."""
    gun = Firearm.objects.get(pk=firearm.pk)
    sent = gun.traces.exclude(status__in=(*Trace.UNSENT, Trace.Status.CANCELLED)).order_by("-requested_at", "-pk")
    return sent.first() or traces.request(firearm=gun, by=by)


def _held(row):
    return TraceRow.objects.select_for_update(of=["self"], no_key=True).select_related("agency", "batch").get(pk=row.pk)


def _settle(row, status, by, trace):
    row.status, row.trace, row.settled_at, row.settled_by = status, trace, timezone.now(), by
    row.save(update_fields=["status", "trace", "settled_at", "settled_by"])
    audit.record("trace_row.settled", row, by=by, agency=row.agency_id, status=status)
    return row


@transaction.atomic
def set_limit(*, agency, days, by):
    """Say in how many days an agency expects the answer to a trace."""
    access.enforce(policies.set_trace_limit, by, agency)
    now = timezone.now()
    before = TraceLimit.objects.filter(agency=agency).values_list("days", flat=True).first() or TraceLimit.DAYS
    TraceLimit.objects.update_or_create(agency=agency, defaults={"days": days, "set_at": now, "set_by": by})
    audit.record("trace.limit_set", agency, by=by, agency=agency, changes={"days": [before, days]})


@transaction.atomic
def look(*, rows, by):
    """Put on record that a person saw rows (ids) with data of traces."""
    audit.record_many("trace_row.seen", TraceRow, list(rows), by=by)
