"""Guns in sentences: what holds for every sentence, by properties; every name, number and place here is invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence.guns.descriptions import Description, same_gun
from evidence.guns.sentences import describe
from tests.evidence.guns.phrases import GUNS, as_said, guns, read


def test_the_same_number_of_two_makers_is_two_guns():
    first, second = describe("Glock 17 pistol, SN ABC123"), describe("Ruger P95 pistol, SN ABC123")
    assert not same_gun(first, second)
    assert same_gun(first, describe("serial #abc-123, a pistol by the make of Glock, model 17"))
    assert not same_gun(describe("rifle, serial number ABC123"), describe("rifle, serial number ABC123"))


# --- properties ---


@settings(deadline=None, max_examples=300)
@given(guns(), st.data())
def test_order_case_blanks_and_punctuation_change_nothing(gun, data):
    phrases, expected = gun
    text = as_said(phrases, data)
    assert read(describe(text)) == expected


@settings(deadline=None, max_examples=200)
@given(guns(), guns(), st.data())
def test_two_guns_meet_only_when_maker_and_number_are_one(first, second, data):
    one, other = describe(as_said(first[0], data)), describe(as_said(second[0], data))
    is_one = (first[1][0], first[1][4]) == (second[1][0], second[1][4])
    assert same_gun(one, other) == is_one


@settings(deadline=None, max_examples=200)
@given(st.text(max_size=400))
def test_any_text_gives_a_description(text):
    assert isinstance(describe(text).as_dict(), dict)


PIECES = [
    "Glock",
    "S&W",
    "model",
    "Mod.",
    "9mm",
    ".40",
    "serial number",
    "#",
    "S/N",
    "ABC123",
    "(",
    ")",
    ",",
    ";",
    ".",
    "-",
    "&",
]
PIECES += [
    "22",
    "Inc.",
    "imported by",
    "no",
    "obliterated",
    "pistol",
    "AK-47",
    "x",
    "*",
    "?",
    "…",
    "ﬁ",
    "İ",
    "ß",
    "１２",
    "\u200b",
]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=40), st.sampled_from(["", " ", ", "]))
def test_pieces_of_descriptions_in_any_order_give_a_description(pieces, between):
    found = describe(between.join(pieces)).as_dict()
    assert all(0 <= sure <= 1 for sure in found["confidence"].values())


@pytest.mark.parametrize(
    "piece", ["with ", "serial ", "no ", "a-", "1x", "oblit ", "x-x-", "((((", "9 ", "Glock ", "model model "]
)
def test_a_long_repetition_takes_no_time(piece):
    assert isinstance(describe(piece * 5000), Description)


def test_the_made_up_guns_cover_the_trade():
    assert len(GUNS) > 250
    assert len({maker for maker, *_rest in GUNS}) > 40
