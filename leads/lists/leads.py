"""The lead list at a million leads: pages by index walks, narrowed ones by a bounded walk and then one GIN index.

No plan is best for every word, so a narrowed list is read in two steps: the next `PROBE` visible leads in order are
tried one by one, which finds frequent words at once; only if they do not fill a page, the search index is asked with
the agencies' tokens, which finds rare words at once. Both steps have a bound. Rows are plain values.
"""

import json
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from agencies import walk
from agencies.access import agencies_with, groups_with
from agencies.calendars import working_calendar
from agencies.roles import Permission
from leads.filters import quoted

GRANTS = "leads_leadgrant"
PAGE = walk.PAGE
MOST = 1000
PROBE = 2000
FEW = 500
HANDFUL = 500
FROM_INDEX = ("rare", "handful")

# One pass over the obligations of the page's leads; a lateral join would read the agencies anew for each of them.
ROWS = """
, o as (
  select o.lead_id, json_agg(json_build_array(o.id, o.agency_id, a.code, a.mark, o.state,
                                              extract(epoch from o.due_at)::bigint,
                                              extract(epoch from o.steps[1])::bigint,
                                              extract(epoch from o.stage_started_at)::bigint,
                                              extract(epoch from o.closed_at)::bigint, o.priority,
                                              extract(epoch from o.paused_at)::bigint,
                                              extract(epoch from o.paused_until)::bigint{who})) as owed
    from k join leads_obligation o on o.lead_id = k.id join agencies_agency a on a.id = o.agency_id {people}
   group by o.lead_id)
select k.sort_key, l.id, l.agency_id, l.number, l.caliber, l.score, l.line::text as line,
       l.events_count, l.confirmed_count, l.hits, l.first_event_at, l.last_event_at, l.opened_at, l.closed_at,
       l.notice_on, l.priority, o.owed
  from k join leads_lead l on l.id = k.id left join o on o.lead_id = k.id
"""
PEOPLE = "left join agencies_unit u on u.id = o.unit_id left join agencies_user p on p.id = o.investigator_id"


class Page(NamedTuple):
    """Rows as dicts of plain values, the cursor of the rows after them ("" at the end), and how they were looked for
    (`_plan`).
    """

    rows: list
    older: str
    plan: str = ""


def page(user, filters, *, now, cursor=None, limit=PAGE):
    """One page of the leads a user may see."""
    groups = groups_with(user, Permission.LEAD_VIEW)
    if not groups or filters.is_unfindable:
        return Page([], "")
    after = walk.place(cursor)
    plan = _plan(groups, filters) if filters.is_narrowed else ""
    if plan in FROM_INDEX:
        rows = _from_index(groups, filters, now, after, limit + 1, plan)
    elif plan:
        rows = _narrowed(groups, filters, now, after, limit + 1, plan == "few")
    else:
        ids, params = walk.visible_ids(GRANTS, groups, order(filters, now), after=after, limit=limit + 1)
        rows = _fetch(f"with k as ({ids}) {_rows(filters)}", params)
    older = walk.encode(rows[limit - 1]["sort_key"].isoformat(), rows[limit - 1]["id"]) if len(rows) > limit else ""
    return Page(rows[:limit], older, plan)


def everything(user, filters, *, now, most):
    """The first `most` rows of a list, for a file."""
    groups = groups_with(user, Permission.LEAD_VIEW)
    if not groups or filters.is_unfindable:
        return []
    if filters.is_narrowed:
        return _from_index(groups, filters, now, None, most)
    ids, params = walk.visible_ids(GRANTS, groups, order(filters, now), limit=most)
    return _fetch(f"with k as ({ids}) {_rows(filters)}", params)


def order(filters, now):
    """The index walk of a view, the narrowing of words and tokens left out."""
    where, params = {
        "urgent": ("s.status = 1", ()),
        "overdue": ("s.status = 1 and s.due_at < %s", (now,)),
        "newest": ("true", ()),
        "closed": ("s.status = 2", ()),
    }.get(filters.view, ("s.status = 1", ()))
    if filters.since:
        where, params = f"{where} and s.opened_at >= %s", (*params, filters.since)
    if filters.by_due:
        return walk.Order("due_at", descending=False, where=where, params=params, per_group=True)
    return walk.Order("opened_at", descending=True, where=where, params=params)


