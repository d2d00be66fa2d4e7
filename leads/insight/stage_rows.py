"""The rows of each of the seven stages, as SQL: one text gives the figures and the rows that a figure opens.

Every statement yields: id, label, target ("incident", "exhibit", "lead" or "referral"), target_id, agency_id, at (when
it came in), went (whether it went on), more (a further fact, such as acceptance), hours (how long the step took, null
when unfinished or not known), in_time (null while it still has time). Parameters: those of a scope, `since`, `until`,
`now`, `gunfire`. Stages 1 to 3 follow the incidents of the period, stages 4 to 7 the leads sent in it.

The first three are written once for whichever incidents are asked about: `Rows.of(incidents, where, columns)`.
"""

from typing import NamedTuple

from leads.insight.scope import OWED

HOUR = "extract(epoch from {}) / 3600.0"
# Incidents the reader's agencies were granted: their own, for a center the members', for a laboratory those sent in.
INCIDENTS = """i.id in (select g.content_object_id from evidence_incidentgrant g
            where g.group_id = any(%(groups)s::int[]) and g.occurred_at >= %(since)s and g.occurred_at < %(until)s)"""
# A lead that an agency found unfounded is left out, whoever else has it; so is what was returned as not one's own.
RETRACTED = """exists (select 1 from leads_obligation r
                        where r.lead_id = o.lead_id and r.state = 'closed' and r.outcome = 'lead_not_confirmed')"""
SENT = f"""{OWED} and o.sent_at >= %(since)s and o.sent_at < %(until)s and o.state <> 'returned' and not {RETRACTED}"""


def _span(since, done):
    """Hours from one time to another, null while there is no other; what came before it counts as none."""
    return f"case when {done} > {since} then {HOUR.format(f'{done} - {since}')} when {done} is not null then 0 end"


def _in_time(done, limit):
    """Done within the limit; late when it is over and not done; not decided while it runs."""
    return f"case when {done} is not null then {done} <= {limit} when %(now)s > {limit} then false end"


# Looked up one incident after the other: how many there will be is not known beforehand, and for a few of them nobody
# reads all exhibits.
EXHIBITS = "join lateral (select x.* from evidence_exhibit x where x.incident_id = i.id offset 0) e"


class Rows(NamedTuple):
    """A stage over incidents `i`; `waits_until` says when a row that is neither in time nor late will be late."""

    columns: str
    joins: str
    where: str
    waits_until: str = "null::timestamptz"

    def of(self, incidents="evidence_incident i", where=INCIDENTS, more=""):
        return f"select {self.columns}{more} from {incidents} {self.joins} where {where} and {self.where}"


COLLECTED = Rows(
    columns=f"""
       i.id, i.case_number as label, 'incident' as target, i.id as target_id, i.agency_id, i.occurred_at as at,
       c.at is not null as went, false as more,
       case when i.time_known then {_span("i.occurred_at", "c.at")} end as hours,
       case when i.time_known and c.at is not null then c.at <= i.occurred_at + interval '24 hours' end as in_time""",
    joins="""left join lateral (select min(e.collected_at) as at from evidence_exhibit e
                      where e.incident_id = i.id and e.kind = 'casing_group') c on true""",
    where="i.kind = any(%(gunfire)s)",
)
ENTERED = Rows(
    columns=f"""
       e.id, i.case_number || ', exhibit ' || e.number as label, 'exhibit' as target, e.id as target_id, i.agency_id,
       i.occurred_at as at, a.entered_at is not null as went, a.id is not null as more,
       {_span("a.received_at", "a.entered_at")} as hours, {_in_time("a.entered_at", "a.due_at")} as in_time""",
    joins=f"""{EXHIBITS} on e.nibin_eligible
  left join lateral (select q.id, q.received_at, q.entered_at, q.due_at from evidence_acquisition q
                      where q.exhibit_id = e.id and q.rejected_at is null
                      order by q.entered_at nulls last, q.id limit 1) a on true""",
    where="true",
    waits_until="case when a.entered_at is null then a.due_at end",
)
LINKED = Rows(
    columns=f"""
       e.id, i.case_number || ', exhibit ' || e.number as label, 'exhibit' as target, e.id as target_id, i.agency_id,
       i.occurred_at as at, v.at is not null as went, false as more,
       {_span("a.at", "v.at")} as hours, v.at <= a.at + interval '48 hours' as in_time""",
    joins=f"""{EXHIBITS} on true
  join lateral (select min(q.entered_at) as at from evidence_acquisition q where q.exhibit_id = e.id) a
    on a.at is not null
  left join lateral (select min(x.added_at) as at from leads_leadevent x where x.incident_id = i.id
                        and x.withdrawn_at is null
                        and (x.exhibit_number in ('', e.number) or e.lab_number <> '' and x.lab_number = e.lab_number)
                        and not exists (select 1 from leads_obligation r where r.lead_id = x.lead_id
                                           and r.state = 'closed' and r.outcome = 'lead_not_confirmed')) v on true""",
    where="true",
)
COLLECT, ENTER, LINK = COLLECTED.of(), ENTERED.of(), LINKED.of()
ANALYSE = f"""
select o.id, l.number as label, 'lead' as target, l.id as target_id, o.agency_id, o.sent_at as at,
       v.waiting = 0 as went, l.scored_at is not null as more,
       case when v.waiting = 0 then {HOUR.format("v.longest")} end as hours,
       case when v.waiting = 0 then v.longest <= interval '24 hours'
            when %(now)s > v.first_waiting + interval '24 hours' then false end as in_time
  from leads_obligation o join leads_lead l on l.id = o.lead_id
 cross join lateral (select count(*) filter (where x.incident_id is null) as waiting,
                            min(x.added_at) filter (where x.incident_id is null) as first_waiting,
                            max(greatest(x.matched_at - x.added_at, interval '0')) as longest
                       from leads_leadevent x where x.lead_id = l.id and x.withdrawn_at is null) v
 where {SENT}
"""
LATE_BEFORE = """exists (select 1 from leads_escalation e where e.obligation_id = o.id and e.level = 2
                          and e.stage in ('acknowledge', 'assign') and e.stage_started_at >= o.sent_at)"""
