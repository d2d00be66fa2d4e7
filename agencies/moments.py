"""When something recorded here can have happened. Pure."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

# Nothing that is worked on here happened earlier: a slipped year lies centuries back, where time zones do not reach.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Beyond it lies no clock of anybody's, and soon after that no date of Python's.
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def typed(text):
    """The aware moment of a text such as 2026-07-16T09:42-05:00. Raises ValueError with a sentence where it is none,
    has no zone, or lies before `EARLIEST` or from `LATEST` on.
    """
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise ValueError(f"{text} is no date and time with a zone. Write it like 2026-07-16T09:42-05:00.")
    if not EARLIEST <= at < LATEST:
        raise ValueError(f"{text} lies before {EARLIEST.year} or after {LATEST.year - 1}. Check the year.")
    return at


def is_a_day(at, zone):
    """Whether an aware moment is the first of its day on the wall clock of `zone`: what was given as a day without an
    hour is kept so, and the hour is not to be told.
    """
    wall = at.astimezone(ZoneInfo(zone))
    return (wall.hour, wall.minute, wall.second) == (0, 0, 0)


def why_not_past(at, now):
    """The sentence why an aware moment is none at which something recorded by `now` happened, or None."""
    if at > now:
        return "This lies in the future. Check the date and the time."
    return f"This lies before {EARLIEST.year}. Check the year." if at < EARLIEST else None


def why_not_yet(day, now, zone):
    """The sentence why a day has not begun by an aware `now` on the wall clock of `zone`, or None."""
    return "This lies in the future. Check the date." if day > now.astimezone(ZoneInfo(zone)).date() else None
