"""Hand-overs, places, scenes, alerts, laboratory work and traces for programs: the verbs of the pages, their reach and
their refusals.
"""

import pytest
from django.test import Client
from django.utils import timezone

from agencies import access
from agencies.models import AuditEvent
from agencies.roles import Role
from evidence.actions import acquisitions, alerts, exhibits, incidents, traces
from evidence.imports.alerts import AlertRow
from evidence.models import CustodyEvent, Detection, HandOver, Incident, Place, Trace
from tests import factories
from tests.evidence.intake import EARLIER, PISTOL, homicide, three_casings
from tests.evidence.test_intake_api import Program
from tests.scenery import scene

ROOT = "/api/v1/"


@scene
def case(city):
    return homicide(city)


@scene
def casings(city, case):
    return three_casings(city, case)


def of(person):
    return Program(Client(), person)


def done(answer, status=200):
    assert answer.status_code == status, answer.content
    return answer.json()


def refused(answer, words, status=403):
    assert answer.status_code == status, answer.content
    assert words in str(answer.json())


def listed(program, path):
    return [row["id"] for row in done(program.get(ROOT + path))["results"]]


def now():
    return timezone.now().isoformat()


def test_an_exhibit_is_offered_confirmed_and_stored_by_programs_once(city, casings):
    technician, other = of(city.technician), of(factories.member(city.papd, Role.EVIDENCE_TECHNICIAN))
    stranger = of(factories.member(city.gmpd, Role.EVIDENCE_TECHNICIAN))
    path, facts = f"{ROOT}exhibits/{casings.pk}/", {"purpose": "investigation", "at": now(), "seal": "S-1"}
    refused(technician.post(f"{path}offer/", agency="GMPD", **facts), "no such record", 400)
    refused(technician.post(f"{path}offer/", agency="PAPD", status="confirmed", **facts), "not known here", 400)
    assert stranger.post(f"{path}offer/", agency="PAPD", **facts).status_code == 404
    made = done(technician.post(f"{path}offer/", agency="PAPD", **facts), 201)
    assert (made["status"], made["from_agency"], made["offered_by"]["id"]) == ("offered", "PAPD", city.technician.pk)
    refused(technician.post(f"{path}offer/", agency="PAPD", **facts), "in transit")
    assert listed(other, "hand-overs/") == listed(technician, "hand-overs/?view=given") == [made["id"]]
    assert listed(technician, "hand-overs/") == listed(stranger, "hand-overs/?view=transit") == []
    refused(technician.get(f"{ROOT}hand-overs/?view=all"), "Choose one of", 400)
    given = f"{ROOT}hand-overs/{made['id']}/"
    refused(technician.post(f"{given}confirm/"), "handed this over yourself")
    assert stranger.get(given).status_code == stranger.post(f"{given}confirm/").status_code == 404
    refused(other.post(f"{given}confirm/", seal_seen="S-2"), "Say in the note")
    assert done(other.post(f"{given}confirm/"))["status"] == "confirmed"
    refused(other.post(f"{given}confirm/"), "confirmed already")
    refused(technician.post(f"{given}withdraw/"), "confirmed already")
    assert CustodyEvent.objects.filter(exhibit=casings).count() == 2
    # Another is refused, a third taken back: the chain does not know of them.
    for verb, who, body in (("refuse", technician, {"reason": "Wrong bag"}), ("withdraw", other, {})):
        again = done(other.post(f"{path}offer/", agency="PAPD", **facts | {"at": now()}), 201)
        done(who.post(f"{ROOT}hand-overs/{again['id']}/{verb}/", **body))
    assert CustodyEvent.objects.filter(exhibit=casings).count() == 2
    assert HandOver.objects.open().count() == 0
    _places(other, stranger, casings, path)


