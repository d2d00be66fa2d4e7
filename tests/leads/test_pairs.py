"""Pairs of cases: what confirmed ones tie together, against a slow oracle."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads import pairs

EVENTS = st.lists(st.integers(1, 9), unique=True, max_size=7)
TWO = st.tuples(st.integers(1, 9), st.integers(1, 9)).filter(lambda both: both[0] != both[1])


def reached(event, events, confirmed):
    """Everything that is reached from an event by one pair after the other."""
    found, grew = {event}, True
    while grew:
        near = {b for a, b in [*confirmed, *((b, a) for a, b in confirmed)] if a in found and b in events}
        grew, found = bool(near - found), found | near
    return frozenset(found)


@settings(deadline=None)
@given(EVENTS, st.lists(TWO, max_size=9))
def test_groups_are_what_is_reached_by_pairs(events, confirmed):
    slow = {group for group in (reached(event, events, confirmed) for event in events) if len(group) > 1}
    found = pairs.groups(events, confirmed)
    assert {frozenset(group) for group in found} == slow
    assert [len(group) for group in found] == sorted(map(len, found), reverse=True)
    assert pairs.groups(events, [(b, a) for a, b in reversed(confirmed)]) == found, "in whatever order they came"


@settings(deadline=None)
@given(EVENTS, st.lists(TWO, max_size=9), st.lists(st.integers(1, 9), max_size=3))
def test_a_line_is_confirmed_as_a_whole_only_when_all_of_it_is_tied(events, confirmed, said):
    core = pairs.core(events, confirmed, said)
    here = set(said) & set(events)
    assert here <= core <= set(events)
    if not here:
        groups = pairs.groups(events, confirmed)
        assert core == frozenset(groups[0] if groups else ())
        if len(core) == len(events) > 0:
            assert reached(events[0], events, confirmed) == set(events)
    more = pairs.core(events, [*confirmed, *((a, b) for a in core for b in core if a < b)], said)
    assert more == core, "pairs within what is confirmed change nothing"


def test_two_groups_that_nothing_ties_are_not_one_gun():
    assert pairs.core([1, 2, 3, 4], [(3, 4), (1, 2)]) == {1, 2}
    assert pairs.core([1, 2, 3, 4, 5], [(1, 2), (3, 4), (4, 5)]) == {3, 4, 5}
    assert pairs.core([1, 2, 3, 4, 5], [(1, 2), (3, 4), (4, 5)], said=[2]) == {1, 2}
    assert pairs.core([1, 2, 3], [], said=[3]) == {3}


def test_one_event_left_links_nothing():
    assert pairs.on_line([1, 2, 3], {2}) == [1, 3]
    assert pairs.on_line([1, 2], {2}) == []
    assert pairs.ordered(5, 2) == (2, 5)
    with pytest.raises(ValueError, match="two events"):
        pairs.ordered(2, 2)


@pytest.mark.parametrize(
    ("hits", "confirmed", "events", "told"),
    [(0, 0, 3, False), (0, 0, 0, False), (1, 2, 5, "1 of 10 pairs"), (0, 1, 2, "1 of 2 events"), (2, 3, 3, True)],
)
def test_the_stamp_says_how_far_a_line_is_confirmed(hits, confirmed, events, told):
    assert pairs.words(hits, confirmed, events) == told
