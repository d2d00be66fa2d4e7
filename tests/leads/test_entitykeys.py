"""What persons and things are found by, whose name is masked, and what is looked for: pure."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leads import enriching, entitykeys, shield

DAYS = some.dates(date(1930, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("person", "Doran, Pat", "PAT DORAN"),
        ("person", "Peña-Ruiz, José", "Pena Ruiz, Jose"),
        ("person", "O'Neil, Kit Jr.", "oneil, kit"),
        ("vehicle", "7ABC-123", "7abc 123"),
        ("phone", "+1 (555) 010-0199", "555.010.0199"),
        ("address", "900 North Quarry Street, Port Alder", "900 N. Quarry St"),
    ],
)
def test_two_spellings_of_one_thing_give_one_key(kind, one, other):
    found = entitykeys.telling(entitykeys.keys(kind, one))
    assert found
    assert found == entitykeys.telling(entitykeys.keys(kind, other))


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("person", "Unknown"),
        ("person", "John Doe"),
        ("person", ""),
        ("vehicle", "UNK"),
        ("vehicle", "000000"),
        ("vehicle", "7A"),
        ("phone", "000-0000"),
        ("phone", "911"),
        ("address", "Quarry Street"),
        ("address", "unknown"),
    ],
)
def test_what_says_nothing_brings_nothing_together(kind, written):
    assert entitykeys.keys(kind, written) == set()


def test_a_name_with_a_birthday_is_told_by_both_and_a_plate_by_its_state():
    born = entitykeys.person_keys("Doran, Pat", date(1990, 2, 3))
    assert entitykeys.telling(born) == {"b:DORAN PAT 1990-02-03"}
    assert entitykeys.telling(entitykeys.person_keys("Doran, Pat")) == {"n:DORAN PAT"}
    assert entitykeys.telling(entitykeys.plate_keys("7ABC123", "il")) == {"v:7ABC123 IL"}
    assert entitykeys.telling(entitykeys.plate_keys("7ABC123")) == {"v:7ABC123"}


@given(some.text(max_size=40))
def test_what_is_typed_gives_keys_that_sort_before_the_end_of_a_walk(typed):
    for key in entitykeys.looked_for(typed):
        assert key[1] == ":"
        assert all(each < "~" for each in key)


@given(some.lists(some.sampled_from(["Kit", "Doran", "Lane", "Amari", "De", "Sol"]), min_size=2, max_size=4))
def test_whoever_was_recorded_is_found_by_the_name_and_by_each_word_of_it(words):
    written = " ".join(words)
    recorded = entitykeys.person_keys(written)
    asked = entitykeys.looked_for(written)
    assert any(key.startswith(each) for key in recorded for each in asked)
    for word in words:
        assert entitykeys.looked_for(word) & recorded


@given(DAYS, DAYS)
def test_a_juvenile_is_who_has_not_had_eighteen_birthdays(born, on):
    """Counted one birthday after another: of 29 February on 1 March."""
    had, day = 0, born
    while had < 18:
        day += timedelta(days=1)
        leap_born = (born.month, born.day) == (2, 29)
        is_birthday = (day.month, day.day) == (born.month, born.day)
        is_first_of_march = leap_born and (day.month, day.day) == (3, 1) and (day - timedelta(days=1)).day == 28
        had += is_birthday or is_first_of_march
    assert shield.is_juvenile(born, on) == (on < day)


def test_victims_witnesses_and_juveniles_are_masked_and_nobody_else():
    grown, young, on = date(1990, 1, 1), date(2010, 7, 1), date(2026, 7, 1)
    assert shield.why({"suspect"}, grown, on) == ""
    assert shield.why({"suspect", "victim"}, grown, on) == "victim"
    assert shield.why({"witness"}, None, on) == "witness"
    assert shield.why({"suspect"}, young, on) == "juvenile"
    assert shield.why({"named"}, None, on) == ""


@pytest.mark.parametrize(
    ("kinds", "of"),
    [
        (["shots_fired_confirmed", "robbery_gun"], "casings"),
        (["shots_fired_confirmed", "homicide"], "hit"),
        (["homicide", "gun_recovery"], "gun"),
        (["gun_recovery", "found_gun"], "trace"),
        ([], "casings"),
    ],
)
def test_what_is_looked_for_hangs_on_what_happened(kinds, of):
    assert enriching.type_of(kinds) == of
    assert set(enriching.wanted({}, of)) <= set(enriching.ITEMS)


def test_a_center_that_chose_is_asked_and_what_was_answered_stays_on_the_list():
    assert enriching.wanted({"casings": ["lpr", "gone"]}, "casings") == ["lpr"]
    assert enriching.checklist(["lpr"], ["reports", "lpr"]) == ["lpr", "reports"]
