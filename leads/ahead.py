"""How many working days before a day of a case its office is told of it. Pure.

A step `n` (one or more) begins on the n-th working day before the day; step 0, overdue, on the day after it. What is
told today of a day is the nearest of its steps that has begun: one that was missed is not made up for beside it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from agencies.calendars import WorkingCalendar

DAYS = (14, 7, 1)
MOST_STEPS, MOST_DAYS = 5, 60
# What was over before that is listed, but nobody is told of it any more: it came in with old records.
LOOK_BACK = timedelta(days=30)
# A calendar that is closed for longer has no working day ahead.
_FAR = timedelta(days=400)
ONE = timedelta(days=1)
OVERDUE = 0


class Span(NamedTuple):
    """The days, both ends included, of which `step` is told today."""

    step: int
    first: date
    last: date


def spans(today: date, days: Sequence[int], calendar: WorkingCalendar) -> list[Span]:
    """The steps that are told on a local day of the calendar, each with the days it is told of, the nearest last;
    nothing on a day on which the office does not work.

    `days`: working days before, in any order. Raises ValueError for one below 1 or above `MOST_DAYS`.
    """
    if any(not 1 <= each <= MOST_DAYS for each in days):
        raise ValueError(f"Give working days from 1 to {MOST_DAYS}.")
    if not calendar.works_on(today):
        return []
    found, first = [], today
    for step in sorted(set(days)):
        last = _last(today, step, calendar)
        if last >= first:
            found.append(Span(step, first, last))
            first = last + ONE
    return [*found[::-1], Span(OVERDUE, today - LOOK_BACK, today - ONE)]


def _last(today: date, step: int, calendar: WorkingCalendar) -> date:
    """The last day that has at most `step` working days, today included, before it."""
    day, left = today, step
    while day - today < _FAR:
        if calendar.works_on(day):
            if not left:
                return day
            left -= 1
        day += ONE
    return day


def read(text: str) -> list[int]:
    """The days that somebody typed ("14, 7, 1"), falling, each once. Raises ValueError with a sentence."""
    words = text.replace(",", " ").replace(";", " ").split()
    if not words:
        raise ValueError("Give at least one number of working days, such as 14, 7, 1.")
    if not all(each.isascii() and each.isdecimal() and len(each) < 4 for each in words):
        raise ValueError("Give whole numbers apart by commas, such as 14, 7, 1.")
    days = sorted({int(each) for each in words}, reverse=True)
    if len(days) > MOST_STEPS or not all(1 <= each <= MOST_DAYS for each in days):
        raise ValueError(f"Give at most {MOST_STEPS} numbers, each from 1 to {MOST_DAYS}.")
    return days


def words(on: date, today: date) -> str:
    """How far a day is in plain days: "today", "tomorrow", "in 3 days", "2 days ago"."""
    many = (on - today).days
    if many in (-1, 0, 1):
        return ("yesterday", "today", "tomorrow")[many + 1]
    return f"in {many:,} days" if many > 0 else f"{-many:,} days ago"
