"""The dashboard's figures of past days, counted beforehand."""

from django.db import connection, transaction

from agencies import access
from leads import policies
from leads.insight import stage_days
from leads.insight.stages import GUNFIRE

LOCK = 724009
# The newest first: they are asked for most.
TAKEN = """
delete from leads_staleday s using (
  select distinct n.agency_id, n.day
    from (select agency_id, day from leads_staleday order by day desc, agency_id desc limit %s) n) t
 where s.agency_id = t.agency_id and s.day = t.day returning s.agency_id, s.day
"""
FORGET = """
delete from leads_stageday k using unnest(%(owners)s::bigint[], %(days)s::date[]) d(owner, day)
 where k.agency_id = d.owner and k.day = d.day
"""


@transaction.atomic
def keep(*, by, limit=500):
    """Count some agencies' days anew on which something changed; returns how many. Call again until none are left.

    Marks are taken away before anything is counted: what changes meanwhile has a mark of its own, which stays.
    """
    access.enforce(policies.escalate, by)
    with connection.cursor() as cursor:
        # One at a time: two would both write the same day.
        cursor.execute("select pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(TAKEN, [limit])
        days = sorted(set(cursor.fetchall()))
        if not days:
            return 0
        given = {
            "owners": [owner for owner, _ in days],
            "days": [day for _, day in days],
            "gunfire": GUNFIRE,
            "now": "-infinity",
        }
        cursor.execute(FORGET, given)
        for number in stage_days.KEPT:
            cursor.execute(stage_days.keeping(number), given)
    return len(days)
