"""What the center, the laboratory and those at work on a lead do with it by program: the actions of the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evidence import vault
from leads.actions import activities, assignments
from leads.models import LeadEvent, LeadFile
from tests.apiclient import Program
from tests.factories import incident
from tests.leads.pages import lead
from tests.leads.test_lead_api import description, fits
from tests.scenery import scene

__all__ = ["description"]


@scene
def one(city):
    return lead(city, "WCL-2026-00412")


@scene
def waiting(one):
    """An event of the other department whose incident nobody has loaded yet, on a line of three."""
    fields = ("agency", "agency_text", "added_at")
    same = {name: getattr(one.events.last(), name) for name in fields}
    return LeadEvent.objects.create(lead=one, case_number="26-777", case_key="26777", **same)


def ids(one):
    return list(one.events.order_by("id").values_list("id", flat=True))


def test_an_examiner_confirms_events_by_program(city, one, description):
    examiner, path = Program(city.examiner), f"leads/{one.pk}/confirm/"
    first, second = ids(one)
    made = examiner.post(path, events=[first, first], report="L-26-1")
    assert made.status_code == 200, made.content
    assert fits(description, "LeadDetail", made.json())
    assert [(row["report"], bool(row["confirmed_at"])) for row in made.json()["events"]] == [
        ("L-26-1", True),
        ("", False),
    ]
    assert made.json()["confirmed"] is False
    again = examiner.post(path, events=[first, second], report="L-26-2")
    assert (again.status_code, again.json()["detail"]) == (403, "An examiner has confirmed this event already.")
    assert examiner.post(path, events=[second], report="L-26-2").json()["confirmed"] is True
    assert examiner.post(path, events=[second], report="L-26-3").status_code == 403


@pytest.mark.parametrize("events", [[], [10**6], [10**30], ["x"], [True], "1", [None]])
def test_only_events_of_the_lead_are_confirmed_by_program(city, one, events):
    answer = Program(city.examiner).post(f"leads/{one.pk}/confirm/", events=events, report="L-26-1")
    assert (answer.status_code, list(answer.json())) == (400, ["events"])
    assert not one.events.exclude(confirmed_at=None).exists()


def test_an_event_of_another_lead_is_not_confirmed_with_it(city, one):
    theirs = ids(lead(city, "WCL-2026-00413"))
    answer = Program(city.examiner).post(f"leads/{one.pk}/confirm/", events=theirs, report="L-26-1")
    assert answer.json() == {"events": ["There is no such record among those you can choose here."]}


def test_who_does_not_compare_specimens_confirms_nothing_by_program(city, one):
    body = {"events": ids(one), "report": "L-26-1"}
    assert Program(city.supervisor).post(f"leads/{one.pk}/confirm/", body).status_code == 403
    assert Program(city.examiner).post(f"leads/{10**6}/confirm/", body).status_code == 404


def test_a_waiting_event_is_found_and_matched_by_program(city, one, waiting, description):
    analyst, case = Program(city.analyst), incident(city.gmpd, case_number="26-778")
    found = analyst.get("events/waiting/")
    assert fits(description, "WaitingEvents", found.json())
    assert [(row["id"], row["lead"]["number"]) for row in found.json()["results"]] == [(waiting.pk, one.number)]
    path = f"events/{waiting.pk}/match/"
    made = analyst.post(path, incident=case.pk)
    assert made.status_code == 200, made.content
    assert fits(description, "LeadDetail", made.json())
    assert case.pk in [row["incident"] for row in made.json()["events"]]
    again = analyst.post(path, incident=case.pk)
    assert (again.status_code, again.json()["detail"]) == (403, "This event is matched already.")
    assert analyst.get("events/waiting/").json()["results"] == []


def test_an_event_is_matched_by_the_center_and_to_what_its_people_see(city, waiting):
    path, case = f"events/{waiting.pk}/match/", incident(city.gmpd, case_number="26-778")
    assert Program(city.gm_supervisor).post(path, incident=case.pk).status_code == 403
    assert Program(city.gm_supervisor).get("events/waiting/").status_code == 403
    hidden = incident(city.outsider_agency)
    assert Program(city.analyst).post(path, incident=hidden.pk).status_code == 400
    waiting.refresh_from_db()
    assert waiting.incident_id is None


def send(person, one, **given):
    program = Program(person)
    data = {"upload": SimpleUploadedFile("still.txt", b"camera at 5th"), "agency": "PAPD", "note": "The corner"} | given
    return program.client.post(f"/api/v1/leads/{one.pk}/files/", data, headers=program._headers())


def test_a_file_is_hung_on_a_lead_and_taken_by_program(city, one, description, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    made = send(city.detective, one)
    assert made.status_code == 201, made.content
    assert fits(description, "FileRow", made.json())
    reader = Program(city.gm_detective)
    listed = reader.get(f"leads/{one.pk}/files/").json()
    assert fits(description, "LeadFiles", listed)
    assert listed["results"] == [made.json()]
    taken = reader.get(f"leads/files/{made.json()['id']}/")
    assert b"".join(taken.streaming_content) == b"camera at 5th"
    assert taken["X-Content-Type-Options"] == "nosniff"
    vault.path(made.json()["sha256"]).unlink()
    gone = reader.get(f"leads/files/{made.json()['id']}/")
    assert (gone.status_code, gone.json()["detail"]) == (410, "The stored file is gone. Upload it again.")


def test_a_file_that_cannot_be_hung_is_refused_in_words(city, one, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    for wrong in ({"agency": "GMPD"}, {"agency": "NONE"}, {"agency": "\0"}, {"upload": "x"}, {"state": "x"}):
        refused = send(city.detective, one, **wrong)
        assert (refused.status_code, list(refused.json())) == (400, list(wrong))
    assert send(city.prosecutor, one).status_code == 404
    assert send(city.examiner, one).status_code == 403
    monkeypatch.setattr(vault, "keep", _too_large)
    large = send(city.detective, one)
    assert (large.status_code, large.json()) == (400, {"upload": ["Too large."]})
    plain = Program(city.detective).post(f"leads/{one.pk}/files/", agency="PAPD")
    assert plain.status_code == 415
    assert not LeadFile.objects.exists()


def _too_large(*_, **__):
    raise vault.TooLarge("Too large.")


def test_what_was_done_is_one_list_of_all_that_is_seen(city, one, description):
    second = lead(city, "WCL-2026-00413")
    for made in (one, second):
        part = made.obligations.get(agency=city.papd)
        assignments.assign(obligation=part, investigator=city.detective, by=city.supervisor)
        activities.log(obligation=part, kind="note", text=f"On {made.number}", by=city.detective)
    reader = Program(city.gm_detective)
    found = reader.get("activities/").json()
    assert fits(description, "Activities", found)
    assert [row["lead"] for row in found["results"]] == [second.pk, one.pk]
    assert [row["lead"] for row in reader.get("activities/", lead=one.pk).json()["results"]] == [one.pk]
    part = second.obligations.get(agency=city.papd)
    assert [row["lead"] for row in reader.get("activities/", obligation=part.pk).json()["results"]] == [second.pk]
    assert reader.get("activities/", lead=one.pk, obligation=part.pk).json()["results"] == []
    assert Program(city.outsider).get("activities/", lead=one.pk).json()["results"] == []
    for wrong in ("x", "-1", "", "9" * 30, "\0"):
        assert list(reader.get("activities/", lead=wrong).json()) == ["lead"]


def test_a_list_for_programs_costs_as_many_statements_for_three_rows_as_for_one(city, one, settings, tmp_path):
    settings.MEDIA_ROOT, analyst = tmp_path, Program(city.analyst)
    part, event = one.obligations.get(agency=city.papd), one.events.last()
    assignments.assign(obligation=part, investigator=city.detective, by=city.supervisor)
    paths, counts = {"activities/": 3, f"leads/{one.pk}/files/": 4, "events/waiting/": 3}, []
    for n in (1, 2, 3):
        activities.log(obligation=part, kind="note", text="Read", by=city.detective)
        send(city.detective, one)
        LeadEvent.objects.create(lead=one, agency=city.gmpd, added_at=event.added_at, case_number="x", case_key=f"7{n}")
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                assert len(analyst.get(path).json()["results"]) == n
            counts.append(len(queries))
    assert counts == [*paths.values()] * 3
