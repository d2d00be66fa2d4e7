"""What a bulletin says: no door comes through, and nothing is more than it is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads import bulletins
from leads.blocks import UNKNOWN, block_of


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("1915 Oak St", "1900 block of Oak St"),
        ("1915 Oak St, Apt 4", "1900 block of Oak St"),
        ("1915-A Oak St #12", "1900 block of Oak St"),
        ("1915B Oak St Unit B", "1900 block of Oak St"),
        ("1915-1917 Oak St", "1900 block of Oak St"),
        ("1915 1/2 Oak St", "1900 block of Oak St"),
        ("Rear of 1915 Oak St", "1900 block of Oak St"),
        ("Apt 4, 1915 Oak St", "1900 block of Oak St"),
        ("47 Oak St", "First block of Oak St"),
        ("100 Oak St", "100 block of Oak St"),
        ("1915 5th Av", "1900 block of 5th Av"),
        ("1915 Highway 61", "1900 block of Highway 61"),
        ("Oak St & 5th Av", "Oak St & 5th Av"),
        ("Oak St and Route 9", "Oak St and Route 9"),
        ("1900 block of Oak St", "1900 block of Oak St"),
        ("Oak St", "Oak St"),
        ("1915", UNKNOWN),
        ("", UNKNOWN),
        ("N19W11912 Oak Dr", "Oak Dr"),
    ],
)
def test_an_address_becomes_its_block(address, block):
    assert block_of(address) == block


streets = st.sampled_from(["Oak St", "W 5th Av", "Martin Luther King Blvd", "Highway 61", "St. Clair Av"])
units = st.sampled_from(["", ", Apt {}", " #{}", " Unit {}", ", Suite {}B", " Lot {}", ", Rm. {}"])


@given(st.integers(1, 99999), streets, units, st.integers(1, 9999), st.sampled_from(["", "Rear of ", "Front of "]))
def test_neither_the_house_number_nor_that_of_a_unit_comes_through(house, street, unit, number, before):
    block = block_of(f"{before}{house} {street}{unit.format(number)}")
    allowed = {"5", "61"} | {str(house // 100 * 100)}
    assert set(re.findall(r"\d+", block)) <= allowed
    assert block.endswith(street)
    assert before.strip() not in block or not before


@given(st.text(max_size=80))
def test_any_text_has_a_block_or_none(text):
    assert block_of(text)


def fact(**values):
    given = {"lead": "W-1", "at": "2026-07-01T10:00:00+00:00", "kind": "homicide", "what": "Homicide", "code": "PAPD"}
    given |= {"mark": 1, "case": "26-1", "agency": 7, "confirmed": False, "address": "1915 Oak St, Apt 4"}
    given |= {"caliber": "9 mm", "casings": 3, "lab_number": "L-1", "exhibit_number": "4"}
    return bulletins.Fact(**given | values)


def test_only_the_sections_chosen_are_kept_and_the_stamp_with_its_caveat_always_is():
    body = bulletins.compose([fact()], 0, [])
    assert set(body) == {"leads", "link", "caveat", "events_count", "agencies"}
    assert "identifies no person" in body["caveat"]
    whole = bulletins.compose([fact(), fact(case="26-2")], 0, list(bulletins.SECTIONS))
    assert [word for word in ("1915", "Apt") if word in str(whole)] == []
    assert whole["places"][0]["block"] == "1900 block of Oak St"


def test_what_is_confirmed_in_part_is_never_said_to_be_confirmed():
    part = bulletins.compose([fact(confirmed=True), fact(case="26-2")], 0, ["events"])
    assert part["link"] == "1 of 2 events"
    assert part["caveat"] == bulletins.CAVEAT
    assert bulletins.compose([fact(confirmed=True)] * 2, 1, [])["caveat"] == bulletins.CONFIRMED
