"""What triggers keep, filled in at once for rows they did not see come in, and the proof that all promises hold."""

from django.db import connection

from agencies import access, audit
from evidence.models import Incident
from leads.models import Lead

DUE = """
update leads_lead l set due_at = x.due_at
  from (select lead_id, min(due_at) as due_at from leads_obligation group by lead_id) x
 where x.lead_id = l.id and l.due_at is distinct from x.due_at and x.due_at is not null
"""

LEAD_GRANTS = """
insert into leads_leadgrant (permission_id, group_id, content_object_id, status, due_at, opened_at)
select %s, a.group_id, l.id, l.status, coalesce(o.due_at, l.due_at), l.opened_at
  from (select id as lead_id, agency_id from leads_lead
        union select id, site_id from leads_lead where site_id is not null
        union select lead_id, agency_id from leads_leadevent e where agency_id is not null and not exists (
              select 1 from leads_deskitem d where d.lead_id = e.lead_id and d.state <> 'sent')
        union select lead_id, agency_id from leads_obligation where asked <> ''
        union select lead_id, office_id from leads_referral) x
  join leads_lead l on l.id = x.lead_id
  join agencies_agency a on a.id = x.agency_id
  left join leads_obligation o on o.lead_id = l.id and o.agency_id = a.id
 order by l.id, a.id
"""

INCIDENT_GRANTS = """
insert into evidence_incidentgrant (permission_id, group_id, content_object_id, occurred_at, kind)
select %s, a.group_id, i.id, i.occurred_at, i.kind
  from (select id as incident_id, agency_id from evidence_incident
        union select i.id, a.parent_id from evidence_incident i join agencies_agency a on a.id = i.agency_id
               where a.parent_id is not null
        union select e.incident_id, q.site_id from evidence_acquisition q
                join evidence_exhibit e on e.id = q.exhibit_id
        union select i.id, r.office_id from leads_referral r join leads_leadevent e on e.lead_id = r.lead_id
                join evidence_incident i on i.id = e.incident_id and i.agency_id = r.agency_id) x
  join evidence_incident i on i.id = x.incident_id
  join agencies_agency a on a.id = x.agency_id
 order by i.id, a.id
"""

FIREARMS = "select evidence_firearm_sights(array(select id from evidence_firearm))"
STALE = """
insert into leads_staleday (agency_id, day)
select distinct agency_id, (occurred_at at time zone 'UTC')::date from evidence_incident
"""
SEARCH = "select leads_search_refresh(array(select id from leads_lead where id >= %s and id < %s))"
SEARCH_STEP = 20_000

