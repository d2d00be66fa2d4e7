"""Firearms at a million of them: pages by index walks, and a serial number by its keys and then by trigrams.

`FirearmSight` has a row for each group that may see a firearm, so what a person may not see is never read. A list that
is narrowed is tried on the next `PROBE` visible firearms, which finds at once what many have; only if they do not fill
a page the index of words is asked, which finds at once what few have. Of what resembles a number no way of looking
gives more than `MOST_ALIKE`: who gets so many is asked to type more.
"""

from typing import NamedTuple

from agencies import walk
from agencies.access import groups_with
from agencies.roles import Permission
from evidence.guns import serialsearch
from evidence.models import Firearm
from evidence.queries.reach import MOST, PAGE, fetch

SIGHTS = "evidence_firearmsight"
PROBE, MOST_ALIKE = 5000, 200
# Who works for more agencies is answered from the trigrams of all: many short looks cost more than one long one.
FEW_GROUPS = 8
NEWEST = walk.Order("created_at", descending=True)

ROWS = """
  select f.id, f.make, f.make_code, f.model, f.caliber, f.type_code, f.serial, f.restored_serial, f.is_obliterated,
         f.is_privately_made, f.has_conversion_device, f.stolen_status, e.id as exhibit_id, e.number, e.created_at,
         i.id as incident_id, i.case_number, a.code, a.mark, a.name as agency, a.zone
    from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id
    join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = e.agency_id
   where f.id = any(%(ids)s::bigint[]) and exists (select 1 from evidence_incidentgrant g
     where g.content_object_id = e.incident_id and g.group_id = any(%(groups)s::int[]))
   order by e.created_at desc, f.id desc"""


class Narrowed(NamedTuple):
    """A condition on sights `s`, with its parameters."""

    sql: str
    params: list


class Found(NamedTuple):
    """Firearms that answer a number, best first, each with its `rank`; whether there are more; what to type instead
    when nothing was looked for.
    """

    rows: list
    more: bool
    instead: str = ""


def firearms(user, *, words=(), cursor=None, limit=PAGE, permission=Permission.INCIDENT_VIEW):
    """The firearms recorded last that the user may see, one more than `limit` when there are more.

    words: of the sights, all of which a firearm must have. permission: that of the groups that are asked.
    """
    groups, after = groups_with(user, permission), walk.place(cursor)
    if not groups:
        return []
    if words:
        ids = _narrowed(groups, list(words), after, limit + 1)
    else:
        sql, params = walk.visible_ids(SIGHTS, groups, NEWEST, after=after, limit=limit + 1)
        ids = [row["id"] for row in fetch(sql, params)]
    return _rows(ids, groups)


def firearms_count(user):
    """How many are visible, exact to a thousand and a thousand and one beyond."""
    return fetch(*walk.count(SIGHTS, groups_with(user, Permission.INCIDENT_VIEW), NEWEST, most=MOST))[0]["count"]


def firearms_numbered(user, typed, *, words=(), limit=PAGE, nearly=True, permission=Permission.INCIDENT_VIEW):
    """The visible firearms whose number may be what was typed (guns.serialsearch). nearly: also those of which it is a
    part, or that differ by a character.
    """
    groups, asked = groups_with(user, permission), serialsearch.asked(typed)
    if isinstance(asked, str) or not groups:
        return Found([], False, asked if isinstance(asked, str) else "")
    extra = Narrowed(" and s.words @> %s::text[]", [list(words)]) if words else Narrowed("", [])
    looks = _keyed(asked) if asked.keys else []
    if nearly or not asked.keys:
        looks += _resembling(asked)
    found, more = _looked(groups, looks, extra)
    # The newest first among those that answer as well.
    ranks = {row["id"]: rank for row in found if (rank := serialsearch.rank(asked, row["serial"]))}
    best = sorted(ranks, key=ranks.__getitem__)[:limit]
    rows = {row["id"]: row | {"rank": ranks[row["id"]]} for row in _rows(best, groups)}
    return Found([rows[pk] for pk in best if pk in rows], more or len(ranks) > limit)


