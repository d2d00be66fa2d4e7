"""The pages of the people list: what each reader sees, what is asked before, and what stays on record."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent
from leads.actions import disseminations, listings
from leads.models import Certificate, Dissemination, LeadGrant, ListedPerson
from tests.factories import NOW
from tests.leads import people
from tests.scenery import scene

WHY = {"right": "investigation", "reason": "Homicide of June"}


@scene
def desk(city, lead):
    return people.trained(city)


@scene
def entry(desk, lead):
    return people.listed(desk, lead, now=timezone.now(), noncriminal="Aunt Ida")


def page(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(name, args=args), query)


def text(answer):
    return answer.content.decode()


def given(desk, entry, now=None, who="detective", how="opened"):
    return disseminations.open_(entry=entry, how=how, by=getattr(desk, who), now=now, **WHY)


def test_the_centers_list_shows_the_score_with_what_it_is_made_of_and_its_reading_is_on_record(desk, entry, client):
    shown = text(page(client, desk.analyst, "listed_people"))
    assert "Marlo Quill" in shown
    assert "event, unconfirmed" in shown
    assert AuditEvent.objects.get(verb="listed.seen").data["ids"] == [entry.pk]


@pytest.mark.parametrize("show", ["due", "candidate", "custody", "referred", "monitored", "removed", "purged"])
def test_each_tab_says_what_to_do_when_it_is_empty(desk, entry, client, show):
    shown = text(page(client, desk.analyst, "listed_people", show=show))
    assert "Marlo Quill" not in shown
    assert 'class="empty"' in shown


def test_the_list_asks_as_much_for_three_people_as_for_one(desk, entry, lead, client):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as statements:
            assert page(client, desk.analyst, "listed_people").status_code == 200
        return len(statements)

    asked()
    one = asked()
    for name in ("Al Orr", "Bo Poe"):
        people.listed(desk, lead, name, now=timezone.now())
    assert asked() == one


def test_a_page_of_the_list_goes_on_where_the_last_one_ended(desk, lead, client, monkeypatch):
    for name in ("Al Orr", "Bo Poe", "Cy Roe"):
        people.listed(desk, lead, name, now=timezone.now())
    monkeypatch.setattr("agencies.walk.PAGE", 2)
    monkeypatch.setattr("leads.lists.listed.entries.__defaults__", (None, 2))
    first = page(client, desk.analyst, "listed_people")
    older = first.context["older"]
    second = client.get(older)
    names = [row["name"] for answer in (first, second) for row in answer.context["rows"]]
    assert names == ["Al Orr", "Bo Poe", "Cy Roe"]
    assert second.context["older"] == ""


def test_who_was_not_trained_is_told_what_to_do(desk, entry, client):
    Certificate.objects.filter(user=desk.detective).update(expires_at=NOW)
    shown = text(page(client, desk.detective, "listed_people"))
    assert "You need training on 28 CFR Part 23" in shown
    assert page(client, desk.detective, "listed_ask").url == reverse("listed_people")
    assert client.post(reverse("listed_ask"), WHY | {"name": "Marlo Quill"}).status_code == 403


def test_another_agency_sees_no_name_before_it_says_why(desk, entry, client):
    assert page(client, desk.detective, "listed_person", entry.pk).status_code == 404
    given(desk, entry, now=timezone.now() - timedelta(hours=1))
    assert "Quill" not in text(page(client, desk.detective, "listed_people"))
    answer = page(client, desk.detective, "listed_person", entry.pk)
    assert answer.url == reverse("listed_open", args=[entry.pk])
    assert "Quill" not in text(client.get(answer.url))
    answer = client.post(answer.url, WHY, follow=True)
    assert "Marlo Quill" in text(answer)
    assert Dissemination.objects.filter(listed=entry, person=desk.detective, how="opened").count() == 2


def test_another_agency_learns_no_case_number_of_a_lead_that_it_does_not_see(desk, entry, lead, client):
    given(desk, entry)
    assert "Report 7" in text(page(client, desk.detective, "listed_person", entry.pk))
    LeadGrant.objects.filter(group=desk.papd.group).delete()
    shown = text(page(client, desk.detective, "listed_person", entry.pk))
    assert "On a lead that you do not see" in shown
    assert "Report 7" not in shown
    assert lead.events.first().case_number not in shown


def test_people_who_are_suspected_of_nothing_stand_under_that_label(desk, entry, client):
    shown = text(page(client, desk.analyst, "listed_person", entry.pk))
    assert shown.index("Suspected of nothing") < shown.index("Aunt Ida")


def test_paper_asks_for_a_reason_and_names_who_printed_it(desk, entry, client):
    paper = reverse("listed_paper", args=[entry.pk])
    answer = page(client, desk.analyst, "listed_paper", entry.pk)
    assert answer.url == reverse("listed_print", args=[entry.pk])
    shown = text(client.post(answer.url, WHY, follow=True))
    assert "Printed by Dana Ruiz" in shown
    assert "Marlo Quill" in shown
    assert Dissemination.objects.get().how == "printed"
    assert client.get(paper).status_code == 200


def test_what_was_removed_shows_another_agency_no_more_than_that(desk, entry, client):
    given(desk, entry)
    listings.remove(entry=entry, removal="unfounded", note="Said wrongly", by=desk.analyst)
    shown = text(page(client, desk.detective, "listed_person", entry.pk))
    assert "removed from the list" in shown
    assert "Quill" not in shown
    assert "Said wrongly" not in shown
    assert "two sources" not in shown


def test_asking_by_name_opens_the_entry_and_says_when_there_is_none(desk, entry, client):
    client.force_login(desk.detective)
    asked = reverse("listed_ask")
    assert "Nobody by this name" in text(client.post(asked, WHY | {"name": "Al Orr"}, follow=True))
    assert "Marlo Quill" in text(client.post(asked, WHY | {"name": "Marlo Quill"}, follow=True))
    assert "Give the need to know" in text(client.post(asked, {"name": "Marlo Quill", "right": "safety"}))


def test_a_proposal_goes_from_its_name_to_the_list_by_two_people(desk, lead, client):
    who = people.suspect(desk, lead)
    assert "Marlo Quill" in text(page(client, desk.analyst, "listed_new", q="Quill"))
    address = reverse("listed_propose", args=[who.pk])
    assert "Suspect in" in text(client.get(address))
    wrong = client.post(address, people.GROUNDS | {"submitter": desk.papd.pk, "factor": "shooting"})
    assert "its day and where it can be read" in text(wrong)
    client.post(address, people.GROUNDS | {"submitter": desk.papd.pk})
    assert address not in text(page(client, desk.analyst, "listed_new", q="Quill"))
    made = ListedPerson.objects.get()
    assert page(client, desk.analyst, "listed_approve", made.pk).status_code == 403
    client.force_login(desk.coordinator)
    client.post(reverse("listed_approve", args=[made.pk]))
    assert ListedPerson.objects.get().status == "active"


def test_the_page_of_a_person_leads_who_keeps_the_list_to_the_proposal_as_long_as_there_is_none(desk, lead, client):
    who, victim = people.suspect(desk, lead), people.person(desk, "Ada Moor")
    people.said(desk, victim, lead.events.first(), role="victim")
    address = reverse("listed_propose", args=[who.pk])
    assert address in text(page(client, desk.analyst, "entity", who.pk))
    assert address not in text(page(client, desk.detective, "entity", who.pk))
    assert "people list" not in text(page(client, desk.analyst, "entity", victim.pk)).partition("<main")[2]
    people.propose(desk, who)
    assert address not in text(page(client, desk.analyst, "entity", who.pk))


def test_a_juvenile_is_offered_with_the_reason_and_without_the_step(desk, lead, client):
    who = people.suspect(desk, lead, born_on=timezone.localdate() - timedelta(days=16 * 365))
    shown = text(page(client, desk.analyst, "listed_new", q="Quill"))
    assert "A juvenile is not put on the list" in shown
    assert reverse("listed_propose", args=[who.pk]) not in shown


def test_a_masked_name_is_no_more_read_by_looking_for_whom_to_propose(desk, lead, client):
    who = people.suspect(desk, lead)
    people.said(desk, who, lead.events.first(), role="witness", source="Report 8")
    for shown in (
        text(page(client, desk.analyst, "listed_new", q="quill")),
        text(page(client, desk.analyst, "listed_propose", who.pk)),
    ):
        assert "Name masked: witness" in shown
        assert f"Person {who.number}" in shown
        assert "Marlo" not in shown
        assert "1994" not in shown


def test_the_centers_steps_are_taken_on_its_pages(desk, entry, client):
    client.force_login(desk.coordinator)
    to = desk.papd.memberships.get(user=desk.detective).pk
    for step, values in (
        ("fact", {"factor": "shooting", "on": "2026-07-01", "source": "Docket 5"}),
        ("review", {"note": "Read anew", "validated": "on"}),
        ("move", {"status": "custody"}),
        ("give", WHY | {"to": to}),
        ("hold", {"order": "Order 5"}),
        ("lift", {}),
        ("remove", {"removal": "desisted"}),
    ):
        address = reverse(f"listed_{step}", args=[entry.pk])
        assert client.get(address).status_code == 200, step
        assert client.post(address, values).status_code == 302, step
    left = ListedPerson.objects.get()
    assert (left.status, left.removal, left.held_at) == ("removed", "desisted", None)
    assert Dissemination.objects.get().person == desk.detective


def test_an_administrator_records_and_ends_a_training(city, client):
    client.force_login(city.administrator)
    membership = city.papd.memberships.get(user=city.detective)
    day = timezone.localdate() - timedelta(days=3)
    client.post(reverse("trainings"), {"membership": membership.pk, "completed_on": day.isoformat()})
    made = Certificate.objects.get()
    assert "Chidi Okafor" in text(client.get(reverse("trainings")))
    client.post(reverse("training_end", args=[made.pk]))
    assert not Certificate.objects.in_force().exists()
