"""The audit log: what was done, tried and looked at, written in the transaction of the deed.

Triggers number the rows under one lock and chain each to the one before by SHA-256, so a row that was changed, taken
out or slipped in breaks the chain
where it happened. Deeds on many records at once are one row for each thousand, with the ids in its data.
"""

from django.db import connection
from django.utils import timezone

from agencies.models import AuditEvent

BATCH = 1000


def record(verb, target, *, by, agency=None, **data):
    """Write one event about one record (or about none, for a sign-in). Keyword data must be JSON and must not hold
    secrets.
    """
    AuditEvent.objects.bulk_create([_event(verb, target, by, agency, data)])


def record_many(verb, model, ids, *, by, agency=None, **data):
    """Write what was done to many records of one model at once."""
    now, label = timezone.now(), model._meta.label_lower
    events = [
        AuditEvent(
            at=now,
            verb=verb,
            by=by,
            agency_id=getattr(agency, "pk", agency),
            object_type=label,
            data={**data, "ids": list(ids[start : start + BATCH])},
        )
        for start in range(0, len(ids), BATCH)
    ]
    AuditEvent.objects.bulk_create(events, batch_size=BATCH)


def _event(verb, target, by, agency, data):
    return AuditEvent(
        at=timezone.now(),
        verb=verb,
        by=by,
        agency_id=_agency_id(agency, target),
        object_type=target._meta.label_lower if target is not None else "",
        object_id=target.pk if target is not None else None,
        data=data,
    )


def _agency_id(agency, target):
    """Whose matter it is: the agency named (a record or its id), else the target's; its row is not fetched for this."""
    found = agency or getattr(target, "agency_id", None) or getattr(target, "agency", None)
    return getattr(found, "pk", found)


def history(target):
    """The events about one record, newest first, those that name it among many included."""
    return AuditEvent.objects.filter(object_type=target._meta.label_lower, object_id=target.pk).select_related(
        "by", "agency"
    )


def broken_links(limit=20):
    """Walk the whole chain; yield (id, what is wrong) for rows that do not follow from the one before."""
    previous, expected, found = "", 1, 0
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, previous_hash, hash, agencies_audit_hash(previous_hash, e)"
            "  from agencies_auditevent e order by id"
        )
        while rows := cursor.fetchmany(5000):
            for number, before, own, computed in rows:
                problem = _problem(number, expected, before, previous, own, computed)
                if problem:
                    yield number, problem
                    found += 1
                    if found >= limit:
                        return
                previous, expected = own, number + 1


def _problem(number, expected, before, previous, own, computed):
    if number != expected:
        return f"rows {expected} to {number - 1} are missing"
    if before != previous:
        return "does not follow the row before it"
    if own != computed:
        return "was changed after it was written"
    return None
