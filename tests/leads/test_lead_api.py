"""Leads for programs: the same sight and the same steps as in the pages."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from drf_spectacular.drainage import GENERATOR_STATS

from agencies import walk
from agencies.access import Refused
from agencies.models import AuditEvent
from leads.actions import activities, assignments, closings
from leads.lists import owed as worklist
from leads.models import Activity, Lead, Obligation, Referral
from tests.apiclient import Program
from tests.leads import shapes
from tests.leads.pages import lead
from tests.leads.shapes import fits
from tests.scenery import scene

NOW = timezone.now()


@scene
def one(city):
    return lead(city, "WCL-2026-00412")


@pytest.fixture
def description():
    return shapes.description()


def owed(made, agency):
    return made.obligations.get(agency=agency)


def test_the_description_is_complete_and_without_a_warning(description):
    assert not GENERATOR_STATS._warn_cache
    assert not GENERATOR_STATS._error_cache
    for path in ("leads/", "leads/{id}/", "obligations/", "obligations/{id}/assign/", "referrals/", "me/"):
        assert f"/api/v1/{path}" in description["paths"]


def test_each_answer_has_the_shape_that_is_described(city, one, description):
    program, detective = Program(city.supervisor), Program(city.detective)
    mine = owed(one, city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, unit=city.homicide, by=city.supervisor)
    logged = detective.post(f"obligations/{mine.pk}/activities/", kind="video", text="Read the camera at 5th")
    assert logged.status_code == 201
    body = {"lead": one.pk, "agency": city.papd.pk, "office": city.da.pk, "defendant": "J. Doe", "summary": "See line"}
    made = detective.post("referrals/", body)
    assert made.status_code == 201
    assert fits(description, "ActivityRow", logged.json())
    assert fits(description, "ReferralDetail", made.json())
    assert fits(description, "Leads", program.get("leads/").json())
    assert fits(description, "LeadDetail", program.get(f"leads/{one.pk}/").json())
    assert fits(description, "Activities", program.get(f"leads/{one.pk}/activities/").json())
    assert fits(description, "Obligations", program.get("obligations/").json())
    assert fits(description, "ObligationDetail", program.get(f"obligations/{mine.pk}/").json())
    assert fits(description, "Referrals", program.get("referrals/").json())


def test_a_program_reads_what_its_owner_reads(city, one):
    assert [row["number"] for row in Program(city.detective).get("leads/").json()["results"]] == ["WCL-2026-00412"]
    assert Program(city.outsider).get("leads/").json()["results"] == []
    assert Program(city.outsider).get(f"leads/{one.pk}/").status_code == 404
    assert Program(city.technician).get("leads/").status_code == 403


def test_a_lead_is_unconfirmed_until_every_event_is(city, one):
    row = Program(city.detective).get(f"leads/{one.pk}/").json()
    assert row["confirmed"] is False
    assert [event["agency"] for event in row["events"]] == ["PAPD", "GMPD"]


def test_the_incident_of_another_agency_is_matched_but_not_named(city, one):
    events = Program(city.detective).get(f"leads/{one.pk}/").json()["events"]
    assert [bool(event["incident"]) for event in events] == [True, False]
    assert [event["matched"] for event in events] == [True, True]


def test_from_sent_to_closed_by_programs_alone(city, one):
    path = f"obligations/{owed(one, city.papd).pk}"
    boss, detective = Program(city.supervisor), Program(city.detective)
    assert boss.post(f"{path}/acknowledge/").json()["state"] == "acknowledged"
    assigned = boss.post(f"{path}/assign/", investigator=city.detective.pk, unit=city.homicide.pk).json()
    assert assigned["investigator"] == {"id": city.detective.pk, "name": "Det. Chidi Okafor"}
    assert detective.post(f"{path}/start/").json()["state"] == "in_progress"
    assert detective.post(f"{path}/activities/", kind="note", text="Canvassed").status_code == 201
    assert detective.post(f"{path}/propose/", outcome="arrest_made", usefulness=5).json()["state"] == "proposed"
    assert boss.post(f"{path}/send-back/", note="Which arrest?").json()["state"] == "in_progress"
    assert detective.post(f"{path}/propose/", outcome="arrest_made", usefulness=5).json()["may"] == ["log"]
    closed = boss.post(f"{path}/approve/").json()
    assert closed["state"] == "closed"
    assert closed["due_at"] is None
    assert closed["outcome"] == "arrest_made"


def test_a_lead_is_returned_with_its_reason(city, one):
    answer = Program(city.supervisor).post(
        f"obligations/{owed(one, city.papd).pk}/return/", reason="no_such_case", note="Not in our records"
    )
    assert answer.json()["return_reason"] == "no_such_case"


def test_a_refusal_says_why_and_is_on_record(city, one):
    answer = Program(city.gm_supervisor).post(f"obligations/{owed(one, city.papd).pk}/acknowledge/")
    assert answer.status_code == 403
    assert answer.json() == {"detail": "Only a supervisor or analyst of the agency acknowledges for it."}
    assert AuditEvent.objects.filter(verb="refused", by=city.gm_supervisor).exists()


def test_the_policy_answers_before_the_body_is_read(city, one):
    answer = Program(city.detective).post(f"obligations/{owed(one, city.papd).pk}/assign/", nonsense=1)
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "investigator"),
        ({"investigator": "x"}, "investigator"),
        ({"investigator": True}, "investigator"),
        ({"investigator": [1]}, "investigator"),
        ('{"investigator": 1e999}', "investigator"),
        ({"investigator": 10**30}, "investigator"),
        ({"investigator": 1, "state": "closed"}, "state"),
        ([], "non_field_errors"),
        ("{", "detail"),
        ('{"investigator": "\\u0000"}', "investigator"),
    ],
)
def test_a_body_that_cannot_be_is_answered_field_by_field(city, one, body, field):
    answer = Program(city.supervisor).post(f"obligations/{owed(one, city.papd).pk}/assign/", body)
    assert answer.status_code == 400
    assert field in answer.json()


def test_an_activity_of_the_future_is_refused(city, one):
    mine = owed(one, city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor)
    answer = Program(city.detective).post(
        f"obligations/{mine.pk}/activities/", kind="note", text="x", at=(NOW + timedelta(days=2)).isoformat()
    )
    assert "future" in answer.json()["at"][0]


def test_the_first_due_comes_first_and_mine_are_mine(city):
    made = [lead(city, f"WCL-2026-0000{n}", ago=timedelta(hours=n)) for n in (1, 2, 3)]
    for n, each in enumerate(made):
        Obligation.objects.filter(lead=each, agency=city.papd).update(due_at=NOW + timedelta(hours=9 - n))
    assignments.assign(obligation=owed(made[0], city.papd), investigator=city.detective, by=city.supervisor)
    found = Program(city.supervisor).get("obligations/").json()["results"]
    assert [row["agency"] for row in found] == ["PAPD"] * 3
    assert found[0]["lead"]["number"] == "WCL-2026-00003"
    mine = Program(city.detective).get("obligations/", mine="1").json()["results"]
    assert [row["lead"]["number"] for row in mine] == ["WCL-2026-00001"]
    assigned = Program(city.supervisor).get("obligations/", state="assigned").json()["results"]
    assert [row["id"] for row in assigned] == [row["id"] for row in mine]
    assert len(Program(city.analyst).get("obligations/").json()["results"]) == 6
    assert Program(city.outsider).get("obligations/").json()["results"] == []


def test_closed_obligations_have_a_list_of_their_own(city, one):
    mine = owed(one, city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor)
    activities.log(obligation=mine, kind="note", text="Done", by=city.detective)
    closings.propose(obligation=mine, outcome="arrest_made", usefulness=4, by=city.detective)
    closings.approve(obligation=mine, by=city.supervisor)
    program = Program(city.detective)
    assert program.get("obligations/").json()["results"] == []
    assert [row["id"] for row in program.get("obligations/", view="closed").json()["results"]] == [mine.pk]


@pytest.mark.parametrize(
    ("path", "query"),
    [("leads/", {}), ("leads/", {"view": "newest"}), ("leads/", {"q": "quarry"}), ("obligations/", {})],
)
def test_pages_meet_every_row_once(city, monkeypatch, path, query):
    for n in range(5):
        lead(city, f"WCL-2026-0000{n}", ago=timedelta(hours=n))
    monkeypatch.setattr(worklist.owed, "__kwdefaults__", worklist.owed.__kwdefaults__ | {"limit": 2})
    monkeypatch.setattr(worklist.older, "__defaults__", (2,))
    monkeypatch.setattr(worklist, "PAGE", 2)
    program, seen, cursor = Program(city.supervisor), [], {}
    while True:
        page = program.get(path, **query, **cursor).json()
        seen += [row["id"] for row in page["results"]]
        if not page["next"]:
            break
        cursor = {"cursor": page["next"].split("cursor=")[1].split("&")[0]}
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("path", ["leads/", "obligations/", "referrals/"])
@pytest.mark.parametrize("cursor", ["x", walk.encode("drop", 1), walk.encode("", 2**64)])
def test_a_cursor_that_is_not_ours_is_refused_in_words(city, path, cursor):
    answer = Program(city.supervisor).get(path, cursor=cursor)
    assert answer.status_code == 400
    assert "not one of ours" in answer.json()["cursor"]


@pytest.mark.parametrize(("path", "statements"), [("leads/", 3), ("obligations/", 3), ("referrals/", 3)])
def test_a_list_costs_the_same_with_one_row_and_with_three(city, path, statements):
    counts = []
    for n in (1, 2, 3):
        made = lead(city, f"WCL-2026-0000{n}")
        refer(city, made)
        program = Program(city.supervisor)
        with CaptureQueriesContext(connection) as queries:
            assert len(program.get(path).json()["results"]) == n
        counts.append(len(queries))
    assert counts == [statements] * 3


def refer(city, made, **changes):
    body = {"lead": made.pk, "agency": city.papd.pk, "office": city.da.pk, "defendant": "J. Doe", "summary": "x"}
    return Program(city.detective).post("referrals/", body | changes)


def test_an_office_decides_what_was_referred_to_it(city, one):
    pk = refer(city, one).json()["id"]
    office = Program(city.prosecutor)
    assert [row["id"] for row in office.get("referrals/").json()["results"]] == [pk]
    assert office.get(f"leads/{one.pk}/").status_code == 200
    unsaid = office.post(f"referrals/{pk}/decide/", status="declined")
    assert unsaid.json() == {"reason": ["Say why the case is declined."]}
    assert Program(city.detective).post(f"referrals/{pk}/decide/", status="accepted").status_code == 403
    done = office.post(f"referrals/{pk}/decide/", status="accepted", court_number="CR-26-1")
    assert done.json()["status"] == "accepted"
    assert Program(city.gm_detective).get(f"referrals/{pk}/").status_code == 404


def test_the_same_case_is_referred_once(city, one):
    assert refer(city, one).status_code == 201
    again = refer(city, one)
    assert again.status_code == 403
    assert "already" in again.json()["detail"]
    assert Referral.objects.count() == 1


@pytest.mark.parametrize("field", ["lead", "agency", "office"])
def test_what_cannot_be_chosen_is_as_what_does_not_exist(city, one, field):
    hidden = {"lead": 10**6, "agency": city.gmpd.pk, "office": city.gmpd.pk}[field]
    answer = refer(city, one, **{field: hidden})
    assert answer.status_code == 400
    assert answer.json() == {field: ["There is no such record among those you can choose here."]}


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_are_not_there(city, one, method):
    program = Program(city.supervisor)
    answer = getattr(program.client, method)(f"/api/v1/leads/{one.pk}/", headers=program._headers())
    assert answer.status_code == 405
    assert Lead.objects.count() == 1


@pytest.mark.parametrize(("at", "says"), [("0001-01-01T00:00:00Z", "before 1990"), ("2199-01-01T00:00:00Z", "future")])
def test_what_was_done_was_done_in_our_time(city, one, at, says):
    mine = owed(one, city.papd)
    assignments.assign(obligation=mine, investigator=city.detective, by=city.supervisor)
    api = Program(city.detective)
    refused = api.post(f"obligations/{mine.pk}/activities/", kind="note", text="Long ago", at=at)
    assert refused.status_code == 400
    assert says in refused.content.decode()
    when = datetime.fromisoformat(at)
    with pytest.raises(Refused, match=says):
        activities.log(obligation=mine, kind="note", text="Long ago", by=city.detective, at=when)
    if when.year < 1990:
        with pytest.raises(IntegrityError, match="activity_at_in_our_time"), transaction.atomic():
            Activity.objects.create(
                lead=mine.lead, agency=mine.agency, kind="note", text="x", at=when, recorded_at=when, by=city.detective
            )
