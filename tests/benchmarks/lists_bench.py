"""Every list of evidence for four readers: the statement of its rows beside SQL written for the reader at hand, and the
page as it is served, the first one and the next.

The readers are people of the smallest agency, of the biggest, of a center, and one who coordinates all centers. What is
asked besides the rows (tabs, counts, the frame) is in `sql ms`, the dearest page of the two.
"""

from functools import partial

from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from agencies.access import agencies_with
from agencies.roles import Permission
from tests.benchmarks.evidence_fill import READERS
from tests.benchmarks.evidence_lists import LISTS
from tests.benchmarks.measuring import row, side_by_side
from tests.benchmarks.serving import add_up, run, served, statements

RUNS = 7
# A walk asks for a grant of each row that it takes from each agency; the floor takes only what is shown, from all.
MOST_RATIO = {"small": 3, "town": 3, "center": 3.5, "all": 5}
MOST_SQL_MS = {"small": 50, "town": 80, "center": 100, "all": 250}
# Rows of tables and entries of indexes that a page reads, however much there is.
MOST_READ = 300_000
# What is open at one place is told line by line.
LONG = {"a long inventory": 250, "its found ones": 250}
# Pages without a walk of their own, or of one thing that has very many of another: of the reader's first agency.
OF_ONE = {
    "agency": """select min(id) from agencies_agency
                  where kind = 'police' and (id = any(%(mine)s) or parent_id = any(%(mine)s))""",
    "unit": "select min(id) from agencies_unit where agency_id = %(agency)s",
    "building": "select min(id) from evidence_place where agency_id = %(agency)s and kind = 'building'",
    "room": "select min(id) from evidence_place where agency_id = %(agency)s and kind = 'room'",
    "bin": "select min(id) from evidence_place where agency_id = %(agency)s and kind = 'bin'",
    "count": "select min(id) from evidence_inventory where place_id = %(bin)s",
    "case": "select min(incident_id) from evidence_exhibit where agency_id = %(agency)s and kind = 'casing_group'",
    "number": "select case_number from evidence_incident where id = %(case)s",
    "gun": "select min(id) from evidence_exhibit where agency_id = %(agency)s and kind = 'firearm'",
    "shots": "select min(id) from evidence_detection where agency_id = %(agency)s and state = 'open'",
    "result": "select min(id) from evidence_traceresult where agency_id = %(agency)s",
}
PAGES = {
    "incidents": "/incidents/", "incidents, one kind": "/incidents/?kind=homicide",
    "a case number": "/incidents/?q={number}", "an incident": "/incidents/{case}/",
    "its files": "/incidents/{case}/files/",
    "a firearm's exhibit": "/exhibits/{gun}/", "firearms": "/firearms/",
    "firearms, never traced": "/firearms/?untraced=1",
    "firearms, rare make": "/firearms/?make=Kimber", "scenes of a unit": "/scenes/?unit={unit}",
    "scenes of 30 days": "/scenes/?days=30", "an alert": "/alerts/{shots}/", "alerts of a year": "/alerts/?days=365",
    "hand-overs, for me": "/hand-overs/", "hand-overs, given": "/hand-overs/?view=given", "bench": "/bench/",
    "storage": "/places/?agency={agency}", "a building": "/places/{building}/", "a room": "/places/{room}/",
    "a full bin": "/places/{bin}/", "a long inventory": "/inventories/{count}/",
    "its found ones": "/inventories/{count}/?outcome=found", "never traceable": "/traces/never/?cannot=1",
    "dealers": "/traces/dealers/", "purchasers": "/traces/purchasers/", "a dealer": "/traces/results/{result}/dealer/",
    "rows to review": "/traces/review/", "file alarms": "/files/alarms/", "imports": "/imports/",
}  # fmt: skip


def figures(_connection):
    for name in READERS:
        user = get_user_model().objects.get(email=f"lists-{name}@portal.example")
        client = Client()
        client.force_login(user)
        # As it is served: files are found once, at the start.
        with override_settings(WHITENOISE_AUTOREFRESH=False, STATIC_ROOT=None):
            for each in LISTS:
                yield _list(name, user, client, each)
            of_one = _of_one(user)
            for what, address in PAGES.items():
                yield _page(name, client, what, address.format(**of_one))


def _list(name, user, client, each):
    now = timezone.now()
    sql = statements(lambda: each.rows(user, now))[-1]
    floor, rows = _floor(user, each, now, sql), len(run(sql))
    *times, machine = side_by_side(partial(run, sql), partial(run, floor), add_up, runs=RUNS)
    page = served(client, each.address) | {"most_sql_ms": MOST_SQL_MS[name], "most_read": MOST_READ}
    # What grows is the statement of the rows, which are as many; the counts beside them reach their thousand.
    page["page_read"] = page.pop("read")
    return row(each.name, *times, MOST_RATIO[name], reader=name, rows=rows, **page | {"machine": round(machine, 2)})


def _of_one(user):
    """Ids of the reader's first agency and of what it has, by the names in PAGES."""
    found = {"mine": agencies_with(user, Permission.INCIDENT_VIEW)}
    for what, sql in OF_ONE.items():
        found[what] = run(sql, found)[0][0]
    return found


def _page(name, client, what, address):
    page = served(client, address) | {"most_sql_ms": LONG.get(what, MOST_SQL_MS[name])}
    page["most_read"] = None if what in LONG else MOST_READ
    return row(what, page.pop("page_ms"), page["sql_ms"], None, reader=name, **page)


def _floor(user, each, now, sql):
    """The first fifty-one of the reader's agencies in the order of the list, a branch with literals for each, with the
    same columns as the portal's statement.
    """
    columns = shown(sql)
    key = "key" if "k.key" in columns else each.key
    direction, extra = "desc" if each.newest else "asc", ", firearm_id" if "k.firearm_id" in columns else ""
    owners = run(
        """select a.id from agencies_agency a where a.id = any(%s) or a.parent_id = any(%s) order by a.id""",
        [each.agencies(user)] * 2,
    )
    where = each.where.format(now=f"'{now.isoformat()}'::timestamptz")
    branches = [
        f"""(select t.id, t.{each.key} as {key}{extra} from {each.table} t where t.{side} = {owner} and {where}
              order by t.{each.key} {direction}, t.id {direction} limit 51)"""
        for (owner,) in owners
        for side in each.sides
    ]
    return f"""with k as (select distinct id, {key}{extra} from ({" union all ".join(branches)}) u
        order by {key} {direction}, id {direction} limit 51) {columns}"""


def shown(sql):
    """What a statement makes of the rows of its walk `k`: all columns, however they are found."""
    at, depth = sql.index(" k as (") + len(" k as ("), 1
    while depth:
        depth += {"(": 1, ")": -1}.get(sql[at], 0)
        at += 1
    return sql[at:]
