"""Firearms that may be one gun recovered twice: what is to be compared, what is alike, what a person may decide."""

from collections import Counter

from django.db.models import Q

from agencies import walk
from agencies.access import groups_with
from agencies.roles import Permission
from evidence.guns import samegun
from evidence.models import FirearmPair
from evidence.queries.reach import MOST, OVERSEEN, PAGE, beginning, counted, fetch, page_of, reached

# A number that more guns of one reader share is no number, whatever it looks like.
COMMON = 6
# Of each firearm the others that some group sees beside it, under the same key or one that reads alike.
ALIKE = f"""
  with a as (
    select s.group_id, s.content_object_id as id, s.key, coalesce(nullif(s.frame, ''), s.key) as frame
      from evidence_firearmsight s
     where s.content_object_id = any(%(ids)s::bigint[]) and length(s.key) >= {samegun.SHORTEST} and s.key !~ '[?*]')
  select distinct least(a.id, b.id) as first_id, greatest(a.id, b.id) as second_id
    from a cross join lateral (
      (select s.content_object_id as id from evidence_firearmsight s
        where s.group_id = a.group_id and s.key = any(array[a.key, a.frame]) limit {4 * COMMON})
      union
      (select s.content_object_id from evidence_firearmsight s
        where s.group_id = a.group_id and s.frame = any(array[a.key, a.frame]) and s.frame <> '' limit {4 * COMMON})) b
   where b.id <> a.id"""
GUNS = """
  select f.id, f.serial_key, f.make, f.caliber, f.is_privately_made, f.is_obliterated, f.restored_serial, e.agency_id
    from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id where f.id = any(%(ids)s::bigint[])"""


def alike(ids):
    """[{first_id, second_id, agency_id, other_agency_id, basis}] of these firearms and others that may be the same."""
    pairs = [(row["first_id"], row["second_id"]) for row in fetch(ALIKE, {"ids": ids})] if ids else []
    guns, shared = _guns({pk for pair in pairs for pk in pair}), Counter(pk for pair in pairs for pk in pair)
    return [
        {
            "first_id": first,
            "second_id": second,
            "agency_id": guns[first][1],
            "other_agency_id": guns[second][1],
            "basis": basis,
        }
        for first, second in pairs
        if max(shared[first], shared[second]) <= COMMON and (basis := samegun.basis(guns[first][0], guns[second][0]))
    ]


def standing_pairs(ids):
    """{(first, second): (pair, why they may be the same now or "")} of what stands on record of these firearms."""
    pairs = list(FirearmPair.objects.filter(Q(first__in=ids) | Q(second__in=ids)))
    guns = _guns({pk for pair in pairs for pk in (pair.first_id, pair.second_id)})
    return {
        (pair.first_id, pair.second_id): (pair, samegun.basis(guns[pair.first_id][0], guns[pair.second_id][0]))
        for pair in pairs
    }


def _guns(ids):
    """{id: (what is compared, agency)}; an obliterated number counts only once it is restored."""
    found = {}
    for row in fetch(GUNS, {"ids": list(ids)}):
        key = "" if row["is_obliterated"] and not row["restored_serial"] else row["serial_key"]
        gun = samegun.Gun(key, row["make"], row["caliber"], row["is_privately_made"])
        found[row["id"]] = (gun, row["agency_id"])
    return found


SEEN = """exists (select 1 from evidence_firearmsight s
                   where s.content_object_id = {firearm} and s.group_id = any(%(groups)s::int[]) offset 0)"""
BOTH_SEEN = f"{SEEN.format(firearm='p.first_id')} and {SEEN.format(firearm='p.second_id')}"
SIDE = """
  select f.id as {side}_id, f.make as {side}_make, f.model as {side}_model, f.caliber as {side}_caliber,
         f.serial as {side}_serial, f.restored_serial as {side}_restored, e.id as {side}_exhibit,
         e.number as {side}_number, e.collected_at as {side}_collected_at, i.case_number as {side}_case,
         a.code as {side}_code, a.mark as {side}_mark, a.name as {side}_agency, a.zone as {side}_zone
    from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id
    join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = e.agency_id
   where f.id = {firearm} offset 0"""
PAIR_ROWS = f"""
  select p.id, p.status, p.basis, p.suggested_at, p.decided_at, u.name as decided_by, x.*, y.*
    from k join evidence_firearmpair p on p.id = k.id
    cross join lateral ({SIDE.format(side="one", firearm="p.first_id")}) x
    cross join lateral ({SIDE.format(side="two", firearm="p.second_id")}) y
    left join agencies_user u on u.id = p.decided_by_id
   order by p.suggested_at desc, p.id desc"""


def same_guns(user, *, status, cursor=None, limit=PAGE):
    """Pairs in one state, the last suggested first, of the agencies whose evidence the user records: those of which the
    user sees both.
    """
    return fetch(f"with {_walked(user, cursor)} {PAIR_ROWS}", _asked(user, status, cursor) | {"limit": limit + 1})


def same_guns_count(user):
    """How many wait for a decision of the user, exact to a thousand and a thousand and one beyond."""
    one = f"""select 1 from evidence_firearmpair p where {{side}} and p.status = %(status)s and {BOTH_SEEN}
               order by p.suggested_at desc, p.id desc limit {MOST + 1}"""
    # A pair of two of the agencies counts for the first alone.
    other = "p.other_agency_id = source.id and p.agency_id not in (select id from source)"
    sql = f"""with source as ({OVERSEEN})
      select count(*) from (select 1 from source cross join lateral (
        ({one.format(side="p.agency_id = source.id")}) union all ({one.format(side=other)})) x limit {MOST + 1}) c"""
    return counted(sql, _asked(user, FirearmPair.Status.SUGGESTED, None))["count"]


def pairs_of(user, firearm):
    """The pairs of one firearm, those withdrawn left out, of which the user sees the other as well."""
    sql = f"""with k as (select p.id from evidence_firearmpair p
      where (p.first_id = %(firearm)s or p.second_id = %(firearm)s) and p.status <> 'withdrawn' and {BOTH_SEEN}
      order by p.id desc limit {PAGE}) {PAIR_ROWS}"""
    return fetch(sql, {"firearm": firearm.pk, "groups": groups_with(user, Permission.INCIDENT_VIEW)})


def _walked(user, cursor):
    walks = [
        f"from evidence_firearmpair p where p.{side} = source.id and p.status = %(status)s and {BOTH_SEEN}"
        for side in ("agency_id", "other_agency_id")
    ]
    return page_of(user, walks, "p.suggested_at", newest=True, begin=walk.place(cursor))


def _asked(user, status, cursor):
    return {**reached(user, Permission.INCIDENT_EDIT), "status": status, **beginning(walk.place(cursor))}
