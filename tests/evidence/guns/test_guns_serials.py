"""Keys of serial numbers: what two spellings share, and what tells two guns apart."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.guns.patterns import is_pattern, matches, pattern_of
from evidence.guns.serials import frame_key, misread_key, serial_key, shown_as

ANY = st.text(max_size=50)
NUMBER = st.text(alphabet="ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=3, max_size=12)
LOOKALIKES = {
    "0": "0OoQ"[:3],
    "O": "0Oo",
    "1": "1IilL",
    "I": "1IilL",
    "L": "1IilL",
    "8": "8Bb",
    "B": "8Bb",
    "5": "5Ss",
    "S": "5Ss",
}


@pytest.mark.parametrize(
    ("first", "second"),
    [("CGX-411", "CGX411"), ("ab 123 456", "AB123456"), ("AO12", "A012"), ("1-30765-2002", "1307652002")],
)
def test_hyphens_blanks_capitals_and_the_letter_o_make_no_second_gun(first, second):
    assert serial_key(first) == serial_key(second)


@pytest.mark.parametrize(
    ("first", "second"), [("AB1234", "AB1235"), ("B1234", "81234"), ("S1234", "51234"), ("I123", "1123")]
)
def test_the_strict_key_does_not_take_one_character_for_another(first, second):
    assert serial_key(first) != serial_key(second)


@pytest.mark.parametrize(
    ("typed", "key"), [("369J257", "369257"), ("AB369J257C", "AB369257C"), ("A1", "A1"), ("none", "")]
)
def test_letters_between_digits_say_nothing_in_the_key_of_the_frame(typed, key):
    assert frame_key(typed) == key


@pytest.mark.parametrize(
    "typed",
    ["", " ", "-", "none", "N/A", "unknown", "obliterated", "removed", "XX-XXXXXXX", "000", "redacted", "?", "**"],
)
def test_what_is_no_number_has_no_key(typed):
    assert serial_key(typed) == frame_key(typed) == misread_key(typed) == ""


@given(NUMBER, st.data())
def test_a_number_misread_in_any_of_the_four_ways_keeps_its_misread_key(number, data):
    misread = "".join(data.draw(st.sampled_from(LOOKALIKES.get(each, each))) for each in number)
    if serial_key(number) and serial_key(misread):
        assert misread_key(misread) == misread_key(number)


@given(NUMBER, st.lists(st.tuples(st.integers(0, 12), st.sampled_from([" ", "-", "  ", ".", "/"])), max_size=4))
def test_breaks_inside_a_number_change_no_key(number, breaks):
    typed = number
    for place, mark in breaks:
        typed = typed[:place] + mark + typed[place:]
    for key in (serial_key, frame_key, misread_key):
        assert key(typed) == key(number)


@given(ANY)
def test_a_key_of_any_text_is_short_plain_and_the_key_of_itself(text):
    for key in (serial_key, misread_key):
        found = key(text)
        assert re.fullmatch(r"[A-Z0-9]{0,40}", found)
        assert key(found) in (found, "")
    assert re.fullmatch(r"[A-Z0-9]{0,40}", frame_key(text))


@given(NUMBER, NUMBER)
def test_numbers_that_share_the_strict_key_share_the_tolerant_ones(first, second):
    if serial_key(first) == serial_key(second):
        assert misread_key(first) == misread_key(second)
        assert frame_key(first) == frame_key(second)


@pytest.mark.parametrize(
    ("typed", "maker", "shown"),
    [
        ("CGX-411", "Glock", "CGX411"),
        ("300-20134", "Ruger", "300-20134"),
        ("Rl98770", "Astra", "R198770"),
        ("abc 123", "", "ABC123"),
        ("pl12345", "", "PL12345"),
        ("AP288474,", "Davis Industries", "AP288474"),
    ],
)
def test_a_number_is_shown_as_it_stands_on_the_gun(typed, maker, shown):
    assert shown_as(typed, maker) == shown


# --- unreadable characters ---


@pytest.mark.parametrize(
    ("typed", "number", "is_found"),
    [
        ("AB?1234", "ABC1234", True),
        ("AB?1234", "AB1234", False),
        ("AB*34", "AB34", True),
        ("AB*34", "ABXX99934", True),
        ("*1234", "ZZ1234", True),
        ("1234*", "1234", True),
        ("A?-12?4", "AX-12 94", True),
        ("S?0O*", "5x00123", True),
        ("AB??12", "ABC12", False),
    ],
)
def test_a_pattern_finds_what_it_may_have_been(typed, number, is_found):
    assert matches(pattern_of(typed), misread_key(number)) == is_found


@pytest.mark.parametrize("typed", ["?", "*", "A?", "??*??", "", "  ", "A*", "?" * 50 + "AB", "AB" * 30])
def test_a_pattern_that_would_be_true_of_every_gun_or_of_none_is_none(typed):
    assert pattern_of(typed) is None


def test_a_pattern_brings_what_an_index_can_look_up():
    pattern = pattern_of("ab?12345*77x")
    assert pattern.like == "A8_12345%77X"
    assert pattern.runs == ("12345", "77X")
    assert is_pattern("AB?1")
    assert not is_pattern("AB1")


SMALL = st.text(alphabet="A1?*", max_size=7)


def slow_matches(parts, key):
    """Every way to fill the pattern, one after the other: each `?` by each character, each `*` by each length."""
    lengths = range(len(key) + 1)
    stars = parts.count("*")
    for chosen in product(lengths, repeat=stars):
        left, sizes = key, list(chosen)
        for part in parts:
            size = sizes.pop(0) if part == "*" else len(part)
            piece, left = left[:size], left[size:]
            if len(piece) < size or (part not in "?*" and piece != part):
                break
        else:
            if not left:
                return True
    return False


@given(SMALL, st.text(alphabet="A1", max_size=6))
def test_matching_agrees_with_trying_every_possibility(typed, key):
    pattern = pattern_of(typed)
    if pattern is not None:
        assert matches(pattern, key) == slow_matches(list(pattern.parts), key)


@given(SMALL, st.text(alphabet="A1", max_size=6))
def test_sql_like_says_the_same(typed, key):
    pattern = pattern_of(typed)
    if pattern is not None:
        as_regex = "".join({"_": ".", "%": ".*"}.get(each, each) for each in pattern.like)
        assert matches(pattern, key) == bool(re.fullmatch(as_regex, key))


@given(NUMBER, st.data())
def test_a_number_is_found_whatever_of_it_became_unreadable(number, data):
    hidden = data.draw(st.sets(st.integers(0, len(number) - 1)))
    typed = "".join("?" if place in hidden else each for place, each in enumerate(number))
    pattern = pattern_of(typed)
    if pattern is not None and misread_key(number):
        assert matches(pattern, misread_key(number))


@given(ANY)
def test_any_text_is_a_pattern_or_none(text):
    pattern = pattern_of(text)
    assert pattern is None or matches(pattern, "") in (True, False)


def test_many_stars_take_no_time():
    pattern = pattern_of("A*1*" * 9 + "Z")
    assert not matches(pattern, "A1" * 20)
