"""An inventory compares what lies in a place with what the portal says; it moves nothing by itself."""

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies import access
from agencies.models import AuditEvent
from evidence import labels, queries
from evidence.actions import custody, handovers, inventories, places
from evidence.models import CustodyEvent, Exhibit, Inventory
from tests import factories
from tests.evidence.intake import page, text
from tests.scenery import scene


@scene
def room(city):
    return places.add(agency=city.papd, by=city.technician, kind="room", code="PR1")


@scene
def shelf(city, room):
    return places.add(agency=city.papd, by=city.technician, kind="shelf", code="S1", parent=room)


@scene
def other(city, room):
    return places.add(agency=city.papd, by=city.technician, kind="shelf", code="S2", parent=room)


@scene
def case(city):
    return factories.incident(city.papd, case_number="26-024310")


def lying(city, case, number, place):
    made = factories.exhibit(case, number, held_by=city.papd)
    custody.store(exhibit=made, place=place, by=city.technician, at=timezone.now())
    return made


def refused(words, action, **facts):
    with pytest.raises(access.Refused) as no, transaction.atomic():
        action(**facts)
    assert words in no.value.reason


def counts(inventory):
    every = queries.inventory_counts(inventory)
    assert queries.inventory_tabs(inventory) == every
    return {name: number for name, number in every.items() if number}


def test_a_count_finds_what_is_missing_what_belongs_elsewhere_and_what_nobody_knows(client, city, case, shelf, other):
    here = {number: lying(city, case, number, shelf) for number in "12345"}
    strayed, loose = lying(city, case, "6", other), factories.exhibit(case, "7", held_by=city.papd)
    client.force_login(city.technician)
    address = client.post(reverse("inventory_start", args=[shelf.pk])).url
    count = Inventory.objects.get()
    refused("counted already", inventories.start, place=shelf, by=city.technician)
    assert counts(count) == {"missing": 5}
    scan = reverse("inventory_scan", args=[count.pk])
    said = [client.post(scan, {"code": labels.address(each)}).json() for each in (here["1"], strayed, loose, here["1"])]
    assert [each["text"] for each in said] == ["Found", "", "", "Found"]
    assert "It belongs in S2." in said[1]["why"]
    assert "knows no place for it" in said[2]["why"]
    lines = "26-024310/2\r\nQUX-9\r\nS1\r\n"
    assert "label of a place" in text(client.post(scan, {"scanned": lines}, follow=True))
    custody.store(exhibit=here["4"], place=other, by=city.technician, at=timezone.now())
    handovers.offer(exhibit=here["5"], by=city.technician, agency=city.papd, person=city.detective, purpose="other",
                    at=timezone.now())  # fmt: skip
    expected = {"found": 2, "misplaced": 2, "unknown": 1, "missing": 1, "moved": 1, "transit": 1}
    assert counts(count) == expected
    assert CustodyEvent.objects.filter(exhibit=strayed).count() == 1
    for outcome, words in (("missing", "Exhibit 3"), ("misplaced", "Exhibit 6"), ("unknown", "QUX-9")):
        assert words in text(client.get(address, {"outcome": outcome})), outcome
    client.post(reverse("inventory_finish", args=[count.pk]))
    custody.store(exhibit=here["3"], place=other, by=city.technician, at=timezone.now())
    count.refresh_from_db()
    assert (count.status, counts(count)) == ("finished", expected)
    assert AuditEvent.objects.get(verb="inventory.finished").data["missing"] == 1
    refused("is finished", inventories.scan, inventory=count, text="S9", by=city.technician)
    assert "1 missing, 2 misplaced" in text(page(client, city.technician, "inventories"))
    assert inventories.start(place=shelf, by=city.technician).lines.count() == 3


def test_where_another_agency_keeps_an_exhibit_is_not_told(client, city, case, shelf):
    theirs = factories.exhibit(case, "8", held_by=city.lab)
    access.share(case, city.lab)
    room = places.add(agency=city.lab, by=city.examiner, kind="room", code="S1")
    custody.store(exhibit=theirs, place=room, by=city.examiner, at=timezone.now())
    count = inventories.start(place=shelf, by=city.technician)
    client.force_login(city.technician)
    said = client.post(reverse("inventory_scan", args=[count.pk]), {"code": labels.address(theirs)}).json()["why"]
    assert said == f"Not expected in S1. By its chain {city.lab} has it: ask them to hand it over."
    assert [row["home"] for row in queries.inventory_lines(city.technician, count, "misplaced")] == [None]


def test_one_press_takes_what_strayed_home_or_keeps_it_and_both_are_rows_of_its_chain(client, city, case, shelf, other):
    strayed, loose = lying(city, case, "6", other), factories.exhibit(case, "7", held_by=city.papd)
    count = inventories.start(place=shelf, by=city.technician)
    home, kept = (
        inventories.scan(inventory=count, text=labels.address(each), by=city.technician) for each in (strayed, loose)
    )
    client.force_login(city.technician)
    shown = text(client.get(count.get_absolute_url()))
    assert shown.count("Take it home") == 1
    assert shown.count("Keep it here") == 2
    assert client.post(reverse("inventory_settle", args=[kept.pk]), {"here": "0"}).status_code == 403
    client.post(reverse("inventory_settle", args=[home.pk]), {"here": "0"})
    client.post(reverse("inventory_settle", args=[kept.pk]), {"here": "1"})
    assert [Exhibit.objects.get(pk=each.pk).place for each in (strayed, loose)] == [other, shelf]
    assert [each.custody.last().note for each in (strayed, loose)] == ["Found in S1"] * 2
    refused("settled already", inventories.settle, line=home, by=city.technician, here=False)
    assert "Settled" in text(client.get(count.get_absolute_url()))


def test_a_room_is_counted_with_its_shelves_and_what_arrived_since_is_no_stray(city, case, room, shelf, other):
    lying(city, case, "1", shelf)
    count = inventories.start(place=room, by=city.technician)
    late = lying(city, case, "2", other)
    line = inventories.scan(inventory=count, text=labels.address(late), by=city.technician)
    assert line.expected
    assert counts(count) == {"found": 1, "missing": 1}


def test_only_who_records_evidence_for_the_agency_counts_its_places(client, city, case, shelf):
    count = inventories.start(place=shelf, by=city.technician)
    gm = factories.member(city.gmpd, "evidence_technician")
    hidden = factories.exhibit(factories.incident(city.outsider_agency), "9")
    assert page(client, gm, "inventory", count.pk).status_code == 404
    assert "No inventory yet" in text(page(client, gm, "inventories"))
    refused("keep its storage places", inventories.start, place=shelf, by=gm)
    refused("keep its storage places", inventories.scan, inventory=count, text="x", by=city.detective)
    line = inventories.scan(inventory=count, text=labels.address(hidden), by=city.technician)
    assert (line.exhibit, counts(count)) == (None, {"unknown": 1})


def test_the_page_costs_as_many_queries_for_three_lines_as_for_one(
    client, city, case, shelf, django_assert_num_queries
):
    lying(city, case, "1", shelf)
    count = inventories.start(place=shelf, by=city.technician)
    page(client, city.technician, "inventory", count.pk)
    for numbers in ("23", ""):
        with django_assert_num_queries(9):
            client.get(count.get_absolute_url())
        for number in numbers:
            made = lying(city, case, number, shelf)
            count.lines.create(exhibit=made, expected=True)
