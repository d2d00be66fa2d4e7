"""The index of a lead is whole however long it is: page by page on the screen, and all of it in a packet."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from leads import disclosing
from leads.actions import disclosures
from leads.models import Activity, ExculpatoryMark
from leads.queries import disclosures as queries
from tests.factories import NOW


def many(city, lead, count):
    """So many marks of a lead, one a minute."""
    entries = Activity.objects.bulk_create(
        Activity(lead=lead, agency=city.papd, kind="note", at=NOW, recorded_at=NOW, by=city.detective, text="Said")
        for _number in range(count)
    )
    ExculpatoryMark.objects.bulk_create(
        ExculpatoryMark(lead=lead, activity=each, kind="exculpatory", note=f"Note {number}", marked_by=city.detective,
                        marked_at=NOW - timedelta(minutes=count - number // 2))
        for number, each in enumerate(entries)
    )  # fmt: skip


class TestLongIndex:
    def test_an_index_of_more_than_five_hundred_items_is_whole_for_a_packet_and_on_its_pages(self, city, line):
        many(city, line, 501)
        assert len(queries.items(line)) == 501
        seen, after = [], ""
        while after is not None:
            page = queries.page(line, [], [], after=after, limit=200)
            assert (page.many, page.waiting) == (501, 501)
            seen += [each.key for each in page.items]
            after = page.older or None
        assert seen == [each.key for each in queries.items(line)]

    def test_pages_go_on_over_the_states_as_the_rule_has_them(self, city, line):
        """The order of the statement is that of the pure rule, whatever became of each item."""
        many(city, line, 9)
        keys = [each.key for each in queries.items(line)]
        for key in keys[:3]:
            disclosures.register(lead=line, item=key, to="R. Ash", duty="brady", how="x", by=city.detective)
        row = disclosures.withhold(lead=line, item=keys[4], reason="x", by=city.detective)
        disclosures.decide(withholding=row, agrees=False, by=city.supervisor)
        for key in keys[4:6]:
            row = disclosures.withhold(lead=line, item=key, reason="x", by=city.detective)
        disclosures.decide(withholding=row, agrees=True, by=city.supervisor)
        withheld = list(line.withholdings.all())
        wanted = disclosing.index(queries.items(line), list(line.disclosures.all()), withheld, NOW)
        seen, after = [], ""
        while after is not None:
            page = queries.page(line, withheld, [], after=after, limit=2)
            seen += [each.key for each in page.items]
            after = page.older or None
        assert seen == [each.item.key for each in wanted]
        assert page.waiting == 4

    def test_the_page_has_the_next_items_and_the_older_lines_of_the_register_at_hand(self, city, line, seen):
        many(city, line, 51)
        for each in queries.items(line)[:51]:
            disclosures.register(lead=line, item=each.key, to="R. Ash", duty="brady", how="x", by=city.detective)
        page = seen(city.detective, "disclosure_index", line.pk)
        assert "50 of 51 on this page. A packet has all of them." in page
        assert page.count('rel="next"') == 2
        further = queries.page(line, [], []).older
        assert "1 of 51 on this page" in seen(city.detective, "disclosure_index", line.pk, after=further)
        _rows, older = queries.given(line, city.detective)
        ((last,), _none) = queries.given(line, city.detective, after=older)
        register = seen(city.detective, "disclosure_index", line.pk, register=older).split('id="r-h"')[1]
        assert last.label in register
        assert register.count("R. Ash") == 1

    def test_a_cursor_that_is_none_begins_at_the_top(self, city, line):
        many(city, line, 1)
        assert len(queries.page(line, [], [], after="not-ours").items) == 1


@pytest.mark.parametrize("kept", [1, 3])
def test_the_page_takes_the_same_statements_for_one_item_kept_back_and_for_three(city, line, client, kept):
    many(city, line, kept)
    for each in queries.items(line):
        disclosures.withhold(lead=line, item=each.key, reason="Safety", by=city.detective)
    client.force_login(city.supervisor)
    client.get(reverse("disclosure_index", args=[line.pk]))  # who they are, is read once
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("disclosure_index", args=[line.pk])).content.decode()
    assert page.count('name="agrees" value="yes"') == kept
    assert len(asked) == 10
