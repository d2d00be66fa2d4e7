"""The triage score of a lead: a sum of points, each with its reason. Pure: data in, data out.

It speaks of events only: how near to each other, how grave, how recent, how many, how fast, and what there is to work
with. It knows no race and no neighborhood: of places it takes distances between events alone, so that a line moved as a
whole to another part of town scores the same. Of people it knows only that a source names one.

Facts are measured (`measure`) and what was measured is weighed by a table of weights (`weigh`): stored are what was
measured, the version of the table and the time, so that any score can be shown again and any version be tried on what
was known at that time. Inside one part the first line that holds counts. No part falls because an event joins the line,
but two: a gun that is recovered is more workable and less of a danger, and a line that reaches further is no tight
cluster any more.

Priority 1: a homicide or a non-fatal shooting in the last 7 days, in a line of two or more events. Priority 2: one
in the last 90 days, or a score of 50 or more. Priority 3: everything else. The priority chooses the limits of the
clock, so its reason is stored as well.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import combinations, pairwise
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from leads import weights
from leads.gunline import HOMICIDE, NON_FATAL, RECOVERY, group_of

URGENT_DAYS = 7
GRAVE_DAYS = 90
HIGH_SCORE = 50
EARTH_METERS = 6_371_000
# Of so many located events the distances are compared; the oldest of a longer line are left out.
LOCATED = 60
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


class Event(NamedTuple):
    """One linked event: event type such as "homicide", when (aware), agency (code or id), whether an examiner
    confirmed its link, and its point as (latitude, longitude) in degrees, None where it is not known.
    """

    kind: str
    occurred_at: datetime
    agency: str | int
    confirmed: bool
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All the score may know. `gun_recovered` also counts a recovery outside the line; `as_of` is the time it
    is computed for; `flags` are those of `weights.FLAGS` that an analyst set with a source.
    """

    events: tuple[Event, ...]
    gun_recovered: bool
    as_of: datetime
    flags: frozenset = frozenset()


class Score(NamedTuple):
    """`total` is the sum of the points of `reasons`: (points, sentence, letter of GETS), most points first."""

    total: int
    version: int
    reasons: list[tuple[int, str, str]]


def score(facts: Facts, table: weights.Table = weights.BUILT_IN) -> Score:
    """The score of a lead and why. A lead without events scores 0."""
    return weigh(measure(facts), table)


def measure(facts: Facts) -> dict:
    """What a score is made of, as JSON keeps it: numbers of events, agencies and confirmed links; `violence`: whole
    days since the newest event of each grave kind; `newest` and `gap` in whole days, `spread` in meters between the
    two farthest of `located` events, each None where there is none; whether the gun is recovered; flags.
    """
    fired, events = _fired(facts), facts.events
    late = [event.occurred_at for event in fired if _age(event, facts) <= GRAVE_DAYS]
    points = [event.point for event in sorted(events, key=lambda each: each.occurred_at) if event.point][-LOCATED:]
    violence = {}
    for event in fired:
        if event.kind in weights.GRAVE:
            violence[event.kind] = _age(event, facts)
    return {
        "events": len(events),
        "agencies": len({event.agency for event in events}),
        "violence": violence,
        "newest": _age(fired[-1], facts) if fired else None,
        "gap": min(((after - before).days for before, after in pairwise(late)), default=None),
        "spread": max((round(meters(a, b)) for a, b in combinations(points, 2)), default=None),
        "located": len(points),
        "recovered": facts.gun_recovered or any(group_of(event.kind) is RECOVERY for event in events),
        "confirmed": sum(event.confirmed for event in events),
        "flags": sorted(facts.flags),
    }


def weigh(inputs: dict, table: weights.Table = weights.BUILT_IN) -> Score:
    """The score of what was measured by a table of weights."""
    if not inputs.get("events"):
        return Score(0, table.version, [])
    found = [*_geography(inputs), *_what_happened(inputs), *_time(inputs), *_solvability(inputs)]
    reasons = [(table.points[key], words, weights.LETTER[key]) for key, words in found if table.points[key]]
    # Of several grave kinds the one with most points counts, the newest of equals.
    grave = [(table.points[key], -days, key, words) for days, key, words in _violence(inputs) if table.points[key]]
    if grave:
        points, _days, key, words = max(grave)
        reasons.append((points, words, weights.LETTER[key]))
    total = sum(points for points, _words, _letter in reasons)
    return Score(total, table.version, sorted(reasons, key=lambda reason: -reason[0]))


