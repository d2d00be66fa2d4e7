"""Inventories: what was expected at a place, what was found there, and what became of the rest."""

from agencies import walk
from agencies.access import agencies_with
from agencies.roles import Permission
from evidence.models import InventoryLine
from evidence.queries.places import below
from evidence.queries.reach import GRANTED, OVERSEEN, PAGE, beginning, fetch, reached

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


def inventory_counts(inventory):
    """{outcome: how many lines}, all outcomes."""
    rows = fetch(
        f"select o.outcome, count(*) as n from ({OUTCOMES}) o group by o.outcome",
        {"inventory": inventory.pk, "below": below(inventory.place)},
    )
    found = {row["outcome"]: row["n"] for row in rows}
    return {outcome: found.get(outcome, 0) for outcome in InventoryLine.Outcome.values}


def inventory_lines(user, inventory, outcome, *, after=0, limit=PAGE):
    """The lines of one outcome by id, with where each exhibit belongs; those the user sees."""
    return fetch(
        f"""
      select l.id, l.text, l.found_at, l.settled_at, l.expected, e.id as exhibit_id, e.number, e.kind, e.caliber,
             e.count, e.held_by_id, i.case_number, p.code as home, hb.name as held_by, a.zone
        from ({OUTCOMES}) o join evidence_inventoryline l on l.id = o.id
        left join evidence_exhibit e on e.id = l.exhibit_id left join evidence_incident i on i.id = e.incident_id
        left join agencies_agency a on a.id = e.agency_id left join agencies_agency hb on hb.id = e.held_by_id
        left join evidence_place p on p.id = coalesce(l.belongs_to_id, e.place_id)
       where o.outcome = %(outcome)s and l.id > %(after)s
         and (e.id is null or {GRANTED.format(incident="e.incident_id")})
       order by l.id limit %(limit)s""",
        reached(user, Permission.INCIDENT_VIEW)
        | {"inventory": inventory.pk, "below": below(inventory.place), "outcome": outcome, "after": after}
        | {"limit": limit + 1},
    )


def inventories(user, *, cursor=None, limit=PAGE):
    """The inventories of the agencies whose places a user keeps, the last begun first."""
    begin = walk.place(cursor)
    beyond = "and (n.started_at, n.id) < (%(at)s, %(id)s)" if begin else ""
    return fetch(
        f"""
      with source as ({OVERSEEN}), k as (
        select x.* from source cross join lateral (
          select n.id, n.started_at from evidence_inventory n where n.agency_id = source.id {beyond}
           order by n.started_at desc, n.id desc limit %(limit)s) x
         order by x.started_at desc, x.id desc limit %(limit)s)
      select n.id, n.status, n.started_at, n.finished_at, p.code as place, p.label, a.code, a.mark, a.name as agency,
             a.zone, u.title, u.name,
             (select count(*) from evidence_inventoryline l where l.inventory_id = n.id and l.outcome = 'missing')
               as missing,
             (select count(*) from evidence_inventoryline l where l.inventory_id = n.id and l.outcome = 'misplaced')
               as misplaced
        from k join evidence_inventory n on n.id = k.id join evidence_place p on p.id = n.place_id
        join agencies_agency a on a.id = n.agency_id join agencies_user u on u.id = n.started_by_id
       order by k.started_at desc, k.id desc""",
        {"agencies": agencies_with(user, Permission.INCIDENT_EDIT), "limit": limit + 1} | beginning(begin),
    )
