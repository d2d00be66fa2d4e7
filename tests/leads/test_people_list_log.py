"""Who sees the people list, and what is on record of whoever got anything of it."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from agencies.access import Refused
from agencies.models import AuditEvent, Notification, User
from agencies.roles import GRANTS, Permission, Role
from leads import deconfliction
from leads.actions import certificates, disseminations, listings
from leads.models import Certificate, Dissemination, ListedPerson
from leads.queries import listed as queries
from tests.factories import NOW, agency, member
from tests.leads import people
from tests.leads.people import days
from tests.scenery import scene

WHY = {"right": "investigation", "reason": "Homicide of June"}


@scene
def desk(city, lead):
    return people.trained(city)


@scene
def entry(desk, lead):
    return people.listed(desk, lead)


def sees(user):
    return ListedPerson.objects.visible_to(User.objects.get(pk=user.pk)).exists()


def ask(desk, name, by=None, **values):
    return disseminations.ask(name=name, by=by or desk.detective, **WHY | values)


def test_the_list_is_seen_by_the_center_and_by_nobody_else_who_was_given_nothing(desk, entry):
    seen = {name for name, each in vars(desk).items() if isinstance(each, User) and sees(each)}
    assert seen == {"coordinator", "analyst"}


def test_whoever_is_not_trained_any_more_sees_nothing(desk, entry):
    certificates.end(certificate=Certificate.objects.get(user=desk.coordinator), by=desk.coordinator)
    Certificate.objects.filter(user=desk.analyst).update(expires_at=NOW)
    assert not sees(desk.coordinator)
    assert not sees(desk.analyst)


def test_no_role_of_community_partners_researchers_or_laboratories_reads_the_list():
    roles = {role for role, held in GRANTS.items() if Permission.LISTED_VIEW in held}
    assert roles.isdisjoint({Role.RESEARCHER, Role.COMMUNITY_LIAISON, Role.EXAMINER, Role.EVIDENCE_TECHNICIAN,
                             Role.AUDITOR, Role.AGENCY_ADMINISTRATOR})  # fmt: skip


@pytest.mark.parametrize("kind", ["university", "community", "laboratory"])
def test_an_analyst_of_a_university_or_a_community_partner_is_given_nothing(desk, entry, kind):
    place = agency("UNI", kind, parent=desk.center)
    person = member(place, Role.ANALYST)
    people.certify(person, place, desk.administrator)
    assert person.pk not in {each.user_id for each in queries.may_receive(desk.center)}
    with pytest.raises(Refused, match="Only who was trained"):
        ask(desk, "Marlo Quill", by=person)
    Dissemination.objects.create(listed=entry, how="given", agency=place, person=person, at=NOW, by=desk.analyst, **WHY)
    assert not sees(person)


def test_another_agency_gives_its_reason_before_it_sees_anything(desk, entry):
    assert not queries.said_why(desk.detective, entry, "opened", NOW)
    assert ask(desk, "Quill, Marlo", now=NOW) == [entry]
    assert queries.said_why(desk.detective, entry, "opened", NOW + timedelta(minutes=29))
    assert not queries.said_why(desk.detective, entry, "opened", NOW + timedelta(minutes=31))
    assert not queries.said_why(desk.supervisor, entry, "opened", NOW)
    row = Dissemination.objects.get()
    assert (row.how, row.person, row.agency, row.right, row.reason) == (
        "opened", desk.detective, desk.papd, "investigation", "Homicide of June",
    )  # fmt: skip
    assert sees(desk.supervisor)
    assert not sees(desk.gm_detective)


@pytest.mark.parametrize(
    ("name", "born_on"), [("Quill", None), ("Marlo Quinn", None), ("Unknown", None), ("Marlo Quill", date(1980, 1, 1))]
)
def test_who_asks_for_somebody_else_learns_nothing_and_that_they_asked_is_on_record(desk, entry, name, born_on):
    assert ask(desk, name, born_on=born_on) == []
    assert not Dissemination.objects.exists()
    assert AuditEvent.objects.get(verb="listed.asked").data == {"found": 0, "right": "investigation"}


def test_t16_names_are_not_tried_one_after_the_other_and_the_center_is_told_of_the_last_question(desk, entry, client):
    for number in range(10):
        assert not Notification.objects.filter(verb="listed.often").exists()
        ask(desk, f"Nobody Number{number}")
    told = Notification.objects.filter(verb="listed.often").values_list("user__name", "label")
    assert sorted(told) == [("Cora Lane", "PAPD"), ("Dana Ruiz", "PAPD")]
    with pytest.raises(Refused, match="You have asked the list as often as is allowed for now"):
        ask(desk, "Marlo Quill")
    assert not sees(desk.detective)
    client.force_login(desk.detective)
    page = client.get(reverse("listed_people")).content.decode()
    assert "Ask again after" in page
    assert reverse("listed_ask") not in page
    assert client.get(reverse("listed_ask")).status_code == 403
    assert ask(desk, "Marlo Quill", by=desk.supervisor) == [entry]


def test_t16_people_of_one_agency_share_a_bound_and_those_of_another_have_their_own(desk, entry, monkeypatch):
    monkeypatch.setattr(deconfliction, "OF_AN_AGENCY", ((2, deconfliction.DAY),))
    ask(desk, "Al Orr")
    ask(desk, "Bo Poe", by=desk.supervisor)
    with pytest.raises(Refused, match="Your agency has asked the list as often as is allowed"):
        ask(desk, "Cy Roe")
    assert ask(desk, "Marlo Quill", by=desk.gm_detective) == [entry]


def test_t16_a_name_of_many_is_answered_for_none_and_counts_as_a_question(desk, lead, client, monkeypatch):
    monkeypatch.setattr(queries, "MOST_FOUND", 0)
    people.listed(desk, lead)
    client.force_login(desk.detective)
    page = client.post(reverse("listed_ask"), WHY | {"name": "Marlo Quill"}).content.decode()
    assert "give the date of birth too" in page
    assert not Dissemination.objects.exists()
    assert AuditEvent.objects.get(verb="listed.asked").data["found"] == 1


def test_proposals_restricted_entries_and_what_was_removed_are_not_found_by_asking(desk, lead):
    people.propose(desk, people.suspect(desk, lead, "Al Orr"))
    people.listed(desk, lead, "Bo Poe", sensitivity="restricted")
    gone = people.listed(desk, lead, "Cy Roe")
    listings.remove(entry=gone, removal="desisted", note="", by=desk.analyst)
    assert [ask(desk, name) for name in ("Al Orr", "Bo Poe", "Cy Roe")] == [[], [], []]


def test_the_center_gives_an_entry_to_a_trained_person_of_its_agencies(desk, lead):
    entry = people.listed(desk, lead, sensitivity="restricted")
    given = {"entry": entry, "by": desk.analyst, **WHY}
    with pytest.raises(Refused, match="Choose somebody who was trained"):
        disseminations.give(person=desk.gm_supervisor, agency=desk.gmpd, **given)
    disseminations.give(person=desk.gm_detective, agency=desk.gmpd, **given)
    assert sees(desk.gm_detective)
    # That it was given is no opening: whoever opens it says why.
    assert not queries.said_why(desk.gm_detective, entry, "opened", NOW)


def test_a_proposal_is_not_seen_by_another_agency_even_where_the_log_names_it(desk, lead):
    entry = people.propose(desk, people.suspect(desk, lead))
    Dissemination.objects.create(
        listed=entry, how="given", agency=desk.papd, person=desk.detective, at=NOW, by=desk.analyst, **WHY
    )
    assert not sees(desk.detective)


def test_nothing_is_opened_printed_or_given_once_an_entry_is_off_the_list(desk, entry):
    listings.remove(entry=entry, removal="desisted", note="", by=desk.analyst, now=NOW)
    for how in ("opened", "printed"):
        with pytest.raises(Refused, match="off the list"):
            disseminations.open_(entry=entry, how=how, by=desk.detective, **WHY)
    with pytest.raises(Refused, match="Only who is on the list"):
        disseminations.give(entry=entry, person=desk.detective, agency=desk.papd, by=desk.analyst, **WHY)


def test_the_center_prints_with_a_reason_too(desk, entry):
    disseminations.open_(entry=entry, how="printed", by=desk.analyst, now=days(1), **WHY)
    assert queries.said_why(desk.analyst, entry, "printed", days(1))
    assert Dissemination.objects.get().agency == desk.center


def test_an_agency_sees_of_the_log_what_went_to_it(desk, entry):
    ask(desk, "Marlo Quill")
    ask(desk, "Marlo Quill", by=desk.gm_detective)
    assert [row.agency for row in queries.log_of(desk.supervisor, entry)[0]] == [desk.papd]
    assert len(queries.log_of(desk.analyst, entry)[0]) == 2


@pytest.mark.parametrize("sql", ["delete from leads_dissemination", "update leads_dissemination set reason = ''"])
def test_the_log_is_only_ever_added_to(desk, entry, sql):
    ask(desk, "Marlo Quill")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_people_of_another_center_see_and_find_nothing(desk, entry):
    far = agency("FAR", "center")
    analyst = member(far, Role.ANALYST)
    people.certify(analyst, far, desk.administrator)
    people.certify(desk.outsider, desk.outsider_agency, desk.administrator)
    assert not sees(analyst)
    assert ask(desk, "Marlo Quill", by=desk.outsider) == []
