"""The triage score of a lead: a sum of points, each with its reason. Pure: data in, data out.

It speaks of events only: how grave, how recent, how many, how fast, and whether the gun is still out. It knows no
person, no race and no neighbourhood, so that nobody and no place is scored twice for having been policed before. A
score is stored with its version and the time it was computed for; a change of the table below is a new version.

Priority 1: a homicide or a non-fatal shooting in the last 7 days, in a line of two or more events. Priority 2: one
in the last 90 days, or a score of 50 or more. Priority 3: everything else. The priority chooses the limits of the
clock, so its reason is stored as well.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from leads.gunline import HOMICIDE, NON_FATAL, RECOVERY, group_of

VERSION = 1

# Inside one part the first line that holds counts; the best of all parts add up to 100. No part falls because an event
# joins the line, but one: a gun that is recovered is more workable and less of a danger. Time weighs so much because
# leads found helpful fall from 43% at 30 days to 18% at one year (Huff et al., Crime & Delinquency, 2024).
VIOLENCE = {"homicide": 30, "non_fatal_shooting": 20, "robbery_gun": 12, "carjacking": 12, "dv_gun": 12}
VIOLENCE_WORDS = {
    "homicide": "A homicide in the line",
    "non_fatal_shooting": "A person shot and wounded in the line",
    "robbery_gun": "A gun robbery in the line",
    "carjacking": "A carjacking in the line",
    "dv_gun": "Domestic violence with a gun in the line",
}
RECENCY_DAYS = ((3, 22), (7, 18), (30, 12), (90, 6))
EVENTS = ((5, 10), (4, 8), (3, 6), (2, 4))
AGENCIES = ((3, 6), (2, 3))
TEMPO_DAYS = ((7, 10), (30, 5))
GUN_AT_LARGE, GUN_RECOVERED = 14, 10
CONFIRMED = ((2, 8), (1, 4))

URGENT_DAYS = 7
GRAVE_DAYS = 90
HIGH_SCORE = 50
NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


class Event(NamedTuple):
    """One linked event: event type such as "homicide", when (aware), agency (code or id), whether an examiner
    confirmed its link.
    """

    kind: str
    occurred_at: datetime
    agency: str | int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """All the score may know. `gun_recovered` also counts a recovery outside the line; `as_of` is the time it
    is computed for.
    """

    events: tuple[Event, ...]
    gun_recovered: bool
    as_of: datetime


class Score(NamedTuple):
    """`total` 0..100 is the sum of the points of `reasons`: (points, sentence), most points first."""

    total: int
    version: int
    reasons: list[tuple[int, str]]


def score(facts: Facts) -> Score:
    """The score of a lead and why. A lead without events scores 0."""
    if not facts.events:
        return Score(0, VERSION, [])
    parts = (_violence, _recency, _breadth, _tempo, _gun, _confirmation)
    reasons = [reason for part in parts if (reason := part(facts))]
    return Score(sum(points for points, _ in reasons), VERSION, sorted(reasons, key=lambda reason: -reason[0]))


def priority(facts: Facts) -> tuple[int, str]:
    """1, 2 or 3 and the sentence that says why."""
    shot = [event for event in facts.events if group_of(event.kind) in (HOMICIDE, NON_FATAL)]
    # Of two at one moment the graver is named, in whichever order they are told.
    newest = max(shot, key=lambda event: (event.occurred_at, group_of(event.kind) is HOMICIDE), default=None)
    if newest and len(facts.events) > 1 and _age(newest, facts) <= URGENT_DAYS:
        return 1, f"{_what(newest)} {_ago(newest, facts)}, in a line of {len(facts.events)} events."
    if newest and _age(newest, facts) <= GRAVE_DAYS:
        return 2, f"{_what(newest)} {_ago(newest, facts)}."
    total = score(facts).total
    if total >= HIGH_SCORE:
        return 2, f"A score of {total}, {HIGH_SCORE} or more."
    return 3, f"Nobody shot in the last {GRAVE_DAYS} days, and a score under {HIGH_SCORE}."


def _violence(facts: Facts):
    worst = max(facts.events, key=lambda event: (VIOLENCE.get(event.kind, 0), event.occurred_at))
    points = VIOLENCE.get(worst.kind)
    return points and (points, f"{VIOLENCE_WORDS[worst.kind]}, {_ago(worst, facts)}")


def _recency(facts: Facts):
    fired = _fired(facts)
    if not fired:
        return None
    points = _first(RECENCY_DAYS, _age(fired[-1], facts))
    return points and (points, f"Newest event {_ago(fired[-1], facts)}")


def _breadth(facts: Facts):
    events, agencies = len(facts.events), len({event.agency for event in facts.events})
    points = _at_least(EVENTS, events) + _at_least(AGENCIES, agencies)
    sentence = f"{_count(events, 'event')} of {_count(agencies, 'agency', 'agencies').lower()}"
    return points and (points, sentence)


def _tempo(facts: Facts):
    """How fast the gun is used: the shortest time between two events of late."""
    late = [event.occurred_at for event in _fired(facts) if _age(event, facts) <= GRAVE_DAYS]
    gaps = [(after - before).days for before, after in pairwise(late)]
    if not gaps:
        return None
    points = _first(TEMPO_DAYS, min(gaps))
    apart = "less than a day" if min(gaps) == 0 else _count(min(gaps), "day").lower()
    return points and (points, f"Two events lie {apart} apart")


def _gun(facts: Facts):
    if facts.gun_recovered or any(group_of(event.kind) is RECOVERY for event in facts.events):
        return GUN_RECOVERED, "Gun recovered: its trace and where it was found can be worked"
    return GUN_AT_LARGE, "Gun still at large"


def _confirmation(facts: Facts):
    confirmed = sum(event.confirmed for event in facts.events)
    points = _at_least(CONFIRMED, confirmed)
    return points and (points, f"Links confirmed by an examiner: {confirmed} of {len(facts.events)}")


def _fired(facts: Facts) -> list[Event]:
    """Events in which the gun was used, oldest first."""
    used = [event for event in facts.events if group_of(event.kind) is not RECOVERY]
    return sorted(used, key=lambda event: event.occurred_at)


def _age(event: Event, facts: Facts) -> int:
    """Whole days before `as_of`; an event dated later counts as today."""
    return max(0, (facts.as_of - event.occurred_at).days)


def _ago(event: Event, facts: Facts) -> str:
    days = _age(event, facts)
    return "less than a day ago" if days == 0 else "1 day ago" if days == 1 else f"{days:,} days ago"


def _what(event: Event) -> str:
    return "A homicide" if group_of(event.kind) is HOMICIDE else "A person shot and wounded"


def _first(table, days: int) -> int:
    return next((points for limit, points in table if days <= limit), 0)


def _at_least(table, count: int) -> int:
    return next((points for least, points in table if count >= least), 0)


def _count(count: int, one: str, many: str | None = None) -> str:
    number = NUMBERS[count] if count < len(NUMBERS) else f"{count}"
    return f"{number} {one if count == 1 else many or one + 's'}"
