"""Requests for confirmation as lists read them, and the pairs of cases of a period that figures open."""

from agencies import walk
from agencies.roles import Permission
from evidence.queries.reach import MOST, OVERSEEN, beginning, counted, fetch, page_of, reached
from evidence.queries.requests import CALENDAR

PAGE = walk.PAGE
OPEN = "q.status in ('asked', 'received', 'assigned')"
GRANTED = """exists (select 1 from leads_leadgrant g
                      where g.content_object_id = q.lead_id and g.group_id = any(%(groups)s::int[]) offset 0)"""
# What is in a list: its conditions, and whether the newest stand first or what is needed first.
LISTS = {
    "": (OPEN, False),
    "late": (f"{OPEN} and q.needed_on < %(today)s", False),
    "reported": ("q.status = 'reported'", True),
    "returned": ("q.status = 'returned'", True),
    "cancelled": ("q.status = 'cancelled'", True),
}
SIDES = ("agency_id", "laboratory_id")
# What one of a reader's agencies asks of one of their laboratories counts once, as the agency's.
COUNTED = ("q.agency_id = source.id", "q.laboratory_id = source.id and q.agency_id not in (select id from source)")
MINE = """k as (select x.id, x.key from (
    (select q.id, q.requested_at as key from leads_confirmationrequest q
      where q.requested_by_id = %(me)s and {granted} {beyond} order by q.requested_at desc, q.id desc limit %(limit)s)
    union
    (select q.id, q.requested_at as key from leads_confirmationrequest q
      where q.examiner_id = %(me)s and {granted} {beyond} order by q.requested_at desc, q.id desc limit %(limit)s)) x
  order by x.key desc, x.id desc limit %(limit)s)"""


def requests(user, *, show="", today, cursor=None, limit=PAGE):
    """Requests of the user's agencies and to the user's laboratories: those open, soonest needed first and so the late
    ones on top, those `late`, `mine` (asked by the user or with them), `reported`, `returned`, `cancelled`.
    """
    begin = walk.place(cursor)
    where, newest = LISTS.get(show, ("", True))
    key, cast, order = ("requested_at", "timestamptz", "desc") if newest else ("needed_on", "date", "asc")
    if show == "mine":
        beyond = "and (q.requested_at, q.id) < (%(at)s::timestamptz, %(id)s)" if begin else ""
        found = MINE.format(granted=GRANTED, beyond=beyond)
    else:
        walks = [
            f"from leads_confirmationrequest q where q.{side} = source.id and {where} and {GRANTED}" for side in SIDES
        ]
        found = page_of(user, walks, f"q.{key}", newest=newest, begin=begin, cast=cast)
    return fetch(
        f"""
      with {found}
      select q.id, q.status, q.needed_on, q.court_on, q.requested_at, q.received_at, q.reported_at, q.reason,
             l.number, l.line::text as line, l.events_count, l.confirmed_count, l.hits,
             a.code, a.mark, a.name as agency, s.name as laboratory, s.zone, s.id as laboratory_id,
             u.title, u.name as examiner, {CALENDAR},
             (select count(*) from leads_confirmationitem i where i.request_id = q.id) as events
        from k join leads_confirmationrequest q on q.id = k.id join leads_lead l on l.id = q.lead_id
        join agencies_agency a on a.id = q.agency_id join agencies_agency s on s.id = q.laboratory_id
        join agencies_servicecalendar w on w.id = s.calendar_id left join agencies_user u on u.id = q.examiner_id
       order by k.key {order}, k.id {order}""",
        _asked(user, today) | {**beginning(begin), "limit": limit + 1},
    )


def counts(user, today):
    """{"open", "late", "mine", "reported", "returned", "cancelled"}, each exact to a thousand."""
    one = """(select count(*) from (select 1 from source cross join lateral ({walks}) x limit {most}) c) as {name}"""
    asked = []
    for name, (where, newest) in LISTS.items():
        order = "q.requested_at desc, q.id desc" if newest else "q.needed_on, q.id"
        walks = " union all ".join(
            f"""(select 1 from leads_confirmationrequest q where {side} and {where} and {GRANTED}
                  order by {order} limit {MOST + 1})"""
            for side in COUNTED
        )
        asked.append(one.format(walks=walks, most=MOST + 1, name=name or "open"))
    mine = MINE.format(granted=GRANTED, beyond="")
    asked.append("(select count(*) from k) as mine")
    sql = f"with source as ({OVERSEEN}), {mine} select {', '.join(asked)}"
    return counted(sql, _asked(user, today) | {"limit": MOST + 1})