ASSIGN = f"""
select o.id, l.number as label, 'lead' as target, l.id as target_id, o.agency_id, o.sent_at as at,
       t.at is not null as went, o.acknowledged_at is not null as more,
       {_span("o.sent_at", "t.at")} as hours,
       case when t.at is not null then not {LATE_BEFORE}
            when {LATE_BEFORE} or o.state in ('sent', 'acknowledged') and o.due_at <= %(now)s then false end as in_time
  from leads_obligation o join leads_lead l on l.id = o.lead_id
  left join lateral (select min(s.assigned_at) as at from leads_assignment s
                      where s.obligation_id = o.id and s.assigned_at >= o.sent_at) t on true
 where {SENT}
"""
# Of an offender whose case one office adopted or took over from another it is the case that goes on which counts, once;
# of several offices asked at the same moment the one that accepted.
PROSECUTE = f"""
select o.id, l.number as label, case when f.id is null then 'lead' else 'referral' end as target,
       coalesce(f.id, l.id) as target_id, o.agency_id, o.sent_at as at,
       f.id is not null as went, coalesce(f.status = 'accepted', false) as more,
       case when f.status not in ('referred', 'more_asked') then {_span("f.referred_at", "f.decided_at")} end as hours,
       case when f.status not in ('referred', 'more_asked') then f.decided_at <= f.decision_due_at
            when %(now)s > f.decision_due_at then false end as in_time
  from leads_obligation o join leads_lead l on l.id = o.lead_id
  left join lateral (select q.id, q.status, q.referred_at, q.decided_at, q.decision_due_at from leads_referral q
                      where q.lead_id = o.lead_id and q.agency_id = o.agency_id
                      order by q.status in ('transferred', 'adopted'), q.referred_at, q.status <> 'accepted', q.id
                      limit 1) f on true
 where {SENT} and o.assigned_at is not null
"""
FEED_BACK = f"""
select o.id, l.number as label, 'lead' as target, l.id as target_id, o.agency_id, o.sent_at as at,
       l.closed_at is not null as went, o.usefulness >= 4 as more,
       {_span("o.closed_at", "l.closed_at")} as hours,
       {_in_time("l.closed_at", "o.closed_at + interval '7 days'")} as in_time
  from leads_obligation o join leads_lead l on l.id = o.lead_id
 where {SENT} and o.state = 'closed'
"""
# Not a stage: what 4 to 7 leave out. It "went" back where it was returned; the rest was found unfounded.
LEFT_OUT = f"""
select o.id, l.number as label, 'lead' as target, l.id as target_id, o.agency_id, o.sent_at as at,
       not {RETRACTED} as went, false as more, null::numeric as hours, null::boolean as in_time
  from leads_obligation o join leads_lead l on l.id = o.lead_id
 where {OWED} and o.sent_at >= %(since)s and o.sent_at < %(until)s and (o.state = 'returned' or {RETRACTED})
"""
