"""What measures work on leads fits the tables of today, and a floor is one: it finds what the list finds."""

import pytest
from django.db import connection
from django.utils import timezone

from agencies.models import User
from leads.demo.store import triggers_off
from tests.benchmarks import work_bench, work_fill, work_lists
from tests.benchmarks.serving import run, statements


@pytest.fixture
def filled(few_leads):
    """Everything that hangs on them."""
    with connection.cursor() as cursor, triggers_off():
        work_fill.rows(cursor, analyzed=False)


def test_a_list_that_is_measured_and_its_floor_find_the_same(filled):
    now, found = timezone.now(), {}
    user = User.objects.get(email=work_bench.READERS["center"])
    for each in work_lists.LISTS:
        sql = next(sent for sent in statements(lambda each=each: each.rows(user, now)) if each.table in sent)
        ours, by_hand = run(sql), run(work_lists.floor(each, each.owners(user), sql))
        assert [row[0] for row in ours] == [row[0] for row in by_hand], each.name
        found[each.name] = len(ours)
    assert sum(map(bool, found.values())) > len(found) / 2, found
