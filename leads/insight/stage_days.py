"""Figures of the first three stages from what is kept of each day: years of a center are added up and not walked.

What is kept holds for whole days (UTC) without a mark in `leads_staleday`; everything else is counted from the records
by the same text (`stage_rows`), so that a figure is always that of the rows it opens: the days at either end of a
period, and the days of an agency on which something changed since they were kept. A mark is written by the transaction
that changes something, and taken away by the one that counts the day anew.
"""

from datetime import UTC, datetime, time, timedelta

from leads.insight.stage_rows import COLLECTED, ENTERED, LINKED

KEPT = {1: COLLECTED, 2: ENTERED, 3: LINKED}
DAY = timedelta(days=1)
SEEN_BY = """array(select g.group_id from evidence_incidentgrant g
                    where g.content_object_id = x.id and g.occurred_at is not null order by g.group_id)"""
# Incidents of agencies' days, with all groups that may see them.
OF_DAYS = f"""unnest(%(owners)s::bigint[], %(days)s::date[]) d(owner, day) cross join lateral (
         select x.*, {SEEN_BY} as groups, d.day from evidence_incident x
          where x.agency_id = d.owner and x.occurred_at >= d.day::timestamp at time zone 'UTC'
            and x.occurred_at < (d.day + 1)::timestamp at time zone 'UTC' offset 0) i"""
COLUMNS = "stage, day, group_id, agency_id, groups, came, went, more, in_time, late, hours, waiting"


def keeping(number):
    """The statement that writes the rows of a stage for `owners` and their `days`, as long as each other; whoever reads
    them decides by their own time what is late.
    """
    rows = KEPT[number]
    found = rows.of(OF_DAYS, "true", f", i.groups, i.day, {rows.waits_until} as waits_until")
    return f"""
      insert into leads_stageday ({COLUMNS})
      select {number}, y.day, g.id, y.agency_id, y.groups, y.came, y.went, y.more, y.in_time, y.late, y.hours, y.waiting
        from (select r.day, r.agency_id, r.groups, count(*) as came, count(*) filter (where r.went) as went,
                     count(*) filter (where r.more) as more, count(*) filter (where r.in_time) as in_time,
                     count(*) filter (where not r.in_time) as late,
                     coalesce(array_agg(r.hours::float8) filter (where r.hours is not null), '{{}}') as hours,
                     coalesce(array_agg(r.waits_until) filter (where r.in_time is null and r.waits_until is not null),
                              '{{}}') as waiting
                from ({found}) r group by r.day, r.agency_id, r.groups) y
       cross join unnest(y.groups) g(id)"""


STALE = "select distinct s.agency_id, s.day from leads_staleday s where s.day >= %(first)s and s.day < %(last)s"
# What is kept, once however many of the reader's groups see it.
FRESH = """
select k.day >= %(turn)s as present, k.* from leads_stageday k
 where k.group_id = any(%(groups)s::int[]) and k.stage = {number}
   and (k.day >= %(first)s and k.day < %(middle)s or k.day >= %(turn)s and k.day < %(last)s)
   and not exists (select from stale s where s.agency_id = k.agency_id and s.day = k.day)
   and (cardinality(%(groups)s::int[]) = 1 or not exists (
     select from unnest(k.groups) o(id) where o.id = any(%(groups)s::int[]) and o.id < k.group_id))
"""
# Which incidents are counted from the records: at the ends of the period, and on days with a mark.
LIVE = """
select g.content_object_id as id from unnest(%(starts)s::timestamptz[], %(ends)s::timestamptz[]) e(since, until)
  join evidence_incidentgrant g on g.group_id = any(%(groups)s::int[])
   and g.occurred_at >= e.since and g.occurred_at < e.until
union
select x.id from stale s cross join lateral (
  select i.id from evidence_incident i where i.agency_id = s.agency_id
     and i.occurred_at >= s.day::timestamp at time zone 'UTC'
     and i.occurred_at < (s.day + 1)::timestamp at time zone 'UTC'
     and i.occurred_at >= %(since)s and i.occurred_at < %(until)s
     and exists (select from evidence_incidentgrant g where g.content_object_id = i.id
                    and g.group_id = any(%(groups)s::int[]) and g.occurred_at is not null offset 0) offset 0) x
"""
ONE_BY_ONE = "live l cross join lateral (select x.* from evidence_incident x where x.id = l.id offset 0) i"