def _asked(user, today):
    return {**reached(user, Permission.LEAD_VIEW), "today": today, "me": user.pk}


# Pairs of a period: those of leads that the reader's boards speak of, with an event of one of their agencies; for a
# laboratory those of the leads of which it gave notice.
PAIRS = f"""from leads_comparison q
  join leads_leadevent f on f.id = q.first_id join leads_leadevent s on s.id = q.second_id
  join leads_lead d on d.id = q.lead_id
 where q.status = 'standing' and q.reported_on >= %(first)s and q.reported_on <= %(last)s
   and (f.agency_id = any(%(within)s::bigint[]) or s.agency_id = any(%(within)s::bigint[])
        or d.site_id = any(%(within)s::bigint[])) and {GRANTED}"""
RESULTS = ("confirmed", "inconclusive", "eliminated", "unsuitable")
# The same two cases on two leads are one pair: an event without an incident is known by its agency and case number.
CASE = "coalesce({0}.incident_id::text, coalesce({0}.agency_id::text, {0}.agency_text) || ' ' || {0}.case_key)"
TWO = f"least({CASE.format('f')}, {CASE.format('s')}), greatest({CASE.format('f')}, {CASE.format('s')})"


def pair_counts(scope, first, last):
    """{result: how many pairs of cases} of the reports of a period (dates, both included): two cases count once."""
    rows = fetch(f"select result, count(*) as many from (select distinct on (q.result, {TWO}) q.result {PAIRS}) x"
                 " group by 1", _within(scope, first, last))  # fmt: skip
    return dict.fromkeys(RESULTS, 0) | {row["result"]: row["many"] for row in rows}


def pairs(scope, first, last, *, result="", cursor=None, limit=PAGE):
    """The pairs behind such a number, the newest report first; of two cases on two leads the first row."""
    begin = walk.place(cursor)
    beyond = "where (x.reported_on, x.id) < (%(at)s::date, %(id)s)" if begin else ""
    only = "and q.result = %(result)s" if result in RESULTS else ""
    return fetch(
        f"""
      select x.*, l.number, e.title, e.name as examiner, v.title as second_title, v.name as second,
             fa.code as first_code, fa.mark as first_mark, sa.code as second_code, sa.mark as second_mark
        from (select distinct on (q.result, {TWO}) q.id, q.lead_id, q.result, q.report, q.reported_on,
                     q.recorded_by_id, q.verified_by_id, f.case_number as first_case, s.case_number as second_case,
                     f.agency_id as first_agency, s.agency_id as second_agency, f.agency_text as first_text,
                     s.agency_text as second_text
                {PAIRS} {only} order by q.result, {TWO}, q.id) x
        join leads_lead l on l.id = x.lead_id join agencies_user e on e.id = x.recorded_by_id
        left join agencies_user v on v.id = x.verified_by_id left join agencies_agency fa on fa.id = x.first_agency
        left join agencies_agency sa on sa.id = x.second_agency
        {beyond} order by x.reported_on desc, x.id desc limit %(limit)s""",
        _within(scope, first, last) | {"result": result, **beginning(begin), "limit": limit + 1},
    )


def _within(scope, first, last):
    return {"within": scope.ids, "groups": scope.groups, "first": first, "last": last}


def waiting(scope, today):
    """{"open", "late"} of what laboratories are asked, for a board, exact to a thousand."""
    one = f"""(select count(*) from (select 1 from leads_confirmationrequest q
                where (q.agency_id = any(%(within)s::bigint[]) or q.laboratory_id = any(%(within)s::bigint[]))
                  and {OPEN} and {{late}} and {GRANTED}
                limit {MOST + 1}) c) as {{name}}"""
    names = (("open", "true"), ("late", "q.needed_on < %(today)s"))
    sql = "select " + ", ".join(one.format(name=name, late=late) for name, late in names)
    return fetch(sql, {"within": scope.ids, "groups": scope.groups, "today": today})[0]
