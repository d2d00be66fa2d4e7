"""Lists of obligations for those who answer for them: the same words of SQL make a number and the rows it opens."""

import copy
from datetime import date
from typing import NamedTuple

from django.db import connection
from django.utils.dateparse import parse_date

from agencies import walk
from leads.insight.scope import OWED
from leads.models import Obligation
from leads.queries import told

CLOSED_DAYS = 30
# Parts of what is open, as conditions on an obligation `o`. What is stale is marked by a sweep (`actions.stale`).
STALE = "o.stale_at is not null"
PAUSED = "o.paused_until > %(now)s"
ASKED = "o.id in (select t.obligation_id from leads_timerequest t where t.status = 'asked')"
WHICH = {
    "open": ("Open", "true"),
    "late": ("Overdue", "o.due_at <= %(now)s"),
    "escalated": ("Overdue and escalated", "(o.due_at <= %(now)s and o.level >= 3)"),
    "nobody": ("Nobody assigned", "o.investigator_id is null"),
    "sent": ("Not acknowledged", "o.state = 'sent'"),
    "proposed": ("To approve", "o.state = 'proposed'"),
    "asked": ("Time to decide", ASKED),
    "paused": ("Paused", PAUSED),
    "stale": ("Stale", STALE),
}
# What was closed lately, and parts of it.
CLOSED = f"o.closed_at >= %(now)s::timestamptz - interval '{CLOSED_DAYS} days'"
CLOSED_LABEL = f"Closed, {CLOSED_DAYS} days"
USEFUL = "o.usefulness >= 4"
IN_TIME = """not exists (select 1 from leads_escalation e
  where e.obligation_id = o.id and e.level = 2 and e.stage_started_at >= o.sent_at)"""
RAN_OUT = "leads_obligation o join leads_escalation e on e.obligation_id = o.id and e.level = 2"
RELATED = ("lead__agency", "agency__calendar", "unit", "investigator")


class Part(NamedTuple):
    """One list: its label, what is in it, the column that orders it, and whether the newest stands first. `stage` is
    that of the clock where a row is a clock that ran out, of which one obligation can have several; `dated`: of a
    number of weeks.
    """

    label: str
    words: str
    at: str = "o.due_at"
    newest: bool = False
    source: str = "leads_obligation o"
    key: str = "o.id"
    stage: str = "''"
    dated: bool = False


def _weeks_of(column):
    since, weeks = "%(first)s::date::timestamp", "%(weeks)s * interval '1 week'"
    return f"""{column} >= {since} at time zone %(zone)s
  and {column} < ({since} + {weeks}) at time zone %(zone)s"""


LISTS = {name: Part(*words) for name, words in WHICH.items()} | {
    "closed": Part(CLOSED_LABEL, CLOSED, "o.closed_at", True),
    "useful": Part("Closed, rated useful", f"{CLOSED} and {USEFUL}", "o.closed_at", True),
    "in_time": Part("Closed, no clock ran out", f"{CLOSED} and {IN_TIME}", "o.closed_at", True),
    "came": Part("Came in", _weeks_of("o.sent_at"), "o.sent_at", True, dated=True),
    "ran_out": Part("Clocks that ran out", _weeks_of("e.due_at"), "e.due_at", True, RAN_OUT, "e.id", "e.stage", True),
}


class Filters(NamedTuple):
    """One list: which part, and whose; `unit` 0 means without a unit. Where the list is of weeks, how many of them
    from the day `first` on.
    """

    which: str = "late"
    agency: int | None = None
    unit: int | None = None
    person: int | None = None
    first: date | None = None
    weeks: int | None = None


def read(given):
    """Filters from an address's query; what means nothing is left out."""
    numbers = {name: walk.whole(given.get(name, "")) for name in ("agency", "unit", "person")}
    which, first, weeks = given.get("which", ""), day(given.get("first")), walk.whole(given.get("weeks", ""), most=52)
    if which not in LISTS or (LISTS[which].dated and not (first and weeks)):
        return Filters(**numbers)
    dates = {"first": first, "weeks": weeks} if LISTS[which].dated else {}
    return Filters(which, **numbers, **dates)


def day(text):
    """The day that part of an address says, None for what is none or is far from any record."""
    try:
        found = parse_date(text or "")
    except ValueError:
        return None
    return found if found and 1990 <= found.year <= 2100 else None


def page(user, scope, filters, *, now, after=None, limit=walk.PAGE, without=()):
    """One page of a list, the worst or the newest first, and the cursor of the next one; `without` are ids to leave
    out. Where a row is a clock that ran out, it has `ran_out`: the stage, and when.
    """
    part = LISTS[filters.which]
    direction, beyond = ("desc", "<") if part.newest else ("asc", ">")
    where, params = _narrowed(filters, without)
    if keys := walk.place(after):
        where.append(f"({part.at}, {part.key}) {beyond} (%(after)s::timestamptz, %(after_id)s)")
        params |= {"after": keys[0], "after_id": keys[1]}
    rows = f"""select o.id, {part.key} as key, {part.at} as at, {part.stage} as stage from {part.source}
                where {OWED} and {" and ".join(where)}"""
    order = f"order by at {direction}, key {direction} limit {limit + 1}"
    # Agency by agency, each along its index of due times: sorting the open work of forty agencies is not needed.
    each = f"unnest(%(agencies)s::bigint[]) a(id) cross join lateral ({rows} and o.agency_id = a.id {order}) x"
    sql = f"select x.* from {f'({rows}) x' if part.dated else each} {order}"
    with connection.cursor() as cursor:
        cursor.execute(sql, scope.params | params | {"now": now})
        found = cursor.fetchall()
    _pk, key, at, _stage = found[:limit][-1] if found else (None,) * 4
    return _shown(user, found[:limit]), walk.encode(at.isoformat(), key) if len(found) > limit else ""


def _shown(user, rows):
    """The obligations of rows of a list, in their order."""
    seen = Obligation.objects.visible_to(user).with_deciders()
    found = told.of_obligations(seen.filter(pk__in={row[0] for row in rows}))
    found = found.select_related(*RELATED).prefetch_related("agency__calendar__holidays", "time_requests")
    by_id = {each.pk: each for each in found}
    shown = []
    for pk, _key, at, stage in rows:
        if pk in by_id:
            one = copy.copy(by_id[pk])
            one.ran_out = (stage, at) if stage else None
            shown.append(one)
    return shown


def count(scope, filters, *, now, without=()):
    where, params = _narrowed(filters, without)
    sql = f"select count(*) from {LISTS[filters.which].source} where {OWED} and {' and '.join(where)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, scope.params | params | {"now": now})
        return cursor.fetchone()[0]


def _narrowed(filters, without):
    part = LISTS[filters.which]
    where = [f"{part.at} is not null", part.words]
    params = filters._asdict() | {"without": list(without)}
    if without:
        where.append("o.id <> all(%(without)s::bigint[])")
    if filters.agency:
        where.append("o.agency_id = %(agency)s")
    if filters.unit is not None:
        where.append("o.unit_id = %(unit)s" if filters.unit else "o.unit_id is null")
    if filters.person:
        where.append("o.investigator_id = %(person)s")
    return where, params
