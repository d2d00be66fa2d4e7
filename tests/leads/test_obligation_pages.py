"""The steps of an obligation as pages: who may take them, what they say, what a second press does."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import AuditEvent, Notification
from agencies.roles import Role
from leads.models import Activity, Obligation
from tests.factories import member, unit
from tests.leads.pages import lead
from tests.scenery import scene

State = Obligation.State
PAGES = {
    "acknowledge": "Acknowledge",
    "assign": "Assign",
    "return": "Return",
}


@scene
def owed(city):
    """The obligation of Port Alder PD on a new lead."""
    return lead(city, "WCL-2026-00001").obligations.get(agency=city.papd)


@pytest.fixture
def as_(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def address(verb, obligation):
    return reverse(f"obligation_{verb}", args=[obligation.pk])


def state(obligation):
    return Obligation.objects.get(pk=obligation.pk).state


def assigned(as_, city, owed):
    as_(city.supervisor).post(address("assign", owed), {"investigator": city.detective.pk})
    return owed


@pytest.mark.parametrize(("verb", "title"), PAGES.items())
def test_each_step_has_a_page_that_names_the_lead_and_its_stamp(as_, city, owed, verb, title):
    page = as_(city.supervisor).get(address(verb, owed)).content.decode()
    assert f"<h1>{title}</h1>" in page
    assert "WCL-2026-00001" in page
    assert "UNCONFIRMED" in page


@pytest.mark.parametrize("verb", ["acknowledge", "assign", "return"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_agency_without_sight_of_the_lead_finds_nothing(as_, city, owed, verb, method):
    response = getattr(as_(city.outsider), method)(address(verb, owed))
    assert response.status_code == 404
    assert state(owed) == State.SENT


def test_another_agency_on_the_lead_is_refused_with_the_sentence(as_, city, owed):
    response = as_(city.gm_supervisor).post(address("acknowledge", owed))
    assert response.status_code == 403
    assert "Only a supervisor or analyst of the agency acknowledges for it." in response.content.decode()
    assert AuditEvent.objects.filter(verb="refused", by=city.gm_supervisor).count() == 1


def test_acknowledging_is_one_press_and_goes_back_to_the_lead(as_, city, owed):
    response = as_(city.supervisor).post(address("acknowledge", owed))
    assert response.url == owed.get_absolute_url()
    assert state(owed) == State.ACKNOWLEDGED


def test_pressing_twice_changes_nothing_and_says_why(as_, city, owed):
    as_(city.supervisor).post(address("acknowledge", owed))
    again = as_(city.supervisor).post(address("acknowledge", owed))
    assert again.status_code == 403
    assert "A lead that is acknowledged cannot be acknowledged." in again.content.decode()
    assert AuditEvent.objects.filter(verb="obligation.acknowledged").count() == 1


def test_looking_at_a_step_does_not_take_it(as_, city, owed):
    as_(city.supervisor).get(address("acknowledge", owed))
    assert state(owed) == State.SENT


def test_the_load_of_each_person_stands_beside_the_name(as_, city, owed):
    for number in (2, 3):
        other = lead(city, f"WCL-2026-0000{number}").obligations.get(agency=city.papd)
        assigned(as_, city, other)
    Obligation.objects.filter(lead__number="WCL-2026-00002").update(due_at=timezone.now() - timedelta(days=1))
    page = as_(city.supervisor).get(address("assign", owed)).content.decode()
    assert "Homicide Unit: 2 open, 1 overdue" in page
    assert page.index("Chidi Okafor") < page.index("Amara Bell", page.index('<form class="form'))


def test_assigning_gives_the_lead_with_the_unit_of_the_person(as_, city, owed):
    assigned(as_, city, owed)
    found = Obligation.objects.get(pk=owed.pk)
    assert (found.state, found.investigator, found.unit) == (State.ASSIGNED, city.detective, city.homicide)
    assert Notification.objects.filter(user=city.detective, verb="obligation.assigned").count() == 1


def test_a_person_or_unit_of_another_agency_cannot_be_chosen(as_, city, owed):
    elsewhere = unit(city.gmpd)
    given = {"investigator": city.gm_detective.pk, "unit": elsewhere.pk}
    page = as_(city.supervisor).post(address("assign", owed), given).content.decode()
    assert "errsum" in page
    assert state(owed) == State.SENT


def test_a_return_needs_its_reason_and_keeps_what_was_typed(as_, city, owed):
    page = as_(city.supervisor).post(address("return", owed), {"note": "Ask Glenmoor"}).content.decode()
    assert "Ask Glenmoor" in page
    assert "errsum" in page
    as_(city.supervisor).post(address("return", owed), {"reason": "wrong_agency", "note": "Ask Glenmoor"})
    assert Obligation.objects.get(pk=owed.pk).return_reason == "wrong_agency"


def test_the_center_routes_what_was_returned_to_the_agency_it_concerns(as_, city, owed):
    as_(city.supervisor).post(address("return", owed), {"reason": "wrong_agency"})
    page = as_(city.coordinator).get(address("reroute", owed)).content.decode()
    assert "Not our case" in page
    assert "District Attorney" not in page
    as_(city.coordinator).post(address("reroute", owed), {"to": city.gmpd.pk})
    assert not owed.lead.events.filter(agency=city.papd).exists()


def test_the_detective_takes_it_on_at_one_tap_and_comes_back_to_their_leads(as_, city, owed):
    assigned(as_, city, owed)
    response = as_(city.detective).post(address("start", owed), {"back": "mine"})
    assert response.url == reverse("my_leads")
    assert state(owed) == State.IN_PROGRESS


def test_where_to_go_back_to_is_one_of_our_own_pages(as_, city, owed):
    response = as_(city.supervisor).post(address("acknowledge", owed), {"back": "https://elsewhere.invalid/"})
    assert response.url == owed.get_absolute_url()


def test_logging_starts_the_work_and_is_written_once(as_, city, owed):
    assigned(as_, city, owed)
    given = {"kind": "interview", "text": "Spoke to the shop owner.", "result": "useful", "minutes": "45"}
    as_(city.detective).post(address("log", owed), given)
    entry = Activity.objects.get()
    assert (entry.kind, entry.result, entry.minutes, entry.by) == ("interview", "useful", 45, city.detective)
    assert state(owed) == State.IN_PROGRESS


def test_any_number_of_minutes_may_be_typed_though_the_buttons_go_on_by_fifteen(as_, city, owed):
    assigned(as_, city, owed)
    page = as_(city.detective).get(address("log", owed)).content.decode()
    (field,) = re.findall(r"<input[^>]* name=\"minutes\"[^>]*>", page)
    assert "step=" not in field
    assert 'data-stepper="15"' in page
    assert 'aria-label="15 more"' in page


def test_an_activity_of_tomorrow_is_refused_and_the_words_stay(as_, city, owed):
    assigned(as_, city, owed)
    tomorrow = (timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    given = {"kind": "video", "text": "Asked for the tape.", "at": tomorrow}
    page = as_(city.detective).post(address("log", owed), given).content.decode()
    assert "This lies in the future." in page
    assert "Asked for the tape." in page
    assert '<details class="more-fields" open>' in page
    assert not Activity.objects.exists()


def test_closing_is_proposed_read_and_approved_by_somebody_else(as_, city, owed):
    assigned(as_, city, owed)
    as_(city.detective).post(address("start", owed))
    which = {"number": "26-4411", "happened_on": "2026-01-05"}
    given = {"outcome": "arrest_made", "usefulness": "5", "note": "Gun found at the arrest.", **which}
    as_(city.detective).post(address("propose", owed), given)
    page = as_(city.supervisor).get(address("approve", owed)).content.decode()
    assert "Arrest made" in page
    assert "Arrest 26-4411, PAPD, 5 Jan 2026" in page
    assert "5 of 5" in page
    assert "Gun found at the arrest." in page
    assert address("send_back", owed) in page
    as_(city.supervisor).post(address("approve", owed))
    assert state(owed) == State.CLOSED


def test_the_one_who_proposed_does_not_approve(as_, city, owed):
    assigned(as_, city, owed)
    as_(city.detective).post(address("start", owed))
    as_(city.supervisor).post(address("propose", owed), {"outcome": "exhausted_no_suspect", "usefulness": "1"})
    response = as_(city.supervisor).post(address("approve", owed))
    assert response.status_code == 403
    assert "Somebody else than the one who proposed closing has to approve it." in response.content.decode()


def test_what_is_sent_back_says_what_is_still_to_do(as_, city, owed):
    assigned(as_, city, owed)
    as_(city.detective).post(address("start", owed))
    as_(city.detective).post(address("propose", owed), {"outcome": "exhausted_no_suspect", "usefulness": "2"})
    empty = as_(city.supervisor).post(address("send_back", owed), {"note": ""})
    assert "errsum" in empty.content.decode()
    as_(city.supervisor).post(address("send_back", owed), {"note": "Ask the second witness."})
    assert state(owed) == State.IN_PROGRESS
    page = as_(city.detective).get(address("propose", owed)).content.decode()
    assert "Ask the second witness." in page


@pytest.mark.parametrize("verb", ["acknowledge", "assign", "return", "log"])
def test_a_step_costs_the_same_however_many_people_there_are(as_, city, owed, verb, django_assert_max_num_queries):
    assigned(as_, city, owed) if verb == "log" else None
    for _ in range(5):
        member(city.papd, Role.DETECTIVE, unit=city.homicide)
    client = as_(city.supervisor)
    with django_assert_max_num_queries(11):
        assert client.get(address(verb, owed)).status_code == 200
