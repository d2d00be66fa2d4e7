"""The score of a person on the people list: which events count, how much, and what stands beside it. Pure.

The score adds points of events that are on record with their source. Each loses half of its worth in 180 days and is
gone after 24 months. `Factor` is closed: nothing else can be scored, and where somebody lives, what they look like,
whom they know, how often they were stopped, or what others call their group is no member of it. Having been shot, and
having bought guns that were traced, are shown beside the score and are never added to it.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

VERSION = 1
HALF_LIFE = 180
WINDOW_MONTHS, VICTIM_MONTHS = 24, 12
ADULT = 18
FEWEST_PURCHASES = 2


class Factor(StrEnum):
    """All that is ever measured of a person."""

    CONFIRMED = "confirmed"
    PRESUMPTIVE = "presumptive"
    SHOOTING = "shooting"
    POSSESSION = "possession"
    SUPERVISION = "supervision"
    VICTIM = "victim"
    PURCHASE = "purchase"


LABELS = {
    Factor.CONFIRMED: "Suspect or possessor in an event that an examiner confirmed",
    Factor.PRESUMPTIVE: "Suspect or possessor in an event of an unconfirmed line",
    Factor.SHOOTING: "Arrested for or charged with a shooting",
    Factor.POSSESSION: "Possession of a crime gun",
    Factor.SUPERVISION: "Released under supervision with a weapon condition",
    Factor.VICTIM: "Was shot",
    Factor.PURCHASE: "Bought a gun that was traced within a year",
}
POINTS = {
    Factor.CONFIRMED: 10,
    Factor.PRESUMPTIVE: 4,
    Factor.SHOOTING: 8,
    Factor.POSSESSION: 4,
    Factor.SUPERVISION: 2,
}
BESIDE = (Factor.VICTIM, Factor.PURCHASE)
# One event counts once, however many say so: what it is worth is that of the stronger of these.
OF_AN_EVENT = (Factor.CONFIRMED, Factor.PRESUMPTIVE)


class Fact(NamedTuple):
    """One event: what it is, its day, what it is known by (the same key is the same event), who says so, and the lead
    that it is on, if it is on one.
    """

    factor: Factor
    on: date
    key: str
    source: str
    lead: int | None = None


class Part(NamedTuple):
    """What one event adds, in tenths of a point; 0 for what is only shown."""

    factor: Factor
    on: date
    source: str
    tenths: int
    lead: int | None = None


class Score(NamedTuple):
    """`parts` add up to `tenths`; `beside` is shown and not added; `left_out` are facts that do not count, with why."""

    version: int
    as_of: date
    tenths: int
    parts: tuple[Part, ...]
    beside: tuple[Part, ...]
    left_out: tuple[tuple[Fact, str], ...]


def score(facts, as_of: date, *, born_on: date | None = None, juvenile_law=False) -> Score:
    """The score of the standing `facts` on a day. ValueError for a factor that is none of `Factor`."""
    counted, beside, out = {}, {}, []
    for fact in sorted((fact._replace(factor=Factor(fact.factor)) for fact in facts), key=_strongest):
        why = _left_out(fact, as_of, born_on, juvenile_law)
        kind = OF_AN_EVENT[0] if fact.factor in OF_AN_EVENT else fact.factor
        into = beside if fact.factor in BESIDE else counted
        if not why and (kind, fact.key) in into:
            why = "The same event counts once"
        if why:
            out.append((fact, why))
        else:
            into[kind, fact.key] = Part(fact.factor, fact.on, fact.source, _tenths(fact, as_of), fact.lead)
    parts = tuple(sorted(counted.values(), key=_in_order))
    shown = tuple(sorted(_bought_enough(beside, out), key=_in_order))
    return Score(VERSION, as_of, sum(part.tenths for part in parts), parts, shown, tuple(out))


def _strongest(fact):
    """What counts first where one event is said twice: the stronger word, then the earlier one."""
    return -POINTS.get(fact.factor, 0), fact.on, fact.source, fact.factor, fact.key, _of_lead(fact)


def _in_order(part):
    """As parts are listed, whatever order the facts came in: what adds most first."""
    return -part.tenths, part.on, part.factor, part.source, _of_lead(part)


def _of_lead(said):
    """No lead comes before every lead."""
    return -1 if said.lead is None else said.lead


def _left_out(fact, as_of, born_on, juvenile_law):
    if fact.on > as_of:
        return "Lies in the future"
    months = VICTIM_MONTHS if fact.factor == Factor.VICTIM else WINDOW_MONTHS
    if fact.on <= months_before(as_of, months):
        return f"More than {months} months ago"
    if born_on and not juvenile_law and age(born_on, fact.on) < ADULT:
        return "Happened before the person was 18"
    return ""


def _bought_enough(beside, out):
    """One gun that was traced soon says nothing of who bought it; two do."""
    bought = [(key, part) for (kind, key), part in beside.items() if kind == Factor.PURCHASE]
    if len(bought) >= FEWEST_PURCHASES:
        return beside.values()
    out += [(Fact(part.factor, part.on, key, part.source, part.lead), "One such gun says nothing of who bought it")
            for key, part in bought]  # fmt: skip
    return [part for part in beside.values() if part.factor != Factor.PURCHASE]


def _tenths(fact, as_of):
    worth = Decimal(10 * POINTS.get(fact.factor, 0)) * Decimal(2) ** (Decimal((fact.on - as_of).days) / HALF_LIFE)
    return int(worth.quantize(Decimal(1), ROUND_HALF_UP))


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the last of its month where that has no such day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(years, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise ValueError(day)


def age(born_on: date, day: date) -> int:
    """Whole years; who was born on a 29 February is a year older on 1 March of a common year."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def words(tenths: int) -> str:
    """ "7.1", and "0" for nothing."""
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else f"{tenths // 10}"
