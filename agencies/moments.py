"""When something recorded here can have happened. Pure."""

from datetime import UTC, datetime

# Nothing that is worked on here happened earlier: a slipped year lies centuries back, where time zones do not reach.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)


def why_not_past(at, now):
    """The sentence why an aware moment is none at which something recorded by `now` happened, or None."""
    if at > now:
        return "This lies in the future. Check the date and the time."
    return f"This lies before {EARLIEST.year}. Check the year." if at < EARLIEST else None
