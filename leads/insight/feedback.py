"""How many of the leads closed lately were fed back to those whose work they were."""

from typing import NamedTuple

from django.db import connection

from leads.insight.owed import CLOSED
from leads.insight.scope import OWED

SHARE = f"""
with closed as (
  select l.id, coalesce(n.merged_into_id, n.id) as outcome_id,
         exists (select from leads_yield y join leads_feedback f on f.gave_id = y.id
                  where y.lead_id = l.id) as told
    from leads_obligation o join leads_lead l on l.id = o.lead_id and l.status = 2
    left join leads_outcome n on n.id = o.named_outcome_id and o.state = 'closed'
   where {OWED} and {CLOSED})
select count(distinct id), count(distinct id) filter (where told), count(distinct outcome_id),
       count(distinct outcome_id) filter (where told)
  from closed
"""


class Share(NamedTuple):
    """Leads closed in thirty days; of these told of to somebody. Outcomes they came to, each once however many leads
    name it; of these told of to somebody.
    """

    closed: int
    told: int
    yielded: int
    told_of_yielded: int


def share(scope, *, now):
    with connection.cursor() as cursor:
        cursor.execute(SHARE, scope.params | {"now": now})
        return Share(*cursor.fetchone())
