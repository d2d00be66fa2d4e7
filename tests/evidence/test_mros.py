"""The two business days of a NIBIN entry, by the calendar of the site."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agencies.calendars import WorkingCalendar
from evidence import mros, words
from evidence.guns.serials import serial_key

ZONE = "America/Chicago"
SITE = WorkingCalendar(zone=ZONE, holidays=frozenset({date(2026, 9, 7)}))


def local(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-07-15 09:00", "2026-07-17 16:00"),
        ("2026-07-16 23:59", "2026-07-20 16:00"),
        ("2026-07-18 12:00", "2026-07-21 16:00"),
        ("2026-09-04 10:00", "2026-09-09 16:00"),
        ("2028-02-28 08:00", "2028-03-01 16:00"),
        ("2026-10-30 15:00", "2026-11-03 16:00"),
    ],
)
def test_an_exhibit_is_due_at_the_close_of_the_second_business_day_after_its_receipt(received, due):
    assert mros.due_at(local(received), SITE) == local(due)


def clock(now, entered=None, received="2026-07-16 10:00"):
    at = local(received)
    due = mros.due_at(at, SITE)
    return mros.clock(
        key="c", received_at=at, due=due, entered_at=entered and local(entered), now=local(now), calendar=SITE
    )


@pytest.mark.parametrize(
    ("now", "state", "text"),
    [
        ("2026-07-16 11:00", "ok", "4 d 5 h"),
        ("2026-07-20 09:00", "soon", "7 h"),
        ("2026-07-20 16:30", "late", "30 min"),
        ("2026-07-22 16:00", "late", "2 d"),
    ],
)
def test_the_clock_says_how_much_time_is_left_or_over(now, state, text):
    assert (clock(now)["state"], clock(now)["text"]) == (state, text)


def test_the_clock_explains_itself_and_ends_with_its_result():
    shown = clock("2026-09-09 17:00", received="2026-09-04 10:00")["receipt"]
    assert ("Skipped, weekend", "2 days") in shown
    assert ("Skipped, holidays", "1 day") in shown
    assert shown[-1] == ("Late by", "1 h")
    assert clock("2026-07-18 10:00", entered="2026-07-17 10:00")["receipt"][-1] == ("In time by", "3 d 6 h")


def test_a_done_clock_says_when_and_how_late():
    assert clock("2026-07-30 10:00", entered="2026-07-17 10:00")["text"] == "17 Jul"
    assert clock("2026-07-30 10:00", entered="2026-07-20 19:00")["text"] == "20 Jul, late by 3 h"


def test_times_read_as_people_say_them():
    now = datetime(2026, 7, 16, 14, 0, tzinfo=UTC)
    assert words.moment(now - timedelta(days=1), ZONE, now) == "Wed 15 Jul 09:00"
    assert words.moment(now.replace(year=2023), ZONE, now) == "16 Jul 2023 09:00"
    assert words.ago(now - timedelta(hours=3), now) == "3 h ago"
    assert words.ago(now - timedelta(days=2, hours=4), now) == "2 d ago"
    assert words.ago(now, now) == "just now"
    assert words.span(timedelta(days=23, hours=4)) == "23 d"
    assert words.counted(1204, "exhibit") == "1,204 exhibits"


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("abo-123 4", "AB01234"),
        ("AB01234", "AB01234"),
        ("none", ""),
        ("N/A", ""),
        ("obliterated", ""),
        ("000", ""),
        ("", ""),
    ],
)
def test_two_spellings_of_one_serial_number_meet_under_one_key(typed, key):
    assert serial_key(typed) == key
