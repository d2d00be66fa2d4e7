"""How often a person may ask other agencies, and what a question is known again by. Pure."""

import hashlib
import hmac
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from evidence.guns.serials import serial_key
from leads.entitykeys import BORN, person_keys
from leads.shield import is_juvenile

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# (most, within): of one person, and of all people of one agency together.
OF_A_PERSON = ((10, HOUR), (40, DAY))
OF_AN_AGENCY = ((100, DAY),)
# A shorter number stands on too many guns to name one, and is soon guessed.
SHORTEST = 4
UNREADABLE = "?*"


def gun_key(typed: str) -> str:
    """The strict key of a whole serial number, as the NCIC gun file compares; "" for what cannot be asked: a number of
    which a character is not known, a word in place of a number, fewer than four characters or one repeated.
    """
    if any(each in typed for each in UNREADABLE):
        return ""
    key = serial_key(typed)
    return key if len(key) >= SHORTEST and len(set(key)) > 1 else ""


def person_key(name: str, born_on: date | None, on: date) -> str:
    """The key of last and first name with the day of birth, as records of persons are found by; "" for what cannot be
    asked: half a name, "unknown", nobody who is not eighteen yet on the day asked.
    """
    if born_on is None or born_on > on or is_juvenile(born_on, on):
        return ""
    return next((key for key in sorted(person_keys(name, born_on)) if key.startswith(f"{BORN}:")), "")


def hashed(kind: str, key: str, secret: str) -> str:
    """By what the same question is known again. Serial numbers are few enough to try them all: without the secret the
    hash says nothing.
    """
    return hmac.new(f"deconfliction {secret}".encode(), f"{kind} {key}".encode(), hashlib.sha256).hexdigest()


def free_at(asked: list[datetime], limits, now: datetime) -> datetime | None:
    """When one more question may be asked, None for now. asked: the times of earlier ones, in any order."""
    waits = []
    for most, within in limits:
        counted = sorted(at for at in asked if at > now - within)
        if len(counted) >= most:
            waits.append(counted[len(counted) - most] + within)
    return max(waits, default=None)


def is_last(asked: list[datetime], limits, now: datetime) -> bool:
    """Whether the question asked now is the last one for a while: somebody should look."""
    return free_at([*asked, now], limits, now) is not None


def again_words(at: datetime, zone: str, now: datetime) -> str:
    """ "after 14:32", with the day where that is not today's."""
    there, today = at.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    # A minute that has begun is over at the next one.
    there += timedelta(minutes=1)
    return f"after {there:%H:%M}" if there.date() == today else f"after {there:%a} {there.day} {there:%b %H:%M}"
