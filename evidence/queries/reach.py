"""What every list of evidence walks over: what the agencies a person works for own, oversee as a center, or receive as
a laboratory; every row also carries a grant to one of their groups, as `visible_to` asks for. Cursors are (sort key as
ISO text, id).
"""

from django.db import connection

from agencies import walk
from agencies.access import agencies_with, groups_with

PAGE = walk.PAGE
MOST = 1000

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
