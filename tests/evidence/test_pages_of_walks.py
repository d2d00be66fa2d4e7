"""A page of the rows of many agencies, taken a few of each first, is the page of all their rows sorted."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from evidence.queries import reach

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 1, tzinfo=UTC)
# Few hours, so that many rows have the same key; few agencies, so that one has much and another nothing.
ROWS = some.lists(some.tuples(some.integers(0, 4), some.integers(0, 4), some.integers(0, 9)), max_size=60)
SIDES = [f"from walked_row w where w.{side} = source.id" for side in ("agency_id", "other_id")]

# Who works for one agency, and who works for a center.
FEW, SEVERAL = (
    SimpleNamespace(is_authenticated=True, is_active=True, _standings=(SimpleNamespace(agency_kind=kind),))
    for kind in ("police", "center")
)


@pytest.fixture
def table():
    with connection.cursor() as cursor:
        cursor.execute(
            "create temp table walked_row (id int, agency_id int, other_id int, at timestamptz) on commit drop"
        )


def fill(rows):
    with connection.cursor() as cursor:
        cursor.execute("delete from walked_row")
        for number, (one, other, hours) in enumerate(rows, 1):
            cursor.execute(
                "insert into walked_row values (%s, %s, %s, %s)", [number, one, other, AT + timedelta(hours=hours)]
            )
    return [(AT + timedelta(hours=hours), number, {one, other}) for number, (one, other, hours) in enumerate(rows, 1)]


def page(agencies, walks, newest, begin, limit, user=SEVERAL):
    tables = reach.page_of(
        user, walks, "w.at", newest=newest, begin=begin, source="select unnest(%(mine)s::int[]) as id"
    )
    order = "desc" if newest else "asc"
    found = reach.fetch(
        f"with {tables} table k order by key {order}, id {order}",
        {"mine": agencies, "limit": limit, **reach.beginning(begin)},
    )
    return [(row["key"], row["id"]) for row in found]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ROWS,
    some.sets(some.integers(0, 4), min_size=1),
    some.integers(2, 12),
    some.booleans(),
    some.booleans(),
    some.sampled_from([FEW, SEVERAL]),
)
def test_its_pages_are_those_of_all_rows_sorted_each_row_once(table, rows, agencies, limit, newest, two_sides, user):
    walks = SIDES if two_sides else SIDES[:1]
    every = fill(rows)
    mine = {row[:2] for row in every if agencies & (row[2] if two_sides else {rows[row[1] - 1][0]})}
    ordered, begin, shown = sorted(mine, reverse=newest), None, []
    while found := page(sorted(agencies), walks, newest, begin, limit, user):
        assert len(found) == min(limit, len(ordered) - len(shown))
        shown += found
        begin = found[-1]
    assert shown == ordered


def test_an_agency_that_has_all_the_newest_rows_fills_the_page(table):
    fill([(0, 0, 0)] * 20 + [(1, 1, 9)] * 20)
    assert [pk for _, pk in page([0, 1], SIDES[:1], True, None, 15)] == list(range(40, 25, -1))
    assert [pk for _, pk in page([0, 1], SIDES, False, None, 15)] == list(range(1, 16))
