"""Single values: dates, times, points, flags, ages, words, as cities write them."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from evidence.imports import fields, moments, places
from evidence.imports.findings import ImportProblem

EASTERN = ZoneInfo("America/New_York")
FIRST_OF_AUGUST = datetime.date(2021, 8, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2021-08-01",
        "2021-08-01 00:00:00+00",
        "2021/08/01",
        "08/01/2021",
        "8/1/21",
        "8-1-21",
        "08-01-21",
        "1-Aug-2021",
        "01-AUG-21",
        "1 August 2021",
        "Aug 1, 2021",
        "August 1st, 2021",
        "20210801",
        "44409",
        "44409.0",
        "Sunday, August 1, 2021",
    ],
)
def test_one_day_is_read_in_many_styles(text):
    assert moments.parse_stamp(text).day == FIRST_OF_AUGUST


def test_day_first_is_read_when_the_mapping_says_so():
    assert moments.parse_stamp("13/8/2021", "dmy").day == datetime.date(2021, 8, 13)
    assert moments.parse_stamp("13/8/2021", "mdy").fault == "order"


@pytest.mark.parametrize("text", ["0", "2021-02-39", "yesterday", "99/99/9999", "2021", "1/2", "x" * 1000, "12:30"])
def test_what_is_no_date_is_a_fault(text):
    assert moments.parse_stamp(text).fault == "date"


@pytest.mark.parametrize("text", ["2021-02-30", "02/31/26", "2/29/2025", "April 31, 2026", "31-Jun-2026"])
def test_a_day_that_its_month_does_not_have_is_told_from_what_is_no_date(text):
    assert moments.parse_stamp(text).fault == "calendar"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2015/01/01 00:51:00", (0, 51)),
        ("1/27/06 3:35", (3, 35)),
        ("8/1/2021 3:04:05 PM", (15, 4, 5)),
        ("2021-08-01T23:59", (23, 59)),
        ("44409.5", (12, 0)),
        ("8/1/2021 0330", (3, 30)),
    ],
)
def test_a_time_behind_the_date_is_read(text, time):
    assert moments.parse_stamp(text).time == datetime.time(*time)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("02:40:00", (2, 40)),
        ("1:40 AM", (1, 40)),
        ("12:05 am", (0, 5)),
        ("12:05 p.m.", (12, 5)),
        ("0330", (3, 30)),
        ("330", (3, 30)),
        ("330.0", (3, 30)),
        ("2359 hrs", (23, 59)),
        ("3 pm", (15, 0)),
        ("0.5", (12, 0)),
        ("0", (0, 0)),
    ],
)
def test_times_are_read_in_many_styles(text, time):
    assert moments.parse_time(text) == (datetime.time(*time), "")


@pytest.mark.parametrize("text", ["24:00", "2400", "13:00 PM", "2:05 -2:15am", "noon-ish", "3", "1:99"])
def test_what_is_no_single_time_is_a_fault(text):
    assert moments.parse_time(text) == (None, "time")


def test_an_hour_that_the_clocks_skip_is_moved_and_said():
    moment, fault = moments.at(datetime.date(2021, 3, 14), datetime.time(2, 30), EASTERN)
    assert (moment.isoformat(), fault) == ("2021-03-14T03:30:00-04:00", "gap")


def test_an_hour_that_comes_twice_is_the_first_and_said():
    moment, fault = moments.at(datetime.date(2021, 11, 7), datetime.time(1, 30), EASTERN)
    assert (moment.isoformat(), fault) == ("2021-11-07T01:30:00-04:00", "fold")


def test_an_hour_beside_the_change_of_clocks_is_nothing_special():
    assert moments.at(datetime.date(2021, 3, 14), datetime.time(3, 0), EASTERN)[1] == ""


BOX = (39.0, -76.0, 41.0, -74.0)


@pytest.mark.parametrize(
    ("latitude", "longitude", "expected"),
    [
        (40.0, -75.1, (40.0, -75.1, "")),
        (0.0, 0.0, (None, None, "zero")),
        (0.001, -0.002, (None, None, "zero")),
        (-75.1, 40.0, (None, None, "swapped")),
        (40.0, 75.1, (None, None, "outside")),
        (40.0, None, (None, None, "half")),
        (None, None, (None, None, "")),
    ],
)
def test_a_point_is_kept_only_when_it_is_plausible(latitude, longitude, expected):
    assert places.point(latitude, longitude, BOX) == expected


@pytest.mark.parametrize(
    "text", ["(40.5, -75.25)", "40.5,-75.25", "40.5 -75.25", "POINT (-75.25 40.5)", "[40.5, -75.25]"]
)
def test_a_point_in_one_cell_is_read(text):
    assert places.parse_pair(text) == (40.5, -75.25, "")


def test_state_plane_feet_become_degrees():
    latitude, longitude = places.from_plane(2272)(2694000, 236000)
    assert (round(latitude, 3), round(longitude, 3)) == (39.952, -75.162)


@pytest.mark.parametrize("epsg", [4326, 999999, 0])
def test_a_code_that_is_no_projected_system_is_refused(epsg):
    with pytest.raises(ImportProblem, match="state plane"):
        places.from_plane(epsg)


@pytest.mark.parametrize(
    ("text", "number"), [("40.5", 40.5), ("2,694,000.5", 2694000.5), ("75.1 W", -75.1), ("", None), ("nan", None)]
)
def test_numbers_are_read_with_commas_and_compass_letters(text, number):
    assert places.parse_number(text) == (number, "")


@pytest.mark.parametrize("text", ["inf", "1e400", "abc", "12 34"])
def test_what_is_no_number_is_a_fault(text):
    assert places.parse_number(text) == (None, "number")


@pytest.mark.parametrize(
    ("text", "flag"),
    [("Y", True), ("true", True), ("1.0", True), ("N", False), ("0", False), ("", None), ("Unk", None)],
)
def test_yes_and_no_are_read_in_their_spellings(text, flag):
    assert fields.parse_flag(text) == (flag, "")
    assert fields.parse_flag("perhaps") == (None, "flag")


@pytest.mark.parametrize(
    ("text", "confirmed"), [("Unconfirmed", False), ("Not-confirmed", False), ("Confirmed", True), ("Y", True)]
)
def test_what_a_laboratory_calls_unconfirmed_is_not_confirmed(text, confirmed):
    assert fields.parse_confirmed(text) == (confirmed, "")


@pytest.mark.parametrize(
    ("text", "age"), [("25", 25), ("25.0", 25), ("25 years", 25), ("6 months", 0), ("<1", 0), ("999", None), ("", None)]
)
def test_ages_are_read(text, age):
    assert fields.parse_age(text) == (age, "")
    assert fields.parse_age("130") == (None, "age")


def test_sexes_and_counts_are_read():
    assert [fields.parse_sex(text)[0] for text in ("M", "Female", "unk", "x")] == ["M", "F", "", "X"]
    assert [fields.parse_count(text) for text in ("3.0", "3+", "", "two", "-1")] == [
        (3, ""),
        (3, ""),
        (None, ""),
        (None, "count"),
        (None, "count"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-cmd|' /C calc'!A0", "@SUM(1)", "\t=1", "\uff1d1+1", " =1"])
def test_a_text_that_looks_like_a_formula_is_said(text):
    assert fields.parse_text(text)[1] == "formula"


@pytest.mark.parametrize("text", ["-75.1", "+1 555 0100", "-", "(42.3, -71.0)", "100 BLOCK A - B ST", "'=1+1"])
def test_numbers_and_plain_texts_are_no_formulas(text):
    assert fields.parse_text(text)[1] == ""


def test_a_text_of_more_than_five_hundred_characters_is_a_fault():
    assert fields.parse_text("x" * 501)[1] == "long"
    assert fields.parse_text("x y " * 200)[1] == "long"
    assert fields.parse_text("x" * 500)[1] == ""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Homicide - Criminal", "homicide"),
        ("09A", "homicide"),
        ("Non-Fatal Shooting", "non_fatal_shooting"),
        ("Agg Assault - person shot", "non_fatal_shooting"),
        ("Shots fired at occupied dwelling", "shots_fired_property"),
        ("Aggravated Assault", "shots_fired_person"),
        ("SHOTS FIRED", "shots_fired_confirmed"),
        ("Multiple Gunshots", "gds_alert_confirmed"),
        ("Robbery w/ firearm", "robbery_gun"),
        ("Carjacking", "carjacking"),
        ("DV assault", "dv_gun"),
        ("Officer-Involved Shooting", "officer_involved"),
        ("Suicide", "suicide"),
        ("Negligent discharge", "accidental"),
        ("Weapon Law Violations", "gun_recovery"),
        ("Found firearm", "found_gun"),
        ("Search Warrant", "search_warrant"),
        ("Traffic stop", "traffic_stop"),
        ("gun_recovery", "gun_recovery"),
        ("Noise complaint", ""),
    ],
)
def test_kinds_of_events_are_understood_from_words_and_codes(text, kind):
    assert fields.event_type_of(text)[0] == kind
