"""The same gun recovered twice: suggested once, decided by people, never merged, and never shown by halves."""

import pytest
from django.urls import reverse

from agencies import access
from agencies.access import Refused
from agencies.models import AuditEvent, User
from evidence import queries
from evidence.actions import exhibits, same_guns
from evidence.models import Firearm, FirearmPair
from evidence.tasks import suggest_same_guns
from tests import factories
from tests.evidence.intake import page, text
from tests.evidence.test_firearms import case, correct, gun
from tests.scenery import scene


@scene
def twice(city):
    """One pistol recovered by Port Alder and again by Glenmoor, and one that is like it by half of its number."""
    ours, theirs = case(city), case(city, "26-2", of=city.gmpd, by=city.analyst)
    made = [gun(ours, city.technician), gun(theirs, city.analyst, serial="A8C1234")]
    gun(ours, city.technician, "9", serial="ABC1235")
    suggest_same_guns()
    return made


def pairs(person, status="suggested"):
    return [row["id"] for row in queries.same_guns(person, status=status)]


def decide(pair, status, by):
    return same_guns.decide(pair=FirearmPair.objects.get(pk=pair.pk), status=status, by=by)


def test_two_records_of_one_gun_are_suggested_once_and_again_only_when_they_change(city, twice):
    pair = FirearmPair.objects.get()
    assert (pair.first, pair.second, pair.basis, pair.status) == (twice[0], twice[1], "misread", "suggested")
    assert AuditEvent.objects.get(verb="firearm_pair.suggested").data["ids"] == [pair.pk]
    assert not Firearm.objects.exclude(compared_as__contains="|").exists()
    correct(twice[1], city.analyst, serial="ABC1234")
    suggest_same_guns()
    correct(twice[1], city.analyst, make="Taurus")
    suggest_same_guns()
    assert FirearmPair.objects.get().status == "withdrawn"
    assert pairs(city.analyst) == []
    correct(twice[1], city.analyst, make="Glock")
    suggest_same_guns()
    assert FirearmPair.objects.get().status == "suggested"


def test_work_that_was_stopped_begins_where_it_stood(city, twice):
    Firearm.objects.update(compared_as="")
    FirearmPair.objects.all().delete()
    assert same_guns.suggest(by=User.objects.system(), limit=1)
    assert FirearmPair.objects.count() == 1
    while same_guns.suggest(by=User.objects.system(), limit=1):
        pass
    assert FirearmPair.objects.count() == 1
    assert not same_guns.suggest(by=User.objects.system())


def test_the_same_gun_links_both_and_not_the_same_is_never_suggested_again(client, city, twice):
    pair = FirearmPair.objects.get()
    answer = text(page(client, city.analyst, "same_guns"))
    assert "The same gun" in answer
    assert "A8C1234" in answer
    assert client.post(reverse("same_gun_no", args=[pair.pk])).url == reverse("same_guns")
    assert pairs(city.analyst) == []
    assert pairs(city.analyst, "different") == [pair.pk]
    correct(twice[1], city.analyst, model="17", serial="ABC1234")
    suggest_same_guns()
    assert FirearmPair.objects.get().status == "different"
    decide(pair, "same", city.analyst)
    answer = text(page(client, city.analyst, "exhibit", twice[0].exhibit_id))
    assert "26-2, exhibit 1" in answer
    assert f"Decided by {city.analyst.name}" in answer
    whole = twice[0].exhibit
    with pytest.raises(Refused, match="Take that back, then correct it"):
        exhibits.correct(exhibit=whole, by=city.technician, seen=whole.version, kind="other")
    sent = client.post(reverse("same_gun_undo", args=[pair.pk]), {"exhibit": twice[0].exhibit_id})
    assert sent.url == twice[0].exhibit.get_absolute_url()
    told = AuditEvent.objects.filter(verb="firearm_pair.decided").order_by("pk")
    assert [event.data["status"] for event in told] == [
        "different", "same", "suggested",
    ]  # fmt: skip
    assert Firearm.objects.count() == 3
    exhibits.correct(exhibit=whole, by=city.technician, seen=whole.version, kind="other")
    assert not FirearmPair.objects.exists()


def test_who_sees_one_of_the_two_is_told_nothing(client, city, twice):
    pair = FirearmPair.objects.get()
    for person, sees in ((city.technician, False), (city.gm_detective, False), (city.coordinator, True)):
        assert FirearmPair.objects.visible_to(person).exists() is sees
        assert bool(pairs(person)) is sees
    assert "may be one gun" not in text(page(client, city.technician, "firearms"))
    assert "The same gun?" not in text(page(client, city.technician, "exhibit", twice[0].exhibit_id))
    assert client.post(reverse("same_gun_yes", args=[pair.pk])).status_code == 404
    with pytest.raises(Refused, match="You do not see both"):
        decide(pair, "same", city.technician)
    access.share(twice[1].exhibit.incident, city.papd)
    assert pairs(city.technician) == [pair.pk]
    assert "The same gun?" in text(page(client, city.technician, "exhibit", twice[0].exhibit_id))
    with pytest.raises(Refused, match="Only people who record evidence for Port Alder PD or Glenmoor PD"):
        decide(pair, "same", city.detective)
    decide(pair, "same", city.technician)
    with pytest.raises(Refused, match="It cannot become: no longer alike"):
        decide(pair, "withdrawn", city.technician)


def test_a_case_that_is_shared_later_is_compared_then_and_not_the_same_stays(city):
    far = factories.member(city.outsider_agency, "evidence_technician")
    ours = gun(case(city), city.technician)
    theirs = gun(case(city, "26-2", of=city.outsider_agency, by=far), far)
    suggest_same_guns()
    assert not FirearmPair.objects.exists(), "nobody sees both"
    access.share(theirs.exhibit.incident, city.papd)
    suggest_same_guns()
    pair = FirearmPair.objects.get()
    assert (pair.first, pair.second) == (ours, theirs)
    decide(pair, "different", city.technician)
    access.share(ours.exhibit.incident, city.outsider_agency)
    suggest_same_guns()
    assert FirearmPair.objects.get().status == "different"


def test_what_says_nothing_of_one_gun_is_not_suggested(city):
    incident = case(city)
    for place, values in enumerate(
        [
            {"serial": "12345"}, {"serial": "12345"}, {"serial": "none", "is_privately_made": True},
            {"serial": "none", "is_privately_made": True}, {"serial": "AB?123*"}, {"serial": "ABX1239"},
            {"serial": "OBL5512", "is_obliterated": True}, {"serial": "OBL5512"},
        ]
    ):  # fmt: skip
        gun(incident, city.technician, str(place), **values)
    for place in range(9):
        gun(incident, city.technician, f"many {place}", serial="QQ77123")
    suggest_same_guns()
    assert not FirearmPair.objects.exists()
