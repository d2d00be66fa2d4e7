"""The dashboard of the seven stages, and the rows that a number of it opens, in a portal full of evidence: quarters and
years of what each reader sees, beside one walk along the grants of the period.
"""

from datetime import timedelta
from functools import partial

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client

from leads.insight import scope, stages
from leads.pages import dash as dashpage
from tests.benchmarks.evidence_fill import AT, READERS
from tests.benchmarks.measuring import row, side_by_side
from tests.benchmarks.serving import add_up, run, served, statements

RUNS = 5
# The figures of a quarter; a year adds up four times as many days, and edges of the same length. A page asks about as
# much again: what was never done, what is left out.
MOST_MS = {"small": 50, "town": 60, "center": 150, "all": 900}
PAGE_TIMES = 2
SPANS = {"a quarter": (90, 1), "a year": (365, 5)}
# The rows behind a number are a page of fifty, walked from the newest on.
MOST_ROWS_MS = {"small": 50, "town": 50, "center": 100, "all": 900}


def figures(_connection):
    for name in READERS:
        user = get_user_model().objects.get(email=f"lists-{name}@portal.example")
        client = Client()
        client.force_login(user)
        for what, (days, times) in SPANS.items():
            given = {"first": f"{AT - timedelta(days=days - 1):%Y-%m-%d}", "last": f"{AT:%Y-%m-%d}"}
            yield from _span(name, user, client, what, given, MOST_MS[name] * times)


def _span(name, user, client, what, given, most):
    reach, address = scope.of(user), "&".join(f"{key}={value}" for key, value in given.items())
    asked = dashpage.read(given, reach.zone, AT)
    each = statements(partial(stages.figures, reach, asked.period, now=AT))
    ours, floor = partial(_all, each), partial(run, _floor(reach, asked.period))
    *times, machine = side_by_side(ours, floor, add_up, runs=RUNS)
    page = served(client, f"/dashboard/?{address}") | {"machine": round(machine, 2)}
    # Figures grow with what they add up: grants of incidents of the period.
    page["read"] = run(_floor(reach, asked.period))[0][0]
    limits = {"most_ms": most, "most_sql_ms": most * PAGE_TIMES}
    yield row(f"figures of {what}", *times, None, reader=name, **limits, **page)
    for number in (1, 2, 3):
        page = served(client, f"/dashboard/{number}/?{address}")
        limits = {"most_sql_ms": MOST_ROWS_MS[name]}
        spent = page.pop("page_ms")
        yield row(f"rows of stage {number}, {what}", spent, page["sql_ms"], None, reader=name, **limits, **page)


def _all(found):
    for sql in found:
        run(sql)


def _floor(reach, period):
    with connection.cursor() as cursor:
        return cursor.cursor.mogrify(
            """select count(*), count(distinct content_object_id) from evidence_incidentgrant
                where group_id = any(%s::int[]) and occurred_at >= %s and occurred_at < %s""",
            [reach.groups, period.before, period.until],
        ).decode()
