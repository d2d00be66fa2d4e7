"""Days from the first sale to the recovery: counted, put into buckets, and read from cells without a guess."""

import csv
import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence import timetocrime
from evidence.timetocrime import Reading
from tests.shared import shared

SEVERAL, LIMIT, CHOICE = "several guns", "a limit", "a choice"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "Under 3 months"), (90, "Under 3 months"), (91, "3 to under 7 months"), (212, "3 to under 7 months"),
        (213, "7 months to under 1 year"), (365, "1 to under 2 years"), (730, "2 to under 3 years"),
        (1094, "2 to under 3 years"), (1095, "3 years or more"), (20_000, "3 years or more"),
    ],
)  # fmt: skip
def test_the_buckets_are_those_of_the_published_tables(number, words):
    assert timetocrime.bucket(number) == words
    assert timetocrime.is_short(number) == (words != "3 years or more")


def test_no_time_to_crime_is_negative():
    assert timetocrime.days(date(2026, 3, 2), date(2026, 3, 1)) is None
    with pytest.raises(ValueError, match="not negative"):
        timetocrime.bucket(-1)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 50_000))
def test_days_are_whole_days(sold, number):
    assert timetocrime.days(sold, sold + timedelta(days=number)) == number


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("648", Reading(648)),
        ("1,289", Reading(1289)),
        ("382 days", Reading(382)),
        ("0", Reading(0)),
        ("1,289\nTTC (nibin incident 1): 663", Reading(1289, 663)),
        ("846\nTTC (nibin incident 1): 382 days", Reading(846, 382)),
        ("1700 (858 to first NIBIN incident)", Reading(1700, 858)),
        ("219\n150 to first NIBIN incident", Reading(219, 150)),
        ("", Reading()),
        ("unknown", Reading()),
        ("N/A", Reading()),
        ("Not clear (note removed)", Reading()),
    ],
)
def test_what_is_certain_is_read(cell, said):
    assert timetocrime.read(cell) == said


@pytest.mark.parametrize(
    ("cell", "why"),
    [
        ("G1: 223\nG2: 218", SEVERAL),
        ("50 (1)\n171 (2)", SEVERAL),
        ("1891 (both guns)", SEVERAL),
        ("G2: 1039", SEVERAL),
        ("Gun 2: approx. 5 months", SEVERAL),
        ("G1: 11 (to first NIBIN)\nG2: 1013", SEVERAL),
        ("Over 20 years ", LIMIT),
        ("approx. 300", LIMIT),
        ("< 90", LIMIT),
        ("1991 or 2356", CHOICE),
        ("300-400", CHOICE),
        ("1,28", "not a number of days"),
        ("-5", "not a number of days"),
        ("5 months", "not a number of days"),
        ("12 34", "not a number of days"),
        ("99999", "more days than"),
        ("200\nTTC (nibin incident 1): 300", "cannot lie after the recovery"),
    ],
)
def test_what_is_not_certain_goes_to_a_person_with_a_sentence(cell, why):
    said = timetocrime.read(cell)
    assert (said.days, said.first_use_days) == (None, None)
    assert why in said.why


@given(st.text())
def test_any_cell_is_read_or_explained(cell):
    said = timetocrime.read(cell)
    assert said.days is None or str(said.days) in re.sub(r"\D", "", cell)


def test_the_cells_of_a_real_table_are_read_as_people_counted_them_or_go_to_a_person():
    with shared("data/guns/de_crime_guns_deid.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    read = [(row, timetocrime.read(row["time_to_recovery_raw"])) for row in rows]
    counted = [row for row, said in read if row["time_to_crime_days"] and said.days != float(row["time_to_crime_days"])]
    assert counted == []
    assert sum(said.days is not None for _, said in read) == 339
    assert sum(said.first_use_days is not None for _, said in read) == 20
    assert sum(bool(said.why) for _, said in read) == 19
