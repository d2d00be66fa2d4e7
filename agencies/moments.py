"""When something recorded here can have happened. Pure."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

# Nothing that is worked on here happened earlier: a slipped year lies centuries back, where time zones do not reach.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def why_not_past(at, now):
    """The sentence why an aware moment is none at which something recorded by `now` happened, or None."""
    if at > now:
        return "This lies in the future. Check the date and the time."
    return f"This lies before {EARLIEST.year}. Check the year." if at < EARLIEST else None


def why_not_yet(day, now, zone):
    """The sentence why a day has not begun by an aware `now` on the wall clock of `zone`, or None."""
    return "This lies in the future. Check the date." if day > now.astimezone(ZoneInfo(zone)).date() else None
