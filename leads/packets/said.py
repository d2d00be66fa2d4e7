"""How a packet writes moments and days. Pure.

Moments are ISO 8601 texts in UTC, as a snapshot holds them, days are ISO 8601 dates, and "" is neither.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from agencies.moments import is_a_day


class Said:
    """How moments and days are written: on the wall clock of `zone`."""

    def __init__(self, zone):
        self.zone = ZoneInfo(zone)

    def at(self, text):
        return f"{datetime.fromisoformat(text).astimezone(self.zone):%-d %b %Y %H:%M}" if text else ""

    def happened(self, text):
        """When an event was, as far as that is known: its day alone where no hour was given."""
        return self.day(text) if text and is_a_day(datetime.fromisoformat(text), self.zone.key) else self.at(text)

    def day(self, text):
        """A day, or that of a moment."""
        if not text:
            return ""
        whole = datetime.fromisoformat(text)
        return f"{whole.astimezone(self.zone) if 'T' in text else whole:%-d %b %Y}"
