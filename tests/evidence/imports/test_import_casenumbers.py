"""One key for one case however it was typed, and the signs that a number lost digits on its way."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.imports.casenumbers import case_key, looks_cut, similar
from tests.shared import shared


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("26-018844", "26018844"),
        ("26-018844", " 26 018844 "),
        ("26-018844", "Case No. 26-018844"),
        ("26-018844", "CCN: 26018844"),
        ("26-018844", "26\u2013018844"),
        ("26/018844", "26.018844"),
        ("202115564011.0", "202115564011"),
        ("08-018844", "8018844"),
        ("pd26-1", "PD 26-1"),
        ("DR#26-018844", "26-018844"),
    ],
)
def test_two_ways_to_write_one_number_have_one_key(first, second):
    assert case_key(first) == case_key(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("26-18844", "26-018844"), ("26-018844", "25-018844"), ("PD26-1", "26-1"), ("202115858410.0", "20211585841")],
)
def test_numbers_that_may_be_two_cases_have_two_keys(first, second):
    assert case_key(first) != case_key(second)


def test_hyphens_stay_where_they_tell_two_numbers_apart():
    assert case_key("53-16") == case_key("531-6")
    assert case_key("53-16", hyphens_count=True) != case_key("531-6", hyphens_count=True)


def test_a_laboratory_number_in_front_is_cut_off_when_the_agency_says_so():
    assert case_key("DFS-CCN-17-012345", keep_last=8) == "17012345"
    assert case_key("DFS-CCN-17-012345", keep_last=8, hyphens_count=True) == "17-012345"
    assert case_key("53-16", keep_last=8, hyphens_count=True) == "53-16"


@pytest.mark.parametrize("text", ["", "  ", "-", "###", "?"])
def test_a_text_without_letter_or_digit_has_no_key(text):
    assert case_key(text) == ""


@given(st.text(max_size=40))
def test_the_key_of_a_key_is_the_key(text):
    key = case_key(text)
    assert case_key(key) == key


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2114.0", "short"),
        ("2114", "short"),
        ("202115858410.0", "ends_in_zero"),
        ("2.02116E+11", "rounded"),
        ("58731201929.0", "length"),
        ("202115564011.0", ""),
        ("202115564010", ""),
        ("AB12", ""),
    ],
)
def test_a_number_that_may_have_lost_digits_says_why(text, reason):
    assert looks_cut(text, 12) == reason


def test_candidates_are_ranked_with_the_reason():
    found = similar("2618844", ["99", "26018845", "2618845", "26018844", "2618448"])
    assert [candidate for candidate, _likeness, _reason in found][:2] == ["26018844", "2618845"]
    assert found[0][2] == "the same but for zeros"
    assert "99" not in [candidate for candidate, _likeness, _reason in found]


def test_a_number_cut_at_its_end_finds_the_whole_one():
    assert similar("2021155640", ["202115564011", "202215564011"])[0][0] == "202115564011"


def test_no_two_incidents_of_a_real_city_share_a_key():
    with shared("data/philadelphia/shooting_victims_2015_2023.csv").open(encoding="utf-8") as file:
        numbers = {row["dc_key"] for row in csv.DictReader(file)}
    assert len({case_key(number) for number in numbers}) == len(numbers)
