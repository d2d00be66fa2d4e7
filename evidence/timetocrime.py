"""Time to crime: days from a gun's first sale to its recovery, in ATF's buckets, and cells that tell of it. Pure.

A cell is read as far as it is certain; what speaks of several guns, gives a limit or a choice goes to a person.
"""

import re
from dataclasses import dataclass
from datetime import date

# (days from which the next bucket begins, words): the buckets of ATF's published tables, a month as 365/12 days.
BUCKETS = (
    (91, "Under 3 months"),
    (213, "3 to under 7 months"),
    (365, "7 months to under 1 year"),
    (730, "1 to under 2 years"),
    (1095, "2 to under 3 years"),
    (None, "3 years or more"),
)
SHORT_DAYS = 1095  # under three years is what points to trafficking
MOST_DAYS = 60_000  # no gun with a retail record is older

NUMBER = r"(\d{1,3}(?:,\d{3})+|\d+)"
DAYS = re.compile(rf"{NUMBER}(?: days?)?")
NIBIN = re.compile(
    rf"(?P<days>{NUMBER}(?: days?)?)\s*(?:"
    rf"\bttc \(nibin incident 1\):\s*(?P<after>{NUMBER})(?: days?)?"
    rf"|\(?(?P<before>{NUMBER})(?: days?)? to (?:the )?first nibin(?: incident)?\)?)"
)
NOTHING = re.compile(r"(?:unknown|n/?a|none|not known|not clear\b.*|-+)?")
SEVERAL = re.compile(r"\b(?:g|gun )\d|\(\d\)|\bguns\b")
LIMIT = re.compile(r"\b(?:over|under|more than|less than|at least|about|approx\w*|circa)\b|[<>~]")
CHOICE = re.compile(r"\bor\b|\bto\b|\d\s*[-/]\s*\d|\?")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says. `days`: first sale to recovery. `first_use_days`: first sale to the first event that NIBIN
    links to the gun. `why`: the sentence for the person who has to look, "" where nothing is in doubt; with it both
    numbers are None.
    """

    days: int | None = None
    first_use_days: int | None = None
    why: str = ""


def days(purchased_on: date, recovered_on: date) -> int | None:
    """Whole days from the first retail sale to the recovery, both days of the places where they happened; None where
    the sale lies after the recovery, which cannot be right.
    """
    gone = (recovered_on - purchased_on).days
    return gone if gone >= 0 else None


def bucket(number: int) -> str:
    """The bucket of so many days (0 or more, else ValueError)."""
    if number < 0:
        raise ValueError("a time to crime is not negative")
    return next(words for below, words in BUCKETS if below is None or number < below)


def is_short(number: int) -> bool:
    """Whether so many days point to trafficking by ATF's measure: under three years."""
    return number < SHORT_DAYS


def read(cell: str) -> Reading:
    """What a cell of a table of recovered guns says: a number of days ("1,289", "382 days"), perhaps with the days to
    the first event in NIBIN on a second line or in brackets; nothing where it is empty or says that it is not known.
    """
    text = " ".join(cell.lower().split()).strip(" .")
    if NOTHING.fullmatch(text):
        return Reading()
    if DAYS.fullmatch(text):
        return _checked(_number(text))
    if found := NIBIN.fullmatch(text):
        return _checked(_number(found["days"]), _number(found["after"] or found["before"]))
    return Reading(why=_why(text))


def _number(text):
    return int(re.sub(r"\D", "", text))


def _checked(number, first_use=None):
    if max(number, first_use or 0) > MOST_DAYS:
        return Reading(why="This is more days than a gun with a record of its sale can be old. Check the number.")
    if first_use is not None and first_use > number:
        return Reading(why="The first event in NIBIN cannot lie after the recovery. Check both numbers.")
    return Reading(number, first_use)


def _why(text):
    if SEVERAL.search(text):
        return "This speaks of several guns. Give each gun a row of its own with its days."
    if LIMIT.search(text):
        return "This gives a limit, not a number of days. Give the date of the first sale or leave it empty."
    if CHOICE.search(text):
        return "This leaves a choice. Give one number of days or leave it empty."
    return "This is not a number of days. Write it as 648 or 1,289, or leave it empty."