def _narrowed(groups, filters, now, after, limit, few):
    """The next `PROBE` visible leads in order, tried until a page is full; the index if they do not fill one."""
    way = order(filters, now)
    direction = "desc" if way.descending else "asc"
    read = walk.visible_ids if way.per_group and len(groups) > 1 else walk.merged
    probe, params = read(GRANTS, groups, way, after=after, limit=PROBE)
    rows = _fetch(
        f"""with k as (
          select p.sort_key, p.id from ({probe}) p cross join lateral (
            select 1 from leads_leadsearch s where s.lead_id = p.id and s.doc @@ %s::tsquery offset 0) found
           order by p.sort_key {direction}, p.id {direction} limit {limit})
        {_rows(filters)}""",
        [*params, " & ".join(filters.terms)],
    )
    return rows if few or len(rows) == limit else _from_index(groups, filters, now, after, limit)


def _plan(groups, filters):
    """How to look: "few" when little is visible at all, else as the statistics of the search document advise. Read are
    an index and statistics.
    """
    visible, leads = _fetch_one(
        f"""select (select count(*) from (select 1 from {GRANTS} where group_id = any(%s::int[]) limit {FEW + 1}) c),
                   (select greatest(reltuples, 1) from pg_class where oid = 'leads_leadsearch'::regclass)""",
        [list(groups)],
    )
    if visible <= FEW:
        return "few"
    sql = "explain (format json) select from leads_leadsearch where doc @@ %s::tsquery"
    expected = _fetch_one(sql, [" & ".join(filters.terms)])[0][0]["Plan"]["Plan Rows"]
    return _advised(expected, leads)


def _advised(expected, leads):
    """How to look for what `expected` of all `leads` match: "rare" when the index has fewer matches to read than the
    walk has leads to try or a probe would not fill a page, "handful" when so few match that the agencies' tokens would
    cost more than they spare, else "frequent".
    """
    tried = PAGE * leads / max(expected, 1)
    if tried > PROBE or expected < tried:
        return "handful" if expected < HANDFUL else "rare"
    return "frequent"


def _tokens(groups, filters, plan):
    mine = "|".join(quoted(f"§g{group}") for group in groups)
    status = {"newest": (), "closed": ("§s2",)}.get(filters.view, ("§s1",))
    return " & ".join([*([] if plan == "handful" else [f"({mine})"]), *map(quoted, status), *filters.terms])


GRANTED = """exists (select 1 from leads_leadgrant g where g.content_object_id = s.lead_id
                     and g.group_id = any(%s::int[]))"""


def _from_index(groups, filters, now, after, limit, plan="rare"):
    query = _tokens(groups, filters, plan)
    since = " and s.opened_at >= %s" if filters.since else ""
    found = [query, *filter(None, [filters.since])]
    if filters.by_due:
        late = " and g.due_at < %s" if filters.view == "overdue" else ""
        beyond = "having (min(g.due_at), s.lead_id) > (%s, %s)" if after else ""
        sql = f"""with k as (
          select min(g.due_at) as sort_key, s.lead_id as id from leads_leadsearch s
            join leads_leadgrant g on g.content_object_id = s.lead_id
                                  and g.group_id = any(%s::int[]) and g.status = 1{late}
           where s.doc @@ %s::tsquery{since} group by s.lead_id {beyond}
           order by 1, 2 limit {limit}) {_rows(filters)}"""
        return _fetch(sql, [list(groups), *([now] if late else []), *found, *(after or ())])
    beyond = " and (s.opened_at, s.lead_id) < (%s, %s)" if after else ""
    sql = f"""with m as materialized (
          select s.opened_at, s.lead_id from leads_leadsearch s where s.doc @@ %s::tsquery{since}{beyond}),
        k as (select s.opened_at as sort_key, s.lead_id as id from m s where {GRANTED}
               order by s.opened_at desc, s.lead_id desc limit {limit}) {_rows(filters)}"""
    return _fetch(sql, [*found, *(after or ()), list(groups)])


def _rows(filters):
    with_people = "who" in filters.cols
    rows = ROWS.replace("{who}", ", u.name, p.title, p.name" if with_people else "")
    rows = rows.replace("{people}", PEOPLE if with_people else "")
    direction = "asc" if filters.by_due else "desc"
    return rows + f" order by k.sort_key {direction}, k.id {direction}"


