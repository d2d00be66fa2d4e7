"""The days of cases, whose case it is and the arrests of an office for programs: the same steps as on the pages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agencies.models import AuditEvent
from agencies.roles import Role
from leads.actions import deadlines, gunarrests
from leads.models import Deadline, GunArrest, Referral
from tests.apiclient import Program
from tests.factories import member
from tests.leads.courts import LATER, SOON, TODAY, case_of
from tests.leads.test_gun_arrests import arrested, collect
from tests.scenery import scene

DAY = timedelta(days=1)


@scene
def case(city):
    return case_of(city)


@scene
def federal(city):
    return member(city.usao, Role.PROSECUTOR, name="Dorian Whitlock")


def test_a_deadline_is_set_moved_done_and_dropped(city, case):
    program, path = Program(city.prosecutor), f"referrals/{case.pk}/deadlines/"
    made = program.post(path, kind="discovery", due_on=SOON.isoformat(), basis="Order of the court")
    assert (made.status_code, made.json()["status"]) == (201, "open")
    one = made.json()["id"]
    same = program.post(f"deadlines/{one}/move/", due_on=SOON.isoformat())
    assert (same.status_code, list(same.json())) == (400, ["due_on"])
    assert program.post(f"deadlines/{one}/move/", due_on=LATER.isoformat()).json()["due_on"] == LATER.isoformat()
    assert program.post(f"deadlines/{one}/done/").json()["status"] == "done"
    assert program.post(f"deadlines/{one}/drop/", why="Twice").status_code == 403
    other = program.post(path, kind="motions", due_on=SOON.isoformat()).json()["id"]
    assert program.post(f"deadlines/{other}/drop/").status_code == 400, "it says why"
    assert program.post(f"deadlines/{other}/drop/", why="Withdrawn").json()["ended_why"] == "Withdrawn"
    assert [each["status"] for each in program.get(path).json()] == ["dropped", "done"]
    assert AuditEvent.objects.filter(verb__startswith="deadline.").count() == 5


def test_the_days_ahead_and_those_that_are_past_stand_apart(city, case):
    program = Program(city.prosecutor)
    deadlines.add(referral=case, kind="discovery", due_on=TODAY - DAY, by=city.prosecutor)
    deadlines.add(referral=case, kind="motions", due_on=SOON + DAY, by=city.prosecutor)
    Referral.objects.update(next_on=SOON, next_what="Arraignment")
    ahead, late = (program.get(f"case-dates/?show={show}").json()["results"] for show in ("ahead", "late"))
    assert [(each["what"], each["deadline"] is None) for each in ahead] == [("Arraignment", True), ("Motions", False)]
    assert [each["what"] for each in late] == ["Discovery"]
    assert program.get("case-dates/?of=mine").json()["results"] == []
    assert program.get("case-dates/?show=all").status_code == 400
    assert program.get("case-dates/?cursor=none").status_code == 400


def test_another_office_and_the_police_have_no_days_of_it(city, case, federal):
    due = deadlines.add(referral=case, kind="motions", due_on=SOON, by=city.prosecutor)
    assert Program(federal).get("case-dates/").json()["results"] == []
    assert Program(federal).post(f"deadlines/{due.pk}/done/").status_code == 404
    for path in ("case-dates/", f"referrals/{case.pk}/deadlines/"):
        assert Program(city.detective).get(path).status_code == 403
    assert Program(city.detective).post(f"deadlines/{due.pk}/done/").status_code == 403
    assert Deadline.objects.get().status == "open"


def test_a_case_is_given_to_a_prosecutor_of_its_office_or_to_nobody(city, case, federal):
    program, path = Program(city.prosecutor), f"referrals/{case.pk}/prosecutor/"
    assert [each["id"] for each in program.get(path).json()] == [city.prosecutor.pk]
    assert program.post(path, prosecutor=city.prosecutor.pk).json()["prosecutor"] == city.prosecutor.pk
    assert program.post(path, prosecutor=federal.pk).status_code == 400
    assert program.post(path, {"prosecutor": None}).json()["prosecutor"] is None
    assert program.post(path).status_code == 400
    assert Program(federal).get(path).status_code == 404


def test_arrests_are_listed_as_facts_and_answered(city, federal):
    arrested(city, "WCL-2026-00001", "26-004411")
    gunarrests.set_rule(office=city.usao, shown=True, by=city.coordinator)
    (one,) = collect()
    program = Program(federal)
    (row,) = program.get("gun-arrests/").json()["results"]
    assert (row["id"], row["status"], row["agency"], row["referrals"]) == (one.pk, "waiting", city.papd.code, [])
    assert "lead" not in row
    assert "WCL-2026-00001" not in str(row), "the number of the lead is not the office's to read"
    path = f"gun-arrests/{one.pk}/answer/"
    assert program.post(path, status="take").status_code == 400
    assert program.post(path, status="asked", reason="Which gun?").json()["status"] == "asked"
    assert Program(city.supervisor).get(f"gun-arrests/{one.pk}/").json()["reason"] == "Which gun?"
    assert Program(city.supervisor).post(path, status="take", reason="x").status_code == 403
    assert program.post(path, status="left", reason="State takes it").json()["status"] == "left"
    assert program.get("gun-arrests/").json()["results"] == []
    assert len(program.get("gun-arrests/?show=answered").json()["results"]) == 1
    assert program.get("gun-arrests/?show=x").status_code == 400
    assert Program(city.prosecutor).get("gun-arrests/").json()["results"] == []
    assert Program(city.supervisor).get(f"gun-arrests/{one.pk}/").status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_lists_cost_the_same_with_one_row_and_with_three(city, case, federal, many):
    for number in range(many):
        deadlines.add(referral=case, kind="motions", due_on=SOON, by=city.prosecutor)
        arrested(city, f"WCL-2026-0001{number}", f"26-00441{number}")
    gunarrests.set_rule(office=city.usao, shown=True, by=city.coordinator)
    assert len(collect()) == many == GunArrest.objects.count()
    asked = [
        (city.prosecutor, "case-dates/"),
        (city.prosecutor, f"referrals/{case.pk}/deadlines/"),
        (federal, "gun-arrests/"),
    ]
    costs = []
    for person, path in asked:
        program = Program(person)
        program.get(path)
        with CaptureQueriesContext(connection) as found:
            assert program.get(path).status_code == 200
        costs.append(len(found))
    assert costs == [4, 4, 6]
