"""What is late goes up the ladder: due soon, overdue, supervisor, commander, coordinator, each rung once."""

from django.db import connection, transaction
from django.utils import timezone

from agencies import access, audit
from agencies.roles import Permission, roles_with
from leads import policies
from leads.models import Obligation

# One statement takes a batch of rows whose next step has come, skipping those another scheduler holds, moves them to
# the highest rung reached, writes every rung passed and tells people of the highest that concerns them. Those who owe
# the step are told first, as `queries.owing` has it: the investigator of what is at work, else those who answer for the
# part (`queries.answering`), which are the center's coordinators where the agency has nobody or takes no part any more.
# What is for a commander goes to those coordinators too where there is none. Who is out of office is as good as not
# there unless a deputy stands for them (`queries_absence`); `holder` is whose place it is, `user_id` who hears.
# A clock that stands still has its next step after the end of its pause, so nothing here asks for pauses.
# The unique rung is the last guard: whatever runs twice, a rung is taken once.
CLIMB = """
with due as (
  select o.id, o.lead_id, o.agency_id, o.unit_id, o.investigator_id, o.stage_started_at, o.steps, o.level, o.state,
         coalesce(o.partner_id, o.agency_id) as works_for
    from leads_obligation o
   where o.next_step_at <= %(now)s
   order by o.next_step_at, o.lead_id, o.id
   limit %(limit)s
     for no key update skip locked
), away as (
  select x.person_id, x.deputy_id from leads_absence x
   where x.starts_at <= %(now)s and x.ends_at > %(now)s and (x.withdrawn_at is null or x.withdrawn_at > %(now)s)
), works as (
  select m.agency_id, m.unit_id, m.user_id, m.role
    from agencies_membership m join agencies_agency a on a.id = m.agency_id and a.is_active
    join agencies_user u on u.id = m.user_id and u.is_active
   where m.ended_at is null
), deputies as (
  select w.agency_id, x.person_id, min(x.deputy_id) as deputy_id from away x join works w on w.user_id = x.deputy_id
   where x.deputy_id not in (select person_id from away) group by w.agency_id, x.person_id
), here as (
  select w.agency_id, w.unit_id, w.role, w.user_id as holder, coalesce(d.deputy_id, w.user_id) as user_id
    from works w left join deputies d on d.agency_id = w.agency_id and d.person_id = w.user_id
   where d.deputy_id is not null or w.role = 'center_coordinator' or w.user_id not in (select person_id from away)
), reached as (
  select d.*, l.number, l.agency_id as center,
         (select count(*) from unnest(d.steps) step where step <= %(now)s)::int as upto,
         d.state in ('assigned', 'in_progress') and (d.works_for, d.investigator_id) in (
           select h.agency_id, h.holder from here h where h.role = any(%(works)s)) as at_work
    from due d join leads_lead l on l.id = d.lead_id
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
  select x.agency_id, x.unit_id, x.center, x.user_id
    from (select p.agency_id, p.unit_id, p.center, h.user_id,
                 rank() over (partition by p.agency_id, p.unit_id, p.center order by case
                   when h.agency_id <> p.agency_id then 4
                   when h.role <> 'supervisor' then 3 when h.unit_id = p.unit_id then 1 else 2 end) as place
            from (select distinct agency_id, unit_id, center from reached) p
            join here h on h.agency_id = p.agency_id and h.role in ('supervisor', 'commander', 'center_coordinator')
                        or h.agency_id = p.center and h.role = 'center_coordinator') x
   where x.place = 1
), command as (
  select p.agency_id, p.center, h.user_id
    from (select distinct agency_id, center from reached) p
    join here h on h.agency_id = p.agency_id and h.role = 'commander'
                or h.agency_id = p.center and h.role = 'center_coordinator'
                   and p.agency_id not in (select c.agency_id from here c where c.role = 'commander')
), people as (
  select r.lead_id, r.number, h.user_id, least(r.upto, 2) as level
    from reached r join here h on h.agency_id = r.works_for and h.holder = r.investigator_id
   where r.at_work and r.level < least(r.upto, 2)
  union
  select r.lead_id, r.number, a.user_id, least(r.upto, 3)
    from reached r
    join answer a on a.agency_id = r.agency_id and a.center = r.center
                 and coalesce(a.unit_id, 0) = coalesce(r.unit_id, 0)
   where r.level < least(r.upto, 3) and (r.upto >= 3 or not r.at_work)
  union
  select r.lead_id, r.number, c.user_id, 4
    from reached r join command c on c.agency_id = r.agency_id and c.center = r.center
   where r.upto >= 4 and r.level < 4
  union
  select r.lead_id, r.number, h.user_id, 5
    from reached r join here h on h.agency_id = r.center and h.role = 'center_coordinator'
   where r.upto >= 5 and r.level < 5
), told as (
  insert into agencies_notification (user_id, verb, object_type, object_id, label, created_at)
  select p.user_id,
         'escalation.' || (array['due_soon', 'overdue', 'supervisor', 'commander', 'coordinator'])[max(p.level)],
         'leads.lead', p.lead_id, p.number, %(now)s
    from people p
   group by p.user_id, p.lead_id, p.number
)
select id from reached order by id
"""


@transaction.atomic
def climb(*, by, now=None, limit=10_000):
    """Take up to `limit` due steps as of `now`; returns how many obligations moved. Call again until none do."""
    access.enforce(policies.escalate, by)
    with connection.cursor() as cursor:
        works = roles_with(Permission.OBLIGATION_WORK)
        cursor.execute(CLIMB, {"now": now or timezone.now(), "limit": limit, "works": works})
        ids = [row[0] for row in cursor.fetchall()]
    audit.record_many("obligation.escalated", Obligation, ids, by=by)
    return len(ids)