class Counts(NamedTuple):
    """Counts of the views, exact to `MOST`; `matching` of the list asked for, `tried` of its visible leads (None: all);
    the user's saved views as (id, name, query); the agencies to filter by as (id, code, name); `calendars` of those
    and of agencies that take no part any more, which may still owe.
    """

    open: int
    overdue: int
    closed: int
    matching: int
    tried: int | None
    saved: list
    agencies: tuple
    calendars: dict


def counts(user, filters, *, now, page_name="leads", plan=""):
    """What stands around a list, in one statement. `plan` as its page says: of what the index gave, all are counted."""
    groups, views = groups_with(user, Permission.LEAD_VIEW), ("urgent", "overdue", "closed")
    counted = [walk.count(GRANTS, groups, order(type(filters)(view=view), now), most=MOST) for view in views]
    is_counted = filters.view in views and not (filters.is_narrowed or filters.is_unfindable or filters.since)
    counted.append(("select null", []) if is_counted else _matching(groups, filters, now, plan))
    values = [value for _, params in counted for value in params]
    row = _fetch_one(
        f"""select {", ".join(f"({sql})" for sql, _ in counted)},
               (select coalesce(json_agg(json_build_array(v.id, v.name, v.query) order by v.name), '[]')
                  from agencies_savedview v where v.user_id = %s and v.page = %s),
               (select coalesce(json_agg(json_build_array(a.id, a.code, a.name, a.zone, a.calendar_id,
                                                          a.is_active) order by a.code), '[]')::text
                  from agencies_agency a
                  join (select distinct coalesce(parent_id, id) as center
                          from agencies_agency where id = any(%s::int[])) c
                    on a.parent_id = c.center or a.id = c.center),
               (select coalesce(json_agg(json_build_array(c.id, c.opens, c.closes, c.days, c.always, c.federal_holidays,
                         (select coalesce(json_agg(h.on order by h.on), '[]')
                            from agencies_holiday h where h.calendar_id = c.id))), '[]')::text
                  from agencies_servicecalendar c)""",
        [*values, user.pk, page_name, agencies_with(user, Permission.LEAD_VIEW)],
    )
    matching, tried = (row[views.index(filters.view)], 0) if is_counted else row[3]
    return Counts(*row[:3], matching, tried if tried >= PROBE else None, row[4], *_agencies(*row[5:]))


@lru_cache(maxsize=64)
def _agencies(agencies, hours):
    """The agencies that take part as (id, code, name) and the working calendar of each agency by its id, from JSON that
    changes a few times a year: (id, code, name, zone, calendar, whether it takes part) of each agency; (id, opens,
    closes, days, always, holidays) of each calendar.
    """
    rows = [tuple(row) for row in json.loads(agencies)]
    known = {pk: (*own, tuple(holidays)) for pk, *own, holidays in json.loads(hours)}
    calendars = {pk: working_calendar(zone, *known[of]) for pk, _code, _name, zone, of, _active in rows}
    return tuple(row[:3] for row in rows if row[-1]), calendars


def _matching(groups, filters, now, plan):
    """SQL of [how many match, of how many tried]; a narrowed list is counted in its first `PROBE` visible leads."""
    way = order(filters, now)
    if filters.is_unfindable:
        return "json_build_array(0, 0)", []
    if plan in FROM_INDEX and filters.view != "overdue" and not filters.since:
        sql = f"select json_build_array(count(*), 0) from leads_leadsearch s where s.doc @@ %s::tsquery and {GRANTED}"
        return sql, [_tokens(groups, filters, plan), list(groups)]
    if not filters.is_narrowed:
        sql, params = walk.count(GRANTS, groups, way, most=MOST)
        return f"select json_build_array(n.count, 0) from ({sql}) n", params
    probe, params = walk.visible_ids(GRANTS, groups, way, limit=PROBE)
    sql = f"""
      select json_build_array(count(f.yes), count(*)) from ({probe}) p left join lateral (
        select 1 as yes from leads_leadsearch s where s.lead_id = p.id and s.doc @@ %s::tsquery offset 0) f on true"""
    return sql, [*params, " & ".join(filters.terms)]


def _fetch(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    lines = json.loads(f"[{','.join(row['line'] for row in rows)}]")
    for row, line in zip(rows, lines, strict=True):
        row["line"] = line
        row["owed"] = sorted(row["owed"] or [], key=lambda owed: owed[0])
    return rows


def _fetch_one(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()
