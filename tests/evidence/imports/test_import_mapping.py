"""Mappings: guessed from a header and its first rows, saved, found again, and refused when they do not fit."""

import json

import pytest

from evidence.imports.findings import ImportProblem
from evidence.imports.guessing import guess
from evidence.imports.mapping import Mapping, Source, check, from_dict, from_json, signature
from evidence.imports.tables import open_table
from evidence.imports.targets import KINDS


def guessed(text, kind="incident"):
    table = open_table(text.encode(), name="list.csv")
    return guess(kind, table.columns, table.sample())


def columns_of(mapping):
    return {name: source.columns for name, source in mapping.fields.items()}


def test_a_header_of_known_names_is_mapped_with_confidence():
    mapping = guessed(
        "Incident Number,Date,Time,Location,Latitude,Longitude\n26-000001,3/1/2026,0140,1 Elm St,40.1,-75.1\n"
    )
    assert columns_of(mapping) == {
        "case_number": ["Incident Number"],
        "occurred_on": ["Date"],
        "occurred_time": ["Time"],
        "address": ["Location"],
        "lat": ["Latitude"],
        "lng": ["Longitude"],
    }
    assert {source.state for source in mapping.fields.values()} == {"good"}


def test_a_known_name_over_other_values_must_be_chosen_by_a_person():
    mapping = guessed("case number,date\n1-1000,3/1/2026\n1-1001,spring\n1-1002,3/2/2026\n")
    assert mapping.fields["occurred_on"].state == "choose"


def test_a_name_inside_a_longer_header_must_be_chosen_by_a_person():
    mapping = guessed("our case number (new),reported incident date\n26-000001,3/1/2026\n")
    assert mapping.fields["occurred_on"] == Source(["reported incident date"], state="choose")
    assert mapping.fields["case_number"].state == "choose"


def test_one_date_column_with_times_in_it_is_the_moment():
    assert "occurred_at" in guessed("case,date\n26-000001,2026/03/01 01:40:00\n").fields


def test_race_and_origin_are_left_out():
    mapping = guessed("case,date,race,latino,PERP_RACE,age\n26-000001,2026-03-01,U,0,U,30\n")
    assert mapping.left_out == ["race", "latino", "PERP_RACE"]


def test_personal_columns_say_that_a_row_is_a_victim():
    assert guessed("case,date,age,sex\n26-000001,2026-03-01,30,M\n").row_is == "victim"
    assert guessed("case,date,casings\n26-000001,2026-03-01,3\n").row_is == "event"


def test_day_before_month_is_seen():
    assert guessed("case,date\n1-100,13/2/2026\n1-101,1/2/2026\n").date_order == "dmy"


def test_names_that_a_records_system_shortens_are_known():
    found = columns_of(
        guessed("Rpt Nbr,Occ Dt,Occ Tm,Hundred Blk,Vics Hit,Narr\n26-1000,3/1/2026,23:10,900 Elm St,2,Two hit\n")
    )
    assert found == {
        "case_number": ["Rpt Nbr"], "occurred_on": ["Occ Dt"], "occurred_time": ["Occ Tm"],
        "address": ["Hundred Blk"], "victims": ["Vics Hit"], "narrative": ["Narr"],
    }  # fmt: skip
    assert guessed("Lead Nbr,Notice Dt,Case\n26-7,3/1/2026,26-1000\n", "notice").fields["notice_date"].columns == [
        "Notice Dt"
    ]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_a_page_calls_a_field_is_known_as_its_header(kind):
    labels = [target.label for target in KINDS[kind].values()]
    found = columns_of(guess(kind, labels, []))
    # Of a date, a time and both in one cell, and of a point said twice, one is enough.
    spared = {"point", "x", "y", "occurred_on", "occurred_at"}
    assert {name: [target.label] for name, target in KINDS[kind].items() if name not in spared}.items() <= found.items()


def test_everyday_names_of_columns_are_known():
    mapping = guessed("Incident #,When,What happened,Where,People hit\n26-1,3/1/2026 22:10,Shots fired,1 Elm St,0\n")
    assert columns_of(mapping) == {
        "case_number": ["Incident #"], "occurred_at": ["When"], "offense_text": ["What happened"],
        "address": ["Where"], "victims": ["People hit"],
    }  # fmt: skip
    assert {source.state for source in mapping.fields.values()} == {"good"}
    mapping = guessed("Case #,Item #,What it is,Qty,Where it lies now\n26-1,1,Casings,7,Shelf 12\n", "exhibit")
    assert set(mapping.fields) == {"case_number", "number", "kind", "count", "storage"}


def test_a_column_of_dates_with_an_unknown_name_is_proposed_as_the_date():
    mapping = guessed("case,zip,Ereignis,note\n26-1000,60601,02/31/26,x\n26-1001,60602,3/2/2026,y\n")
    assert mapping.fields["occurred_on"] == Source(["Ereignis"], state="choose")
    assert "occurred_on" not in guessed("case,zip,count\n26-1000,60601,20260301\n").fields, "a number is no date"


@pytest.mark.parametrize("name", ["DOB", "VicDOB", "D.O.B.", "Birth Date", "Victim birthdate", "Born"])
def test_a_day_of_birth_is_never_taken_for_the_day_of_the_event(name):
    mapping = guessed(f"Case No,{name},When shot\n26-1000,3/1/1991,6/3/2026\n26-1001,7/2/1984,6/4/2026\n")
    assert mapping.fields["occurred_on"] == Source(["When shot"], state="choose")
    assert mapping.left_out == [name]
    assert "occurred_on" not in guessed(f"Case No,{name}\n26-1000,3/1/1991\n").fields


