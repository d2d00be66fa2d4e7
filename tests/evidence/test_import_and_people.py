"""A file and a person work on the same incidents: what the person set right or records meanwhile is not undone."""

import pytest
from django.utils import timezone

from evidence.actions import incidents
from evidence.models import Incident
from tests.evidence.import_city import beside_step, checked, correct, loaded
from tests.factories import City

pytestmark = pytest.mark.usefixtures("stored_files")

ROW = "INCIDENT_NO,DATE_,TIME,OFF_DESC,LOC,NOTES\n26-018844,6/3/2026,23:10,{offense},{place},{narrative}\n"


def row(offense="AGG ASLT", place="100 QUARRY ST", narrative=""):
    return ROW.format(offense=offense, place=place, narrative=narrative)


def test_a_file_keeps_what_a_person_corrected_changes_the_rest_and_says_so(city):
    loaded(city.papd, row())
    correct(city, address="120 QUARRY ST")
    batch = loaded(city.papd, row(offense="ROBBERY"), by=city.technician)
    found = Incident.objects.get()
    assert (found.address, found.offense) == ("120 QUARRY ST", "ROBBERY")
    told = batch.findings.get(code="kept")
    assert (told.row, told.value, told.level) == (2, "100 QUARRY ST", "note")
    assert "a person corrected it" in told.message


PLACED = ROW.replace("NOTES", "NOTES,LAT,LNG").replace("{narrative}", "{narrative},{point}")
LINES = {"offense": "AGG ASLT", "place": "100 QUARRY ST", "narrative": ""}


def test_a_point_that_a_person_corrected_is_kept_as_a_whole_and_the_file_is_told(city):
    loaded(city.papd, PLACED.format(**LINES, point="40.1,-75.1"))
    before = correct(city, lat=40.125)
    assert before.corrected == "lat,lng"
    batch = loaded(city.papd, PLACED.format(**LINES, point="40.2,-75.2"), by=city.technician)
    found = Incident.objects.get()
    assert (found.lat, found.lng) == (40.125, -75.1)
    told = batch.findings.get(code="kept")
    assert (told.row, told.column_name, told.value) == (2, "LAT", "40.2, -75.2")
    assert told.message.startswith("Point is kept: a person corrected it")
    batch = loaded(city.papd, PLACED.format(**LINES, point="40.125,-75.1"), by=city.technician)
    assert not batch.findings.filter(code="kept").exists()


def test_a_point_that_a_person_took_away_stays_away(city):
    loaded(city.papd, PLACED.format(**LINES, point="40.1,-75.1"))
    correct(city, lat=None, lng=None)
    batch = loaded(city.papd, PLACED.format(**LINES, point="40.1,-75.1"), by=city.technician)
    assert Incident.objects.get().lat is None
    assert batch.findings.get(code="kept").value == "40.1, -75.1"


def test_a_moment_that_a_person_corrected_is_kept_as_a_whole(city):
    loaded(city.papd, row())
    before = correct(city, time_known=False)
    assert before.corrected == "occurred_at,time_known"
    batch = loaded(city.papd, row().replace("23:10", "02:00"))
    found = Incident.objects.get()
    assert (found.occurred_at, found.time_known) == (before.occurred_at, False)
    told = batch.findings.get(code="kept")
    assert (told.column_name, told.message.partition(":")[0]) == ("DATE_", "Date and time is kept")


def test_a_file_that_agrees_with_the_correction_says_nothing_of_it(city):
    loaded(city.papd, row())
    correct(city, address="120 QUARRY ST")
    batch = loaded(city.papd, row(place="120 QUARRY ST"), by=city.technician)
    assert not batch.findings.filter(code="kept").exists()
    assert batch.counts["unchanged"] == 1


@pytest.mark.django_db(transaction=True)
def test_a_correction_during_a_load_waits_and_is_told_of_what_the_file_changed(monkeypatch):
    city = City()
    loaded(city.papd, row())
    came = beside_step(monkeypatch, "write", lambda: correct(city, address="120 QUARRY ST"))
    loaded(city.papd, row(place="200 LOCK ST"))
    [(other, waited)] = came
    with pytest.raises(incidents.ChangedMeanwhileError) as told:
        other.ended()
    assert waited
    assert told.value.incident.address == "200 LOCK ST"
    assert Incident.objects.get().address == "200 LOCK ST"


@pytest.mark.django_db(transaction=True)
def test_an_incident_recorded_by_hand_during_a_load_keeps_what_the_file_leaves_empty(monkeypatch):
    city = City()

    def person():
        incidents.record(
            agency=city.papd, by=city.technician, case_number="26-018844", kind="homicide",
            occurred_at=timezone.now(), narrative="Seen at the scene", district="9", victims=1,
        )  # fmt: skip

    came = beside_step(monkeypatch, "write", person)
    loaded(city.papd, row())
    came[0][0].ended()
    found = Incident.objects.get()
    assert (found.narrative, found.district, found.address) == ("Seen at the scene", "9", "100 QUARRY ST")
    assert found.victims_count == 1


def test_thousands_of_rows_of_one_case_are_refused_at_the_check(city):
    rows = "".join(f"1,2026-06-03,23:10,{20 + each % 50}\n" for each in range(2001))
    batch = checked(city.papd, "case_number,date,time,age\n" + rows.replace("1,2026", "26-018844,2026"))
    assert batch.status == "failed"
    assert "stands in 2,001 rows" in batch.problem