def _keyed(asked):
    """Conditions for the guns with the same key, whatever the letters inside it."""
    found = [Narrowed("s.key = any(%s::text[])", [list(asked.keys)])]
    return found + ([Narrowed("s.frame = %s and s.frame <> ''", [asked.frame])] if asked.frame else [])


def _resembling(asked):
    """Conditions for the guns whose number is alike; numbers with unreadable characters have an index of their own."""
    found = [Narrowed("s.key like %s and length(s.key) between %s and %s", list(like)) for like in asked.likes]
    if asked.fits:
        readable = "length(translate(s.key, '?*', '')) >= 3 and %s like translate(s.key, '?*', '_%%')"
        found.append(Narrowed(f"s.key ~ '[?*]' and {readable}", [asked.fits]))
    return found


def _looked(groups, looks, extra):
    """([{id, serial}] newest first, whether there are more) of what any of the conditions finds."""
    if not looks:
        return [], False
    few = len(groups) <= FEW_GROUPS
    mine = "s.group_id = g.id" if few else "s.group_id = any(%s::int[])"
    # Planned as if all were wanted: a limit alone would tempt into walking, which is long where few match.
    parts = [
        f"""(with m as materialized (
               select s.content_object_id as id, s.created_at from evidence_firearmsight s
                where {mine} and {look.sql}{extra.sql})
             select m.id, m.created_at from m limit {MOST_ALIKE})"""
        for look in looks
    ]
    params = [value for look in looks for value in (*([] if few else [groups]), *look.params, *extra.params)]
    every = " union all ".join(parts)
    if few:
        every = f"select x.* from unnest(%s::int[]) g(id) cross join lateral ({every}) x"
        params = [groups, *params]
    rows = fetch(
        f"""select f.id, coalesce(nullif(f.restored_serial, ''), f.serial) as serial, n.times
              from (select y.id, y.created_at, count(*) as times from ({every}) y group by y.id, y.created_at) n
              join evidence_firearm f on f.id = n.id order by n.created_at desc, n.id desc""",
        params,
    )
    return rows, sum(row["times"] for row in rows) >= MOST_ALIKE


def _narrowed(groups, words, after, limit):
    """The ids of the newest with all these words: the next `PROBE` visible tried one by one, then the index."""
    beyond, params = (" and (s.created_at, s.content_object_id) < (%s, %s)", list(after)) if after else ("", [])
    # One branch for each group, merged as far as it is read.
    branch = f"""(select s.created_at, s.content_object_id, s.words from evidence_firearmsight s
                   where s.group_id = %s{beyond} order by s.created_at desc, s.content_object_id desc limit {PROBE})"""
    row = fetch(
        f"""with p as materialized (
          select * from ({" union all ".join([branch] * len(groups))}) u
           order by u.created_at desc, u.content_object_id desc limit {PROBE})
        select (select count(*) from p) as tried, array(
          select p.content_object_id from p where p.words @> %s::text[]
           group by p.created_at, p.content_object_id
           order by p.created_at desc, p.content_object_id desc limit {int(limit)}) as ids""",
        [value for group in groups for value in (group, *params)] + [words],
    )[0]
    if row["tried"] < PROBE or len(row["ids"]) >= limit:
        return row["ids"]
    found = fetch(
        f"""with m as materialized (
          select s.created_at, s.content_object_id from unnest(%s::int[]) g(id) cross join lateral (
            select s.created_at, s.content_object_id from evidence_firearmsight s
             where s.group_id = g.id and s.words @> %s::text[]{beyond} offset 0) s)
        select m.content_object_id as id from m group by m.content_object_id, m.created_at
         order by m.created_at desc, m.content_object_id desc limit {int(limit)}""",
        [groups, words, *params],
    )
    return [each["id"] for each in found]


def _rows(ids, groups):
    return fetch(ROWS, {"ids": ids, "groups": groups}) if ids else []


def whole_firearms(user):
    """Visible firearms with what their pages show around them."""
    return Firearm.objects.visible_to(user).select_related("exhibit__incident", "exhibit__agency", "stolen_checked_by")
