"""Prosecutors of the office that has a case read a masked name, for a reason on record, as long as it has the case."""

import pytest
from django.urls import reverse

from agencies.access import Refused, agencies_with
from agencies.models import AuditEvent
from agencies.roles import Permission, Role
from leads.actions import assertions, packets, referrals, releases
from leads.models import Assertion
from tests.factories import member
from tests.leads import packing, people
from tests.leads.casework import federal, refer, same_gun
from tests.scenery import scene


@scene
def victim(city, line):
    found = people.person(city, "Ann Ferris")
    people.said(city, found, line.events.first(), "victim")
    return found


@scene
def case(city, line, victim):
    return refer(city, line, city.da)


def shown(client, user, person, reason="To call her"):
    client.force_login(user)
    answer = client.post(reverse("entity_unmask", args=[person.pk]), {"reason": reason})
    return answer.status_code, "Ann Ferris" in answer.content.decode()


def test_a_prosecutor_of_the_office_reads_the_name_once_and_on_record(client, city, victim, case):
    client.force_login(city.prosecutor)
    page = client.get(reverse("entity", args=[victim.pk])).content.decode()
    assert "Show the name" in page
    assert "Ann Ferris" not in page
    assert shown(client, city.prosecutor, victim, reason="") == (200, False)
    assert shown(client, city.prosecutor, victim) == (200, True)
    assert "Ann Ferris" not in client.get(reverse("entity", args=[victim.pk])).content.decode()
    row = AuditEvent.objects.get(verb="person.unmasked")
    assert (row.by, row.object_id, row.data["reason"]) == (city.prosecutor, victim.pk, "To call her")


def test_the_right_ends_with_the_case_and_is_of_no_other_office_or_person_there(client, city, line, victim, case):
    usa, clerk = federal(city), member(city.da, Role.AGENCY_ADMINISTRATOR)
    assert shown(client, usa, victim) == (404, False)
    refer(city, line, city.usao)
    assert shown(client, usa, victim) == (200, True)
    assert shown(client, clerk, victim)[1] is False
    referrals.decide(referral=case, status="declined", reason="weak_evidence", by=city.prosecutor)
    assert shown(client, city.prosecutor, victim) == (403, False)
    assert "an open case on this lead" in client.get(reverse("entity", args=[victim.pk])).content.decode()
    with pytest.raises(Refused, match="prosecutors of an office"):
        assertions.unmask(entity=victim, reason="Again", by=city.prosecutor)


def test_who_is_named_on_another_lead_of_the_gun_is_unmasked_where_its_event_is_asserted(client, city, line):
    other = same_gun(city, line, "WCL-2026-00977")
    near = people.person(city, "Ann Ferris")
    people.said(city, near, other.events.first(), "victim")
    refer(city, line, city.da)
    assert shown(client, city.prosecutor, near)[0] == 404
    refer(city, line, city.da, defendant="Robin Roe", events=[other.events.first()])
    assert shown(client, city.prosecutor, near) == (200, True)


def test_a_packet_of_the_office_says_the_name_only_to_who_may_have_it_unmasked_today(city, line, victim, case):
    made = packing.make(
        city, line, agency=city.da, by=city.prosecutor, sections=["summary"], summary="Spoke to Ann Ferris."
    )
    releases.unmask(packet=made, person=victim, reason="The indictment names her", by=city.prosecutor)
    row = AuditEvent.objects.get(verb="packet.unmasked")
    assert (row.agency, row.data["reason"]) == (city.da, "The indictment names her")
    packets.ask(packet=made, by=city.prosecutor)
    assert packing.rows(made, "summary", 2)[0]["text"] == "Spoke to Ann Ferris."
    referrals.decide(referral=case, status="declined", reason="weak_evidence", by=city.prosecutor)
    packets.ask(packet=made, by=city.prosecutor)
    assert "Ferris" not in packing.rows(made, "summary", 3)[0]["text"]


def test_the_table_of_roles_gives_it_and_an_office_without_a_case_has_nothing_by_it(city, line, victim):
    assert agencies_with(city.prosecutor, Permission.PERSON_UNMASK) == [city.da.pk]
    with pytest.raises(Refused):
        assertions.unmask(entity=victim, reason="Why", by=city.prosecutor)
    assert not Assertion.objects.visible_to(city.prosecutor).exists()