# Those of a period, the newest first, as far as they are read; once however many of the reader's groups see them.
BRANCH = """
select g.content_object_id as id, g.occurred_at from evidence_incidentgrant g
 where g.group_id = {group} and g.occurred_at >= %(since)s and g.occurred_at < %(until)s
   and (%(after)s::timestamptz is null or g.occurred_at <= %(after)s)
   and not exists (select from evidence_incidentgrant o
                    where o.content_object_id = g.content_object_id and o.group_id = any(%(groups)s::int[])
                      and o.group_id < g.group_id and o.occurred_at is not null offset 0)
"""
NEWEST = """(
  select x.id, x.case_number, x.agency_id, x.kind, x.time_known, w.occurred_at
    from ({walk} order by occurred_at desc) w
   cross join lateral (select y.* from evidence_incident y where y.id = w.id offset 0) x
   order by w.occurred_at desc offset 0) i"""


def rows_sql(number, groups):
    """The rows of a stage in the order of their incidents, so that a page of them reads little more than it shows."""
    walk = " union all ".join(BRANCH.format(group=int(group)) for group in groups)
    return KEPT[number].of(NEWEST.format(walk=walk), "true") if groups else KEPT[number].of()


def figures_sql(number):
    """Figures of both periods for all and each agency; how long it took is told of the present one alone."""
    return f"""
      with stale as materialized ({STALE}), fresh as materialized ({FRESH.format(number=number)}),
           live as materialized ({LIVE}), rest as materialized ({KEPT[number].of(ONE_BY_ONE, "true")}),
      counts as (
        select p.present, p.agency_id, grouping(p.agency_id) as whole, sum(p.came) as came, sum(p.went) as went,
               sum(p.more) as more, sum(p.timed) as timed, sum(p.decided)::bigint as decided, sum(p.in_time) as in_time
          from (select f.present, f.agency_id, f.came, f.went, f.more, cardinality(f.hours) as timed, f.in_time,
                       f.in_time + f.late
                         + (select count(*) from unnest(f.waiting) w(until) where %(now)s > w.until) as decided
                  from fresh f
                union all
                select r.at >= %(begins)s, r.agency_id, 1, r.went::int, r.more::int, (r.hours is not null)::int,
                       coalesce(r.in_time, false)::int, (r.in_time is not null)::int from rest r) p
         group by grouping sets ((1), (1, p.agency_id))),
      times as (
        select h.agency_id, grouping(h.agency_id) as whole,
               percentile_cont(array[0.5, 0.9]) within group (order by h.hours) as found
          from (select f.agency_id, u.hours from fresh f cross join unnest(f.hours) u(hours) where f.present
                union all
                select r.agency_id, r.hours::float8 from rest r where r.hours is not null and r.at >= %(begins)s) h
         group by grouping sets ((), (h.agency_id)))
      select c.present, c.agency_id, c.whole, c.came, c.went, c.more, t.found[1], t.found[2], c.timed, c.decided,
             c.in_time
        from counts c left join times t on c.present and t.whole = c.whole
         and t.agency_id is not distinct from c.agency_id"""


def params(period):
    """The whole days of a period and of the one before it, and what is left of both at their ends."""
    first, middle = _up(period.before), _down(period.since)
    turn, last = _up(period.since), _down(period.until)
    edges = [*_ends(period.before, period.since, first, middle), *_ends(period.since, period.until, turn, last)]
    found = {"first": first, "middle": middle, "turn": turn, "last": last}
    return {name: at.date() for name, at in found.items()} | {
        "starts": [since for since, _ in edges],
        "ends": [until for _, until in edges],
    }


def _down(at):
    return datetime.combine(at.astimezone(UTC), time(), UTC)


def _up(at):
    day = _down(at)
    return day if day == at else day + DAY


def _ends(since, until, first, last):
    if first >= last:
        return [(since, until)]
    return [(begin, end) for begin, end in ((since, first), (last, until)) if begin < end]
