"""Incidents from files of several cities, by mapping alone; pandas reads the same files as a second opinion."""

import datetime
import io
from collections import Counter
from zoneinfo import ZoneInfo

import pandas
import pytest

from evidence.imports.findings import ImportProblem
from evidence.imports.guessing import guess
from evidence.imports.incidents import COLUMNS, IncidentRow, parse
from evidence.imports.mapping import Mapping, Source
from evidence.imports.tables import open_table
from tests.shared import shared

EASTERN = ZoneInfo("America/New_York")
TODAY = datetime.date(2026, 3, 31)
RAW = "data/philadelphia/opendata_shootings_raw_2023-08.csv"
CLEANED = "data/philadelphia/shooting_victims_2015_2023.csv"


def load(source, mapping=None, **changed):
    """(rows, findings) of a file or a text, by the guessed mapping with some settings changed, or by a given one."""
    with open_table(source.encode() if isinstance(source, str) else source, name="list.csv") as table:
        mapping = mapping or guess("incident", table.columns, table.sample())
        for name, value in changed.items():
            setattr(mapping, name, value)
        findings = []
        rows = [
            IncidentRow._make(row) for row in parse(table, mapping, zone=EASTERN, today=TODAY, found=findings.append)
        ]
    return rows, findings


def codes(findings):
    return Counter(finding.code for finding in findings)


@pytest.fixture(scope="module")
def raw():
    return load(shared(RAW))


@pytest.fixture(scope="module")
def cleaned():
    return load(shared(CLEANED))


def test_every_row_of_the_raw_city_file_is_read(raw):
    rows, findings = raw
    assert len(rows) == 14_861
    assert [row.row_number for row in rows] == list(range(2, 14_863))
    assert not [finding for finding in findings if finding.level == "error"]


def test_the_raw_file_has_one_key_per_incident(raw):
    frame = pandas.read_csv(shared(RAW), dtype=str)
    assert len({row.case_key for row in raw[0]}) == frame["dc_key"].nunique() == 13_455


def test_doubtful_keys_of_the_raw_file_are_on_the_review_list(raw):
    frame = pandas.read_csv(shared(RAW), dtype=str)
    keys = frame["dc_key"].str.removesuffix(".0")
    doubtful = frame.index[(keys.str.len() == 4) | frame["dc_key"].str.endswith("0.0") | (keys.str.len() == 11)]
    assert {row.row_number for row in raw[0] if row.key_doubt} == {index + 2 for index in doubtful}
    assert codes(raw[1]) | {"gap": 0, "fold": 0} == {
        "ends_in_zero": 1416,
        "short": 110,
        "length": 1,
        "gap": 0,
        "fold": 0,
    }


def test_the_rows_without_a_point_are_kept_without_one(raw):
    assert sum(row.lat is None and row.lng is None for row in raw[0]) == 574
    assert not [row for row in raw[0] if (row.lat is None) != (row.lng is None)]


@pytest.mark.parametrize(
    ("fixture", "path", "district", "date"),
    [("raw", RAW, "dist", "date_"), ("cleaned", CLEANED, "police_district", "date")],
)
def test_counts_by_year_and_district_equal_a_plain_count(fixture, path, district, date, request):
    rows, _findings = request.getfixturevalue(fixture)
    frame = pandas.read_csv(shared(path), dtype=str, keep_default_na=False)
    assert Counter(row.occurred_at.year for row in rows) == Counter(frame[date].str[:4].astype(int))
    assert Counter(row.district for row in rows) == Counter(frame[district])


def test_deaths_ages_and_sexes_equal_a_plain_count(raw):
    frame = pandas.read_csv(shared(RAW), dtype=str, keep_default_na=False)
    died = {"1": True, "0": False, "": None}
    assert Counter(row.victim_fatal for row in raw[0]) == Counter(map(died.get, frame["fatal"]))
    assert Counter(row.victim_age for row in raw[0]) == Counter(int(age) if age else None for age in frame["age"])
    assert Counter(row.victim_sex for row in raw[0]) == Counter(frame["sex"])


def test_the_kind_of_event_follows_from_the_flags(raw):
    assert Counter(row.event_type for row in raw[0]) == {
        "non_fatal_shooting": 11_702,
        "homicide": 3_049,
        "officer_involved": 110,
    }


def test_a_date_apart_from_its_time_is_local_whatever_offset_it_carries(raw):
    first = raw[0][0]
    assert (first.occurred_at.isoformat(), first.time_known) == ("2021-08-01T02:40:00-04:00", True)
    assert sum(not row.time_known for row in raw[0]) == 110


