"""Arrests that a federal office looks through: shown by the center's rule or by a referral, carried until answered."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.access import Refused
from agencies.models import AuditEvent, Notification
from agencies.roles import Role
from evidence.models import Firearm
from leads import eligibility
from leads.actions import activities, assignments, closings, gunarrests, outcomes, referrals
from leads.models import GunArrest, Lead, LeadEvent, Obligation, Outcome, Specimen
from leads.queries import arrests as queries_arrests
from leads.queries.arrests import Record
from tests.factories import exhibit, member
from tests.leads.pages import lead
from tests.leads.working import system
from tests.scenery import scene

Status = GunArrest.Status
DAY = timezone.localdate() - timedelta(days=2)


@scene
def federal(city):
    return member(city.usao, Role.PROSECUTOR, name="Dorian Whitlock")


@scene
def one(city):
    """A lead of two departments, of which Port Alder closed its part by an arrest."""
    return arrested(city, "WCL-2026-00001", "26-004411")


@scene
def shown(city):
    return gunarrests.set_rule(
        office=city.usao, shown=True, by=city.coordinator, now=timezone.now() - timedelta(days=1)
    )


def arrested(city, number, arrest):
    made = lead(city, number)
    part = Obligation.objects.get(lead=made, agency=city.papd)
    assignments.assign(obligation=part, investigator=city.detective, by=city.supervisor)
    activities.log(obligation=part, kind="note", text="Read the file", by=city.detective)
    named = {"number": arrest, "agency": city.papd, "happened_on": DAY}
    closings.propose(obligation=part, outcome="arrest_made", usefulness=5, by=city.detective, **named)
    closings.approve(obligation=part, by=city.supervisor)
    return made


def refer(city, made, office, **values):
    values = {"agency": city.papd, "office": office, "defendant": "Pat Doe", "summary": "Arrested with it."} | values
    return referrals.make(lead=made, by=city.detective, **values)


def collect():
    while gunarrests.collect(by=system()):
        pass
    return list(GunArrest.objects.order_by("id"))


def listed(client, person, **query):
    client.force_login(person)
    return client.get(reverse("gun_arrests"), query).content.decode()


def test_without_the_centers_rule_no_arrest_is_shown_and_with_it_each_once(client, city, federal, one):
    assert collect() == []
    assert "The center shows no arrests yet" in listed(client, federal)
    gunarrests.set_rule(office=city.usao, shown=True, by=city.coordinator)
    (arrest,) = collect()
    assert (arrest.office, arrest.outcome, arrest.status) == (city.usao, Outcome.objects.get(), Status.WAITING)
    assert collect() == [arrest]
    assert "Arrest 26-004411" in listed(client, federal)


def test_what_the_office_reads_is_counts_case_numbers_and_the_agency_and_no_name_and_no_lead(
    client, city, federal, one, shown
):
    collect()
    page = listed(client, federal)
    case = LeadEvent.objects.get(lead=one, agency=city.papd).case_number
    other = LeadEvent.objects.get(lead=one, agency=city.gmpd).case_number
    assert case in page
    assert "Port Alder PD" in page
    assert "2 events linked, 0 confirmed by an examiner" in page
    assert "UNCONFIRMED" in page.upper()
    assert not [each for each in (one.number, other, "Quarry", "Chidi", "Read the file") if each in page]
    assert not Lead.objects.visible_to(federal).exists()
    assert not Outcome.objects.visible_to(federal).exists()
    client.force_login(federal)
    assert client.get(one.get_absolute_url()).status_code == 404
    assert client.get(reverse("outcome", args=[Outcome.objects.get().pk])).status_code == 404


def test_when_the_rule_ends_what_was_not_referred_is_out_of_sight(client, city, federal, one, shown):
    (arrest,) = collect()
    gunarrests.set_rule(office=city.usao, shown=False, by=city.coordinator)
    assert not GunArrest.objects.visible_to(federal).exists()
    client.force_login(federal)
    assert client.get(arrest.get_absolute_url()).status_code == 404
    refer(city, one, city.usao)
    assert GunArrest.objects.visible_to(federal).get() == arrest


def test_an_arrest_of_a_lead_that_was_referred_is_on_the_list_without_a_rule(client, city, federal, one):
    refer(city, one, city.usao)
    assert len(collect()) == 1
    page = listed(client, federal)
    assert "WCL-2026-00001, USAO, Under review" in page


def test_a_state_office_looks_through_none_and_sees_none(client, city, one, shown):
    refer(city, one, city.da)
    assert {each.office for each in collect()} == {city.usao}
    assert "26-004411" not in listed(client, city.prosecutor)
    with pytest.raises(Refused, match="by a federal office"):
        gunarrests.set_rule(office=city.da, shown=True, by=city.coordinator)


@pytest.mark.parametrize("who", ["federal", "supervisor", "analyst", "auditor"])
def test_whether_an_office_is_shown_arrests_is_the_centers_to_say(city, federal, who):
    person = federal if who == "federal" else getattr(city, who)
    with pytest.raises(Refused, match="Only a coordinator of the center"):
        gunarrests.set_rule(office=city.usao, shown=True, by=person)


def test_each_is_carried_over_until_it_is_answered_with_who_when_and_why(client, city, federal, one, shown):
    (arrest,) = collect()
    GunArrest.objects.update(came_at=timezone.now() - timedelta(days=3))
    assert "on the list 3 days" in listed(client, federal)
    with pytest.raises(Refused, match="Say why"):
        gunarrests.answer(arrest=arrest, status=Status.LEFT, reason=" ", by=federal)
    gunarrests.answer(arrest=arrest, status=Status.ASKED, reason="Which gun?", by=federal)
    assert "Which gun?" in listed(client, federal)
    client.post(arrest.get_absolute_url(), {"status": "left", "reason": "State law fits"})
    arrest.refresh_from_db()
    assert (arrest.status, arrest.answered_by, arrest.reason) == (Status.LEFT, federal, "State law fits")
    assert "26-004411" not in listed(client, federal)
    page = listed(client, federal, show="answered")
    assert "State law fits" in page
    assert "Dorian Whitlock" in page
    said = AuditEvent.objects.filter(verb__startswith="arrest.").exclude(verb="arrest.listed").order_by("id")
    assert [each.verb for each in said] == ["arrest.asked", "arrest.left"]


def test_the_agency_hears_what_is_asked_or_wanted_and_nothing_of_what_is_left(client, city, federal, one, shown):
    (arrest,) = collect()
    client.force_login(city.supervisor)
    assert client.get(arrest.get_absolute_url()).status_code == 404
    gunarrests.answer(arrest=arrest, status=Status.ASKED, reason="Which gun?", by=federal)
    gunarrests.answer(arrest=arrest, status=Status.TAKE, reason="Switch on the slide", by=federal)
    told = Notification.objects.filter(verb__startswith="arrest.").order_by("id").values_list("user__name", "verb")
    assert list(told) == [("Amara Bell", "arrest.asked"), ("Amara Bell", "arrest.wanted")]
    page = client.get(arrest.get_absolute_url()).content.decode()
    assert "Switch on the slide" in page
    assert "refer it from the page of its lead" in page
    assert client.post(arrest.get_absolute_url(), {"status": "left", "reason": "x"}).status_code == 403
    client.force_login(city.gm_supervisor)
    assert client.get(arrest.get_absolute_url()).status_code == 404
    gunarrests.answer(arrest=arrest, status=Status.LEFT, reason="State", by=federal)
    client.force_login(city.supervisor)
    assert client.get(arrest.get_absolute_url()).status_code == 404


def test_what_turned_out_to_be_another_arrest_is_not_answered_twice(city, federal, one, shown):
    arrested(city, "WCL-2026-00002", "26-9")
    collect()
    first, second = Outcome.objects.order_by("id")
    outcomes.merge(outcome=second, into=first, why="One arrest", by=city.analyst)
    assert [each.outcome for each in queries_arrests.rows(federal, "open")[0]] == [first]
    assert queries_arrests.count(federal) == 1
    (record,) = queries_arrests.records(queries_arrests.rows(federal, "open")[0]).values()
    assert (record.leads, record.events) == (2, 4)
    twin = GunArrest.objects.get(outcome=second)
    with pytest.raises(Refused, match="counts as another one"):
        gunarrests.answer(arrest=twin, status=Status.LEFT, reason="x", by=federal)


def test_an_arrest_by_referral_is_waited_for_as_the_one_that_it_was_found_to_be(city, federal, one):
    refer(city, one, city.usao)
    collect()
    arrested(city, "WCL-2026-00002", "26-9")
    first, second = Outcome.objects.order_by("id")
    outcomes.merge(outcome=first, into=second, why="One arrest", by=city.analyst)
    collect()
    (found,) = queries_arrests.rows(federal, "open")[0]
    assert found.outcome == second
    assert [each.lead for each in queries_arrests.referred([found], federal)[found.pk]] == [one]
    assert queries_arrests.records([found])[found.pk].leads == 2


def test_what_was_answered_before_it_was_found_to_be_another_arrest_is_not_asked_again(city, federal, one):
    refer(city, one, city.usao)
    gunarrests.answer(arrest=collect()[0], status=Status.LEFT, reason="State", by=federal)
    arrested(city, "WCL-2026-00002", "26-9")
    first, second = Outcome.objects.order_by("id")
    outcomes.merge(outcome=first, into=second, why="One arrest", by=city.analyst)
    assert [each.outcome for each in collect()] == [first]
    outcomes.part(outcome=first, by=city.analyst)
    refer(city, Lead.objects.get(number="WCL-2026-00002"), city.usao)
    assert [each.outcome for each in collect()] == [first, second]


def test_events_that_were_taken_back_are_no_record_of_an_arrest(city, federal, one, shown):
    (arrest,) = collect()
    event = LeadEvent.objects.get(lead=one, agency=city.papd)
    gun = exhibit(event.incident, kind="firearm")
    Firearm.objects.create(exhibit=gun, is_obliterated=True)
    Specimen.objects.create(event=event, exhibit=gun, of=gun)
    before = queries_arrests.records([arrest])[arrest.pk]
    assert (before.cases, len(before.guns)) == ((event.case_number,), 1)
    LeadEvent.objects.filter(pk=event.pk).update(withdrawn_at=timezone.now(), withdrawn_by=city.analyst)
    assert queries_arrests.records([arrest])[arrest.pk]._replace(events=0) == Record(leads=1)


def test_old_arrests_and_those_before_the_rule_are_no_news(city, federal, one):
    gunarrests.set_rule(office=city.usao, shown=True, by=city.coordinator, now=timezone.now() + timedelta(days=2))
    assert collect() == []
    gunarrests.set_rule(office=city.usao, shown=True, by=city.coordinator)
    assert gunarrests.collect(by=system(), now=timezone.now() + timedelta(days=40)) == 0


def test_facts_of_the_guns_stand_beside_the_statute_they_speak_for(client, city, federal, one, shown):
    event = LeadEvent.objects.get(lead=one, agency=city.papd)
    for flags in ({"is_obliterated": True}, {"has_conversion_device": True, "conversion_kind": "switch"}):
        gun = exhibit(event.incident, kind="firearm")
        Firearm.objects.create(exhibit=gun, **flags)
        Specimen.objects.create(event=event, exhibit=gun, of=gun)
    collect()
    page = listed(client, federal)
    assert "18 USC 922(k)" in page
    assert "1 gun, obliterated serial number" in page
    assert "1 gun, conversion device" in page
    assert "922(j)" not in page
    assert "2 guns on record" in page


@pytest.mark.parametrize(
    ("gun", "statutes"),
    [
        (eligibility.Gun(), []),
        (eligibility.Gun(stolen=True), ["18 USC 922(j)"]),
        (eligibility.Gun(type_code="MA"), ["26 USC 5861(d)"]),
        (eligibility.Gun(type_code="V"), ["26 USC 5861(d)"]),
        (eligibility.Gun(type_code="PA"), ["26 USC 5861(d)"]),
        (eligibility.Gun(type_code="PI"), []),
        (eligibility.Gun(obliterated=True, conversion=True), ["18 USC 922(k)", "18 USC 922(o), 26 USC 5861(d)"]),
    ],
)
def test_a_hint_comes_from_a_fact_of_a_gun_alone(gun, statutes):
    assert [each.statute for each in eligibility.hints([gun])] == statutes
    assert set(eligibility.Gun._fields) == {"obliterated", "conversion", "stolen", "type_code"}


def test_a_row_is_there_once_and_says_who_answered(city, federal, one, shown):
    (arrest,) = collect()
    with pytest.raises(IntegrityError, match="gun_arrest_once"), transaction.atomic():
        GunArrest.objects.create(office=city.usao, outcome=arrest.outcome, came_at=timezone.now())
    with pytest.raises(IntegrityError, match="gun_arrest_answered_at_and_by"), transaction.atomic():
        GunArrest.objects.filter(pk=arrest.pk).update(status="take")


def test_the_list_costs_the_same_with_one_arrest_and_with_three(client, city, federal, one, shown):
    def statements():
        collect()
        listed(client, federal)
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("gun_arrests"))
        return len(found)

    first = statements()
    for number in (2, 3):
        arrested(city, f"WCL-2026-0000{number}", f"26-{number}")
    assert first == statements() == 10
