"""Arrests before an office: put on its list each day, carried until answered, answered by a person."""

from django.db import connection, transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from agencies.roles import Role
from leads import queries
from leads.models import ArrestRule, GunArrest
from leads.policies import arrests as policies
from leads.queries import arrests as queries_arrests

Status = GunArrest.Status
VERBS = {Status.TAKE: "arrest.wanted", Status.ASKED: "arrest.asked", Status.LEFT: "arrest.left"}
# Recorded within these days: what was on record before a center began to show arrests is not news.
LATELY = "30 days"
# Whom the center's rule shows arrests of its agencies, and whom a referral of a lead that an arrest closed a part of,
# also where it was found to be another one since; what was answered before that is not asked again.
COLLECT = """
insert into leads_gunarrest (office_id, outcome_id, came_at, status, reason)
select x.office_id, x.outcome_id, %(now)s, 'waiting', '' from (
  select f.id as office_id, o.id as outcome_id, o.recorded_at from leads_arrestrule r
    join agencies_agency f on f.id = r.office_id and f.is_active
    join agencies_agency a on a.parent_id = f.parent_id or a.id = f.parent_id
    join leads_outcome o on o.agency_id = a.id
   where r.shown and o.recorded_at >= r.set_at - interval '1 day' and {news}
  union
  select t.office_id, o.id, o.recorded_at from leads_outcome o
    join leads_outcome n on n.id = o.id or n.merged_into_id = o.id
    join leads_obligation p on p.named_outcome_id = n.id
    join leads_referral t on t.lead_id = p.lead_id
    join agencies_agency f on f.id = t.office_id and f.is_active and f.kind = 'us_attorney'
   where t.status <> 'declined' and {news}) x
 where not exists (select from leads_gunarrest g where g.office_id = x.office_id and g.outcome_id = x.outcome_id)
   and not exists (select from leads_outcome m join leads_gunarrest g on g.outcome_id = m.id
                    where m.merged_into_id = x.outcome_id and g.office_id = x.office_id
                      and g.status in ('take', 'left'))
 order by x.recorded_at, x.outcome_id, x.office_id limit %(limit)s
    on conflict do nothing returning id"""
NEWS = f"""o.kind = 'arrest' and o.merged_into_id is null
     and o.happened_on >= (%(now)s::timestamptz - interval '{LATELY}')::date"""


@transaction.atomic
def collect(*, by, now=None, limit=500):
    """Put up to `limit` new arrests on the lists of the offices that are shown them, each once; returns how many. Call
    again until none are.
    """
    access.enforce(policies.collect, by)
    with connection.cursor() as cursor:
        cursor.execute(COLLECT.format(news=NEWS), {"now": now or timezone.now(), "limit": limit})
        ids = [pk for (pk,) in cursor.fetchall()]
    if ids:
        audit.record_many("arrest.listed", GunArrest, ids, by=by)
    return len(ids)


@transaction.atomic
def answer(*, arrest, status, reason, by, now=None):
    """Take it, leave it to the state, or ask the agency that made it. Who is asked, or wanted to refer it, is told."""
    now = now or timezone.now()
    arrest = GunArrest.objects.select_for_update(of=["self"], no_key=True).get(pk=arrest.pk)
    access.enforce(policies.answer, by, arrest)
    if not arrest.can_move_to(status):
        raise Refused(f"{arrest.get_status_display()}: that stands already.", "gunarrests.status", arrest)
    if not reason.strip():
        raise Refused("Say why, or what you ask.", "gunarrests.reason", arrest)
    before, arrest.status, arrest.reason = arrest.status, status, reason
    arrest.answered_at, arrest.answered_by = now, by
    arrest.save(update_fields=["status", "reason", "answered_at", "answered_by"])
    audit.record(VERBS[status], arrest, by=by, agency=arrest.office, before=before, reason=reason)
    if status != Status.LEFT:
        notify(_asked(arrest.outcome.agency), VERBS[status], arrest, by=by, label=str(arrest.outcome), now=now)
    return arrest


def _asked(agency):
    """Who answers for the work of an agency."""
    found = queries.there(agency, Role.SUPERVISOR)
    return found if found.exists() else queries.there(agency, Role.COMMANDER, Role.CENTER_COORDINATOR)


@transaction.atomic
def set_rule(*, office, shown, by, now=None):
    """Whether a center's office is shown arrests before they are referred, from now on."""
    access.enforce(policies.set_rule, by, office)
    before = queries_arrests.rule_of(office).shown
    values = {"shown": shown, "set_at": now or timezone.now(), "set_by": by}
    rule, _new = ArrestRule.objects.update_or_create(office=office, defaults=values)
    audit.record("arrest_rule.set", rule, by=by, agency=office.parent_id, changes={"shown": [before, shown]})
    return rule