def test_the_cleaned_file_of_the_same_city_meets_the_same_incidents(raw, cleaned):
    before, after = ({row.case_key: row.occurred_at for row in rows} for rows, _findings in (raw, cleaned))
    common = before.keys() & after.keys()
    assert len(common) == 13_454
    assert sum(before[key].date() == after[key].date() for key in common) / len(common) > 0.99
    assert len(cleaned[0]) == 15_356
    assert cleaned[0][0].address == "5800 N PHILIP ST"


def test_a_list_of_gunshot_alerts_loads_by_mapping_alone():
    rows, findings = load(shared("data/gunshot_detection/dc_shotspotter_2006_2013.csv"))
    assert len(rows) == len({row.case_key for row in rows}) == 39_066
    assert {row.event_type for row in rows} == {"gds_alert_confirmed"}
    assert [finding.code for finding in findings if finding.column_letter in ("E", "F")] == ["zero"]
    assert sum(row.lat is None for row in rows) == 1


def test_a_list_of_narratives_without_case_numbers_loads_by_mapping_alone():
    rows, findings = load(shared("data/gunshot_detection/cambridge_shots_fired_narratives_2018_2024.csv"))
    again, _findings = load(shared("data/gunshot_detection/cambridge_shots_fired_narratives_2018_2024.csv"))
    assert len(rows) == 86
    assert [row.case_key for row in rows] == [row.case_key for row in again]
    assert all(row.lat and row.time_known and row.narrative for row in rows)
    assert rows[0].casings == 3
    assert not [finding for finding in findings if finding.level != "note"]


def test_state_plane_feet_are_used_where_degrees_are_missing():
    lines = ["1-100,2026-03-01,,,2694000,236000", "1-101,2026-03-01,40.0,-75.0,2694000,236000"]
    header = {"case_number": "case", "occurred_on": "date", "lat": "lat", "lng": "lng", "x": "x_ft", "y": "y_ft"}
    mapping = Mapping("incident", {name: Source([column]) for name, column in header.items()}, epsg=2272)
    rows, findings = load("\n".join([",".join(header.values()), *lines, ""]), mapping)
    assert [(round(row.lat, 3), round(row.lng, 3)) for row in rows] == [(39.952, -75.162), (40.0, -75.0)]
    assert findings == []


def test_constants_and_value_maps_replace_code():
    mapping = Mapping(
        "incident",
        {
            "case_number": Source(["Nr"]),
            "occurred_on": Source(["When"]),
            "district": Source(constant="7D"),
            "event_type": Source(["Art"], constant="shots_fired_confirmed", values={"tot": "homicide"}),
            "address": Source(["No", "Street"], join=" "),
        },
        zone="America/Chicago",
        date_order="dmy",
    )
    text = "Nr,When,Art,No,Street\nA-1,13.2.2026,Tot,100,Elm\nA-2,1.2.2026,,,Oak\n"
    rows, findings = load(text, mapping)
    assert [(row.event_type, row.district, row.address) for row in rows] == [
        ("homicide", "7D", "100 Elm"),
        ("shots_fired_confirmed", "7D", "Oak"),
    ]
    assert rows[0].occurred_at.isoformat() == "2026-02-13T00:00:00-06:00"
    assert findings == []


def test_a_row_per_event_keeps_its_number_of_victims():
    rows, _findings = load(
        "case,date,victims,homicide\n1-100,2026-03-01,3,N\n1-101,2026-03-01,1,Y\n1-102,2026-03-01,0,N\n"
    )
    assert [(row.event_type, row.victims, row.fatal) for row in rows] == [
        ("non_fatal_shooting", 3, False),
        ("homicide", 1, True),
        ("other", 0, False),
    ]


