"""Lists of obligations for those who answer for them: the same words of SQL make a number and the rows it opens."""

from typing import NamedTuple

from django.db import connection

from agencies import walk
from leads import told
from leads.insight.scope import OWED
from leads.models import Obligation

CLOSED_DAYS = 30
STALE_DAYS = 14
# Parts of what is open, as conditions on an obligation `o`; "closed" is the one list that is not open.
STALE = f"""(o.state in ('assigned', 'in_progress')
  and greatest(o.last_activity_at, o.assigned_at) < %(now)s::timestamptz - interval '{STALE_DAYS} days')"""
WHICH = {
    "open": ("Open", "true"),
    "late": ("Overdue", "o.due_at <= %(now)s"),
    "escalated": ("Overdue and escalated", "(o.due_at <= %(now)s and o.level >= 3)"),
    "nobody": ("Nobody assigned", "o.investigator_id is null"),
    "sent": ("Not acknowledged", "o.state = 'sent'"),
    "proposed": ("To approve", "o.state = 'proposed'"),
    "stale": ("Stale", STALE),
}
CLOSED = f"o.closed_at >= %(now)s::timestamptz - interval '{CLOSED_DAYS} days'"
CLOSED_LABEL = f"Closed, {CLOSED_DAYS} days"
RELATED = ("lead__agency", "agency__calendar", "unit", "investigator")


class Filters(NamedTuple):
    """One list: which part, and whose. `unit` 0 means without a unit."""

    which: str = "late"
    agency: int | None = None
    unit: int | None = None
    person: int | None = None


def read(given):
    """Filters from an address's query; what means nothing is left out."""
    which = given.get("which", "")
    numbers = {name: walk.whole(given.get(name, "")) for name in ("agency", "unit", "person")}
    return Filters(which if which in (*WHICH, "closed") else "late", **numbers)


def page(user, scope, filters, *, now, after=None, limit=walk.PAGE, without=()):
    """One page of a list, the worst first (the newest first when closed), and the cursor of the next one; `without` are
    ids to leave out.
    """
    closed = filters.which == "closed"
    column, direction, beyond = ("closed_at", "desc", "<") if closed else ("due_at", "asc", ">")
    where, params = _narrowed(filters, without)
    if keys := walk.place(after):
        where.append(f"(o.{column}, o.id) {beyond} (%(after)s::timestamptz, %(after_id)s)")
        params |= {"after": keys[0], "after_id": keys[1]}
    # Agency by agency, each along its index of due times: sorting the open work of forty agencies is not needed.
    sql = f"""select x.id from unnest(%(agencies)s::bigint[]) a(id) cross join lateral (
                select o.id, o.{column} from leads_obligation o
                 where o.agency_id = a.id and {OWED} and o.{column} is not null and {" and ".join(where)}
                 order by o.{column} {direction}, o.id {direction} limit {limit + 1}) x
               order by x.{column} {direction}, x.id {direction} limit {limit + 1}"""
    with connection.cursor() as cursor:
        cursor.execute(sql, scope.params | params | {"now": now})
        ids = [row[0] for row in cursor.fetchall()]
    found = told.of_obligations(Obligation.objects.visible_to(user).with_deciders().filter(pk__in=ids[:limit]))
    by_id = {each.pk: each for each in found.select_related(*RELATED).prefetch_related("agency__calendar__holidays")}
    shown = [by_id[pk] for pk in ids[:limit] if pk in by_id]
    more = len(ids) > limit and shown
    return shown, walk.encode(getattr(shown[-1], column).isoformat(), shown[-1].pk) if more else ""


def count(scope, filters, *, now, without=()):
    where, params = _narrowed(filters, without)
    column = "closed_at" if filters.which == "closed" else "due_at"
    sql = f"select count(*) from leads_obligation o where {OWED} and o.{column} is not null and {' and '.join(where)}"
    with connection.cursor() as cursor:
        cursor.execute(sql, scope.params | params | {"now": now})
        return cursor.fetchone()[0]


def _narrowed(filters, without):
    where = [CLOSED if filters.which == "closed" else WHICH[filters.which][1]]
    params = {"agency": filters.agency, "unit": filters.unit, "person": filters.person, "without": list(without)}
    if without:
        where.append("o.id <> all(%(without)s::bigint[])")
    if filters.agency:
        where.append("o.agency_id = %(agency)s")
    if filters.unit is not None:
        where.append("o.unit_id = %(unit)s" if filters.unit else "o.unit_id is null")
    if filters.person:
        where.append("o.investigator_id = %(person)s")
    return where, params
