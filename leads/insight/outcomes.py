"""What the parts closed lately came to: each arrest, warrant and recovered gun once, whoever took part in it."""

from django.db import connection

from agencies import walk
from leads.insight.owed import CLOSED
from leads.insight.scope import OWED
from leads.models import Outcome

# The parts of a scope that were closed lately and came to something, each with the outcome that counts. The parts are
# found first, by when their agencies closed them: beside outcomes in their order every part of all time would be read,
# and every grant of the reader beside parts of which few came to anything.
PARTS = f"""
  select coalesce(n.merged_into_id, n.id) as id, n.kind, o.agency_id
    from (select o.* from leads_obligation o
           where o.agency_id = any(%(agencies)s::bigint[]) and {CLOSED} offset 0) o
    join leads_outcome n on n.id = o.named_outcome_id
   where o.named_outcome_id is not null and o.state = 'closed' and {OWED}"""
# Sums over agencies would count what several took part in more than once: they are counted apart from the whole.
COUNTED = f"""
select p.agency_id, p.kind, count(distinct p.id) from ({PARTS}) p
 group by grouping sets ((p.kind), (p.agency_id, p.kind))"""
LISTED = f"""
select distinct n.happened_on as day, n.id from ({PARTS}) p join leads_outcome n on n.id = p.id
 where (%(kind)s = '' or n.kind = %(kind)s) and (%(agency)s::bigint is null or p.agency_id = %(agency)s)
   and (%(after)s::date is null or (n.happened_on, n.id) < (%(after)s::date, %(after_id)s))
 order by 1 desc, 2 desc limit %(limit)s"""


def counts(scope, *, now):
    """{(agency id or None for the whole, kind): how many outcomes} of what was closed in thirty days."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, scope.params | {"now": now})
        return {(agency, kind): many for agency, kind, many in cursor.fetchall()}


def page(scope, user, *, now, kind="", agency=None, after=None, limit=walk.PAGE):
    """(a page of the outcomes that are counted, newest first; the cursor of the older)."""
    asked = {"now": now, "kind": kind, "agency": agency, "limit": limit + 1, "after": None, "after_id": None}
    if keys := walk.place(after):
        asked |= {"after": keys[0].date(), "after_id": keys[1]}
    with connection.cursor() as cursor:
        cursor.execute(LISTED, scope.params | asked)
        rows = cursor.fetchall()
    shown = rows[:limit]
    found = Outcome.objects.visible_to(user).select_related("agency").in_bulk([pk for _day, pk in shown])
    older = walk.encode(f"{shown[-1][0].isoformat()}T00:00:00+00:00", shown[-1][1]) if len(rows) > limit else ""
    return [found[pk] for _day, pk in shown if pk in found], older
