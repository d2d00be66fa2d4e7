"""What every list of evidence walks over: what the agencies a person works for own, oversee as a center, or receive as
a laboratory; every row also carries a grant to one of their groups, as `visible_to` asks for. Cursors are (sort key as
ISO text, id).
"""

from django.db import connection

from agencies import walk
from agencies.access import agencies_with, groups_with, standings
from agencies.models import Agency

PAGE = walk.PAGE
MOST = 1000
# So many are taken of each agency first. With hundreds of agencies most of a page's rows are among them, and only an
# agency whose first few all stand on the page is read further.
FIRST = 3

# Asked of each row that a walk comes by: the offset keeps the planner from reading the grants of all incidents to join
# them with the few rows that are wanted.
GRANTED = """exists (select 1 from evidence_incidentgrant g
                      where g.content_object_id = {incident} and g.group_id = any(%(groups)s::int[]) offset 0)"""

OVERSEEN = """select a.id from agencies_agency a
    where a.id = any(%(agencies)s::int[]) or a.parent_id = any(%(agencies)s::int[])"""

# A laboratory works on what its center's agencies send.
WORKED_ON = (
    OVERSEEN
    + """ or a.parent_id in (
    select l.parent_id from agencies_agency l where l.id = any(%(agencies)s::int[]) and l.kind = 'laboratory')"""
)


def page_of(user, walks, key, *, newest=False, begin=None, cast="timestamptz", source=OVERSEEN):
    """Text of the common table expressions `source` (the agencies) and `k` (id, key): the first rows of all walks of
    all agencies together. Parameters are those of the walks, `limit`, and at and id of `beginning`.

    walks: each the text from `from` to the end of its conditions; one of them ties a row to `source`. key: its column,
    with the alias of its table, whose type is `cast`; an index has the rows of an agency in its order and that of ids.
    newest: the last come first. begin: what `walk.place` says of the cursor.
    """
    pk, direction, beyond = f"{key.partition('.')[0]}.id", *(("desc", "<") if newest else ("asc", ">"))
    after = f" and ({key}, {pk}) {beyond} (%(at)s::{cast}, %(id)s)" if begin else ""

    def walked(limit, more=""):
        each = (
            f"""(select {n} as side, {pk}, {key} as key {one}{after}{more.format(side=n)}
                  order by {key} {direction}, {pk} {direction} limit {limit})"""
            for n, one in enumerate(walks)
        )
        return f"cross join lateral ({' union all '.join(each)}) x"

    ordered = f"order by x.key {direction}, x.id {direction} limit %(limit)s"
    if _works_for_few(user):
        found = f"select distinct x.id, x.key from source {walked('%(limit)s')} {ordered}"
        return f"source as ({source}), k as ({found})"
    return f"""
      source as ({source}),
      first as materialized (select source.id as owner_id, x.* from source {walked(FIRST)}),
      edge as materialized (
        select x.key, x.id from (select distinct id, key from first) x
         order by x.key {direction}, x.id {direction} offset %(limit)s - 1 limit 1),
      more as (
        select f.owner_id, f.side from first f
         where not exists (select from edge where (f.key, f.id) {beyond} (edge.key, edge.id))
         group by f.owner_id, f.side having count(*) = {FIRST}),
      k as (
        select x.id, x.key from (
          select id, key from first union
          select x.id, x.key from more m join source on source.id = m.owner_id
                 {walked("%(limit)s", _within(key, pk, newest) + " and m.side = {side}")}) x
         {ordered})"""


def _within(key, pk, newest):
    """That a row is on the page as far as it is known by the first few: it need not be looked for beyond."""
    until, last, last_id = (">=", "-infinity", 0) if newest else ("<=", "infinity", walk.LARGEST_ID - 1)
    return f""" and ({key}, {pk}) {until} ((select coalesce(min(key), '{last}') from edge),
                                           (select coalesce(min(id), {last_id}) from edge))"""


def _works_for_few(user):
    """Whether what a person reaches is a few agencies, each walked as far as a page goes: one statement is then planned
    faster than it spares.
    """
    found = standings(user)
    return len(found) <= FIRST and all(each.agency_kind in Agency.INVESTIGATORS for each in found)


def fetch(sql, params):
    """Rows of a statement as dicts of plain values."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def counted(sql, params):
    """The one row of a statement of counts. Each stops at a thousand of a list; what is planned for the average agency
    would collect and sort all that a large one has, so the indexes are walked in their order.
    """
    return fetch(f"set local enable_bitmapscan = off; {sql}", params)[0]


def reached(user, permission):
    return {"agencies": agencies_with(user, permission), "groups": groups_with(user, permission)}


def beginning(begin):
    return {"at": begin[0], "id": begin[1]} if begin else {"at": None, "id": None}
