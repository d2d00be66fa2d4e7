"""Open work on which nothing was done for days is marked, once for each such spell, and those who owe it are told."""

from collections import defaultdict

from django.db import connection, transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads import queries
from leads.models import ClockRule, Obligation
from leads.models.timing import STALE_DAYS
from leads.policies import time as policies_time

# What counts as something done: each step, each entry in the log, and a pause as long as it lasts. The mark goes with
# the next step (`_steps.enter`) or pause; until then nothing is found again, so each spell is told of once. Rows that
# another scheduler holds are left to it.
MARK = """
update leads_obligation o set stale_at = %(now)s
 where o.id in (
   select o.id from leads_obligation o left join leads_clockrule r on r.agency_id = o.agency_id
    where o.due_at is not null and o.stale_at is null
      and greatest(o.stage_started_at, o.last_activity_at, o.paused_until)
          < %(now)s::timestamptz - coalesce(r.stale_days, %(usual)s) * interval '1 day'
    order by o.id limit %(limit)s for no key update of o skip locked)
returning o.id
"""


@transaction.atomic
def mark(*, by, now=None, limit=500):
    """Mark up to `limit` obligations as stale as of `now`; returns how many. Call again until none are left."""
    now = now or timezone.now()
    access.enforce(policies_time.keep_time, by)
    with connection.cursor() as cursor:
        cursor.execute(MARK, {"now": now, "usual": STALE_DAYS, "limit": limit})
        ids = [row[0] for row in cursor.fetchall()]
    if not ids:
        return 0
    related = ("lead__agency", "agency", "unit", "investigator")
    told = defaultdict(set)
    for each in Obligation.objects.filter(pk__in=ids).select_related(*related).order_by("lead_id", "pk"):
        told[each.lead].update(queries.owing(each), queries.answering(each))
    for lead, people in told.items():
        notify(people, "obligation.stale", lead, now=now)
    audit.record_many("obligation.stale", Obligation, ids, by=by)
    return len(ids)


@transaction.atomic
def set_rule(*, agency, stale_days, pause_days, by):
    """Say after how many days without activity the agency's work is stale, and how long its clocks may stand still."""
    access.enforce(policies_time.set_rule, by, agency)
    if not 3 <= stale_days <= 90 or not 1 <= pause_days <= 90:
        raise Refused("Give 3 to 90 days until work is stale and 1 to 90 days for pauses.", "stale.set_rule", agency)
    days = {"stale_days": stale_days, "pause_days": pause_days}
    rule, _new = ClockRule.objects.update_or_create(agency=agency, defaults=days)
    audit.record("clock_rule.set", rule, by=by, agency=agency.pk, **days)
    return rule