def _places(technician, stranger, casings, path):
    """A tree of two; the exhibit is put away."""
    room = done(technician.post(f"{ROOT}places/", agency="PAPD", kind="room", code="PR1"), 201)
    refused(technician.post(f"{ROOT}places/", agency="PAPD", kind="room", code="pr1"), "has a place with this code")
    refused(technician.post(f"{ROOT}places/", agency="GMPD", kind="room", code="X"), "no such record", 400)
    shelf = done(technician.post(f"{ROOT}places/", agency="PAPD", kind="shelf", code="S1", parent=room["id"]), 201)
    assert listed(technician, "places/") == [shelf["id"], room["id"]]
    assert listed(stranger, "places/") == []
    assert stranger.get(f"{ROOT}places/{room['id']}/").status_code == 404
    assert stranger.get(f"{ROOT}places/{room['id']}/exhibits/").status_code == 404
    leg = done(technician.post(f"{path}store/", place=shelf["id"], at=now()), 201)
    assert (leg["purpose"], leg["to_whom"]) == ("stored", "S1")
    assert listed(technician, f"places/{shelf['id']}/exhibits/") == [casings.pk]
    at = f"{ROOT}places/{shelf['id']}/"
    assert done(technician.get(at))["parent"] == room["id"]
    refused(technician.post(f"{at}close/"), "Move them first")
    assert done(technician.post(f"{at}change/", kind="shelf", code="S1", label="Top", parent=None))["label"] == "Top"
    at = f"{ROOT}places/{room['id']}/"
    assert done(technician.post(f"{at}close/"))["closed_at"]
    assert done(technician.post(f"{at}reopen/"))["closed_at"] is None
    assert Place.objects.count() == 2


def test_a_scene_is_answered_for_and_shots_are_decided_on_by_programs(city, case):
    technician, stranger = of(city.technician), of(factories.member(city.gmpd, Role.EVIDENCE_TECHNICIAN))
    at = f"{ROOT}incidents/{case.pk}/scene/"
    assert listed(technician, "scenes/") == [case.pk]
    assert listed(stranger, "scenes/") == []
    assert stranger.post(f"{at}answer/", answer="none_found").status_code == 404
    refused(technician.post(f"{at}answer/", answer="none_found"), "Say who canvassed")
    said = done(technician.post(f"{at}answer/", answer="none_found", searched_by="Unit 9", searched_at=now()))
    assert (said["collection"], said["canvass"]["searched_by"]) == ("none_found", "Unit 9")
    assert listed(technician, "scenes/?show=none_found") == [case.pk]
    assert done(technician.post(f"{at}withdraw/"))["canvass"] is None
    assert done(technician.post(f"{at}owes/", officer="R. Stone"))["owing_officer"] == "R. Stone"
    assert done(technician.get(at))["collection"] == ""
    row = {"lat": None, "lng": None, "rounds": 3, "heard": "shots", "address": "7 Elm St", "case_number": ""}
    row |= {"row_number": 2, "source": "GDS", "key": "A1", "number": "A1", "at": EARLIER, "time_known": True}
    alerts.load(agency=city.papd, rows=[AlertRow(**row)], by=city.technician)
    shots = Detection.objects.get()
    at = f"{ROOT}alerts/{shots.pk}/"
    assert listed(technician, "alerts/") == [shots.pk]
    assert stranger.get(at).status_code == 404
    refused(technician.post(f"{at}dismiss/", dismissal="other"), "what it was")
    assert done(technician.post(f"{at}dismiss/", dismissal="fireworks"))["state"] == "dismissed"
    assert done(technician.post(f"{at}reopen/"))["decided_at"] is None
    refused(technician.post(f"{at}reopen/"), "Nothing was decided")
    theirs = incidents.record(
        agency=city.gmpd, by=factories.member(city.gmpd, Role.EVIDENCE_TECHNICIAN), case_number="99-9",
        kind="homicide", occurred_at=EARLIER,
    )  # fmt: skip
    refused(technician.post(f"{at}belongs/", incident=theirs.pk), "no such record", 400)
    assert done(technician.post(f"{at}belongs/", incident=case.pk))["incident"] == case.pk
    # What the center says of another agency's case is no number for who does not see that.
    Detection.objects.update(incident=theirs)
    shown = done(technician.get(f"{ROOT}alerts/?state=matched"))["results"]
    assert [each["incident"] for each in shown] == [None]
    done(technician.post(f"{at}reopen/"))
    made = done(technician.post(f"{at}incident/", case_number="26-7", kind="shots_fired_confirmed"))
    assert made["incident"] == Incident.objects.get(case_number="26-7").pk