def priority(facts: Facts, table: weights.Table = weights.BUILT_IN) -> tuple[int, str]:
    """1, 2 or 3 and the sentence that says why."""
    shot = [event for event in facts.events if group_of(event.kind) in (HOMICIDE, NON_FATAL)]
    # Of two at one moment the graver is named, in whichever order they are told.
    newest = max(shot, key=lambda event: (event.occurred_at, group_of(event.kind) is HOMICIDE), default=None)
    if newest and len(facts.events) > 1 and _age(newest, facts) <= URGENT_DAYS:
        return 1, f"{_what(newest)} {_ago(_age(newest, facts))}, in a line of {len(facts.events)} events."
    if newest and _age(newest, facts) <= GRAVE_DAYS:
        return 2, f"{_what(newest)} {_ago(_age(newest, facts))}."
    total = score(facts, table).total
    if total >= HIGH_SCORE:
        return 2, f"A score of {total}, {HIGH_SCORE} or more."
    return 3, f"Nobody shot in the last {GRAVE_DAYS} days, and a score under {HIGH_SCORE}."


def meters(one, other) -> float:
    """The distance between two points (latitude, longitude) in degrees, on a sphere (haversine)."""
    (lat1, lng1), (lat2, lng2) = ((radians(part) for part in point) for point in (one, other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lng2 - lng1) / 2) ** 2
    return 2 * EARTH_METERS * asin(min(1.0, sqrt(half)))


def _geography(inputs):
    if inputs["spread"] is not None:
        far = f"{inputs['spread'] / 1000:.1f} km" if inputs["spread"] >= 100 else "100 m"
        yield from _within("spread", inputs["spread"], f"{_count(inputs['located'], 'located event')} within {far}")
    yield from _at_least("agencies", inputs["agencies"], f"Events of {_few(inputs['agencies'], 'agency', 'agencies')}")


def _what_happened(inputs):
    yield from _at_least("events", inputs["events"], f"{_count(inputs['events'], 'event')} in the line")


def _violence(inputs):
    for kind, days in inputs["violence"].items():
        key = f"violence.{kind}"
        yield days, key, f"{weights.LABEL[key]}, {_ago(days)}"


def _time(inputs):
    if inputs["newest"] is not None:
        yield from _within("recency", inputs["newest"], f"Newest event {_ago(inputs['newest'])}")
    if inputs["gap"] is not None:
        apart = "less than a day" if inputs["gap"] == 0 else _few(inputs["gap"], "day")
        yield from _within("tempo", inputs["gap"], f"Two events lie {apart} apart")


def _solvability(inputs):
    if inputs["recovered"]:
        yield "gun.recovered", "Gun recovered: its trace and where it was found can be worked"
    else:
        yield "gun.at_large", "Gun still at large"
    confirmed = f"Links confirmed by an examiner: {inputs['confirmed']} of {inputs['events']}"
    yield from _at_least("confirmed", inputs["confirmed"], confirmed)
    for flag in inputs["flags"]:
        if flag in weights.FLAGS:
            yield f"flag.{flag}", weights.LABEL[f"flag.{flag}"]


def _fired(facts: Facts) -> list[Event]:
    """Events in which the gun was used, oldest first."""
    used = [event for event in facts.events if group_of(event.kind) is not RECOVERY]
    return sorted(used, key=lambda event: event.occurred_at)


def _age(event: Event, facts: Facts) -> int:
    """Whole days before `as_of`; an event dated later counts as today."""
    return max(0, (facts.as_of - event.occurred_at).days)


def _ago(days: int) -> str:
    return "less than a day ago" if days == 0 else "1 day ago" if days == 1 else f"{days:,} days ago"


def _what(event: Event) -> str:
    return "A homicide" if group_of(event.kind) is HOMICIDE else "A person shot and wounded"


def _within(ladder, value, words):
    key = next((key for limit, key in weights.STEPS[ladder] if value <= limit), None)
    return [(key, words)] if key else []


def _at_least(ladder, value, words):
    key = next((key for least, key in weights.STEPS[ladder] if value >= least), None)
    return [(key, words)] if key else []


def _count(count: int, one: str, many: str | None = None) -> str:
    number = NUMBERS[count] if count < len(NUMBERS) else f"{count}"
    return f"{number} {one if count == 1 else many or one + 's'}"


def _few(count: int, one: str, many: str | None = None) -> str:
    return _count(count, one, many).lower()
