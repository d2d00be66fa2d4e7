"""What a file does to the records of its agency: upserts, victims, grants, audit; other cities by mapping alone."""

import json

import pytest
from django.core.management import CommandError, call_command

from agencies.models import AuditEvent
from evidence.imports import mapping
from evidence.models import ImportBatch, ImportMapping, Incident, IncidentGrant
from tests.evidence.import_city import checked, loaded
from tests.evidence.intake import page, text
from tests.factories import agency, incident
from tests.shared import shared

pytestmark = pytest.mark.usefixtures("stored_files")

HEAD = "case_number,date,time,location,lat,lon,sex,age,fatal,wound\n"
ONE = HEAD + (
    "26-000111,2026-06-03,23:10,900 BLOCK QUARRY ST,41.88,-87.63,M,25,0,Leg\n"
    "26-000111,2026-06-03,23:10,900 BLOCK QUARRY ST,41.88,-87.63,F,31,1,Chest\n"
    "26-000112,2026-06-04,01:20,100 BLOCK LOCK ST,,,M,40,0,Arm\n"
)


def victims(case_number):
    found = Incident.objects.get(case_number=case_number)
    return list(found.victims.values_list("position", "sex", "age", "died", "wound"))


def test_rows_of_one_case_become_one_incident_with_its_victims_and_the_gravest_kind(city):
    batch = loaded(city.papd, ONE, by=city.technician)
    assert batch.counts | {"findings": 0} == {
        "rows": 3, "new": 2, "updated": 0, "unchanged": 0, "held": 0,
        "victims": 3, "errors": 0, "review": 0, "findings": 0, "twice": 0, "joined": 0,
    }  # fmt: skip
    first = Incident.objects.get(case_number="26-000111")
    assert (first.kind, first.victims_count, first.batch, first.created_by) == ("homicide", 2, batch, city.technician)
    assert first.occurred_at.isoformat() == "2026-06-04T04:10:00+00:00", "the wall clock of the agency"
    assert victims("26-000111") == [(1, "M", 25, False, "Leg"), (2, "F", 31, True, "Chest")]
    assert Incident.objects.get(case_number="26-000112").review == "No location"


def test_rows_of_one_case_that_are_no_people_are_told_by_their_rows_the_same_and_the_different(client, city):
    head = "case_number,date,time,location\n26-0001,2026-06-03,23:10,A ST\n"
    second, other = "26-0002,2026-06-04,01:00,B ST\n", "26-0002,2026-06-04,01:00,C ST\n"
    rows = f"26-0001,2026-06-03,23:10,A ST\n{second}260001,2026-06-03,23:10,A ST\n{other}"
    batch = checked(city.papd, head + rows, by=city.technician)
    assert (batch.counts["new"], batch.counts["twice"], batch.counts["joined"]) == (2, 2, 1)
    told = batch.findings.filter(code__in=("twice", "joined")).values_list("row", "level", "code")
    assert list(told) == [(3, "note", "twice"), (5, "note", "twice"), (6, "review", "joined")]
    assert "row 4 has it" in batch.findings.get(row=6).message
    shown = text(page(client, city.technician, "import", batch.pk))
    assert "2 rows (rows 3 and 5) stand twice in the file and are taken once." in shown
    assert "Row 6 becomes one record with an earlier row." in shown
    batch = loaded(city.papd, head + rows, by=city.technician)
    shown = text(page(client, city.technician, "import", batch.pk))
    assert (
        "Every row was loaded, in one step. 2 rows (rows 3 and 5) stood twice in the file and were taken once." in shown
    )


def test_the_owner_and_its_center_see_what_was_loaded_and_nobody_else(city):
    loaded(city.papd, ONE)
    assert Incident.objects.visible_to(city.detective).count() == 2
    assert Incident.objects.visible_to(city.analyst).count() == 2
    assert not Incident.objects.visible_to(city.gm_detective).exists()
    copies = IncidentGrant.objects.values_list(
        "occurred_at", "kind", "content_object__occurred_at", "content_object__kind"
    )
    assert all((at, kind) == (own_at, own_kind) for at, kind, own_at, own_kind in copies)


