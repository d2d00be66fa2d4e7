"""A calendar of court dates and deadlines as a file (RFC 5545). Pure.

It leaves the portal and lies in other people's programs: a day, what sort of day, the number of the lead and the
address of the case, and nothing else. No name, no offense, no words that somebody typed.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from icalendar import Calendar, Event

ONE = timedelta(days=1)
EVERY = timedelta(hours=6)


class Entry(NamedTuple):
    """`uid` stays while the day is the same matter; `url` is the address of the case; `told_at` (aware) is when the
    portal learned of it.
    """

    uid: str
    day: date
    sort: str
    number: str
    url: str
    told_at: datetime


def write(entries: Iterable[Entry], *, name: str) -> bytes:
    """The file: one event of a whole day for each entry, in the order of days. The same entries give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//Crime Gun Portal//Court dates//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", EVERY, parameters={"value": "DURATION"})
    for each in sorted(entries, key=lambda entry: (entry.day, entry.uid)):
        calendar.add_component(_event(each))
    return calendar.to_ical()


def _event(entry):
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", entry.told_at.astimezone(UTC))
    event.add("dtstart", entry.day)
    event.add("dtend", entry.day + ONE)
    event.add("summary", f"{entry.sort}, {entry.number}")
    event.add("url", entry.url)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
