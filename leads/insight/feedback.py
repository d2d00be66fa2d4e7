"""How many of the leads closed lately were fed back to those whose work they were."""

from typing import NamedTuple

from django.db import connection

from leads.insight.owed import CLOSED
from leads.insight.scope import OWED

SHARE = f"""
select count(*), count(*) filter (where told), count(*) filter (where yielded),
       count(*) filter (where yielded and told)
  from (select l.id,
               bool_or(o.outcome in ('arrest_made', 'arrest_warrant', 'firearm_recovered')) as yielded,
               exists (select from leads_yield y join leads_feedback f on f.gave_id = y.id
                        where y.lead_id = l.id) as told
          from leads_obligation o join leads_lead l on l.id = o.lead_id and l.status = 2
         where {OWED} and {CLOSED}
         group by l.id) x
"""


class Share(NamedTuple):
    """Leads closed in thirty days; of these told of to somebody; that yielded by outcome; both."""

    closed: int
    told: int
    yielded: int
    told_of_yielded: int


def share(scope, *, now):
    with connection.cursor() as cursor:
        cursor.execute(SHARE, scope.params | {"now": now})
        return Share(*cursor.fetchone())