def test_a_second_file_changes_what_it_says_and_keeps_what_it_leaves_empty(city):
    loaded(city.papd, ONE)
    before = Incident.objects.get(case_number="26-000112").updated_at
    second = HEAD + (
        "26-000111,2026-06-03,23:15,,,,F,31,1,\n"
        "26-000111,2026-06-03,23:15,,,,M,26,0,\n"
        "26-000111,2026-06-03,23:15,,,,M,19,0,Foot\n"
        "26-000112,2026-06-04,01:20,,,,,,,\n"
    )
    batch = loaded(city.papd, second)
    assert (batch.counts["new"], batch.counts["updated"], batch.counts["unchanged"]) == (0, 1, 1)
    first = Incident.objects.get(case_number="26-000111")
    assert (first.address, first.lat, first.occurred_at.minute, first.victims_count) == (
        "900 BLOCK QUARRY ST",
        41.88,
        15,
        3,
    )
    assert victims("26-000111") == [
        (1, "M", 26, False, "Leg"),
        (2, "F", 31, True, "Chest"),
        (3, "M", 19, False, "Foot"),
    ]
    assert Incident.objects.get(case_number="26-000112").updated_at == before
    assert AuditEvent.objects.get(verb="incident.reloaded").data == {"batch": batch.pk, "ids": [first.pk]}


def test_a_point_found_later_takes_the_case_off_the_list_of_those_without_one(city):
    loaded(city.papd, ONE)
    loaded(city.papd, ONE.replace("LOCK ST,,", "LOCK ST,41.9,-87.6"))
    assert list(Incident.objects.filter(review="No location")) == []


def test_the_same_number_in_another_agency_is_another_case(city):
    incident(city.gmpd, case_number="26-000111")
    loaded(city.papd, ONE)
    assert Incident.objects.filter(case_number="26-000111").count() == 2


def test_a_case_number_that_lost_digits_is_kept_back_and_named(city):
    batch = loaded(city.papd, HEAD + "2114.0,2026-06-03,23:10,,,,M,25,0,Leg\n")
    assert not Incident.objects.exists()
    assert batch.counts["held"] == 1
    assert batch.findings.values_list("row", "column_letter", "level").get() == (2, "A", "review")


def test_texts_and_numbers_longer_than_a_record_keeps_are_named_and_break_nothing(city):
    number, place = "26-" + "1" * 50, "Q" * 300
    rows = f"{number},2026-06-03,23:10,,,,M,25,0,Leg\n26-000113,2026-06-03,23:10,{place},,,M,25,0,Leg\n"
    batch = loaded(city.papd, HEAD + rows)
    assert list(batch.findings.values_list("row", "column_letter", "level", "code")) == [
        (2, "A", "error", "too_long"),
        (3, "D", "review", "too_long"),
    ]
    assert Incident.objects.get().address == "Q" * 200


def test_a_dry_run_writes_no_incident_and_counts_what_a_load_would_do(city):
    loaded(city.papd, ONE)
    batch = checked(city.papd, ONE.replace("LOCK ST", "WEIR ST") + "26-000114,2026-06-05,01:00,,,,M,20,0,\n")
    assert (batch.counts["new"], batch.counts["updated"], batch.counts["unchanged"]) == (1, 1, 1)
    assert Incident.objects.count() == 2


def test_gunshot_alerts_of_washington_load_by_their_guessed_columns(city):
    batch = loaded(
        agency("MPD", zone="America/New_York"), shared("data/gunshot_detection/dc_shotspotter_2006_2013.csv")
    )
    assert batch.counts["new"] == batch.counts["rows"] == 39_066
    assert set(Incident.objects.values_list("kind", flat=True).distinct()) == {"gds_alert_confirmed"}
    assert Incident.objects.filter(review="No location").count() == 1, "the alert at (0.001, -0.002)"


def test_narratives_of_cambridge_load_without_a_case_number_and_twice_changes_nothing(city):
    police, file = agency("CPD", zone="America/New_York"), shared(
        "data/gunshot_detection/cambridge_shots_fired_narratives_2018_2024.csv"
    )  # fmt: skip
    batch = loaded(police, file)
    assert batch.counts["new"] == Incident.objects.count() > 80
    again = loaded(police, file)
    assert (again.counts["new"], again.counts["updated"]) == (0, 0)


