"""Storage is a tree of places of an agency: no circle, nobody else's, and what lies where is counted."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from agencies import access
from agencies.models import AuditEvent
from evidence.actions import custody, places
from evidence.models import Place
from tests import factories
from tests.evidence.intake import page, text
from tests.scenery import scene

NOW = timezone.now()


def place(city, code, parent=None, kind="shelf", agency=None, by=None):
    return places.add(agency=agency or city.papd, by=by or city.technician, kind=kind, code=code, parent=parent)


def refused(words, action, **facts):
    with pytest.raises(access.Refused) as no, transaction.atomic():
        action(**facts)
    assert words in no.value.reason


@scene
def tree(city):
    building = place(city, "HQ", kind="building")
    room = place(city, "PR1", building, kind="room")
    return building, room, place(city, "S1", room), place(city, "S2", room)


def test_a_place_is_added_renamed_moved_and_closed_and_each_is_on_record(client, city, tree):
    _building, room, first, second = tree
    client.force_login(city.technician)
    new = {"agency": city.papd.pk, "kind": "bin", "code": "B-7", "label": "Small bags", "parent": "s1"}
    assert client.post(reverse("place_new"), new).url == first.get_absolute_url()
    made = Place.objects.get(code="B-7")
    change = reverse("place_change", args=[made.pk])
    again = client.post(change, {"kind": "bin", "code": "b-7", "parent": "S2"})
    assert again.url == made.get_absolute_url()
    made.refresh_from_db()
    assert (made.code, made.parent) == ("b-7", second)
    assert AuditEvent.objects.get(verb="place.changed").data["changes"]["code"] == ["B-7", "b-7"]
    taken = text(client.post(change, {"kind": "bin", "code": "pr1", "parent": "S2"}))
    assert "has a place with this code already" in taken
    assert "No open place has this code" in text(client.post(change, {"kind": "bin", "code": "B-7", "parent": "X9"}))
    assert "letters, digits, dots" in text(client.post(change, {"kind": "bin", "code": "B 7"}))
    client.post(reverse("place_close", args=[made.pk]))
    assert client.post(reverse("place_close", args=[second.pk])).status_code == 302
    shown = text(page(client, city.technician, "place", room.pk))
    assert 'badge">Closed' in shown
    refused("is closed", places.reopen, place=made, by=city.technician)
    refused("open places inside", places.close, place=room, by=city.technician)
    client.post(reverse("place_reopen", args=[second.pk]))
    assert Place.objects.get(pk=second.pk).closed_at is None


def test_a_place_never_lies_inside_itself_whichever_way_it_is_moved(city, tree):
    building, room, first, _second = tree
    facts = {"by": city.technician, "kind": "building", "code": "HQ"}
    for inside in (building, room, first):
        refused("not lie inside itself", places.change, place=building, parent=inside, **facts)
    for wrong in ({"parent": first}, {"agency": city.gmpd}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Place.objects.filter(pk=building.pk).update(**wrong)
    theirs = place(city, "GM1", agency=city.gmpd, by=city.analyst)
    refused("of its own agency", places.add, agency=city.papd, by=city.technician, kind="bin", code="X", parent=theirs)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.filter(pk=first.pk).update(parent=theirs)
    deep = first
    for number in range(5):
        deep = place(city, f"D{number}", deep)
    refused("at most eight deep", places.add, agency=city.papd, by=city.technician, kind="bin", code="D9", parent=deep)
    refused("at most eight", places.change, place=room, parent=place(city, "N", building), by=city.technician,
            kind="room", code="PR1")  # fmt: skip


def test_what_lies_in_a_place_and_below_is_counted_and_listed_and_only_for_who_sees_it(client, city, tree):
    _building, room, first, _second = tree
    case = factories.incident(city.papd, case_number="26-7")
    for number, where in (("1", first), ("2", first), ("3", room)):
        made = factories.exhibit(case, number)
        leg = custody.store(exhibit=made, place=where, by=city.technician, at=NOW)
        made.refresh_from_db()
        assert (leg.purpose, leg.place, made.place, made.storage) == ("stored", where, where, str(where))
    top = text(page(client, city.technician, "places"))
    assert "3 exhibits" in top
    inside = text(page(client, city.technician, "place", room.pk))
    assert "2 exhibits" in inside
    assert "Exhibit 3" in inside
    assert "Exhibit 1" not in inside
    assert page(client, city.technician, "places", q="s1").url == first.get_absolute_url()
    assert "No open place has this code" in text(page(client, city.technician, "places", q="zz"))
    refused("Exhibits lie in this place", places.close, place=first, by=city.technician)
    for person, status in ((city.gm_detective, 404), (city.detective, 200), (city.analyst, 200), (city.outsider, 404)):
        assert page(client, person, "place", first.pk).status_code == status
    assert page(client, city.detective, "places").status_code == 403
    gm = factories.member(city.gmpd, "evidence_technician")
    assert "Begin with a building" in text(page(client, gm, "places"))
    refused("keep its storage places", places.add, agency=city.papd, by=gm, kind="bin", code="Z1")
    refused("can put it into storage", custody.store, exhibit=made, place=first, by=city.detective, at=NOW)


def test_an_exhibit_lies_only_in_a_place_of_the_agency_that_has_it(city, tree):
    made = factories.exhibit(factories.incident(city.papd), held_by=city.papd)
    theirs = place(city, "GM1", agency=city.gmpd, by=city.analyst)
    refused("Hand it over first", custody.store, exhibit=made, place=theirs, by=city.analyst, at=NOW)
    places.close(place=tree[3], by=city.technician)
    refused("is closed", custody.store, exhibit=made, place=tree[3], by=city.technician, at=NOW)


def test_the_tree_costs_as_many_queries_for_three_places_as_for_one(client, city, django_assert_num_queries):
    room = place(city, "PR1", kind="room")
    place(city, "S0", room)
    page(client, city.technician, "place", room.pk)
    for codes in (("S1", "S2"), ("S3",)):
        with django_assert_num_queries(10):
            client.get(room.get_absolute_url())
        for code in codes:
            place(city, code, room)
