"""The serial search and the list of firearms, for narrow and wide readers, beside SQL written for the reader at hand.

The database (`evidence_fill`) holds firearms and what they hang on. Numbers are as makers stamp them, so that some
beginnings are in very many of them.
"""

from functools import partial

from django.contrib.auth import get_user_model
from django.db import connection

from agencies.access import groups_with
from agencies.roles import Permission
from evidence import queries
from evidence.guns.serials import misread_key
from tests.benchmarks.measuring import row, side_by_side

READERS = ("tiny", "typ", "multi", "big", "wide")
# The lists of the trigrams grow with the firearms: what counts is what the slowest of all readers waits.
MOST = {"most_ms": 50, "most_growth": 10}


def figures(_connection):
    """Milliseconds of the whole search, ranking included, for each reader; none may take more than fifty."""
    for name in READERS:
        user = get_user_model().objects.get(email__startswith=f"bench-{name}@")
        groups = groups_with(user, Permission.INCIDENT_VIEW)
        number = _of_one(groups)
        for what, typed in _typed(number).items():
            ours = partial(queries.firearms_numbered, user, typed)
            found, floor = ours(), partial(_run, _floor(groups, typed, number))
            times = side_by_side(ours, floor, runs=15)
            yield row(f"serial, {what}", *times, None, reader=name, rows=len(found.rows), **MOST)
        for what, words in {"all": (), "common make": ("make:glock",), "rare make": ("make:kimber",)}.items():
            ours = partial(queries.firearms, user, words=words)
            found, floor = ours(), partial(_run, _list_floor(groups, words))
            times = side_by_side(ours, floor, runs=15)
            yield row(f"firearms, {what}", *times, None, reader=name, rows=len(found), **MOST)


def _typed(number):
    """One number read in all ways, and what asks for too much."""
    half, other = len(number) // 2, "7" if number[-1] != "7" else "4"
    return {
        "the number": number,
        "misread": number.replace("0", "O").replace("1", "I").replace("5", "S").replace("8", "B").lower(),
        "one character wrong": f"{number[:half]}{other}{number[half + 1 :]}",
        "one character unreadable": f"{number[:half]}?{number[half + 1 :]}",
        "several unreadable": f"{number[:3]}*{number[-1]}",
        "four characters of it": number[-4:],
        "a beginning of very many": "300*",
        "three characters": "661",
        "ends in three": "*123",
        "two pairs": "*66*12*",
        "nobody's": "QZQ8841QZ",
        "200 characters": "1" * 200,
        "nothing readable": "?*" * 20,
    }


def _of_one(groups):
    sql = """select f.serial from evidence_firearmsight s join evidence_firearm f on f.id = s.content_object_id
              where s.group_id = any(%s) and f.serial_key <> '' and f.serial !~ '-' and f.make = 'Glock'
              order by s.created_at limit 1"""
    return _run(sql, [groups])[0][0]


ROWS = """
select f.id, f.make, f.model, f.caliber, f.serial, e.number, e.created_at, i.case_number, a.code
  from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id
  join evidence_incident i on i.id = e.incident_id join agencies_agency a on a.id = e.agency_id
 where f.id in (select content_object_id from k)"""


def _floor(groups, typed, number):
    """One probe of the index of keys with the literal of what is looked for: no tolerance can be had for less."""
    key = misread_key(typed) or misread_key(number)
    return f"""with k as (select content_object_id from evidence_firearmsight
                where group_id in ({", ".join(map(str, groups))}) and key = '{key}' limit 51) {ROWS}"""


def _list_floor(groups, words):
    narrowed = f" and words @> '{{{','.join(words)}}}'" if words else ""
    return f"""with k as (select content_object_id from evidence_firearmsight
                where group_id = {groups[0]}{narrowed}
                order by created_at desc, content_object_id desc limit 51) {ROWS}"""


def _run(sql, params=None):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