def test_state_plane_feet_and_own_words_load_by_a_mapping_file_from_the_command_line(city, tmp_path, capsys):
    how = {
        "kind": "incident",
        "fields": {
            "case_number": ["RPT"],
            "occurred_on": ["DAY"],
            "occurred_time": ["HR"],
            "event_type": {"columns": ["WHAT"], "values": {"schuss": "shots_fired_confirmed"}},
            "address": {"columns": ["NO", "ST"]},
            "x": ["XFT"],
            "y": ["YFT"],
        },
        "epsg": 2272,
        "date_order": "dmy",
        "zone": "America/New_York",
    }
    how["fields"] = {name: source if isinstance(source, dict) else source[0] for name, source in how["fields"].items()}
    (tmp_path / "how.json").write_text(json.dumps(how))
    file = tmp_path / "feet.csv"
    file.write_text("RPT;DAY;HR;WHAT;NO;ST;XFT;YFT\nA-1;31/3/2026;0330;Schuss;900;Quarry St;2692000;236000\n")
    ori = city.papd.oris.get().ori
    call_command("import_incidents", file, agency=ori, mapping=tmp_path / "how.json", save_mapping="Feet")
    made = Incident.objects.get()
    assert (made.kind, made.address, made.occurred_at.hour) == ("shots_fired_confirmed", "900 Quarry St", 7)
    assert (round(made.lat, 1), round(made.lng, 1)) == (40.0, -75.2)
    assert "Loaded 1 of 1 rows: 1 new incidents" in capsys.readouterr().out

    call_command("import_incidents", file, agency="papd", by=city.technician.email)
    assert "1 unchanged" in capsys.readouterr().out, "the saved mapping was found by the header"
    assert ImportMapping.objects.get().mapping == mapping.from_dict(how).as_dict()


def test_the_command_line_loads_no_guess_that_a_person_must_look_at(city, tmp_path, capsys):
    file, how = tmp_path / "june.csv", tmp_path / "how.json"
    file.write_text("Case No,DOB,When shot\n26-1000,3/1/1991,6/3/2026\n")
    for options in ({}, {"dry_run": True}, {"save_mapping": "Ours"}):
        with pytest.raises(CommandError, match="Date from 'When shot'"):
            call_command("import_incidents", file, agency="PAPD", **options)
    assert not Incident.objects.exists()
    assert not ImportMapping.objects.exists()
    how.write_text(json.dumps(ImportBatch.objects.first().mapping))
    call_command("import_incidents", file, agency="PAPD", mapping=how, save_mapping="Ours")
    assert Incident.objects.get().occurred_at.date().isoformat() == "2026-06-03"
    call_command("import_incidents", file, agency="PAPD")
    assert "1 unchanged" in capsys.readouterr().out, "what was chosen once is no guess any more"


def test_the_command_line_says_row_and_column_and_ends_with_an_error(city, tmp_path, capsys):
    file = tmp_path / "june.csv"
    file.write_text(HEAD + "26-000115,2031-02-01,01:00,,,,M,20,0,\n26-000116,2026-06-05,01:00,,,,M,20,0,\n")
    ori = city.papd.oris.get().ori
    with pytest.raises(CommandError, match="1 rows were not loaded"):
        call_command("import_incidents", file, agency=ori, dry_run=True)
    assert "error: row 2, column B (date): Date lies in the future." in capsys.readouterr().out
    assert not Incident.objects.exists()
    with pytest.raises(CommandError, match=rf"No agency has the code or ORI XX9999999\. Known are .*PAPD \({ori}\)"):
        call_command("import_incidents", file, agency="XX9999999")
    with pytest.raises(CommandError, match="There is no file"):
        call_command("import_incidents", tmp_path / "none.csv", agency=ori)
    assert ImportBatch.objects.count() == 1


def test_the_command_line_ends_with_a_sentence_for_a_folder_a_mapping_that_is_none_and_who_may_not(city, tmp_path):
    ori = city.papd.oris.get().ori
    file = tmp_path / "june.csv"
    file.write_text(ONE)
    (tmp_path / "how.json").write_bytes(b"\xff\xfe\x00")
    for given, options, sentence in (
        (tmp_path, {}, "cannot be read"),
        (file, {"mapping": tmp_path}, "cannot be read"),
        (file, {"mapping": tmp_path / "how.json"}, "not UTF-8"),
        (file, {"by": city.detective.email}, "Only people who may"),
    ):
        with pytest.raises(CommandError, match=sentence):
            call_command("import_incidents", given, agency=ori, **options)