def test_the_first_date_of_an_event_may_be_in_a_column_of_that_name():
    mapping = guessed("case,FIRST_OCCURRENCE_DATE\n26-1000,3/1/2026\n")
    assert mapping.fields["occurred_on"].columns == ["FIRST_OCCURRENCE_DATE"]


def test_street_and_block_in_two_columns_make_one_address():
    assert guessed("case,date,block_number,street_name\n1-100,2026-03-01,100,Elm St\n").fields["address"].columns == [
        "block_number",
        "street_name",
    ]


def test_a_file_without_a_case_number_gets_a_proposal_to_make_one():
    mapping = guessed("date,time,location\n2026-03-01,1:40 AM,Elm St\n")
    assert mapping.made_number
    assert mapping.fields["case_number"] == Source(["date", "time", "location"], join=" | ", state="choose")


def test_a_header_in_camel_case_is_the_same_words():
    assert columns_of(guessed("IncidentNo,DateOccurred\n21-1234,3/1/2026\n")) == {
        "case_number": ["IncidentNo"],
        "occurred_on": ["DateOccurred"],
    }


def test_feet_are_left_out_beside_degrees_and_wait_for_a_person_alone():
    beside = guessed("case,date,x_coord,y_coord,lat,lng\n1-100,2026-03-01,2694000,236000,40.1,-75.1\n")
    assert beside.left_out == ["x_coord", "y_coord"]
    alone = guessed("case,date,x_coord,y_coord\n1-100,2026-03-01,2694000,236000\n")
    assert alone.fields["x"].state == alone.fields["y"].state == "choose"


def test_a_location_of_two_numbers_is_a_point_and_the_block_is_the_address():
    mapping = guessed('Case Number,Date,Block,Location\n1-100,2026-03-01,100 ELM,"(40.1, -75.1)"\n')
    assert columns_of(mapping)["point"] == ["Location"]
    assert columns_of(mapping)["address"] == ["Block"]


def test_a_lead_list_is_mapped():
    mapping = guessed(
        "NIBIN Lead #,Notice Date,Agency,Case Number,Lab Case Number,Exhibit,Offense,Date,Location,Caliber,Confirmed\n"
        "26-077,3/1/2026,Lakeside PD,26-000001,L-1,1-A,Assault,2/1/2026,1 Elm St,9mm,N\n",
        kind="notice",
    )
    assert columns_of(mapping) == {
        "lead_number": ["NIBIN Lead #"],
        "notice_date": ["Notice Date"],
        "agency": ["Agency"],
        "case_number": ["Case Number"],
        "lab_number": ["Lab Case Number"],
        "exhibit": ["Exhibit"],
        "offense": ["Offense"],
        "occurred_on": ["Date"],
        "location": ["Location"],
        "calibre": ["Caliber"],
        "confirmed": ["Confirmed"],
    }


def test_a_mapping_comes_back_from_json_as_it_was():
    mapping = Mapping(
        "incident",
        {
            "case_number": Source(["Case"]),
            "event_type": Source(["Kind"], constant="other", values={"ss": "gun_recovery"}),
        },
        row_is="victim",
        zone="America/Chicago",
        epsg=2272,
        bounds=[39.0, -76.0, 41.0, -74.0],
    )
    assert from_json(mapping.to_json()) == mapping
    assert from_dict(mapping.as_dict()) == mapping


def test_a_mapping_by_hand_may_name_a_column_alone():
    mapping = from_json('{"fields": {"case_number": "Case", "occurred_at": "When"}}')
    assert mapping.fields["case_number"] == Source(["Case"])


@pytest.mark.parametrize(
    ("data", "match"),
    [
        ("[]", "an object"),
        ("{", "not JSON"),
        ('{"kind": "weather"}', "weather"),
        ('{"fields": {"colour": "x"}}', "colour"),
        ('{"fields": {"lat": 3}}', "lat must be"),
        ('{"fields": {"lat": {"columns": "x"}}}', "list of names"),
        ('{"fields": {"lat": {"columns": [3]}}}', "list of names"),
        ('{"fields": {"lat": {"spell": 1}}}', "spell"),
        ('{"fields": 3}', "fields"),
        ('{"zone": "Mars/Base"}', "zone"),
        ('{"zone": "../../etc/passwd"}', "zone"),
        ('{"bounds": [1, 2, 3]}', "bounds"),
        ('{"bounds": [5, 0, 1, 9]}', "bounds"),
        ('{"epsg": "2272"}', "epsg"),
        ('{"row_is": "person"}', "row_is"),
        ('{"secret": 1}', "secret"),
    ],
)
def test_a_mapping_with_a_fault_is_refused_with_its_place(data, match):
    with pytest.raises(ImportProblem, match=match):
        from_json(data)


def test_a_mapping_that_does_not_fit_a_file_says_what_is_missing():
    mapping = Mapping("incident", {"case_number": Source(["Case"]), "x": Source(["X"]), "y": Source(["Y"])})
    said = check(mapping, ["X", "Y"])
    assert len(said) == 3
    assert "no column 'Case'" in said[0]
    assert "Date" in said[1]
    assert "EPSG" in said[2]


def test_a_header_is_recognised_again_in_other_order_and_case():
    assert signature("incident", ["Case No", "Date"]) == signature("incident", ["DATE", "case_no"])
    assert signature("incident", ["Case No", "Date"]) != signature("notice", ["Case No", "Date"])
    assert signature("incident", ["Case No", "Date"]) != signature("incident", ["Case No", "Day"])


def test_what_is_saved_is_plain_json():
    assert json.loads(guessed("case,date\n1-100,2026-03-01\n").to_json())["kind"] == "incident"
