"""Inventories: what was expected at a place, what was found there, and what became of the rest."""

from agencies import walk
from agencies.access import agencies_with
from agencies.roles import Permission
from evidence.models import Inventory, InventoryLine
from evidence.queries.places import below
from evidence.queries.reach import GRANTED, MOST, PAGE, beginning, counted, fetch, page_of, reached

Outcome = InventoryLine.Outcome
# What each line of one inventory comes to; a finished one has it written down.
OUTCOMES = """
  select l.id, case when l.outcome <> '' then l.outcome
         when l.exhibit_id is null then 'unknown'
         when not l.expected then 'misplaced'
         when l.found_at is not null then 'found'
         when h.id is not null then 'transit'
         when e.place_id is null or not e.place_id = any(%(below)s::bigint[]) then 'moved'
         else 'missing' end as outcome
    from evidence_inventoryline l left join evidence_exhibit e on e.id = l.exhibit_id
    left join evidence_handover h on h.exhibit_id = l.exhibit_id and h.status = 'offered'
   where l.inventory_id = %(inventory)s"""


# The same for one outcome at a time, so that a page of one inventory reads no further than it shows.
IN_TRANSIT = """exists (select from evidence_handover h
                         where h.exhibit_id = l.exhibit_id and h.status = 'offered' offset 0)"""
ELSEWHERE = """exists (select from evidence_exhibit x where x.id = l.exhibit_id
                        and (x.place_id is null or not x.place_id = any(%(below)s::bigint[])) offset 0)"""
WAITS = "l.expected and l.found_at is null"
OPEN = {
    Outcome.MISSING: f"{WAITS} and not {IN_TRANSIT} and not {ELSEWHERE}",
    Outcome.MISPLACED: "l.exhibit_id is not null and not l.expected",
    Outcome.UNKNOWN: "l.exhibit_id is null",
    Outcome.MOVED: f"{WAITS} and not {IN_TRANSIT} and {ELSEWHERE}",
    Outcome.TRANSIT: f"{WAITS} and {IN_TRANSIT}",
    Outcome.FOUND: "l.expected and l.found_at is not null",
}
AWAY = (Outcome.MISSING, Outcome.MOVED, Outcome.TRANSIT)
LINES = """(select count(*) from (select from evidence_inventoryline l
               where l.inventory_id = n.id and l.outcome = '{outcome}' limit {most}) c) as {outcome}"""


def _lines(inventory, outcome):
    """The condition of the lines of one outcome, in the order of an index."""
    if inventory.status == Inventory.Status.OPEN:
        return f"l.inventory_id = %(inventory)s and l.outcome = '' and {OPEN[outcome]}"
    return f"l.inventory_id = %(inventory)s and l.outcome = '{outcome}'"


def inventory_tabs(inventory):
    """{outcome: how many lines}, all outcomes, each exact to a thousand where it takes more than the lines to tell."""
    is_open = inventory.status == Inventory.Status.OPEN
    parts = [
        f"""(select count(*) from (select from evidence_inventoryline l where {_lines(inventory, outcome)}
              order by l.id limit {MOST + 1}) c) as {outcome}"""
        for outcome in (AWAY if is_open else Outcome.values)
    ]
    sql = f"select {', '.join(parts)}"
    if is_open:
        own = [f"count(*) filter (where {sql}) as {outcome}" for outcome, sql in OPEN.items() if outcome not in AWAY]
        lines = "evidence_inventoryline l where l.inventory_id = %(inventory)s"
        sql += f", own.* from (select {', '.join(own)} from {lines}) own"
    return counted(sql, {"inventory": inventory.pk, "below": below(inventory.place)})


def inventory_counts(inventory):
    """{outcome: how many lines}, all outcomes, exact."""
    rows = fetch(
        f"select o.outcome, count(*) as n from ({OUTCOMES}) o group by o.outcome",
        {"inventory": inventory.pk, "below": below(inventory.place)},
    )
    found = {row["outcome"]: row["n"] for row in rows}
    return {outcome: found.get(outcome, 0) for outcome in Outcome.values}


def inventory_lines(user, inventory, outcome, *, after=0, limit=PAGE):
    """The lines of one outcome by id that the user sees, with where each exhibit belongs: not where others keep it."""
    return fetch(
        f"""
      select l.id, l.text, l.found_at, l.settled_at, l.expected, e.id as exhibit_id, e.number, e.kind, e.caliber,
             e.count, e.held_by_id, i.case_number, p.code as home, hb.name as held_by, a.zone
        from evidence_inventoryline l
        left join evidence_exhibit e on e.id = l.exhibit_id left join evidence_incident i on i.id = e.incident_id
        left join agencies_agency a on a.id = e.agency_id left join agencies_agency hb on hb.id = e.held_by_id
        left join evidence_place p on p.id = coalesce(l.belongs_to_id, e.place_id) and p.agency_id = %(owner)s
       where {_lines(inventory, Outcome(outcome))} and l.id > %(after)s
         and (e.id is null or {GRANTED.format(incident="e.incident_id")})
       order by l.id limit %(limit)s""",
        reached(user, Permission.INCIDENT_VIEW)
        | {"inventory": inventory.pk, "below": below(inventory.place), "after": after}
        | {"limit": limit + 1, "owner": inventory.agency_id},
    )


def inventories(user, *, cursor=None, limit=PAGE):
    """The inventories of the agencies whose places a user keeps, the last begun first."""
    begin = walk.place(cursor)
    walks = ["from evidence_inventory n where n.agency_id = source.id"]
    return fetch(
        f"""
      with {page_of(user, walks, "n.started_at", newest=True, begin=begin)}
      select n.id, n.status, n.started_at, n.finished_at, p.code as place, p.label, a.code, a.mark, a.name as agency,
             a.zone, u.title, u.name,
             {LINES.format(outcome="missing", most=MOST + 1)}, {LINES.format(outcome="misplaced", most=MOST + 1)}
        from k join evidence_inventory n on n.id = k.id join evidence_place p on p.id = n.place_id
        join agencies_agency a on a.id = n.agency_id join agencies_user u on u.id = n.started_by_id
       order by k.key desc, k.id desc""",
        {"agencies": agencies_with(user, Permission.INCIDENT_EDIT), "limit": limit + 1} | beginning(begin),
    )