PROMISES = {
    "an event's agency has no obligation": """
        select count(*) from leads_leadevent e where e.agency_id is not null and not exists
          (select 1 from leads_obligation o where o.lead_id = e.lead_id and o.agency_id = e.agency_id) and not exists
          (select 1 from leads_deskitem d where d.lead_id = e.lead_id and d.state <> 'sent')""",
    "an event that no notice named": """
        select count(*) from leads_leadevent e where not exists
          (select 1 from leads_eventname n where n.event_id = e.id)""",
    "a lead links fewer than two events": """
        select count(*) from leads_lead l where (select count(*) from leads_leadevent e where e.lead_id = l.id) < 2""",
    "a lead's counts are not those of its events": """
        select count(*) from leads_lead l join (
          select lead_id, count(*) as n, count(confirmed_at) as c, min(occurred_at) as first, max(occurred_at) as last
            from leads_leadevent where withdrawn_at is null group by lead_id) e on e.lead_id = l.id
         where (l.events_count, l.confirmed_count, l.first_event_at, l.last_event_at, jsonb_array_length(l.line))
               is distinct from (e.n, e.c, e.first, e.last, e.n::int)""",
    "a lead's hits are not its confirmed pairs": """
        select count(*) from leads_lead l where l.hits <> (select count(*) from leads_comparison c
          where c.lead_id = l.id and c.status = 'standing' and c.result = 'confirmed')""",
    "a lead's due time is not the earliest of its obligations": """
        select count(*) from leads_lead l where l.due_at is distinct from coalesce(
          (select min(o.due_at) from leads_obligation o where o.lead_id = l.id), l.opened_at + interval '1 day')""",
    "a lead is closed while something is owed on it": """
        select count(*) from leads_lead l where l.status = 2 and exists
          (select 1 from leads_obligation o where o.lead_id = l.id and o.state <> 'closed')""",
    "a lead is open though everything is closed": """
        select count(*) from leads_lead l where l.status = 1 and not exists
          (select 1 from leads_obligation o where o.lead_id = l.id and o.state <> 'closed') and not exists
          (select 1 from leads_deskitem d where d.lead_id = l.id and d.state not in ('sent', 'declined'))""",
    "an agency with an event or a part, the center or the site cannot see the lead": """
        select count(*) from (select lead_id, agency_id from leads_leadevent e where agency_id is not null
            and not exists (select 1 from leads_deskitem d where d.lead_id = e.lead_id and d.state <> 'sent')
          union select lead_id, agency_id from leads_obligation
          union select id, agency_id from leads_lead
          union select id, site_id from leads_lead where site_id is not null) x
          join agencies_agency a on a.id = x.agency_id where not exists
          (select 1 from leads_leadgrant g where g.content_object_id = x.lead_id and g.group_id = a.group_id)""",
    "a lead grant's copies are stale": """
        select count(*) from leads_leadgrant g join leads_lead l on l.id = g.content_object_id
          left join agencies_agency a on a.group_id = g.group_id
          left join leads_obligation o on o.lead_id = l.id and o.agency_id = a.id
         where (g.status, g.opened_at, g.due_at)
               is distinct from (l.status, l.opened_at, coalesce(o.due_at, l.due_at))""",
    "an incident grant's copies are stale": """
        select count(*) from evidence_incidentgrant g join evidence_incident i on i.id = g.content_object_id
         where (g.occurred_at, g.kind) is distinct from (i.occurred_at, i.kind)""",
    "an incident is not visible to its own agency": """
        select count(*) from evidence_incident i join agencies_agency a on a.id = i.agency_id where not exists
          (select 1 from evidence_incidentgrant g where g.content_object_id = i.id and g.group_id = a.group_id)""",
    "a lead cannot be searched by an agency that sees it": """
        select count(*) from leads_leadgrant g left join leads_leadsearch s on s.lead_id = g.content_object_id
         where s.lead_id is null or not ('§g' || g.group_id) = any (tsvector_to_array(s.doc))""",
    "a firearm is not seen by those who see its incident, or by others": """
        select count(*) from (select f.id, g.group_id from evidence_firearm f
                                join evidence_exhibit e on e.id = f.exhibit_id
                                join evidence_incidentgrant g on g.content_object_id = e.incident_id) x
          full join evidence_firearmsight s on s.content_object_id = x.id and s.group_id = x.group_id
         where s.id is null or x.id is null""",
    "an obligation's level is not that of its escalations": """
        select count(*) from leads_obligation o where o.due_at is not null and o.level <>
          (select count(*) from leads_escalation e
            where e.obligation_id = o.id and e.stage_started_at = o.stage_started_at)""",
    "an obligation's next step is not the one after its level": """
        select count(*) from leads_obligation o where o.due_at is not null
           and (o.next_step_at is distinct from o.steps[o.level + 1] or o.due_at <> o.steps[2])""",
    "a custody row does not follow from the one before": """
        select count(*) from (select c.*, lag(c.hash, 1, '') over w as before, row_number() over w as place,
                 evidence_custody_hash(c.previous_hash, c) as computed from evidence_custodyevent c
               window w as (partition by exhibit_id order by position)) c
         where c.previous_hash <> c.before or c.position <> c.place or c.hash <> c.computed""",
    "an acquisition's exhibit was never received": """
        select count(*) from evidence_acquisition q where not exists
          (select 1 from evidence_custodyevent c where c.exhibit_id = q.exhibit_id and c.purpose = 'received')""",
    "an incident's collection is not what its exhibits or a person say": """
        select count(*) from evidence_incident i where collection <> case
          when exists (select from evidence_exhibit e
                        where e.incident_id = i.id and e.kind in ('casing_group', 'projectile')) then 'collected'
          else coalesce((select c.answer from evidence_canvass c where c.incident_id = i.id), '') end""",
    "an exhibit is not in NIBIN as its entries say": """
        select count(*) from evidence_exhibit e where in_nibin <>
          (exists (select from evidence_acquisition a where a.exhibit_id = e.id and a.entered_at is not null)
           or exists (select from evidence_exhibit t join evidence_acquisition a on a.exhibit_id = t.id
                       where t.fired_from_id = e.id and a.entered_at is not null))""",
    "an incident's victims are miscounted": """
        select count(*) from evidence_incident i where victims_count <>
          (select count(*) from evidence_victim v where v.incident_id = i.id)""",
}

FOREIGN_KEYS = """
select format('select count(*) from %%s t where t.%%I is not null '
              'and not exists (select 1 from %%s r where r.%%I = t.%%I)',
              c.conrelid::regclass, a.attname, c.confrelid::regclass, f.attname, a.attname),
       format('%%s.%%s points nowhere', c.conrelid::regclass, a.attname)
  from pg_constraint c
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
  join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
 where c.contype = 'f' and c.connamespace = 'public'::regnamespace and c.conrelid::regclass::text ~ %s
 order by 2
"""


def fill():
    """Due times, grants with their copies, search words. Triggers must be off, and the rows of all tables written."""
    grants()
    incident_grants()
    firearm_sights()
    search()
    stale_days()


def stale_days():
    """Every day is still to be counted: the worker of the clock does it."""
    with connection.cursor() as cursor:
        cursor.execute(STALE)


def grants():
    """Who sees which lead, with the copies that lists are sorted by."""
    with connection.cursor() as cursor:
        cursor.execute("analyze leads_lead, leads_leadevent, leads_obligation")
        cursor.execute(DUE)
        cursor.execute(LEAD_GRANTS, [access.view_permission_id(Lead)])


def incident_grants():
    with connection.cursor() as cursor:
        cursor.execute("analyze evidence_incident")
        cursor.execute(INCIDENT_GRANTS, [access.view_permission_id(Incident)])


def firearm_sights():
    """Who may see which firearm, and what its number is found by."""
    with connection.cursor() as cursor:
        cursor.execute("analyze evidence_incidentgrant")
        cursor.execute(FIREARMS)


def search():
    """The words and agencies by which leads are found."""
    with connection.cursor() as cursor:
        cursor.execute("analyze leads_leadgrant")
        cursor.execute("select coalesce(max(id), 0) from leads_lead")
        last = cursor.fetchone()[0]
        for first in range(1, last + 1, SEARCH_STEP):
            cursor.execute(SEARCH, [first, first + SEARCH_STEP])


def broken_promises():
    """What does not hold, with how many rows: [] when the data are as the actions would have left them."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute(FOREIGN_KEYS, ["^(agencies|evidence|leads|auth)_"])
        queries = [*cursor.fetchall(), *((query, name) for name, query in PROMISES.items())]
        for query, name in queries:
            cursor.execute(query)
            if count := cursor.fetchone()[0]:
                found.append(f"{name}: {count}")
        cursor.execute("set constraints all deferred")
    return [*found, *(f"audit row {number} {what}" for number, what in audit.broken_links())]
