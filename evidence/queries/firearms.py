"""Firearms at a million of them: pages by index walks, and a serial number by its keys and then by trigrams.

`FirearmSight` has a row for each group that may see a firearm, so what a person may not see is never read. What is
narrowed (by filters or by a pattern of a number) is tried on the next `PROBE` visible firearms, which finds at once
what many have; only if they do not fill a page the trigram index is asked, which finds at once what few have.
"""

from typing import NamedTuple

from agencies import walk
from agencies.access import groups_with
from agencies.roles import Permission
from evidence.guns import serialsearch
from evidence.models import Firearm
from evidence.queries.reach import MOST, PAGE, fetch

SIGHTS = "evidence_firearmsight"
PROBE, KEYED, INDEXED = 2000, 60, 200
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
        condition = Narrowed("s.words @> %s::text[]", [list(words)])
        ids, _ = _narrowed(groups, condition, after, limit + 1)
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
    ids, more = _by_key(groups, asked, extra) if asked.keys else ([], False)
    if asked.likes and (nearly or not asked.keys):
        by_pattern, too_many = _narrowed(groups, _resembling(asked, extra), None, INDEXED)
        ids, more = [*ids, *by_pattern], more or too_many
    ranked = [(rank, row) for row in _rows(ids, groups) if (rank := serialsearch.rank(asked, _number(row)))]
    # The sort keeps the newest first among those that answer as well.
    ranked.sort(key=lambda pair: pair[0])
    return Found([row | {"rank": rank} for rank, row in ranked[:limit]], more or len(ranked) > limit)


def _number(row):
    return row["restored_serial"] or row["serial"]


def _by_key(groups, asked, extra):
    """([id], whether there are more) of the guns with the same key, whatever the letters inside it."""
    one = """select s.content_object_id as id from evidence_firearmsight s
              where s.group_id = g.id and {on}{extra} limit {n}"""
    keyed = one.format(on="s.key = any(%s::text[])", extra=extra.sql, n=KEYED)
    framed = one.format(on="s.frame = %s and s.frame <> ''", extra=extra.sql, n=KEYED)
    rows = fetch(
        f"""select distinct x.id from unnest(%s::int[]) g(id)
             cross join lateral (({keyed}) union all ({framed})) x""",
        [groups, list(asked.keys), *extra.params, asked.frame, *extra.params],
    )
    return [row["id"] for row in rows][: 4 * KEYED], len(rows) > KEYED


def _resembling(asked, extra):
    likes = " or ".join("(s.key like %s and length(s.key) between %s and %s)" for _ in asked.likes)
    sql, params = f"({likes}){extra.sql}", [value for like in asked.likes for value in like]
    if asked.fits:
        # Numbers with unreadable characters are few and have an index of their own.
        sql = f"""(({likes}) or (s.key ~ '[?*]' and length(translate(s.key, '?*', '')) >= 3
                   and %s like translate(s.key, '?*', '_%%'))){extra.sql}"""
        params.append(asked.fits)
    return Narrowed(sql, [*params, *extra.params])


def _narrowed(groups, condition, after, limit):
    """([id] newest first, whether there may be more): the next `PROBE` visible tried one by one, then the index."""
    probe, params = walk.merged(SIGHTS, groups, NEWEST, after=after, limit=PROBE)
    row = fetch(
        f"""with p as materialized ({probe})
        select (select count(*) from p) as tried, array(
          select p.id from p cross join lateral (
            select 1 from evidence_firearmsight s
             where s.content_object_id = p.id and s.group_id = any(%s::int[]) and {condition.sql} limit 1) found
           order by p.sort_key desc, p.id desc limit {int(limit)}) as ids""",
        [*params, groups, *condition.params],
    )[0]
    if row["tried"] < PROBE or len(row["ids"]) >= limit:
        return row["ids"], len(row["ids"]) >= limit
    beyond = " and (s.created_at, s.content_object_id) < (%s, %s)" if after else ""
    found = fetch(
        f"""with m as materialized (
          select s.created_at, s.content_object_id from unnest(%s::int[]) g(id) cross join lateral (
            select s.created_at, s.content_object_id from evidence_firearmsight s
             where s.group_id = g.id and {condition.sql}{beyond} offset 0) s)
        select m.content_object_id as id from m group by m.content_object_id, m.created_at
         order by m.created_at desc, m.content_object_id desc limit {int(limit)}""",
        [groups, *condition.params, *(after or ())],
    )
    return [each["id"] for each in found], len(found) >= limit


def _rows(ids, groups):
    return fetch(ROWS, {"ids": ids, "groups": groups}) if ids else []


def whole_firearms(user):
    """Visible firearms with what their pages show around them."""
    return Firearm.objects.visible_to(user).select_related("exhibit__incident", "exhibit__agency", "stolen_checked_by")
