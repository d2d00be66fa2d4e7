"""Which records stand for one person or thing, kept as decisions come and go."""

from django.db import connection

from agencies import audit
from leads.clusters import connected
from leads.models import Entity, Sameness

Verdict = Sameness.Verdict
# Of two who decide about the same records at once, the second sees what the first decided.
LOCK = 7_302_111


def alone():
    """Wait until nobody else decides which records are the same."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])


def write(one, other, verdict, reason, *, by, now):
    """A decision of two records, which are put in order."""
    one, other = sorted((one, other), key=lambda each: each.pk)
    row = {"verdict": verdict, "reason": reason.strip()[:200], "decided_at": now, "decided_by": by}
    made = Sameness.objects.create(one=one, other=other, **row)
    audit.record(f"entity.said_{verdict}", made, by=by, agency=one.agency_id, entities=[one.number, other.number])
    return made


def apart(one, other, reason, *, by, now):
    return write(one, other, Verdict.APART, reason, by=by, now=now)


def stand(groups):
    """Let every record of some groups (ids of what they stand by) stand by the first of those it is the same as."""
    members = list(Entity.objects.filter(standing__in=groups).values_list("pk", flat=True))
    said = Sameness.objects.standing().filter(verdict=Verdict.SAME, one__in=members)
    for part in connected(members, (), said.values_list("one_id", "other_id")):
        Entity.objects.filter(pk__in=part).exclude(standing=min(part)).update(standing=min(part))
