"""Dates and times as cities write them, into moments that know their zone. Every parser is cached: files repeat
themselves.
"""

import datetime
import re
from functools import lru_cache
from typing import NamedTuple

EARLIEST = datetime.date(1980, 1, 1)
UTC = datetime.UTC
MIDNIGHT = datetime.time()
SERIAL_EPOCH = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet serial has no zone
SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
NUMERIC = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{4}|\d{2})(?!\d)[\s,T]*(.*)")
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)[\s,T]*(.*)")
DAY_NAME = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-\s/.]*([A-Za-z]{3,9})\.?[-\s/.,]*(\d{4}|\d{2})(?!\d)[\s,T]*(.*)")
NAME_DAY = re.compile(r"([A-Za-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?[\s,]+(\d{4})(?!\d)[\s,T]*(.*)")
WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
CLOCK = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?(?:[:.](\d{2})(?:\.\d+)?)?\s*([ap])?\.?\s*(?:m\.?)?\s*(?:hrs?|hours|h)?", re.IGNORECASE
)
MILITARY = re.compile(r"(\d{3,4})(?:\.0)?\s*(?:hrs?|hours|h)?", re.IGNORECASE)
FRACTION = re.compile(r"0?\.\d+|0\.0")
OFFSET = re.compile(r"\s*(?:Z|([+-])(\d{2}):?(\d{2})?)$")
UNKNOWN = {"", "unknown", "unk", "n/a", "na", "none", "null", "-", "?", "tbd"}
MONTHS = {
    name: number
    for number, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1
    )
}


class Stamp(NamedTuple):
    """One cell read: the date, the time of day or None when the cell has none, the offset or None, the fault or ""."""

    day: datetime.date | None
    time: datetime.time | None
    offset: datetime.tzinfo | None
    fault: str


NOTHING = Stamp(None, None, None, "")


def fault(code):
    """A Stamp that says only what is wrong with its cell."""
    return Stamp(None, None, None, code)


@lru_cache(maxsize=65536)
def parse_stamp(text, order="mdy"):
    """Read a date, or a date and time in one cell.

    order: "mdy" or "dmy" for dates of three numbers that begin with no year. An offset such as +00 is kept apart:
    who calls decides whether it means anything. Fault "date": unreadable; "calendar": no such day in that
    month; "order": month over 12, so the order is likely the other.
    """
    text = text.strip()
    if text.lower() in UNKNOWN:
        return NOTHING
    if len(text) > 60:
        return fault("date")
    try:
        return _stamp_of(text, order)
    except (ValueError, OverflowError):
        return fault("date")


def _stamp_of(text, order):
    if text[4:5] in ("-", "/") and len(text) >= 10:
        iso = _iso(text)
        if iso is not None:
            return iso
    if SERIAL.fullmatch(text):
        return _serial(float(text))
    if len(text) == 8 and text.isdecimal():
        return Stamp(datetime.date(int(text[:4]), int(text[4:6]), int(text[6:])), None, None, "")
    text = WEEKDAY.sub("", text, count=1) if WEEKDAY.match(text) else text
    if match := YEAR_FIRST.fullmatch(text):
        year, month, day, rest = match.groups()
        return _with_rest(int(year), int(month), int(day), rest)
    if match := NUMERIC.fullmatch(text):
        first, second, year, rest = match.groups()
        month, day = (int(first), int(second)) if order == "mdy" else (int(second), int(first))
        if month > 12 >= day:
            return fault("order")
        return _with_rest(_full_year(year), month, day, rest)
    if match := DAY_NAME.fullmatch(text):
        day, name, year, rest = match.groups()
        return _with_rest(_full_year(year), _month(name), int(day), rest)
    if match := NAME_DAY.fullmatch(text):
        name, day, year, rest = match.groups()
        return _with_rest(int(year), _month(name), int(day), rest)
    return fault("date")


def _iso(text):
    try:
        value = datetime.datetime.fromisoformat(text.replace("/", "-"))
    except ValueError:
        return None
    has_time = len(text) > 10
    return Stamp(value.date(), value.time() if has_time else None, value.tzinfo, "")


def _serial(number):
    moment = SERIAL_EPOCH + datetime.timedelta(seconds=round(number * 86400))
    return Stamp(moment.date(), None if number.is_integer() else moment.time(), None, "")


def _with_rest(year, month, day, rest):
    try:
        date = datetime.date(year, month, day)
    except ValueError:
        return fault("calendar" if 1 <= month <= 12 and 29 <= day <= 31 else "date")
    if not rest:
        return Stamp(date, None, None, "")
    offset = None
    if match := OFFSET.search(rest):
        sign, hours, minutes = match.groups()
        delta = datetime.timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
        offset = datetime.timezone(-delta if sign == "-" else delta)
        rest = rest[: match.start()]
    time, wrong = parse_time(rest)
    return fault(wrong) if wrong else Stamp(date, time, offset, "")


def _month(name):
    month = MONTHS.get(name[:3].lower())
    if month is None:
        raise ValueError(name)
    return month


def _full_year(text):
    # Two digits: nobody loads shootings of before 1970, so 70..99 are the last century.
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= 70 else 2000)


@lru_cache(maxsize=8192)
def parse_time(text):
    """Read a time of day: (time or None, fault). 24 h, 1:40 AM, 0330, 330, 3 pm, a spreadsheet's fraction of a day.

    Blank and "unknown" are (None, ""): the time is not known. Fault "time": unreadable, ranges included.
    """
    text = text.strip()
    if text.lower() in UNKNOWN:
        return None, ""
    try:
        return _time_of(text), ""
    except ValueError:
        return None, "time"


def _time_of(text):
    if text[4:5] in ("-", "/") and " " in text:
        stamp = parse_stamp(text)
        if stamp.time is not None:
            return stamp.time
    if FRACTION.fullmatch(text):
        return (SERIAL_EPOCH + datetime.timedelta(seconds=round(float(text) * 86400))).time()
    if match := MILITARY.fullmatch(text):
        digits = match[1].zfill(4)
        return datetime.time(int(digits[:2]), int(digits[2:]))
    match = CLOCK.fullmatch(text)
    if match is None:
        raise ValueError(text)
    hour, minute, second, half = match.groups()
    hour = int(hour)
    if minute is None and half is None and hour:
        raise ValueError(text)
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    return datetime.time(hour, int(minute or 0), int(second or 0))


@lru_cache(maxsize=16384)
def _changes_clock(day, zone):
    start = datetime.datetime.combine(day, MIDNIGHT, tzinfo=zone)
    after = datetime.datetime.combine(day + datetime.timedelta(days=1), MIDNIGHT, tzinfo=zone)
    return start.utcoffset() != after.utcoffset()


def at(day, time, zone):
    """(aware datetime in the zone, fault). Fault "gap": the clocks were put forward over this time; "fold": it came
    twice.

    The first of two is taken for a fold; for a gap the moment that clock would have shown had nobody changed it.
    """
    moment = datetime.datetime.combine(day, time, tzinfo=zone)
    if not _changes_clock(day, zone):
        return moment, ""
    back = moment.astimezone(UTC).astimezone(zone)
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        return back, "gap"
    return moment, "fold" if moment.utcoffset() != moment.replace(fold=1).utcoffset() else ""
