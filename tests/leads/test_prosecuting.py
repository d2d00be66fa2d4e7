"""Of whom a case is, under which law, whether offices agree: pure."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leads import prosecuting

OFFICES = some.lists(some.integers(1, 4), unique=True, min_size=1, max_size=4)
SAID = some.lists(some.tuples(some.integers(1, 5), some.integers(1, 4)), max_size=12)


def slowly(offices, said):
    """The same by asking each office in turn for the last thing it said."""
    last = {}
    for office in offices:
        words = [chosen for who, chosen in said if who == office]
        if words:
            last[office] = words[-1]
    if not last:
        return "silent"
    if any(one != other for one in last.values() for other in last.values()):
        return "apart"
    return "agreed" if set(last) == set(offices) else "waiting"


@given(OFFICES, SAID)
def test_offices_agree_as_a_slow_look_says(offices, said):
    found = prosecuting.agreement(offices, said)
    assert found.how == slowly(offices, said)
    assert (found.chosen is not None) == (found.how in ("agreed", "waiting"))
    assert set(found.silent) == {each for each in offices if each not in {who for who, _ in said}}


@given(OFFICES, SAID, some.integers(1, 4))
def test_when_every_office_chooses_one_they_agree_whatever_was_said_before(offices, said, chosen):
    assert prosecuting.agreement(offices, [*said, *((each, chosen) for each in offices)]) == ("agreed", chosen, ())


def test_one_person_is_known_by_name_and_day_of_birth_in_two_spellings():
    one = prosecuting.person_key("Peña-Ruiz, José", date(1990, 1, 2))
    assert one == prosecuting.person_key("PENA RUIZ, JOSE", date(1990, 1, 2))
    assert one != prosecuting.person_key("Peña-Ruiz, José", date(1990, 1, 3))
    assert prosecuting.person_key("Doe, Pat", date(1990, 1, 2)) == prosecuting.person_key("pat doe", date(1990, 1, 2))
    # Without a comma the last word is the last name: of two surnames nobody knows where the first ends.
    assert one != prosecuting.person_key("JOSE PENA RUIZ", date(1990, 1, 2))


@pytest.mark.parametrize(("name", "born"), [("Pat Doe", None), ("Unknown", date(1990, 1, 1)), ("", None)])
def test_a_name_alone_or_nobody_makes_no_two_one(name, born):
    assert prosecuting.person_key(name, born) == ""


@pytest.mark.parametrize(
    ("asked", "federal", "venue", "wrong"),
    [
        ("", True, "federal", None),
        ("", False, "state", None),
        ("juvenile", True, "juvenile", None),
        ("revocation", False, "revocation", None),
        ("federal", False, "federal", "Only a U.S. Attorney's office"),
        ("state", True, "state", "takes no case of the state"),
    ],
)
def test_a_case_goes_under_the_law_of_its_office_unless_it_is_another_kind(asked, federal, venue, wrong):
    found = prosecuting.venue_of(asked, federal=federal)
    said = prosecuting.why_not_venue(found, federal=federal)
    assert found == venue
    assert (said is None) if wrong is None else wrong in said
