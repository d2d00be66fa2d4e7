"""How well a gun's number answers what somebody typed: by properties, and against trying every possibility."""

import string
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.guns.serials import misread_key, serial_key
from evidence.guns.serialsearch import MORE, NOTHING, TOO_LONG, Rank, asked, like_matches, rank

KEYS = st.text(alphabet="ABCO018I5SLZX479", min_size=1, max_size=9)
FOLDS = [
    str.maketrans(alike, as_one * len(alike)) for alike, as_one in (("O0", "0"), ("I1L", "1"), ("B8", "8"), ("S5", "5"))
]


def ranked(typed, serial):
    wanted = asked(typed)
    return None if isinstance(wanted, str) else rank(wanted, serial)


@pytest.mark.parametrize(
    ("typed", "serial", "expected"),
    [
        ("abc-123 4", "ABC1234", Rank.EXACT),
        ("ABCO12", "ABC012", Rank.EXACT),
        ("A8C1234", "ABC1234", Rank.MISREAD),
        ("5GX l2O", "SGX1Z0".replace("Z", "2"), Rank.MISREAD),
        ("369257", "369J257", Rank.EMBEDDED),
        ("369J257", "369K257", Rank.EMBEDDED),
        ("ABC1243", "ABC1234", Rank.ONE_EDIT),
        ("ABC124", "ABC1234", Rank.ONE_EDIT),
        ("ABC12934", "ABC1234", Rank.ONE_EDIT),
        ("C123", "ABC1234", Rank.PARTIAL),
        ("ABC?234", "ABC1234", Rank.READABLE),
        ("*1234", "ABC1234", Rank.READABLE),
        ("ABC1234", "AB?1*", Rank.READABLE),
        ("ABC1234", "ABC9934", None),
        ("AB?1234", "AB1234", None),
        ("ABC1234", "", None),
        ("12", "12", Rank.EXACT),
        ("12", "123", None),
    ],
)
def test_a_number_answers_as_the_trade_would_say(typed, serial, expected):
    assert ranked(typed, serial) == expected


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("*", MORE), ("1*", MORE), ("???", MORE), ("?A?1?", MORE), ("**1**", MORE), ("", NOTHING), ("--", NOTHING),
        ("none", NOTHING), ("é", NOTHING), ("A" * 41, TOO_LONG), ("1" * 200, TOO_LONG), ("?" * 200, TOO_LONG),
        ("*A" * 60, TOO_LONG), ("%%%", NOTHING), ("' or 1=1", None), ("A%_\\123", None), ("\x00ABC123", None),
    ],
)  # fmt: skip
def test_what_would_find_every_gun_is_not_looked_for(typed, sentence):
    found = asked(typed)
    assert found == sentence if sentence else not isinstance(found, str)


def variants(key):
    """Every key that one dropped, added, changed or swapped character makes of it."""
    letters = string.ascii_uppercase + string.digits
    cuts = [(key[:place], key[place:]) for place in range(len(key) + 1)]
    found = {one + two[1:] for one, two in cuts if two}
    found |= {one + two[1] + two[0] + two[2:] for one, two in cuts if len(two) > 1}
    found |= {one + letter + two[1:] for (one, two), letter in product(cuts, letters) if two}
    return found | {one + letter + two for (one, two), letter in product(cuts, letters)}


def slow_rank(typed, serial):
    """The same for whole numbers, by trying: the sets of all that each way of answering accepts."""
    strict, other = serial_key(typed), serial_key(serial)
    if not strict or not other:
        return None
    key, their = typed.upper(), serial.upper()
    for fold in FOLDS:
        key, their = key.translate(fold), their.translate(fold)
    if strict == other:
        return Rank.EXACT
    if key == their:
        return Rank.MISREAD
    if without_embedded(strict) == without_embedded(other):
        return Rank.EMBEDDED
    if len(key) >= 5 and their in variants(key):
        return Rank.ONE_EDIT
    return Rank.PARTIAL if len(key) >= 3 and any(their[at:].startswith(key) for at in range(len(their))) else None


def without_embedded(key):
    digits = [place for place, each in enumerate(key) if each.isdigit()]
    if digits:
        inside = range(digits[0], digits[-1])
        key = "".join(each for place, each in enumerate(key) if place not in inside or each.isdigit())
    for fold in FOLDS:
        key = key.translate(fold)
    return key


@given(KEYS, KEYS)
def test_ranking_agrees_with_trying_every_possibility(typed, serial):
    assert ranked(typed, serial) == slow_rank(typed, serial)


@given(KEYS, st.data())
def test_ranking_agrees_on_numbers_that_are_nearly_the_same(typed, data):
    serial = data.draw(st.sampled_from(sorted(variants(typed))))
    assert ranked(typed, serial) == slow_rank(typed, serial)


@given(st.text(alphabet=string.ascii_uppercase + string.digits, min_size=1, max_size=12), st.data())
def test_whatever_answers_is_among_what_the_database_looks_up(typed, data):
    """Of each number that ranks, its key or its frame is asked for, or one of the patterns matches it."""
    wanted = asked(typed)
    serial = data.draw(
        st.one_of(
            st.just(typed),
            st.sampled_from(sorted(variants(typed))),
            st.builds("{}{}{}".format, KEYS, st.just(typed), KEYS),
        )
    )
    if isinstance(wanted, str) or rank(wanted, serial) is None:
        return
    key, frame = misread_key(serial), rank(wanted, serial) == Rank.EMBEDDED
    assert frame or key in wanted.keys or any(like_matches(like, key) for like in wanted.likes)


@given(st.text(max_size=90), st.text(max_size=50))
def test_any_two_texts_are_ranked_or_not_and_nothing_breaks(typed, serial):
    assert ranked(typed, serial) in {*Rank, None}
