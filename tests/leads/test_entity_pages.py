"""Pages of persons and things: masked where they must be, named with a source, said to be the same."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent
from leads.actions import clusters, sameness
from leads.models import Assertion, Entity, LeadEvent, Sameness
from tests.leads import pages, recorded
from tests.scenery import scene

SAID = {"source_kind": "statement", "source": "Statement of 12 July", "reliability": "B", "validity": "2"}


@scene
def suspect(lead):
    return recorded.entity(lead, "Doran, Pat", born_on=date(1994, 3, 2))


@scene
def victim(lead):
    return recorded.entity(lead, "Amari, Lou", role="victim")


def post(client, user, address, pk, **values):
    client.force_login(user)
    return client.post(reverse(address, args=[pk]), values)


class TestMasked:
    @pytest.mark.parametrize("page", ["lead", "lead_print"])
    def test_a_victim_stands_under_a_number_on_the_lead_and_on_paper(self, city, lead, suspect, victim, seen, page):
        text = seen(city.detective, page, lead.pk)
        assert "Doran, Pat" in text
        assert "Amari" not in text
        assert f"Person {victim.number}" in text
        assert "Name masked: victim" in text

    def test_a_suspect_who_is_a_witness_elsewhere_is_masked_on_both(self, city, lead, suspect, seen):
        recorded.say(suspect, pages.lead(city, "WCL-2026-2"), role="witness")
        assert "Doran" not in seen(city.detective, "lead", lead.pk)

    def test_what_else_is_known_of_a_masked_person_is_masked_too(self, client, city, lead, seen):
        form = {"name": "Amari, Lou", "role": "victim", "event": lead.events.first().pk, "fbi_number": "AB12345"} | SAID
        assert post(client, city.detective, "person_name", lead.pk, **form).status_code == 302
        text = seen(city.detective, "entity", Entity.objects.get().pk)
        assert "AB12345" not in text
        assert "Amari" not in text

    def test_who_was_named_as_a_juvenile_in_an_event_without_a_day_stays_one(self, city, lead, seen):
        event = lead.events.first()
        LeadEvent.objects.filter(pk=event.pk).update(occurred_at=None)
        then = timezone.now() - timedelta(days=3 * 365)
        born = (then - timedelta(days=17 * 365)).date()
        young = recorded.entity(lead, "Amari, Lou", event=event, born_on=born, said={"said_at": then})
        page = seen(city.detective, "entity", young.pk)
        assert "Name masked: juvenile" in page
        assert "Amari" not in page

    def test_what_may_be_the_same_as_a_masked_person_says_no_name_either(self, client, city, lead, seen):
        born = date(1994, 3, 2)
        hidden = recorded.entity(lead, "Amari, Lou", role="victim", born_on=born)
        other = recorded.entity(pages.lead(city, "WCL-2026-2"), "Amari, Lou", born_on=born)
        page = seen(city.analyst, "entity", hidden.pk)
        assert other.number in page
        assert "Amari" not in page
        assert "1994" not in page
        shown = post(client, city.analyst, "entity_unmask", hidden.pk, reason="To compare").content.decode()
        assert "Amari, Lou" in shown

    def test_the_name_is_shown_once_for_a_reason_on_record(self, client, city, lead, victim, seen):
        recorded.say(victim, lead, role="victim", event=lead.events.last(), agency=city.papd, source="Her statement")
        assert (
            "Say why: it stays on record."
            in post(client, city.detective, "entity_unmask", victim.pk, reason="").content.decode()
        )
        assert not AuditEvent.objects.filter(verb="person.unmasked").exists()
        shown = post(client, city.detective, "entity_unmask", victim.pk, reason="To call her")
        assert "Amari, Lou" in shown.content.decode()
        assert "no-store" in shown.headers["Cache-Control"]
        assert AuditEvent.objects.get(verb="person.unmasked").data["reason"] == "To call her"
        assert "Amari" not in seen(city.detective, "entity", victim.pk)

    def test_who_may_not_is_told_whom_to_ask(self, client, city, victim, seen):
        text = seen(city.examiner, "entity", victim.pk)
        assert "Only investigators of the agencies that named this person" in text
        assert "Show the name" not in text
        assert post(client, city.examiner, "entity_unmask", victim.pk, reason="Why").status_code == 403


class TestNamed:
    def test_a_person_is_named_in_an_event_with_a_source_and_what_it_tells_besides(self, client, city, lead, seen):
        form = {"name": "Doran, Pat", "born_on": "1994-03-02", "role": "suspect", "state_number": "IL1234567"} | SAID
        missing = post(client, city.detective, "person_name", lead.pk, **form).content.decode()
        assert "Choose the event: the gun alone says nothing." in missing
        made = post(client, city.detective, "person_name", lead.pk, event=lead.events.first().pk, **form)
        assert made.url == f"{lead.get_absolute_url()}#people"
        text = seen(city.gm_detective, "lead", lead.pk)
        assert "Doran, Pat" in text
        assert "Source B - usually reliable; content 2 - probably true" in text
        assert f"named {Entity.objects.get().number} as suspect" in text
        assert "IL1234567" in seen(city.gm_detective, "entity", Entity.objects.get().pk)

    def test_who_may_not_name_is_not_asked_to(self, client, city, lead, seen):
        text = seen(city.examiner, "lead", lead.pk)
        assert reverse("person_name", args=[lead.pk]) not in text
        assert "Investigators with a part in this lead" in text
        assert post(client, city.prosecutor, "person_name", lead.pk).status_code == 403

    @pytest.mark.parametrize(("chosen", "records"), [("known", 1), ("new", 2)])
    def test_one_known_already_is_offered_and_the_person_says_which(self, client, city, lead, suspect, chosen, records):
        form = {
            "name": "PAT DORAN",
            "born_on": "1994-03-02",
            "role": "possessor",
            "event": lead.events.last().pk,
        } | SAID
        offered = post(client, city.analyst, "person_name", lead.pk, **form).content.decode()
        assert f"{suspect.number}, Doran, Pat, on {lead.number}" in offered
        assert "Say whether it is one of these" in offered
        pick = {"known": suspect.pk if chosen == "known" else "new"}
        assert post(client, city.analyst, "person_name", lead.pk, **form, **pick).status_code == 302
        assert Entity.objects.count() == records
        assert Assertion.objects.count() == 2
        assert Sameness.objects.filter(verdict="apart").count() == records - 1, "a new one is remembered as another"

    def test_a_vehicle_a_phone_and_an_address_are_named_on_the_lead_as_a_whole(self, client, city, lead, seen):
        given = {"vehicle": "7ABC-123", "phone": "(555) 010-0199", "address": "900 Quarry Street"}
        for kind, name in given.items():
            form = {"kind": kind, "name": name, "event": ""} | SAID
            form |= {"region": "il", "make": "Ford Escape", "color": "Gray"} if kind == "vehicle" else {}
            assert post(client, city.detective, "thing_name", lead.pk, **form).status_code == 302
        text = seen(city.detective, "lead", lead.pk)
        assert "7ABC-123 IL" in text
        assert "The lead as a whole" in text
        for typed, name in (
            ("7abc123", "7ABC-123 IL"),
            ("5550100199", "(555) 010-0199"),
            ("900 quarry st", "900 Quarry"),
        ):
            assert name in seen(city.detective, "entities", q=typed)
        wrong = post(client, city.detective, "thing_name", lead.pk, kind="phone", name="555", color="Red", **SAID)
        assert "Only a vehicle has this." in wrong.content.decode()

    def test_what_a_source_says_already_is_refused_beside_what_was_typed(self, client, city, lead):
        form = {"name": "Doran, Pat", "role": "suspect", "event": lead.events.first().pk} | SAID
        assert post(client, city.detective, "person_name", lead.pk, **form).status_code == 302
        known = {"known": Entity.objects.get().pk}
        again = post(client, city.detective, "person_name", lead.pk, **form, **known)
        page = again.content.decode()
        assert again.status_code == 403
        assert "This source says that already. Give another source, or leave it." in page
        assert 'value="Statement of 12 July"' in page
        assert Assertion.objects.count() == 1
        assert AuditEvent.objects.filter(verb="refused").latest("pk").data["policy"] == "assertions.say"

    def test_it_is_withdrawn_with_a_reason_that_the_lead_shows(self, client, city, lead, suspect, seen):
        said = Assertion.objects.get()
        assert post(client, city.detective, "assertion_withdraw", said.pk, reason="Mistaken").status_code == 403
        assert "Say why" in post(client, city.analyst, "assertion_withdraw", said.pk, reason="").content.decode()
        assert post(client, city.analyst, "assertion_withdraw", said.pk, reason="Mistaken").status_code == 302
        assert "by Dana Ruiz: Mistaken" in seen(city.detective, "lead", lead.pk)


class TestSame:
    def test_both_numbers_go_on_working_and_each_page_shows_the_other(self, client, city, lead, suspect, seen):
        other = recorded.entity(lead, "Doran, Patrick")
        form = {"other": other.number, "verdict": "same", "reason": "Prints"}
        assert post(client, city.analyst, "entity_same", suspect.pk, **form).status_code == 302
        for one, two in ((suspect, other), (other, suspect)):
            text = seen(city.detective, "entity", one.pk)
            assert two.get_absolute_url() in text
            assert "Prints" in text
        again = post(client, city.analyst, "entity_same", suspect.pk, **form).content.decode()
        assert "These are said to be the same already." in again
        said = Sameness.objects.get()
        assert post(client, city.analyst, "sameness_take_back", said.pk, reason="Misread").status_code == 302
        text = seen(city.analyst, "entity", suspect.pk)
        assert "by Dana Ruiz: Misread" in text
        assert "Taken back" in text

    def test_what_may_be_the_same_is_shown_to_the_center_until_it_says_no(self, client, city, lead, suspect, seen):
        other = recorded.entity(lead, "PAT DORAN", born_on=date(1994, 3, 2))
        assert "May be the same" in seen(city.analyst, "entity", suspect.pk)
        assert "May be the same" not in seen(city.detective, "entity", suspect.pk)
        post(client, city.analyst, "entity_same", suspect.pk, other=other.number, verdict="apart", reason="Brothers")
        assert "May be the same" not in seen(city.analyst, "entity", suspect.pk)

    def test_a_number_that_nobody_sees_is_not_known(self, client, city, suspect):
        for other in ("P-99999999", "nobody", f"{suspect.number}9"):
            form = {"other": other, "verdict": "same", "reason": "Prints"}
            assert "You see no record" in post(client, city.analyst, "entity_same", suspect.pk, **form).content.decode()


def test_the_search_says_what_to_write_and_what_it_did_not_find(city, suspect, seen):
    assert "Look for a person, vehicle, phone or address" in seen(city.detective, "entities")
    assert "Nobody and nothing found" in seen(city.detective, "entities", q="Nobody\0Here")
    for typed in ("Doran", suspect.number, suspect.number.lower()):
        assert "Doran, Pat" in seen(city.detective, "entities", q=typed)


def test_the_cluster_has_who_is_named_on_its_leads_that_the_reader_sees(city, lead, suspect, seen):
    other = pages.lead(city, "WCL-2026-2", ago=timedelta(hours=2))
    recorded.entity(other, "Lane, Kit", role="possessor")
    clusters.join(lead=lead, other=other, reason="One gun", by=city.analyst)
    lead.refresh_from_db()
    text = seen(city.detective, "cluster", lead.in_cluster.cluster_id)
    assert "Doran, Pat" in text
    assert "Lane, Kit" in text
    assert "nobody stands here because of the gun" in text


@pytest.mark.parametrize("page", ["lead", "entity"])
def test_a_page_takes_as_many_statements_for_three_as_for_one(client, city, lead, suspect, page):
    client.force_login(city.analyst)
    address, counts = reverse(page, args=[lead.pk if page == "lead" else suspect.pk]), []
    for _round in range(2):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
        for name in ("Doran, Patrick", "Doran, Paddy"):
            other = recorded.entity(lead, name, said={"source": f"{name} again"})
            sameness.join(one=suspect, other=other, reason="Prints", by=city.analyst)
    assert len(set(counts)) == 1
