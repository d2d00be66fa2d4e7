"""Arithmetic of cases before several offices: of whom they are, under which law, whether the offices agree. Pure."""

from datetime import date
from typing import NamedTuple

from leads.entitykeys import BORN, person_keys

STATE, FEDERAL, JUVENILE, REVOCATION = "state", "federal", "juvenile", "revocation"
SILENT, AGREED, WAITING, APART = "silent", "agreed", "waiting", "apart"


class Agreement(NamedTuple):
    """What offices say together: `how` ("silent", "waiting", "agreed", "apart"), the office all who spoke chose
    (None where they differ or nobody did), and the offices that have said nothing yet, in the order given.
    """

    how: str
    chosen: int | None
    silent: tuple


def person_key(name: str, born_on: date | None) -> str:
    """What two spellings of one person with one day of birth have in common; "" where either is not known. A name alone
    never makes two people one.
    """
    return next((key for key in sorted(person_keys(name, born_on)) if key[0] == BORN), "")


def venue_of(asked: str, *, federal: bool) -> str:
    """Under which law a case goes to an office: what was asked for, else that of the office."""
    return asked or (FEDERAL if federal else STATE)


def why_not_venue(venue: str, *, federal: bool) -> str | None:
    """A sentence where an office does not prosecute under a law, or None."""
    if venue == FEDERAL and not federal:
        return "Only a U.S. Attorney's office takes a federal case."
    return "A U.S. Attorney's office takes no case of the state." if venue == STATE and federal else None


def agreement(offices: list, said: list) -> Agreement:
    """Whether offices (ids) agree on who has a case. said: [(office, chosen)], the oldest first: the last of each
    office stands, and that of an office which is not asked any more counts for nothing.
    """
    stands = {office: chosen for office, chosen in said if office in offices}
    silent = tuple(office for office in offices if office not in stands)
    chosen = set(stands.values())
    if not chosen:
        return Agreement(SILENT, None, silent)
    if len(chosen) > 1:
        return Agreement(APART, None, silent)
    return Agreement(WAITING if silent else AGREED, chosen.pop(), silent)
