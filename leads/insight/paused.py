"""Time that agencies took out of their clocks: what stands still now, and what was given more time in a period."""

from datetime import timedelta
from typing import NamedTuple

from django.db import connection

from leads.insight.owed import PAUSED
from leads.insight.scope import OWED

SQL = f"""
select * from (
  select count(*), coalesce(sum(%(now)s - o.paused_at), interval '0') from leads_obligation o
   where {OWED} and {PAUSED}) now, (
  select count(*), coalesce(sum(t.days), 0) from leads_timerequest t join leads_obligation o on o.id = t.obligation_id
   where {OWED} and t.kind = 'more' and t.status = 'granted'
     and t.decided_at >= %(since)s and t.decided_at < %(until)s) given
"""


class Taken(NamedTuple):
    """Clocks that stand still and for how long together so far; extensions granted and their business days."""

    paused: int
    stood: timedelta
    extended: int
    days: int


def taken(scope, period, *, now):
    """What a scope took as of `now`, and in a period."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, scope.params | {"now": now, "since": period.since, "until": period.until})
        return Taken(*cursor.fetchone())
