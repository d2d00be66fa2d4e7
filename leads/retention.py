"""The days of an entry of the people list under 28 CFR Part 23: reviewed, dropped, purged. Pure.

An entry is reviewed every 90 days and at the latest a year after the last review; it is purged five years after it was
entered, or after the last time that its grounds were validated in writing. All days are those of the center's wall.
"""

from datetime import date, timedelta
from typing import NamedTuple

REVIEW_DAYS, REVIEW_MOST = 90, 365
# Five years with one leap day in them: never longer than five years are.
RETENTION_DAYS = 1826
# A proposal that nobody approves lapses; what is taken off is kept so long for those who have to hear of it.
PROPOSAL_DAYS, AFTER_REMOVAL = 30, 30
SOON_DAYS = 14


class Days(NamedTuple):
    review_due: date
    purge_on: date


def days_of_notice() -> timedelta:
    """How long before a review is due the keepers are told."""
    return timedelta(SOON_DAYS)


def proposed(on: date) -> Days:
    return Days(on + timedelta(PROPOSAL_DAYS), on + timedelta(RETENTION_DAYS))


def approved(on: date, purge_on: date) -> Days:
    return _within(on + timedelta(REVIEW_DAYS), purge_on)


def reviewed(on: date, purge_on: date, *, validated: bool, review_due: date | None = None) -> Days:
    """After a review on a day; only one that validates the grounds moves the day of purging."""
    purge_on = on + timedelta(RETENTION_DAYS) if validated else purge_on
    return _within(review_due or on + timedelta(REVIEW_DAYS), purge_on)


def removed(on: date, purge_on: date) -> date:
    """When what was taken off the list is purged."""
    return min(purge_on, on + timedelta(AFTER_REMOVAL))


def mistake(on: date, review_due: date) -> str:
    """What is wrong with a day chosen for the next review, or ""."""
    if review_due <= on:
        return "Choose a day to come."
    if review_due > on + timedelta(REVIEW_MOST):
        return "Choose a day within a year: no entry stays longer without a review."
    return ""


def _within(review_due, purge_on):
    return Days(min(review_due, purge_on), purge_on)
