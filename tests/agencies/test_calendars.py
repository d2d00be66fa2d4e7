"""Working time, held against an oracle that walks the clock minute by minute."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.calendars import (
    OFFICE_HOURS,
    WorkingCalendar,
    add_working,
    after_working,
    end_of_nth_business_day,
    next_opening,
    skipped,
    working_minutes,
    working_time,
)

CHICAGO = "America/Chicago"
MINUTE = timedelta(minutes=1)
DAY_SHIFT = WorkingCalendar(CHICAGO, (((420, 1020),),) * 5 + ((), ()))

HOURS = {
    "office": OFFICE_HOURS,
    "two sittings": (((480, 720), (780, 1020)),) * 5 + (((540, 660),), ()),
    "night": (((0, 360), (1320, 1440)),) * 7,
    "through the change of clocks": (((90, 150),),) * 7,
    "sundays only": ((),) * 6 + (((60, 240),),),
    "all hours": (((0, 1440),),) * 7,
}
ZONES = [
    CHICAGO,
    "America/New_York",
    "America/Havana",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Pacific/Apia",
    "UTC",
]
HOLIDAYS = frozenset({date(2024, 2, 29), date(2026, 7, 3), date(2026, 3, 9), date(2026, 11, 2), date(2027, 1, 1)})
# Around changes of clocks, 29 February, a missing day, the turn of a year.
SPRINGS = [(2026, 3, 8), (2026, 4, 24), (2026, 10, 3), (2011, 12, 29)]
AUTUMNS = [(2026, 11, 1), (2026, 4, 4), (2026, 10, 29)]
OTHERS = [(2024, 2, 28), (2026, 12, 31), (2026, 7, 2)]
EDGES = [datetime(*day, tzinfo=UTC) for day in [*SPRINGS, *AUTUMNS, *OTHERS]]

calendars = st.builds(
    WorkingCalendar,
    zone=st.sampled_from(ZONES),
    hours=st.sampled_from(list(HOURS.values())),
    holidays=st.sampled_from([frozenset(), HOLIDAYS]),
)
starts = st.builds(lambda edge, minutes: edge + minutes * MINUTE, st.sampled_from(EDGES), st.integers(-2880, 4320))
exact_starts = st.builds(lambda at, micro: at + timedelta(microseconds=micro), starts, st.integers(0, 59_999_999))


def is_working(at, calendar):
    wall = at.astimezone(ZoneInfo(calendar.zone))
    minute = wall.hour * 60 + wall.minute
    return wall.date() not in calendar.holidays and any(a <= minute < b for a, b in calendar.hours[wall.weekday()])


def slow_add(start, minutes, calendar):
    at = start
    while minutes:
        minutes -= is_working(at, calendar)
        at += MINUTE
    return at


def slow_minutes(start, end, calendar):
    return sum(is_working(start + n * MINUTE, calendar) for n in range((end - start) // MINUTE))


def local(year, month, day, hour=0, minute=0, zone=CHICAGO):
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo(zone))


@settings(max_examples=120, deadline=None)
@given(calendars, starts, st.integers(0, 600))
def test_added_working_time_agrees_with_a_clock_walked_minute_by_minute(calendar, start, minutes):
    assert add_working(start, minutes, calendar) == slow_add(start, minutes, calendar)


@settings(max_examples=120, deadline=None)
@given(calendars, starts, st.integers(0, 5 * 1440))
def test_counted_working_time_agrees_with_a_clock_walked_minute_by_minute(calendar, start, length):
    end = start + length * MINUTE
    assert working_minutes(start, end, calendar) == slow_minutes(start, end, calendar)


@settings(deadline=None)
@given(calendars, exact_starts, st.integers(0, 40_000))
def test_counting_undoes_adding_to_the_microsecond(calendar, start, minutes):
    assert working_time(start, add_working(start, minutes, calendar), calendar) == minutes * MINUTE


@settings(deadline=None)
@given(calendars, exact_starts, st.integers(0, 3_000_000))
def test_adding_what_was_counted_never_passes_the_end(calendar, start, seconds):
    end = start + timedelta(seconds=seconds)
    reached = after_working(start, working_time(start, end, calendar), calendar)
    assert reached <= end
    assert working_time(reached, end, calendar) == timedelta()


@settings(deadline=None)
@given(calendars, exact_starts, st.integers(0, 20_000), st.integers(0, 20_000), st.integers(1, 5000))
def test_a_later_start_or_a_longer_limit_is_never_due_earlier(calendar, start, minutes, shift, more):
    due = add_working(start, minutes, calendar)
    assert add_working(start + shift * MINUTE, minutes, calendar) >= due
    assert add_working(start, minutes + more, calendar) > due


@settings(deadline=None)
@given(calendars, exact_starts, st.integers(0, 20_000), st.integers(0, 20_000))
def test_two_spans_side_by_side_hold_as_much_as_the_whole(calendar, start, first, second):
    middle, end = start + first * MINUTE, start + (first + second) * MINUTE
    parts = working_time(start, middle, calendar) + working_time(middle, end, calendar)
    assert working_time(start, end, calendar) == parts == -working_time(end, start, calendar)


@settings(max_examples=60, deadline=None)
@given(calendars, starts)
def test_the_next_opening_is_the_first_working_minute(calendar, start):
    opening = next_opening(start, calendar)
    assert opening >= start
    assert is_working(opening, calendar)
    assert working_time(start, opening, calendar) == timedelta()


@settings(max_examples=60, deadline=None)
@given(calendars, starts, st.integers(1, 6 * 1440))
def test_worked_and_skipped_time_add_up_to_the_whole(calendar, start, length):
    end = start + length * MINUTE
    gone = skipped(start, end, calendar)
    away = set(gone.weekend) | set(gone.holidays)
    zone = ZoneInfo(calendar.zone)
    closed_days = sum((start + n * MINUTE).astimezone(zone).date() in away for n in range(length))
    assert working_minutes(start, end, calendar) + gone.nights + closed_days == length


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        (local(2026, 7, 15, 8, 24), 480, local(2026, 7, 15, 16, 24)),
        (local(2026, 7, 17, 16), 120, local(2026, 7, 20, 8)),
        (local(2026, 7, 18, 12), 60, local(2026, 7, 20, 8)),
        (local(2026, 7, 15, 3), 60, local(2026, 7, 15, 8)),
        (local(2026, 7, 15, 17), 1, local(2026, 7, 16, 7, 1)),
        (local(2026, 7, 15, 7), 600, local(2026, 7, 15, 17)),
        (local(2028, 2, 28, 16), 120, local(2028, 2, 29, 8)),
        (local(2026, 7, 18, 12), 0, local(2026, 7, 18, 12)),
    ],
    ids=[
        "in one day",
        "over a weekend",
        "from a saturday",
        "from the night",
        "from closing",
        "to closing",
        "29 february",
        "nothing",
    ],
)
def test_a_limit_runs_only_while_the_agency_works(start, minutes, due):
    assert add_working(start, minutes, DAY_SHIFT) == due


def test_an_hour_repeated_in_autumn_counts_twice_and_one_jumped_over_in_spring_never():
    early = WorkingCalendar(CHICAGO, (((0, 240),),) * 7)
    assert working_minutes(local(2026, 11, 1), local(2026, 11, 1, 12), early) == 300
    assert working_minutes(local(2026, 3, 8), local(2026, 3, 8, 12), early) == 180


def test_an_opening_inside_the_jumped_hour_opens_when_the_clock_has_jumped():
    early = WorkingCalendar(CHICAGO, (((150, 240),),) * 7)
    assert next_opening(local(2026, 3, 8, 1), early) == local(2026, 3, 8, 3)


def test_at_closing_time_the_next_opening_is_the_next_morning():
    assert next_opening(local(2026, 7, 15, 17), DAY_SHIFT) == local(2026, 7, 16, 7)


def test_ten_years_are_added_as_truly_as_one_day():
    due = add_working(local(2020, 1, 1), 10 * 365 * 600, DAY_SHIFT)
    assert working_minutes(local(2020, 1, 1), due, DAY_SHIFT) == 10 * 365 * 600
    assert due.year == 2033


def test_round_the_clock_is_plain_time_whatever_hours_and_holidays_say():
    calendar = WorkingCalendar(CHICAGO, holidays=HOLIDAYS, always=True)
    start = local(2026, 10, 31, 22)
    assert add_working(start, 240, calendar) == start.astimezone(UTC) + timedelta(hours=4)
    assert working_minutes(start, start + timedelta(days=400), calendar) > 399 * 1440
    assert next_opening(start, calendar) == start
    assert skipped(start, start + timedelta(days=9), calendar).nights == 0


@settings(max_examples=60, deadline=None)
@given(calendars, starts, st.integers(0, 4000))
def test_the_zone_an_instant_is_written_in_changes_nothing(calendar, start, length):
    end, zone = start + length * MINUTE, ZoneInfo(calendar.zone)
    there = start.astimezone(zone), end.astimezone(zone)
    assert working_time(*there, calendar) == working_time(start, end, calendar)
    assert skipped(*there, calendar) == skipped(start, end, calendar)
    assert next_opening(there[0], calendar) == next_opening(start, calendar)


def test_seconds_are_kept_and_only_the_minutes_shown_are_rounded_down():
    start = local(2026, 7, 15, 16, 59) + timedelta(seconds=30)
    assert add_working(start, 1, DAY_SHIFT) == local(2026, 7, 16, 7, 0) + timedelta(seconds=30)
    assert working_minutes(start, local(2026, 7, 16, 7), DAY_SHIFT) == 0
    assert working_minutes(local(2026, 7, 16, 7), start, DAY_SHIFT) == 0


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (local(2026, 7, 13, 10), local(2026, 7, 15, 17)),
        (local(2026, 7, 13, 22), local(2026, 7, 15, 17)),
        (local(2026, 7, 16, 9), local(2026, 7, 20, 17)),
        (local(2026, 7, 18, 15), local(2026, 7, 21, 17)),
        (local(2026, 7, 1, 9), local(2026, 7, 6, 17)),
        (local(2026, 3, 5, 9), local(2026, 3, 10, 17)),
    ],
    ids=[
        "monday",
        "monday at night",
        "thursday",
        "saturday",
        "before a holiday",
        "a holiday and the change of clocks",
    ],
)
def test_two_business_days_end_at_closing_of_the_second_day_after_receipt(received, due):
    site = WorkingCalendar(CHICAGO, DAY_SHIFT.hours, HOLIDAYS)
    assert end_of_nth_business_day(received, 2, site) == due


def test_receipt_is_dated_by_the_zone_of_the_site():
    late_in_chicago = datetime(2026, 7, 14, 3, tzinfo=UTC)
    assert end_of_nth_business_day(late_in_chicago, 2, DAY_SHIFT) == local(2026, 7, 15, 17)
    kathmandu = WorkingCalendar("Asia/Kathmandu", DAY_SHIFT.hours)
    assert end_of_nth_business_day(late_in_chicago, 2, kathmandu) == local(2026, 7, 16, 17, zone="Asia/Kathmandu")


def test_two_days_of_a_site_that_never_closes_end_at_midnight():
    calendar = WorkingCalendar(CHICAGO, always=True)
    assert end_of_nth_business_day(local(2026, 7, 17, 15), 2, calendar) == local(2026, 7, 20)


def test_what_was_skipped_names_nights_weekend_days_and_holidays_once():
    site = WorkingCalendar(CHICAGO, DAY_SHIFT.hours, HOLIDAYS | {date(2026, 7, 4)})
    gone = skipped(local(2026, 7, 2, 16), local(2026, 7, 6, 8), site)
    assert gone.nights == 14 * 60
    assert gone.weekend == (date(2026, 7, 4), date(2026, 7, 5))
    assert gone.holidays == (date(2026, 7, 3),)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"zone": "Mars/Olympus"}, "no known time zone"),
        ({"zone": "../etc/passwd"}, "no known time zone"),
        ({"zone": CHICAGO, "hours": ((),) * 7}, "at least one day"),
        ({"zone": CHICAGO, "hours": ((),) * 5}, "seven days"),
        ({"zone": CHICAGO, "hours": (((600, 500),),) + ((),) * 6}, "run forward"),
        ({"zone": CHICAGO, "hours": (((0, 1441),),) + ((),) * 6}, "between 0:00 and 24:00"),
        ({"zone": CHICAGO, "hours": (((0, 600), (540, 700)),) + ((),) * 6}, "lie apart"),
    ],
)
def test_a_calendar_nobody_can_work_by_is_refused_with_a_sentence(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        WorkingCalendar(**arguments)


def test_a_datetime_without_a_zone_is_refused():
    naive = local(2026, 7, 15, 8).replace(tzinfo=None)
    for call in (add_working, end_of_nth_business_day):
        with pytest.raises(ValueError, match="time zone"):
            call(naive, 1, DAY_SHIFT)


def test_impossible_limits_are_refused():
    with pytest.raises(ValueError, match="negative"):
        add_working(local(2026, 7, 15), -1, DAY_SHIFT)
    with pytest.raises(ValueError, match="one day or more"):
        end_of_nth_business_day(local(2026, 7, 15), 0, DAY_SHIFT)


def test_calendars_with_the_same_content_are_one_to_the_caches():
    other = WorkingCalendar(CHICAGO, [[(420, 1020)]] * 5 + [[], []], set())
    assert other == DAY_SHIFT
    assert hash(other) == hash(DAY_SHIFT)
