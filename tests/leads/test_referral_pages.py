"""A case before a prosecutor: who sees it, what it says, how it is decided and how it ends."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies.roles import Role
from evidence.models import Incident
from leads.actions import charges, referrals
from leads.models import Charge, Lead, Referral
from tests.factories import ZONE, member
from tests.leads import packing
from tests.leads.pages import lead
from tests.scenery import scene

Status = Referral.Status


@scene
def federal(city):
    return member(city.usao, Role.PROSECUTOR, name="Dorian Whitlock")


@scene
def case(city):
    return made(city, lead(city, "WCL-2026-00001"), city.da)


def made(city, on, office, defendant="Pat Doe"):
    summary = "Arrested with the gun on 3 June."
    return referrals.make(
        lead=on, agency=city.papd, office=office, defendant=defendant, summary=summary, by=city.detective
    )


@pytest.fixture
def as_(client):
    def signed_in(user):
        client.force_login(user)
        return client

    return signed_in


def address(name, record):
    return reverse(name, args=[record.pk])


def accepted(case, city):
    return referrals.decide(referral=case, status=Status.ACCEPTED, by=city.prosecutor, court_number="WX-1")


def test_the_office_sees_the_incidents_of_the_agency_that_refers_and_no_others(city):
    found = lead(city, "WCL-2026-00001")
    assert not Incident.objects.visible_to(city.prosecutor).exists()
    made(city, found, city.da)
    seen = Incident.objects.visible_to(city.prosecutor)
    assert {each.agency for each in seen} == {city.papd}
    assert found.events.exclude(incident__in=seen).exists()


def test_an_investigator_refers_a_case_and_the_office_sees_the_lead(as_, city):
    found = lead(city, "WCL-2026-00001")
    assert not Lead.objects.visible_to(city.prosecutor).exists()
    given = {"agency": city.papd.pk, "office": city.da.pk, "defendant": "Pat Doe", "summary": "Arrested with it."}
    response = as_(city.detective).post(address("referral_new", found), given)
    case = Referral.objects.get()
    assert response.url == case.get_absolute_url()
    assert Lead.objects.visible_to(city.prosecutor).exists()


def test_only_offices_of_the_center_can_be_chosen(as_, city):
    found = lead(city, "WCL-2026-00001")
    given = {"agency": city.papd.pk, "office": city.gmpd.pk, "defendant": "Pat Doe", "summary": "Arrested with it."}
    page = as_(city.detective).post(address("referral_new", found), given).content.decode()
    assert "errsum" in page
    assert "Arrested with it." in page
    assert not Referral.objects.exists()


def test_the_same_case_is_not_referred_twice_to_one_office(as_, city, case):
    given = {"agency": city.papd.pk, "office": city.da.pk, "defendant": "Pat Doe", "summary": "Again."}
    page = as_(city.detective).post(address("referral_new", case.lead), given).content.decode()
    assert "was referred to District Attorney, Wexley already" in page
    assert Referral.objects.count() == 1


def test_an_agency_without_the_lead_cannot_refer_it(as_, city, case):
    assert as_(city.outsider).get(address("referral_new", case.lead)).status_code == 404


@pytest.mark.parametrize("who", ["supervisor", "detective", "prosecutor"])
def test_both_sides_read_the_case(as_, city, case, who):
    page = as_(getattr(city, who)).get(address("referral", case)).content.decode()
    assert "Pat Doe" in page
    assert "One presumed gun, two events" in page
    assert "A link between events is a link of a gun, not of a person." in page


@pytest.mark.parametrize("who", ["gm_supervisor", "outsider", "coordinator", "analyst"])
@pytest.mark.parametrize("name", ["referral", "referral_decide", "referral_answer", "charge_new", "referral_hearing"])
def test_nobody_else_finds_it(as_, city, case, who, name):
    assert as_(getattr(city, who)).get(address(name, case)).status_code in (403, 404)
    assert "Pat Doe" not in as_(getattr(city, who)).get(address("referral", case)).content.decode()


def test_one_office_does_not_see_what_another_was_sent(as_, city, case, federal):
    other = made(city, case.lead, city.usao)
    state_page = as_(city.prosecutor).get(address("referral", case)).content.decode()
    # That there is one, since when, its state and whom to call; its page is not theirs.
    assert "Federal: U.S. Attorney" in state_page
    assert other.get_absolute_url() not in state_page
    assert as_(city.prosecutor).get(address("referral", other)).status_code == 404
    agency_page = as_(city.supervisor).get(address("referral", case)).content.decode()
    assert "State: District Attorney, Wexley" in agency_page
    assert "Federal: U.S. Attorney, Northern District" in agency_page


def test_unconfirmed_links_are_said_on_the_page_and_on_its_paper(as_, city, case):
    page = as_(city.prosecutor).get(address("referral", case)).content.decode()
    assert page.count("UNCONFIRMED") >= 3
    assert "2 of 2 events are not confirmed: no ground for a warrant or a charge by itself." in page


def test_declining_needs_a_reason_and_asking_says_for_what(as_, city, case):
    client = as_(city.prosecutor)
    assert (
        "Say why the case is declined"
        in client.post(address("referral_decide", case), {"status": "declined"}).content.decode()
    )
    assert (
        "Say what is missing"
        in client.post(address("referral_decide", case), {"status": "more_asked"}).content.decode()
    )
    case.refresh_from_db()
    assert case.status == Status.REFERRED


def test_a_case_is_declined_with_its_reason(as_, city, case):
    as_(city.prosecutor).post(address("referral_decide", case), {"status": "declined", "reason": "weak_evidence"})
    page = as_(city.supervisor).get(address("referral", case)).content.decode()
    assert "Weak or insufficient admissible evidence" in page


def test_what_was_asked_for_is_answered_and_decided_anew(as_, city, case):
    note = "Please add the report of the second event."
    as_(city.prosecutor).post(address("referral_decide", case), {"status": "more_asked", "note": note})
    page = as_(city.detective).get(address("referral_answer", case)).content.decode()
    assert note in page
    assert "Arrested with the gun on 3 June." in page
    as_(city.detective).post(address("referral_answer", case), {"summary": "Now with the report."})
    case.refresh_from_db()
    assert (case.status, case.summary) == (Status.REFERRED, "Now with the report.")


def test_an_agency_does_not_decide_its_own_case(as_, city, case):
    assert as_(city.supervisor).post(address("referral_decide", case), {"status": "accepted"}).status_code == 403


def test_charges_wait_for_acceptance(as_, city, case):
    response = as_(city.prosecutor).get(address("charge_new", case))
    assert response.status_code == 403
    assert "Accept the case first: then charges can be recorded." in response.content.decode()


def test_an_accepted_case_is_charged_and_ends_with_a_sentence(as_, city, case):
    accepted(case, city)
    client, today = as_(city.prosecutor), timezone.localdate(timezone=ZoneInfo(ZONE)).isoformat()
    given = {"statute": "XX Penal 31.4", "title": "Carrying without a license", "counts": "2", "charged_on": today}
    client.post(address("charge_new", case), given)
    charge = Charge.objects.get()
    ended = {"disposition": "guilty_plea", "disposed_on": today, "prison_months": "24"}
    client.post(address("charge_dispose", charge), ended)
    page = client.get(address("referral", case)).content.decode()
    assert "Carrying without a license" in page
    assert "Guilty plea" in page
    assert "24 months prison" in page


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (
            {"disposition": "dismissed_by_court", "prison_months": "6"},
            "A sentence follows a plea or a verdict of guilty.",
        ),
        ({"disposition": "guilty_plea", "disposed_on": "2999-01-01"}, "This lies in the future."),
        ({"disposition": "guilty_plea", "disposed_on": "2020-01-01"}, "This lies before the day of the charge."),
        ({"disposition": "pending"}, "errsum"),
    ],
)
def test_an_end_that_cannot_be_is_refused(as_, city, case, given, says):
    accepted(case, city)
    today = timezone.localdate()
    charge = charges.add(referral=case, statute="X", title="Y", counts=1, charged_on=today, by=city.prosecutor)
    page = as_(city.prosecutor).post(address("charge_dispose", charge), {"disposed_on": today} | given)
    assert says in page.content.decode()
    charge.refresh_from_db()
    assert charge.disposition == Charge.Disposition.PENDING


def test_a_charge_of_another_office_is_not_found(as_, city, case, federal):
    accepted(case, city)
    today = timezone.localdate()
    charge = charges.add(referral=case, statute="X", title="Y", counts=1, charged_on=today, by=city.prosecutor)
    assert as_(federal).get(address("charge_dispose", charge)).status_code == 404


def test_the_next_court_date_is_kept_up(as_, city, case):
    accepted(case, city)
    day = (timezone.localdate() + timedelta(days=9)).isoformat()
    client = as_(city.prosecutor)
    alone = client.post(address("referral_hearing", case), {"next_on": day})
    assert "Say what the date is for." in alone.content.decode()
    client.post(address("referral_hearing", case), {"next_on": day, "next_what": "Arraignment"})
    assert "Arraignment" in client.get(reverse("referrals"), {"tab": "court"}).content.decode()


def test_a_next_day_in_court_that_is_over_is_called_past_until_somebody_says_what_came_of_it(as_, city, case):
    accepted(case, city)
    over = timezone.localdate(timezone=city.da.working_calendar.tz) - timedelta(days=1)
    for on, said in ((over, True), (over + timedelta(days=1), False)):
        Referral.objects.update(next_on=on, next_what="Plea hearing")
        page = as_(city.prosecutor).get(case.get_absolute_url()).content.decode()
        assert (f"Plea hearing {on:%a %-d %b %Y}, past" in page) is said


def test_the_list_says_what_is_past_its_day_the_first_due_on_top(as_, city, case):
    later = made(city, lead(city, "WCL-2026-00002"), city.da, "Robin Roe")
    Referral.objects.filter(pk=later.pk).update(decision_due_at=timezone.now() - timedelta(days=1))
    page = as_(city.prosecutor).get(reverse("referrals")).content.decode()
    assert "1 past the day of decision" in page
    assert page.index("Robin Roe") < page.index("Pat Doe")


def test_an_office_without_cases_reads_what_to_expect(as_, city, federal, case):
    page = as_(federal).get(reverse("referrals")).content.decode()
    assert "Pat Doe" not in page
    assert "Nothing to decide" in page


def statements(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_list_and_case_cost_the_same_with_one_case_and_with_three(as_, city, case):
    client = as_(city.prosecutor)
    one = statements(client, reverse("referrals")), statements(client, address("referral", case))
    for number in (2, 3):
        made(city, lead(city, f"WCL-2026-0000{number}"), city.da)
    made(city, case.lead, city.da, "Robin Roe")
    three = statements(client, reverse("referrals")), statements(client, address("referral", case))
    # Of a case two are its decisions and the office's own notes, two its proceedings and the dockets of its events, two
    # its deadlines and who has it, two the packets of its lead: those of the office, and copies released to the reader.
    assert one == three == (6, 18)


def test_a_day_in_court_that_is_past_says_so_in_the_list(as_, city, case):
    accepted(case, city)
    today = timezone.localdate(timezone=ZoneInfo(ZONE))
    client, list_ = as_(city.prosecutor), f"{reverse('referrals')}?tab=court"
    for days, says in ((0, False), (-1, True)):
        Referral.objects.update(next_on=today + timedelta(days=days), next_what="Plea hearing")
        assert (", past" in client.get(list_).content.decode()) is says


def test_the_case_page_has_the_packets_of_its_lead_that_the_reader_has(as_, city, case):
    made_here = packing.make(city, case.lead, agency=city.da, by=city.prosecutor, referral=case)
    page = as_(city.prosecutor).get(case.get_absolute_url()).content.decode()
    assert made_here.get_absolute_url() in page
    assert address("disclosure_index", case.lead) in page
    assert made_here.get_absolute_url() not in as_(city.detective).get(case.get_absolute_url()).content.decode()


def test_a_declined_case_is_decided_until_the_agency_asks_again(as_, city, case):
    referrals.decide(referral=case, status=Status.DECLINED, reason="weak_evidence", by=city.prosecutor)
    office = as_(city.prosecutor)
    assert office.get(address("referral_decide", case)).status_code == 403
    assert address("referral_decide", case) not in office.get(case.get_absolute_url()).content.decode()
    referrals.answer(referral=case, summary="A witness came forward.", by=city.detective)
    assert office.get(address("referral_decide", case)).status_code == 200
