"""Rights come from roles and grants alone, and guardian answers the same from the same rows."""

import random

import pytest
from django.urls import reverse
from guardian.core import ObjectPermissionChecker

from agencies import access, navigation
from agencies.actions._enrolment import keep_groups
from agencies.models import Membership, User
from agencies.roles import GRANTS, Permission, Role
from evidence.models import Firearm, Incident
from tests import factories

CASE_ROLES = [role for role, held in GRANTS.items() if {Permission.INCIDENT_VIEW, Permission.LEAD_VIEW} <= held]


def test_has_perm_equals_guardians_answer_on_random_pairs(city):
    dice = random.Random(7)
    agencies = [city.papd, city.gmpd, city.lab, city.da, city.center, city.outsider_agency]
    people = [factories.member(dice.choice(agencies), dice.choice(CASE_ROLES)) for _ in range(12)]
    for person in people[:4]:
        factories.member(dice.choice(agencies), dice.choice(CASE_ROLES), user=person)
    records = [factories.incident(dice.choice(agencies)) for _ in range(12)]
    for record in records:
        access.share(record, *dice.sample(agencies, dice.randint(0, 2)))
    for person in people:
        keep_groups(person)
        person = User.objects.get(pk=person.pk)
        checker = ObjectPermissionChecker(person)
        seen = set(Incident.objects.visible_to(person).values_list("pk", flat=True))
        for record in records:
            answer = person.has_perm("evidence.view_incident", record)
            assert answer == checker.has_perm("view_incident", record) == (record.pk in seen)


def test_t08_an_agency_without_members_or_a_person_without_agency_widens_nothing(city):
    record = factories.incident(city.papd)
    nobody = User.objects.create(email="n@agency.invalid", name="N", password="!")
    assert not Incident.objects.visible_to(nobody).exists()
    record.grants.all().delete()
    for person in (city.detective, city.coordinator, city.auditor):
        assert not Incident.objects.visible_to(person).exists()


@pytest.mark.parametrize("role", Role.values)
def test_every_role_begins_on_a_page_that_opens_to_it(client, city, role):
    person = factories.member(city.center, role)
    client.force_login(person)
    first = client.get("/")
    assert first.status_code == 302
    assert client.get(first["Location"]).status_code == 200


@pytest.mark.parametrize("role", Role.values)
def test_the_menu_offers_no_page_that_refuses(client, city, role):
    person = factories.member(city.center, role)
    client.force_login(person)
    for entry in navigation.menu(person, ""):
        assert client.get(entry["url"], follow=True).status_code == 200, entry["name"]


def test_what_is_searched_at_the_top_goes_where_the_role_searches(client, city):
    client.force_login(city.administrator)
    assert client.get("/search/?q=okafor")["Location"] == "/people/?q=okafor"
    client.force_login(city.researcher)
    assert client.get("/search/?q=x")["Location"] == "/"
    assert 'role="search"' not in client.get("/notifications/").content.decode()
    client.force_login(factories.member(city.papd, Role.EVIDENCE_TECHNICIAN))
    assert client.get("/search/?q=26-1")["Location"] == "/incidents/?q=26-1"
    assert 'placeholder="Search case, exhibit, serial"' in client.get("/incidents/").content.decode()


@pytest.mark.parametrize("role", ["analyst", "examiner", "evidence_technician", "detective"])
def test_a_case_or_a_gun_without_a_lead_is_found_by_its_number_by_who_may_see_it(client, city, role):
    case = factories.incident(city.papd, case_number="26-004711", kind="gun_recovery")
    item = factories.exhibit(case, kind="firearm")
    Firearm.objects.create(exhibit=item, serial="TRX 4711-O", serial_key="TRX47110")
    client.force_login(factories.member(city.papd, role))
    assert client.get("/search/?q=26004711")["Location"] == case.get_absolute_url()
    assert client.get("/search/?q=trx47110")["Location"] == item.get_absolute_url()
    client.force_login(factories.member(city.gmpd, role))
    for typed in ("26004711", "trx47110"):
        assert client.get("/search/", {"q": typed})["Location"].endswith(f"?q={typed}")


def test_no_membership_is_ever_deleted(city):
    with pytest.raises(Exception, match="protected"):
        User.objects.get(pk=city.detective.pk).delete()
    assert Membership.objects.filter(user=city.detective).exists()


def test_a_phone_offers_first_what_the_person_begins_the_day_with(city):
    address = reverse("prosecution_day")
    rows = navigation.shortcuts(navigation.menu(city.prosecutor, ""))
    assert len(rows) == 3
    assert (rows[0]["label"], rows[0]["url"]) == ("My day", address)
