"""A file and a person work on the same incidents: what the person set right or records meanwhile is not undone."""

import threading

import pytest
from django.db import connections
from django.utils import timezone

from agencies.models import User
from evidence import stage
from evidence.actions import imports, incidents
from evidence.models import Incident
from tests.evidence.import_city import checked, loaded
from tests.factories import City

ROW = "INCIDENT_NO,DATE_,TIME,OFF_DESC,LOC,NOTES\n26-018844,6/3/2026,23:10,{offense},{place},{narrative}\n"


def row(offense="AGG ASLT", place="100 QUARRY ST", narrative=""):
    return ROW.format(offense=offense, place=place, narrative=narrative)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def correct(city, **facts):
    found = Incident.objects.get()
    return incidents.correct(incident=found, by=city.technician, seen=found.updated_at, **facts)


def test_a_file_keeps_what_a_person_corrected_changes_the_rest_and_says_so(city):
    loaded(city.papd, row())
    correct(city, address="120 QUARRY ST")
    batch = loaded(city.papd, row(offense="ROBBERY"), by=city.technician)
    found = Incident.objects.get()
    assert (found.address, found.offense) == ("120 QUARRY ST", "ROBBERY")
    told = batch.findings.get(code="kept")
    assert (told.row, told.value, told.level) == (2, "100 QUARRY ST", "note")
    assert "a person corrected it" in told.message


def test_a_point_or_a_moment_that_a_person_corrected_is_kept_as_a_whole(city):
    loaded(city.papd, row())
    before = correct(city, time_known=False)
    assert before.corrected == "occurred_at,time_known"
    loaded(city.papd, row().replace("23:10", "02:00"))
    found = Incident.objects.get()
    assert (found.occurred_at, found.time_known) == (before.occurred_at, False)


def test_a_file_that_agrees_with_the_correction_says_nothing_of_it(city):
    loaded(city.papd, row())
    correct(city, address="120 QUARRY ST")
    batch = loaded(city.papd, row(place="120 QUARRY ST"), by=city.technician)
    assert not batch.findings.filter(code="kept").exists()
    assert batch.counts["unchanged"] == 1


def between(monkeypatch, act):
    """Let another connection act after the file was compared and before it is written; True when it had to wait."""
    real, waited = stage.write, []

    def other():
        act()
        connections.close_all()

    def write(*args, **values):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(1.5)
        waited.append(thread)
        return real(*args, **values)

    monkeypatch.setattr(stage, "write", write)
    return waited


def load(city, content):
    batch, system = checked(city.papd, content), User.objects.system()
    imports.start_load(batch=batch, by=system, queue=False)
    return imports.load(batch=batch, by=system)


@pytest.mark.django_db(transaction=True)
def test_a_correction_during_a_load_waits_for_it_and_is_not_lost(monkeypatch):
    city, told = City(), []
    load(city, row())

    def person():
        try:
            correct(city, narrative="Written by a person", district="9")
        except incidents.ChangedMeanwhileError:
            told.append("changed")

    waited = between(monkeypatch, person)
    load(city, row(place="200 LOCK ST"))
    waited[0].join(10)
    found = Incident.objects.get()
    assert told == ["changed"] or (found.narrative, found.district) == ("Written by a person", "9")


@pytest.mark.django_db(transaction=True)
def test_an_incident_recorded_by_hand_during_a_load_keeps_what_the_file_leaves_empty(monkeypatch):
    city = City()

    def person():
        incidents.record(
            agency=city.papd, by=city.technician, case_number="26-018844", kind="homicide",
            occurred_at=timezone.now(), narrative="Seen at the scene", district="9", victims=1,
        )  # fmt: skip

    between(monkeypatch, person)
    load(city, row())
    found = Incident.objects.get()
    assert (found.narrative, found.district, found.address) == ("Seen at the scene", "9", "100 QUARRY ST")
    assert found.victims_count == 1


def test_thousands_of_rows_of_one_case_are_refused_at_the_check(city):
    rows = "".join(f"1,2026-06-03,23:10,{20 + each % 50}\n" for each in range(2001))
    batch = checked(city.papd, "case_number,date,time,age\n" + rows.replace("1,2026", "26-018844,2026"))
    assert batch.status == "failed"
    assert "stands in 2,001 rows" in batch.problem
