"""The audit log: what was done, tried and looked at, written in the transaction of the deed.

When the transaction commits, the database chains its rows to those before by SHA-256 (`AuditLink`), so a row that was
changed, taken out or slipped in breaks the chain where it happened. Deeds on many records at once are one row for each
thousand, with the ids in its data.
"""

from django.db import connection, transaction
from django.utils import timezone

from agencies import access
from agencies.models import AuditEvent, AuditLink

BATCH = 1000
UNLINKED = """
select e.id, 'was slipped in' from agencies_auditevent e
 where not exists (select from agencies_auditlink l where l.event_id = e.id) order by e.id limit %s"""
# Compared where the rows are: of a log of millions nothing but what is wrong with it is fetched.
BREAKS = """
with chain as (
  select l.position, l.event_id, l.hash, e.id is not null as there, coalesce(lag(l.position) over it, 0) + 1 as next,
         agencies_audit_hash(coalesce(lag(l.hash) over it, ''), e) as computed
    from agencies_auditlink l left join agencies_auditevent e on e.id = l.event_id
  window it as (order by l.position)
)
select event_id,
       case when position <> next
            then format('does not follow: links %%s to %%s are missing before it', next, position - 1)
            when not there then 'was taken out'
            else 'was changed after it was written' end
  from chain where position <> next or not there or hash <> computed order by position limit %s"""


def record(verb, target, *, by, agency=None, **data):
    """Write one event about one record (or about none, for a sign-in). Keyword data must be JSON and must not hold
    secrets.
    """
    AuditEvent.objects.bulk_create([_event(verb, target, by, agency, data)])


def changes(before, after):
    """{field: [what it was, what it is]} of the fields that differ: the `changes` of a row, which the page of the log
    reads as such and nothing else. `after` has the fields of `before`.
    """
    return {name: [value, after[name]] for name, value in before.items() if value != after[name]}


def record_many(verb, model, ids, *, by, agency=None, **data):
    """Write what was done to many records of one model at once."""
    now, label, whose = timezone.now(), model._meta.label_lower, _agency_id(agency, None, by)
    events = [
        AuditEvent(
            at=now,
            verb=verb,
            by=by,
            agency_id=whose,
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
        agency_id=_agency_id(agency, target, by),
        object_type=target._meta.label_lower if target is not None else "",
        object_id=target.pk if target is not None else None,
        data=data,
    )


def _agency_id(agency, target, by):
    """Whose auditors read it: those of the agency named (a record or its id), else of the target's (its row is not
    fetched for this), else of the agency the person works as. What the portal did by itself is every center's.
    """
    found = agency or getattr(target, "agency_id", None) or getattr(target, "agency", None)
    return getattr(found, "pk", found) or next((each.agency_id for each in access.standings(by)), None)


def history(target):
    """The events about this one record, newest first; those about many at once name no single record."""
    return AuditEvent.objects.filter(object_type=target._meta.label_lower, object_id=target.pk).select_related(
        "by", "agency"
    )


def last_link():
    """The end of the chain, or None: its hash, kept elsewhere, shows later that the end was not cut off."""
    return AuditLink.objects.order_by("-position").first()


def broken_links(limit=20):
    """Walk the whole chain; [(id of the event, what is wrong)] for rows that do not follow from the one before."""
    with transaction.atomic(), connection.cursor() as cursor:
        # What this very transaction wrote is chained only now.
        cursor.execute("set constraints audit_link, audit_link_last immediate")
        found = []
        for breaks in (UNLINKED, BREAKS):
            cursor.execute(breaks, [limit - len(found)])
            found += cursor.fetchall()
        return found
