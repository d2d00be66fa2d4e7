"""Pairs of cases: which events the confirmed ones tie together, and what a line comes to by that. Pure.

An examiner compares the specimens of two cases and reports on that pair. A gun is one, so that pairs tie further: what
is confirmed with one case of a group belongs to the group. Events are ids, a pair is two of them in any order.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from leads.clusters import connected


def possible(events: int) -> int:
    """How many pairs of cases a line of `events` has."""
    return events * (events - 1) // 2


def ordered(one: int, two: int) -> tuple[int, int]:
    """A pair as it is kept, the lower id first. ValueError for one event twice."""
    if one == two:
        raise ValueError("a pair is of two events")
    return (one, two) if one < two else (two, one)


def groups(events: Sequence[int], confirmed: Iterable[tuple[int, int]]) -> list[set[int]]:
    """The events that confirmed pairs tie together, two or more each; the largest group first, of equal ones that with
    the smallest id. Pairs of other events are passed over.
    """
    return [part for part in connected(events, (), confirmed) if len(part) > 1]


def core(events: Sequence[int], confirmed: Collection[tuple[int, int]], said: Collection[int] = ()) -> frozenset[int]:
    """The events of a line that are confirmed. Two groups that nothing ties are not one gun yet, so that it is the
    largest alone, and what is tied to an event of which an examiner `said` that it belongs to the line.
    """
    here = [event for event in events if event in set(said)]
    found = groups(events, [*confirmed, *pairwise(here)])
    largest = found[:1]
    with_said = [group for group in found if group & set(here)]
    return frozenset(event for group in (with_said or largest) for event in group) | frozenset(here)


def on_line(events: Sequence[int], off: Collection[int]) -> list[int]:
    """The events that stay when those are taken `off`: none when fewer than two are left, as one links nothing."""
    left = [event for event in events if event not in set(off)]
    return left if len(left) > 1 else []


def words(hits: int, confirmed: int, events: int) -> bool | str:
    """What the stamp of a line says: True when all of its events are confirmed, False when none is, else how far."""
    if not confirmed:
        return False
    if confirmed == events:
        return True
    many = possible(events)
    return f"{hits} of {many} pairs" if hits else f"{confirmed} of {events} events"
