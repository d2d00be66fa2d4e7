"""What measures the lists of prosecution fits the tables of today, and a floor is one: it finds what the list finds."""

import pytest
from django.db import connection
from django.utils import timezone

from agencies.models import User
from leads.demo.store import triggers_off
from tests.benchmarks import prosecution_bench, prosecution_fill, prosecution_lists, work_fill, work_lists
from tests.benchmarks.prosecution_rows import ROWS
from tests.benchmarks.serving import run, statements


@pytest.fixture
def filled(few_leads):
    """Their cases with everything that hangs on them."""
    with connection.cursor() as cursor, triggers_off():
        prosecution_fill.offices(few_leads)
        work_fill.rows(cursor, ROWS, analyzed=False)


def test_a_list_of_cases_that_is_measured_and_its_floor_find_the_same(filled):
    found = {}
    for name, email in prosecution_bench.READERS.items():
        user = User.objects.get(email=email)
        for each in prosecution_lists.LISTS:
            if owners := each.owners(user):
                ours, by_hand = _both(each, user, owners)
                assert ours == by_hand, (name, each.name)
                found[each.name] = max(found.get(each.name, 0), len(ours))
    assert set(found) == {each.name for each in prosecution_lists.LISTS}
    assert sum(map(bool, found.values())) > len(found) / 2, found


def _both(each, user, owners):
    now = timezone.now()
    sql = next(sent for sent in statements(lambda: each.rows(user, now)) if each.table in sent)
    return [[row[0] for row in run(one)] for one in (sql, work_lists.floor(each, owners, sql))]
