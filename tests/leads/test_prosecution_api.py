"""The verbs of the center and of prosecutors for programs: the same actions, and words where a page has a form."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Agency
from leads.actions import obligations, referrals
from leads.models import Charge, Obligation, Referral
from tests.apiclient import Program
from tests.leads.pages import lead
from tests.scenery import scene

Status = Referral.Status


@scene
def case(city):
    made = lead(city, "WCL-2026-00412")
    given = {"agency": city.papd, "office": city.da, "defendant": "J. Doe", "summary": "See the line."}
    return referrals.make(lead=made, by=city.detective, **given)


@pytest.fixture
def charged(city, case):
    referrals.decide(referral=case, status=Status.ACCEPTED, by=city.prosecutor)
    body = {"statute": "18 USC 922(g)(1)", "title": "Possession", "charged_on": "2026-01-05"}
    assert Program(city.prosecutor).post(f"referrals/{case.pk}/charges/", body).status_code == 201
    return Charge.objects.get()


def test_the_agency_answers_a_decline_and_the_office_decides_anew(city, case):
    referrals.decide(referral=case, status=Status.DECLINED, reason="weak_evidence", by=city.prosecutor)
    refused = Program(city.prosecutor).post(f"referrals/{case.pk}/answer/", summary="A witness came.")
    assert refused.status_code == 403
    answered = Program(city.detective).post(f"referrals/{case.pk}/answer/", summary="A witness came.")
    assert (answered.status_code, answered.json()["status"]) == (200, "referred")


def test_a_charge_is_recorded_and_ends(city, charged):
    body = {"disposition": "guilty_plea", "disposed_on": "2026-02-01", "prison_months": 30}
    ended = Program(city.prosecutor).post(f"charges/{charged.pk}/dispose/", body)
    assert ended.status_code == 200
    assert ended.json()["charges"][0]["disposition"] == "guilty_plea"
    charged.refresh_from_db()
    assert charged.prison_months == 30


def test_the_next_court_date_is_planned_and_taken_away(city, case):
    office, path = Program(city.prosecutor), f"referrals/{case.pk}/hearing/"
    early = office.post(path, next_on="2026-12-01", next_what="Arraignment")
    assert (early.status_code, early.json()["detail"]) == (403, "Accept the case first: then charges can be recorded.")
    referrals.decide(referral=case, status=Status.ACCEPTED, court_number="CR-1", by=city.prosecutor)
    planned = office.post(path, next_on="2026-12-01", next_what="Arraignment").json()
    assert (planned["next_on"], planned["next_what"], planned["court_number"]) == ("2026-12-01", "Arraignment", "CR-1")
    emptied = office.post(path, next_on=None, next_what="", court_number="CR-2").json()
    assert (emptied["next_on"], emptied["next_what"], emptied["court_number"]) == (None, "", "CR-2")
    assert Program(city.detective).post(path, next_on=None, next_what="").status_code == 403
    assert Program(city.gm_detective).post(path, next_on=None, next_what="").status_code == 404


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"next_on": "2026-12-01", "next_what": ""}, {"next_what": ["Say what the date is for."]}),
        ({"next_on": None, "next_what": "Arraignment"}, {"next_on": ["Give the date."]}),
        ({"next_what": ""}, {"next_on": ["This field is required."]}),
    ],
)
def test_a_date_in_court_says_what_it_is_for_wherever_it_is_sent(city, case, body, says):
    office = Program(city.prosecutor)
    if "next_on" in body:
        assert office.post(f"referrals/{case.pk}/decide/", body | {"status": "accepted"}).json() == says
    referrals.decide(referral=case, status=Status.ACCEPTED, by=city.prosecutor)
    assert office.post(f"referrals/{case.pk}/hearing/", body).json() == says


def test_an_office_that_asks_for_more_says_what_is_missing(city, case):
    answer = Program(city.prosecutor).post(f"referrals/{case.pk}/decide/", status="more_asked")
    assert (answer.status_code, answer.json()) == (400, {"note": ["Say what is missing."]})


@pytest.mark.parametrize(
    "wrong",
    [
        {"disposed_on": "2025-12-31"},
        {"disposed_on": "2999-01-01"},
        {"disposition": "dismissed_by_court", "prison_months": 3},
        {"disposition": "pending"},
    ],
)
def test_an_end_that_cannot_be_is_refused_in_words(city, charged, wrong):
    body = {"disposition": "guilty_plea", "disposed_on": "2026-02-01"} | wrong
    assert Program(city.prosecutor).post(f"charges/{charged.pk}/dispose/", body).status_code == 400


@pytest.mark.parametrize("zone", ["Etc/GMT+12", "Pacific/Kiritimati"])
def test_a_day_in_court_is_one_that_has_begun_where_the_office_is(client, city, charged, zone):
    """In one of the two it is always another day than in UTC."""
    Agency.objects.filter(pk=city.da.pk).update(zone=zone)
    today = timezone.now().astimezone(ZoneInfo(zone)).date()
    for day, status, shown in ((today + timedelta(days=1), 400, True), (today, 200, False)):
        charge = {"statute": "18 USC 924(c)", "title": "Use", "counts": 1, "charged_on": day.isoformat()}
        end = {"disposition": "dismissed_by_court", "disposed_on": day.isoformat()}
        client.force_login(city.prosecutor)
        for name, pk, given in (("charge_new", charged.referral_id, charge), ("charge_dispose", charged.pk, end)):
            page = client.post(reverse(name, args=[pk]), given, follow=True).content.decode()
            assert ("This lies in the future." in page) is shown
        program = Program(city.prosecutor)
        assert program.post(f"charges/{charged.pk}/dispose/", end).status_code == status
        assert program.post(f"referrals/{charged.referral_id}/charges/", charge).status_code in (status, status + 1)


def test_t1_charges_of_others_do_not_exist(city, charged):
    body = {"disposition": "guilty_plea", "disposed_on": "2026-02-01"}
    assert Program(city.gm_detective).post(f"charges/{charged.pk}/dispose/", body).status_code == 404
    assert Program(city.detective).post(f"charges/{charged.pk}/dispose/", body).status_code == 403


def test_the_center_routes_a_returned_part_on(city):
    part = lead(city, "WCL-2026-00413").obligations.get(agency=city.papd)
    obligations.return_(obligation=part, reason="wrong_agency", by=city.supervisor, now=timezone.now())
    program = Program(city.coordinator)
    assert "reroute" in program.get(f"obligations/{part.pk}/").json()["may"]
    assert Program(city.supervisor).post(f"obligations/{part.pk}/reroute/", to=city.papd.pk).status_code == 403
    assert program.post(f"obligations/{part.pk}/reroute/", to=city.da.pk).status_code == 400
    assert program.post(f"obligations/{part.pk}/reroute/", to=city.papd.pk).status_code == 200
    assert Obligation.objects.get(pk=part.pk).state == "sent"
