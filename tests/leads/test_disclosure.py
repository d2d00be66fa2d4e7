"""Nothing that may have to be disclosed is left out; what nobody disclosed has an age; keeping back takes two."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import reverse

from agencies.access import Refused
from leads import disclosing
from leads.actions import clusters, comparisons, disclosures
from leads.models import Activity, Comparison, DeskItem, Disclosure
from leads.queries import disclosures as queries
from tests.factories import NOW, member
from tests.leads import packing, people
from tests.leads.guarded import refused
from tests.leads.indexing import kinds
from tests.leads.pages import lead as made

LATER = NOW + timedelta(days=3)
Item, Row = disclosing.Item, SimpleNamespace


def test_the_index_has_what_was_eliminated_inconclusive_taken_back_others_and_what_was_marked(known):
    assert set(kinds(known)) == {"inconclusive", "eliminated", "taken_back", "suspect", "exculpatory"}
    words = {each.kind: each.words for each in queries.items(known)}
    assert words["suspect"].endswith(". Source: Police report")


def test_a_refused_correction_and_what_was_said_of_two_leads_and_taken_back_are_in_the_index_of_both(
    city, known, second
):
    standing = Comparison.objects.filter(lead=known, status="standing", result="eliminated").get()
    asked = {"comparison": standing, "result": "confirmed", "reason": "Looked again", "report": "F-9"}
    wrong = comparisons.correct(reported_on=NOW.date(), by=city.examiner, now=LATER, **asked)
    assert kinds(known)["proposed"] == f"comparison-{wrong.pk}"
    comparisons.refuse(comparison=wrong, by=second, now=LATER)
    assert kinds(known)["refused"] == f"comparison-{wrong.pk}"
    other = made(city, "WCL-2026-00777")
    said = {"by": city.analyst, "now": NOW}
    pair = clusters.keep_apart(lead=known, other=other, reason="Marks differ", **said)
    assert kinds(known)["apart"] == kinds(other)["apart"] == f"pair-{pair.pk}"
    assert other.number not in str(queries.items(known))
    pair = clusters.take_back(pair=pair, reason="Not so", **said)
    assert kinds(known)["parted"] == f"pair-{pair.pk}"
    with connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")
    DeskItem.objects.create(lead=other, agency=city.center, came_at=NOW)
    assert "parted" not in kinds(known), "what waits for triage is told of to nobody"


def test_every_packet_has_the_index_whatever_its_sections_are(city, known):
    made = packing.make(city, known, sections=["summary"])
    rows = packing.rows(made, "disclosure")
    assert {row["item"] for row in rows} == set(kinds(known).values())


def test_the_register_is_only_added_to_and_a_receipt_is_added_once(city, known):
    key = kinds(known)["inconclusive"]
    row = disclosures.register(lead=known, item=key, to="R. Ash", duty="giglio", how="Disc", by=city.detective, now=NOW)
    refused(lambda: Disclosure.objects.update(to="Else"))
    refused(lambda: Disclosure.objects.all().delete())
    disclosures.receive(disclosure=row, receipt="Signed by R. Ash", by=city.detective)
    with pytest.raises(Refused, match="already"):
        disclosures.receive(disclosure=row, receipt="Twice", by=city.detective)
    refused(lambda: Disclosure.objects.update(receipt="Else"))
    with pytest.raises(Refused, match="not in the index"):
        disclosures.register(lead=known, item="event-0", to="x", duty="none", how="x", by=city.detective)


def test_the_page_has_each_item_with_its_age_and_leads_to_what_is_to_be_done(city, known, seen, client):
    page = seen(city.detective, "disclosure_index", known.pk)
    assert "5 not disclosed yet" in page
    assert "An alibi" in page
    assert "Not disclosed yet, " in page
    client.force_login(city.detective)
    address = reverse("disclosure_new", args=[known.pk]) + f"?item={kinds(known)['suspect']}"
    client.post(address, {"to": "R. Ash, defense", "duty": "rule16", "how": "Letter"})
    page = seen(city.detective, "disclosure_index", known.pk)
    assert "4 not disclosed yet" in page
    assert "R. Ash, defense" in page


def test_who_does_not_keep_the_register_or_does_not_see_the_lead_does_nothing_here(city, known, client):
    for person, status in ((city.technician, 403), (member(city.gmpd), 200), (city.outsider, 404)):
        client.force_login(person)
        assert client.get(reverse("disclosure_index", args=[known.pk])).status_code == status
    with pytest.raises(Refused, match="does not see this lead"):
        disclosures.withhold(lead=known, item="x", reason="x", by=city.outsider)


def test_an_item_is_marked_once_and_belongs_to_its_lead(city, known):
    entry = Activity.objects.filter(exculpatory__isnull=False).get()
    with pytest.raises(Refused, match="marked already"):
        disclosures.mark(lead=known, activity=entry, kind="impeaching", note="x", by=city.detective)
    with pytest.raises(Refused, match="Choose an entry"):
        disclosures.mark(lead=known, kind="impeaching", note="x", by=city.detective)


@pytest.mark.parametrize("many", [1, 3])
def test_the_index_is_one_statement_for_one_item_as_for_three(many, city, line, django_assert_num_queries):
    for number in range(many):
        people.suspect(city, line, f"Marlo {number}")
    with django_assert_num_queries(1):
        assert len(queries.items(line)) == many


@pytest.mark.parametrize("gave", [True, False])
@pytest.mark.parametrize("status", [None, "proposed", "agreed", "refused", "lifted"])
def test_each_item_stands_once_in_one_state(gave, status):
    """Given whatever was said of keeping it back; else as the standing word says; else open, with its age."""
    now = datetime.fromisoformat("2026-07-15T12:00:00+00:00")
    items = [Item(1, key, "suspect", key, now - timedelta(days=age)) for key, age in (("a", 3), ("b", 40), ("c", 0))]
    kept = [Row(item="a", status=status)] if status else []
    lines = {line.item.key: line for line in disclosing.index(items, [Row(item="a")] if gave else [], kept, now)}
    assert next(iter(lines)) == "b"
    assert {key: line.age for key, line in lines.items()} == {"a": 3, "b": 40, "c": 0}
    assert lines["b"].state == lines["c"].state == "open"
    assert lines["a"].state == ("given" if gave else {"proposed": "asked", "agreed": "kept"}.get(status, "open"))
