"""The search at the top of every page, for four readers of a portal full of evidence: each thing that has a number, and
what nobody has, beside one look into the index of each kind with literals.
"""

from functools import partial

from django.contrib.auth import get_user_model
from django.test import Client

from agencies import navigation
from agencies.access import agencies_with, groups_with
from agencies.roles import Permission
from evidence.guns.serials import misread_key
from evidence.imports.casenumbers import case_key
from tests.benchmarks.evidence_fill import READERS
from tests.benchmarks.measuring import row, side_by_side
from tests.benchmarks.serving import run, served, statements

RUNS = 9
# The lists of trigrams grow with the firearms, as for `serials_bench`.
MOST = {"most_ms": 50, "most_sql_ms": 50, "most_growth": 10}
THINGS = """
select i.case_number, i.case_number || '/' || e.number, t.trace_number, f.serial
  from evidence_incident i join evidence_exhibit e on e.incident_id = i.id
  join evidence_firearm f on f.exhibit_id = e.id
  join evidence_trace t on t.firearm_id = f.id
 where i.agency_id in (select a.id from agencies_agency a where a.id = any(%(mine)s) or a.parent_id = any(%(mine)s))
   and f.make = 'Glock' and f.serial_key <> '' and t.trace_number <> '' limit 1
"""
ELSEWHERE = """
select i.case_number from evidence_incident i join agencies_agency a on a.id = i.agency_id
 where a.id <> all(%(mine)s) and a.parent_id <> all(%(mine)s) limit 1
"""


def figures(_connection):
    for name in READERS:
        user = get_user_model().objects.get(email=f"lists-{name}@portal.example")
        client = Client()
        client.force_login(user)
        for what, typed in _typed(user).items():
            # One thing that was found is gone to.
            page = served(client, f"/search/?q={typed}", (200, 302))
            found = [sql for sql in statements(partial(_find, user, typed)) if "django_session" not in sql]
            times = side_by_side(partial(_all, found), partial(run, _floor(user, typed)), runs=RUNS)
            yield row(f"search, {what}", *times, None, reader=name, asked=len(found), **page, **MOST)


def _typed(user):
    mine = {"mine": agencies_with(user, Permission.INCIDENT_VIEW)}
    case, exhibit, trace, serial = run(THINGS, mine)[0]
    found = {"a case": case, "an exhibit": exhibit, "a trace": trace, "a serial number": serial}
    if elsewhere := run(ELSEWHERE, mine):
        found["another's case"] = elsewhere[0][0]
    half = len(serial) // 2
    return found | {
        "a serial, one character wrong": f"{serial[:half]}Z{serial[half + 1 :]}",
        "an unreadable one": f"{serial[:half]}?{serial[half + 1 :]}",
        "four digits": "2026",
        "nobody's": "QZQ8841QZ",
        "words": "gunfire in Alder Street",
    }


def _find(user, typed):
    """As the page at the top asks: the first kind of thing that has it."""
    pages = navigation.searches(user)
    return next(filter(None, (page.find(user, typed) for page in pages if page.find)), None)


def _all(found):
    for sql in found:
        run(sql)


def _floor(user, typed):
    groups = ", ".join(map(str, groups_with(user, Permission.INCIDENT_VIEW)))
    case, _, number = typed.partition("/")
    cases = f"""select i.id from evidence_incident i where i.case_key = '{case_key(case)}' and exists
        (select from evidence_incidentgrant g where g.content_object_id = i.id and g.group_id in ({groups}))"""
    looks = [
        cases,
        f"select e.id from evidence_exhibit e where e.number = '{number}' and e.incident_id = any(array({cases}))",
        f"select t.id from evidence_trace t where t.trace_number = '{typed}'",
        f"""select s.content_object_id from evidence_firearmsight s
             where s.group_id in ({groups}) and s.key = '{misread_key(typed)}'""",
    ]
    return " union all ".join(f"({look} limit 51)" for look in looks)
