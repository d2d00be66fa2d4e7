"""Which leads hang together, beside a slow look along every link."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leads.clusters import COMMON, CONFIRMED, MIXED, UNCONFIRMED, alike, confidence, connected, telling

LEADS = some.integers(1, 9)
SPECIMENS = some.lists(some.tuples(LEADS, some.sampled_from("abcdef")), max_size=14)
PAIRS = some.lists(some.tuples(LEADS, LEADS), max_size=6)


def slowly(leads, specimens, joined):
    """From each lead along every link to whatever it reaches."""
    links = {(one, other) for one, s in specimens for other, t in specimens if s == t}
    links |= {way for one, other in joined for way in ((one, other), (other, one))}
    parts = set()
    for lead in leads:
        reached = {lead}
        while more := {other for one, other in links if one in reached and other in leads} - reached:
            reached |= more
        parts.add(frozenset(reached))
    return parts


@given(some.sets(LEADS), SPECIMENS, PAIRS)
def test_parts_are_what_every_link_reaches(leads, specimens, joined):
    found = connected(leads, specimens, joined)
    assert {frozenset(part) for part in found} == slowly(leads, specimens, joined)
    assert found == sorted(found, key=lambda part: (-len(part), min(part)))


@given(some.sets(LEADS), SPECIMENS, PAIRS, some.randoms())
def test_the_order_in_which_links_are_told_changes_nothing(leads, specimens, joined, random):
    before = connected(leads, specimens, joined)
    random.shuffle(specimens)
    random.shuffle(joined)
    assert connected(leads, specimens, [(other, one) for one, other in joined]) == before


def test_one_link_that_is_not_confirmed_leaves_the_whole_unconfirmed():
    assert [confidence(3, n) for n in range(4)] == [UNCONFIRMED, MIXED, MIXED, CONFIRMED]
    assert confidence(0, 0) == UNCONFIRMED
    with pytest.raises(ValueError, match="No more events"):
        confidence(1, 2)


def test_what_thousands_have_in_common_makes_no_two_leads_alike():
    assert not any(
        telling(value) for value in ("9mm", "9 MM", "9x19", "Unknown", "N/A", "none", "12", "Glock", ".223", "")
    )
    assert all(telling(value) for value in ("26-018844", "L26-0441", "E-1001"))


def test_leads_are_alike_by_a_case_of_which_one_does_not_say_the_exhibit():
    named = {1: 2, 2: 2, 3: COMMON}
    assert alike({1: {7}, 2: set()}, {1: set(), 2: {9}}, named) == [1, 2]
    assert alike({1: {7}}, {1: {8}}, named) == [], "two specimens of one scene may be of two guns"
    assert alike({3: set()}, {3: set()}, named) == [], "a case that many leads name says nothing"
    assert alike({1: set()}, {2: set()}, named) == []
