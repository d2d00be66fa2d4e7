"""What the load of notices says of itself: what became of each, and what a person has to look at."""

from dataclasses import dataclass, field
from typing import NamedTuple

from evidence import words
from leads.actions._events import Joined
from leads.actions._mentions import Unknown

ONE_EVENT = "Lead {number} names one event: a lead links two or more. Add the other event."
ONE_LEFT = (
    "Lead {number} has one event without an error, and a lead links two or more. Correct {rows} of it, and load this "
    "row with it."
)


class Problem(NamedTuple):
    """A row that a person has to correct: `field` (of imports.targets.NOTICE) and `value`, and what to do."""

    row: int | None
    field: str
    value: str
    code: str
    words: str


class Became(NamedTuple):
    """What became of a notice: the first row of it, the number of its lead, and one of "opens", "reopens" (it was
    withdrawn), "grows", "confirms" and "same".
    """

    row: int
    number: str
    code: str


@dataclass
class Report:
    """What a load did: what became of each notice, and what a person has to look at. `waits` are events of which the
    incident is not here: (row, case number), `strangers` those of an agency that the center does not know: (row,
    field, name). `joined` are rows taken as one with another. `held` are notices of new leads that wait for a second
    reviewer: (row, number, why), with what waits and who is a stranger once they go out; `unknown` numbers of other
    leads that nobody knows.
    """

    leads: list[Became] = field(default_factory=list)
    waits: list[tuple[int, str]] = field(default_factory=list)
    strangers: list[tuple[int, str, str]] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)
    held: list[tuple[int, str, str]] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def _numbers(self, code):
        return [each.number for each in self.leads if each.code == code]

    @property
    def opened(self):
        return self._numbers("opens")

    @property
    def reopened(self):
        return self._numbers("reopens")

    @property
    def grown(self):
        return self._numbers("grows")

    @property
    def confirmed(self):
        return self._numbers("confirms")

    @property
    def unchanged(self):
        return self._numbers("same")

    @property
    def waiting(self):
        return len(self.waits)

    def as_counts(self):
        return {
            "new": len(self.opened) + len(self.reopened),
            "updated": len(self.grown) + len(self.confirmed),
            "unchanged": len(self.unchanged),
            "review": self.waiting + len(self.held) + len(self.unknown),
            "errors": len(self.problems),
        }


def one_event(notice):
    """What to do about a notice that links no two events."""
    if not notice.left_out:
        return ONE_EVENT.format(number=notice.lead_number)
    return ONE_LEFT.format(number=notice.lead_number, rows=words.of_rows(notice.left_out))


def stranger(item):
    """(row, field, name) of an agency that nobody knows."""
    field = "agency" if item.agency or not item.ori else "ori"
    return item.row_number, field, getattr(item, field)
