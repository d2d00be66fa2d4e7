"""The accountability board: who has what, what is late, what nobody took.

One scan of what is open, one of what closed lately, one of twelve weeks.
"""

from datetime import timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from agencies.models import Membership, Unit
from agencies.roles import Permission, Role, roles_with
from leads.insight.owed import CLOSED, IN_TIME, PAUSED, STALE, USEFUL, WHICH
from leads.insight.scope import OWED
from leads.models import Obligation

FEW = 10
WEEKS = 12

PARTS = ", ".join(f"count(*) filter (where {words}) as {name}" for name, (_, words) in WHICH.items() if name != "open")
OPEN_SQL = f"""
select o.agency_id, o.unit_id, o.investigator_id, grouping(o.agency_id, o.unit_id, o.investigator_id) as level,
       count(*) as open,
       {PARTS},
       count(*) filter (where {STALE} and o.due_at > %(now)s) as stale_in_time,
       coalesce(sum(%(now)s - o.paused_at) filter (where {PAUSED}), interval '0') as stood,
       min(o.sent_at) filter (where o.investigator_id is null) as oldest_nobody
  from leads_obligation o
 where {OWED} and o.due_at is not null
 group by grouping sets ((), (o.agency_id), (o.agency_id, o.unit_id), (o.investigator_id))
"""
CLOSED_SQL = f"""
select o.agency_id, o.unit_id, grouping(o.agency_id, o.unit_id) as level,
       count(*) as closed, count(*) filter (where {USEFUL}) as useful, count(*) filter (where {IN_TIME}) as in_time
  from leads_obligation o
 where {OWED} and {CLOSED}
 group by grouping sets ((), (o.agency_id), (o.agency_id, o.unit_id))
"""
WEEKS_SQL = f"""
with first as (
  select date_trunc('week', %(now)s::timestamptz at time zone %(zone)s) - interval '{WEEKS - 1} weeks' as monday
), came as (
  select date_trunc('week', o.sent_at at time zone %(zone)s) as week, count(*) as many
    from leads_obligation o
   where {OWED} and o.sent_at >= (select monday at time zone %(zone)s from first) group by 1
), ran_out as (
  select date_trunc('week', e.due_at at time zone %(zone)s) as week, count(*) as many
    from leads_escalation e join leads_obligation o on o.id = e.obligation_id
   where e.level = 2 and e.due_at >= (select monday at time zone %(zone)s from first) and {OWED} group by 1
)
select w::date, coalesce(came.many, 0), coalesce(ran_out.many, 0)
  from first, generate_series(monday, monday + interval '{WEEKS - 1} weeks', interval '1 week') w
  left join came on came.week = w left join ran_out on ran_out.week = w order by w
"""


class Line(NamedTuple):
    """What one agency, one unit or one person has open, and (not for a person) what it closed in thirty days."""

    id: int
    agency_id: int | None
    name: str
    under: str
    open: dict
    closed: dict
    people: int

    @property
    def per_person(self):
        return round(self.open["open"] / self.people, 1) if self.people else None

    @property
    def in_time(self):
        """Percent of what was closed without a clock having run out; None for fewer than ten."""
        many = self.closed["closed"]
        return round(100 * self.closed["in_time"] / many) if many >= FEW else None


class Board(NamedTuple):
    whole: Line
    agencies: list
    units: list
    people: list


NOTHING_OPEN = dict.fromkeys([*WHICH, "stale_in_time"], 0) | {"oldest_nobody": None, "stood": timedelta()}
NOTHING_CLOSED = {"closed": 0, "useful": 0, "in_time": 0}


def board(scope, *, now):
    """The board of a scope as of `now`."""
    params = scope.params | {"now": now}
    opened, closed = _rows(OPEN_SQL, params), _rows(CLOSED_SQL, params)
    names = _names(scope)
    whole = Line(
        0, None, "All", "", _of(opened, 7) or NOTHING_OPEN, _of(closed, 3) or NOTHING_CLOSED, names.workers(None)
    )
    agencies = [_agency(each, opened, closed, names) for each in scope.agencies.values()]
    units = _units(opened, closed, names, scope)
    people = [
        Line(row["investigator_id"], None, names.person(row["investigator_id"]), "", row, NOTHING_CLOSED, 1)
        for row in opened
        if row["level"] == 6 and row["investigator_id"]
    ]
    return Board(
        whole,
        [each for each in agencies if each.open["open"] or each.closed["closed"]],
        sorted(units, key=lambda line: (-line.open["late"], line.name)),
        sorted(people, key=lambda line: (-line.open["late"], -line.open["open"], line.name)),
    )


def weeks(scope, *, now):
    """Twelve weeks, this one last: [(Monday, obligations that came in, clocks that ran out)]."""
    with connection.cursor() as cursor:
        cursor.execute(WEEKS_SQL, scope.params | {"now": now})
        return cursor.fetchall()


def _agency(agency, opened, closed, names):
    was_open = _of(opened, 3, agency_id=agency.pk) or NOTHING_OPEN
    was_closed = _of(closed, 1, agency_id=agency.pk) or NOTHING_CLOSED
    under = agency.code if agency.is_active else f"{agency.code}, takes no part"
    return Line(agency.pk, agency.pk, agency.name, under, was_open, was_closed, names.workers(agency.pk))


def _units(opened, closed, names, scope):
    keys = {(row["agency_id"], row["unit_id"]) for row in opened if row["level"] == 1}
    keys |= {(row["agency_id"], row["unit_id"]) for row in closed if row["level"] == 0}
    return [
        Line(
            unit or 0,
            agency,
            names.unit(unit),
            names.chief(unit),
            _of(opened, 1, agency_id=agency, unit_id=unit) or NOTHING_OPEN,
            _of(closed, 0, agency_id=agency, unit_id=unit) or NOTHING_CLOSED,
            names.workers(agency, unit) if unit else 0,
        )
        for agency, unit in keys
    ]


def _of(rows, level, **values):
    found = (r for r in rows if r["level"] == level and all(r[name] == value for name, value in values.items()))
    return next(found, None)


class _Names:
    """Names of units and people of a scope, and how many investigators each has."""

    def __init__(self, units, members, ids):
        self._units = {unit.pk: unit.name for unit in units}
        self._members = [each for each in members if each.agency_id in ids]
        self._named = {each.user_id: each.user.name for each in members}

    def unit(self, pk):
        return self._units.get(pk, "No unit")

    def chief(self, unit):
        found = (m for m in self._members if unit and m.unit_id == unit and m.role == Role.SUPERVISOR)
        return next((f"{m.user.title} {m.user.name}".strip() for m in found), "")

    def person(self, pk):
        return self._named.get(pk, "Somebody who left")

    def workers(self, agency, unit=None):
        found = {
            m.user_id
            for m in self._members
            if m.role == Role.DETECTIVE and agency in (None, m.agency_id) and unit in (None, m.unit_id)
        }
        return len(found)


def _names(scope):
    units = Unit.objects.filter(agency_id__in=scope.ids)
    roles = roles_with(Permission.OBLIGATION_WORK)
    # People of partners who were given a part stand on the board as well.
    lent = Obligation.objects.filter(partner=OuterRef("agency"), investigator=OuterRef("user"), agency_id__in=scope.ids)
    found = Q(agency_id__in=scope.ids) | Q(Exists(lent))
    members = Membership.objects.active().filter(found, role__in=roles).select_related("user")
    return _Names(list(units), list(members), set(scope.ids))


def _rows(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
