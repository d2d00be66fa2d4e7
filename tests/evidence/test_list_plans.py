"""How the lists are planned: each row that a walk comes by is asked for its grant, and counts stop at a thousand."""

from functools import partial

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from evidence import listing, queries
from evidence.actions import handovers
from tests import factories


def test_a_walk_asks_for_the_grant_of_each_row_and_joins_no_table_of_grants(city):
    case = factories.incident(city.papd)
    exhibit, now = factories.exhibit(case, "1", held_by=city.papd), timezone.now()
    made = handovers.offer(exhibit=exhibit, by=city.technician, purpose="investigation", agency=city.papd, at=now)
    lists = [
        partial(queries.exhibits, city.technician),
        partial(queries.never_entered, city.technician, now=now),
        partial(queries.hand_overs, city.technician, view="given"),
        partial(queries.to_review, city.technician, now.date()),
    ]
    with connection.cursor() as cursor:
        for rows in lists:
            with CaptureQueriesContext(connection) as asked:
                rows()
            cursor.execute(f"explain {asked[-1]['sql']}")
            walk = "\n".join(line for (line,) in cursor.fetchall())
            assert "SubPlan" in walk, rows
            assert "Semi Join" not in walk, rows
    # The same person gave it, on behalf of the agency that gets it: it is there once.
    assert [row["id"] for row in queries.hand_overs(city.technician, view="transit")] == [made.pk]
    assert queries.hand_over_counts(city.technician) == {"waiting": 0, "given": 1, "transit": 1}


def test_a_tab_counts_to_a_thousand_and_says_that_there_are_more():
    assert [listing.capped(number) for number in (0, 1000, 1001)] == ["0", "1,000", "1,000+"]