def test_laboratory_work_and_both_reviews_are_done_by_programs(city, case, casings):
    technician, examiner = of(city.technician), of(city.examiner)
    asked = {"exhibits": [casings.pk], "laboratory": city.lab.code, "asked": "entry", "at": now(), "priority": 1}
    at = f"{ROOT}incidents/{case.pk}/lab-requests/"
    other = factories.exhibit(factories.incident(city.gmpd))
    refused(technician.post(at, **asked | {"exhibits": [other.pk]}), "no such record", 400)
    refused(technician.post(at, **asked | {"laboratory": "GMPD"}), "no such record", 400)
    sent = done(technician.post(at, **asked), 201)
    assert (sent["exhibits"], sent["status"]) == ([casings.pk], "sent")
    assert listed(technician, "lab-requests/") == listed(examiner, "lab-requests/?show=all") == [sent["id"]]
    at = f"{ROOT}lab-requests/{sent['id']}/"
    refused(technician.post(f"{at}receive/", at=now()), "record its work")
    assert done(examiner.post(f"{at}receive/", at=now()))["status"] == "received"
    refused(examiner.post(f"{at}receive/", at=now()), "cannot become")
    refused(technician.post(f"{at}cancel/", reason="Late"), "cannot become")
    refused(examiner.post(f"{at}finish/", result="R-1", at=EARLIER.isoformat()), "earlier than it was received")
    assert done(examiner.post(f"{at}finish/", result="R-1", at=now()))["result"] == "R-1"
    assert done(examiner.post(f"{at}send-back/", at=now()))["status"] == "returned"
    entry = casings.acquisitions.get()
    review = acquisitions.enter(
        acquisition=entry, reference="N-1", entered_at=timezone.now(), by=city.examiner
    ).correlation
    at, second = f"{ROOT}correlations/{review.pk}/", of(factories.member(city.lab, Role.EXAMINER))
    assert listed(examiner, "correlations/") == [review.pk]
    refused(examiner.post(f"{at}review/", candidate="26-9, exhibit 1"), "number that the lead will have")
    found = done(examiner.post(f"{at}review/", candidate="26-9, exhibit 1", lead_number="L-1", note="Close"))
    assert (found["status"], found["candidate"], found["exhibit"]) == ("second", "26-9, exhibit 1", casings.pk)
    assert done(of(city.detective).get(at))["candidate"] == ""
    refused(examiner.post(f"{at}decide/", release=True), "You were reviewer 1")
    assert done(second.post(f"{at}decide/", release=True))["status"] == "released"
    assert done(of(city.detective).get(at))["candidate"] == "26-9, exhibit 1"
    refused(second.post(f"{at}again/"), "stays as it is")


def test_traces_are_read_and_answered_by_programs_of_those_who_may_hold_them(city, case):
    gun = exhibits.add(
        incident=case, by=city.technician, number="9", kind="firearm", collected_at=EARLIER, firearm=PISTOL
    )
    trace = traces.request(firearm=gun.firearm, by=city.technician, trace_number="T1")
    access.share(case, city.lab)
    technician, examiner, at = of(city.technician), of(city.examiner), f"{ROOT}traces/{trace.pk}/"
    stranger = of(factories.member(city.gmpd, Role.EVIDENCE_TECHNICIAN))
    for path in (f"{ROOT}traces/", at):
        refused(examiner.get(path), "Your role does not include")
    refused(examiner.post(f"{at}result/", status="in_progress"), "Your role does not include")
    assert (listed(stranger, "traces/"), stranger.get(at).status_code) == ([], 404)
    assert listed(technician, "traces/") == listed(technician, "traces/?status=accepted") == [trace.pk]
    assert done(of(city.detective).get(at))["trace_number"] == "T1"
    assert AuditEvent.objects.filter(verb="trace.seen").count() == 3
    refused(of(city.detective).post(f"{at}result/", status="in_progress"), "Your role does not include")
    sold = {"status": "completed_to_purchaser", "purchaser_name": "Doe, Pat", "dealer_state": "pa"}
    refused(technician.post(f"{at}result/", **sold, purchased_on=str(timezone.localdate())), "recovered before", 400)
    refused(technician.post(f"{at}result/", status="closed_incomplete"), "stopped short")
    told = done(technician.post(f"{at}result/", **sold, purchased_on="2020-01-02"))
    assert (told["result"]["purchaser_name"], told["result"]["dealer_state"]) == ("Doe, Pat", "PA")
    assert told["days_to_crime"] > 1000
    refused(technician.post(f"{at}cancel/"), "cannot be cancelled")
    assert Trace.objects.get().status == "completed_to_purchaser"


@pytest.mark.parametrize("path", ["hand-overs/", "scenes/", "alerts/", "lab-requests/", "correlations/", "traces/"])
def test_every_list_of_work_has_pages(city, path):
    program = of(city.technician)
    assert done(program.get(ROOT + path)) == {"next": None, "results": []}
    refused(program.get(f"{ROOT}{path}?cursor=zzz"), "not one of ours", 400)
