"""What is late goes up the ladder: due soon, overdue, supervisor, commander, coordinator, each rung once."""

from django.db import connection, transaction
from django.utils import timezone

from agencies import access, audit
from leads import policies
from leads.models import Obligation

# One statement takes a batch of rows whose next step has come, skipping those another scheduler holds, moves them to
# the highest rung reached, writes every rung passed and tells people of the highest that concerns them. Those who owe
# the step are told first, as `queries.owing` has it: the investigator of what is at work, else those who answer for the
# part (`queries.supervisors`). The unique rung is the last guard: whatever runs twice, a rung is taken once.
CLIMB = """
with due as (
  select o.id, o.lead_id, o.agency_id, o.unit_id, o.investigator_id, o.stage_started_at, o.steps, o.level, o.state
    from leads_obligation o
   where o.next_step_at <= %(now)s
   order by o.next_step_at
   limit %(limit)s
     for no key update skip locked
), reached as (
  select d.*, (select count(*) from unnest(d.steps) step where step <= %(now)s)::int as upto from due d
), moved as (
  update leads_obligation o set level = r.upto, next_step_at = r.steps[r.upto + 1] from reached r where o.id = r.id
), rungs as (
  insert into leads_escalation (obligation_id, stage, stage_started_at, level, due_at, at)
  select r.id, case r.state when 'sent' then 'acknowledge' when 'acknowledged' then 'assign'
                            when 'assigned' then 'start' when 'in_progress' then 'update' else 'approve' end,
         r.stage_started_at, rung, r.steps[rung], %(now)s
    from reached r cross join generate_series(r.level + 1, r.upto) rung
      on conflict (obligation_id, stage_started_at, level) do nothing
  returning obligation_id, level
), answer as (
  select x.agency_id, x.unit_id, x.user_id
    from (select p.agency_id, p.unit_id, m.user_id,
                 rank() over (partition by p.agency_id, p.unit_id order by case
                   when m.role <> 'supervisor' then 3 when m.unit_id = p.unit_id then 1 else 2 end) as place
            from (select distinct agency_id, unit_id from reached) p
            join agencies_membership m on m.agency_id = p.agency_id and m.ended_at is null
                                      and m.role in ('supervisor', 'commander', 'center_coordinator')
            join agencies_user u on u.id = m.user_id and u.is_active) x
   where x.place = 1
), people as (
  select r.lead_id, r.investigator_id as user_id, least(r.upto, 2) as level
    from reached r where r.state in ('assigned', 'in_progress') and r.level < least(r.upto, 2)
  union
  select r.lead_id, a.user_id, least(r.upto, 3)
    from reached r
    join answer a on a.agency_id = r.agency_id and coalesce(a.unit_id, 0) = coalesce(r.unit_id, 0)
   where r.level < least(r.upto, 3) and (r.upto >= 3 or r.state not in ('assigned', 'in_progress'))
  union
  select r.lead_id, m.user_id, 4
    from reached r
    join agencies_membership m on m.agency_id = r.agency_id and m.role = 'commander' and m.ended_at is null
   where r.upto >= 4 and r.level < 4
  union
  select r.lead_id, m.user_id, 5
    from reached r
    join leads_lead l on l.id = r.lead_id
    join agencies_membership m on m.agency_id = l.agency_id and m.role = 'center_coordinator'
                              and m.ended_at is null
   where r.upto >= 5 and r.level < 5
), told as (
  insert into agencies_notification (user_id, verb, object_type, object_id, label, created_at)
  select p.user_id,
         'escalation.' || (array['due_soon', 'overdue', 'supervisor', 'commander', 'coordinator'])[max(p.level)],
         'leads.lead', p.lead_id, l.number, %(now)s
    from people p join leads_lead l on l.id = p.lead_id
   group by p.user_id, p.lead_id, l.number
)
select id from reached order by id
"""


@transaction.atomic
def climb(*, by, now=None, limit=10_000):
    """Take up to `limit` due steps as of `now`; returns how many obligations moved. Call again until none do."""
    access.enforce(policies.escalate, by)
    with connection.cursor() as cursor:
        cursor.execute(CLIMB, {"now": now or timezone.now(), "limit": limit})
        ids = [row[0] for row in cursor.fetchall()]
    audit.record_many("obligation.escalated", Obligation, ids, by=by)
    return len(ids)