@pytest.mark.parametrize(
    ("line", "code", "letter"),
    [
        (",2026-03-01,02:00,x", "missing_key", "A"),
        ("--,2026-03-01,02:00,x", "key", "A"),
        ("1-100,,02:00,x", "missing_date", "B"),
        ("1-100,someday,02:00,x", "date", "B"),
        ("1-100,2026-04-02,02:00,x", "future", "B"),
        ("1-100,1979-12-31,02:00,x", "early", "B"),
        ("1-100,9999-12-31,23:00,x", "future", "B"),
        ("1-100,0001-01-01,02:00,x", "early", "B"),
        ("1-100,2026-03-01,02:00," + "x" * 501, "long", "D"),
        ("2.02E+11,2026-03-01,02:00,x", "rounded", "A"),
    ],
)
def test_a_row_in_error_is_not_loaded_and_is_named_by_row_and_column(line, code, letter):
    rows, findings = load(f"case,date,time,location\n1-099,2026-03-01,01:00,ok\n{line}\n")
    assert [row.case_number for row in rows] == ["1-099"]
    assert [(finding.row, finding.column_letter, finding.code, finding.level) for finding in findings] == [
        (3, letter, code, "error")
    ]
    assert findings[0].message.endswith((".", ")"))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("1-100,2026-03-01,25:00,x,40,-75", "time"),
        ("1-100,2026-03-08,02:30,x,40,-75", "gap"),
        ("1-100,2025-11-02,01:30,x,40,-75", "fold"),
        ("1-100,2026-03-01,02:00,x,0,0", "zero"),
        ("1-100,2026-03-01,02:00,x,-75,40", "swapped"),
        ("1-100,2026-03-01,02:00,x,40,75", "outside"),
        ("1-100,2026-03-01,02:00,x,40,", "half"),
        ("1-100,2026-03-01,02:00,x,forty,-75", "number"),
        ("1-100,2026-03-01,02:00,=1+1,40,-75", "formula"),
        ("1234,2026-03-01,02:00,x,40,-75", "short"),
    ],
)
def test_a_row_with_a_doubt_is_loaded_and_named(line, code):
    mapping_of = ("case_number", "occurred_on", "occurred_time", "address", "lat", "lng")
    header = ("case", "date", "time", "place", "lat", "lng")
    mapping = Mapping("incident", {name: Source([column]) for name, column in zip(mapping_of, header, strict=True)})
    rows, findings = load(f"{','.join(header)}\n{line}\n", mapping)
    assert len(rows) == 1
    assert code in codes(findings)
    assert "error" not in {finding.level for finding in findings}


def test_formula_cells_of_a_workbook_are_errors_where_they_would_be_loaded():
    frame = pandas.DataFrame({"case": ["1-100", "1-101"], "date": ["2026-03-01", "=TODAY()"], "unused": ["=1+1", "x"]})
    file = io.BytesIO()
    frame.to_excel(file, index=False)
    rows, findings = load(file.getvalue())
    assert [row.case_number for row in rows] == ["1-100"]
    assert ("formula_cell", 3, "B") in [(finding.code, finding.row, finding.column_letter) for finding in findings]
    assert not [finding for finding in findings if finding.column_letter == "C"]


def test_the_raw_file_saved_as_a_workbook_loads_the_same(raw):
    frame = pandas.read_csv(shared(RAW), dtype=str, keep_default_na=False).head(500)
    file = io.BytesIO()
    frame.to_excel(file, index=False)
    rows, _findings = load(file.getvalue())
    assert rows == raw[0][:500]


def test_a_moment_with_an_offset_is_told_in_the_zone_of_the_agency():
    rows, _findings = load("case,date time\n1-100,2026-03-01T03:30:00Z\n1-101,2026-03-01 00:00:00\n1-102,2026-03-01\n")
    assert [(row.occurred_at.isoformat(), row.time_known) for row in rows] == [
        ("2026-02-28T22:30:00-05:00", True),
        ("2026-03-01T00:00:00-05:00", True),
        ("2026-03-01T00:00:00-05:00", False),
    ]


def test_a_midnight_with_an_offset_in_a_column_of_days_stays_that_day():
    rows, _findings = load("case,date\n1-100,2026-03-01 00:00:00+00\n1-101,2026-03-02 00:00:00+00\n")
    assert [(row.occurred_at.isoformat(), row.time_known) for row in rows] == [
        ("2026-03-01T00:00:00-05:00", False),
        ("2026-03-02T00:00:00-05:00", False),
    ]


def test_midnights_that_stand_for_no_time_are_known_by_their_number():
    lines = [f"1-10{day},2026-03-0{day} 00:00:00" for day in range(1, 6)]
    rows, _findings = load("\n".join(["case,date time", "1-100,2026-03-01 05:00:00", *lines, ""]))
    assert [row.time_known for row in rows] == [True, False, False, False, False, False]


def test_a_mapping_that_does_not_fit_stops_before_the_first_row():
    with pytest.raises(ImportProblem, match="no column 'Case'"):
        load("a,b\n1,2\n", Mapping("incident", {"case_number": Source(["Case"])}))


def test_a_flag_of_murder_counts_for_the_victim_of_its_row():
    rows, _findings = load("case,date,sex,statistical_murder_flag\n1-100,2026-03-01,M,true\n1-101,2026-03-01,F,false\n")
    assert [row.event_type for row in rows] == ["homicide", "non_fatal_shooting"]


def test_personal_values_are_read_only_where_a_row_is_a_victim():
    rows, _findings = load("case,date,age,sex\n1-100,2026-03-01,30,M\n", row_is="event")
    assert (rows[0].victim_age, rows[0].victim_sex) == (None, "")


def test_rows_are_plain_tuples_in_the_order_of_the_stage_table():
    table = open_table(b"case,date\n1-100,2026-03-01\n", name="x")
    mapping = guess("incident", table.columns, table.sample())
    rows = list(parse(table, mapping, zone=EASTERN, today=TODAY, found=lambda finding: None))
    assert len(rows[0]) == len(COLUMNS)
