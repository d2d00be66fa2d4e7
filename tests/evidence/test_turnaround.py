"""Business days that something took agree with a slow count over the days, and with the two-business-day rule."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from agencies.calendars import OFFICE_HOURS, WorkingCalendar, end_of_nth_business_day
from evidence import mros
from evidence.turnaround import business_days

ZONES = ("America/Chicago", "America/New_York", "America/Phoenix", "UTC")
SIX_DAYS = (((420, 1020),),) * 6 + ((),)
starts = st.datetimes(datetime(2023, 12, 20), datetime(2029, 3, 3), timezones=st.just(UTC))  # noqa: DTZ001
calendars = st.builds(
    WorkingCalendar,
    zone=st.sampled_from(ZONES),
    hours=st.sampled_from((OFFICE_HOURS, SIX_DAYS)),
    holidays=st.frozensets(st.dates(date(2024, 1, 1), date(2028, 12, 31)), max_size=20),
    always=st.sampled_from((False, False, False, True)),
    federal=st.booleans(),
)


def slowly(start, end, calendar):
    day, last, found = calendar.local(start).date(), calendar.local(end).date(), 0
    while day < last:
        day += timedelta(days=1)
        found += calendar.works_on(day)
    return found


@given(starts, st.integers(-3, 900), calendars)
def test_business_days_are_those_counted_one_by_one(start, days, calendar):
    end = start + timedelta(days=days, hours=5)
    assert business_days(start, end, calendar) == slowly(start, end, calendar)


@given(starts, st.integers(1, 12), calendars)
def test_what_is_due_on_the_nth_business_day_takes_n(start, n, calendar):
    due = end_of_nth_business_day(start, n, calendar) - timedelta(microseconds=1)
    assert business_days(start, due, calendar) == n


@given(starts, calendars)
def test_a_nibin_entry_is_due_at_a_close_of_the_second_business_day_whatever_the_day_of_receipt(received, calendar):
    """Weekends, holidays, 29 February and the nights on which the clocks change included."""
    due = mros.due_at(received, calendar)
    last = calendar.local(due - timedelta(microseconds=1))
    assert calendar.works_on(last.date())
    assert slowly(received, last, calendar) == 2
    if not calendar.always:
        close = calendar.hours[last.weekday()][-1][1]
        assert calendar.local(due).hour * 60 + calendar.local(due).minute == close


def test_a_weekend_a_holiday_and_the_day_it_began_do_not_count():
    site = WorkingCalendar(zone="America/Chicago", holidays=frozenset({date(2026, 9, 7)}))
    friday = datetime(2026, 9, 4, 10, tzinfo=ZoneInfo("America/Chicago"))
    assert business_days(friday, friday + timedelta(hours=3), site) == 0
    assert business_days(friday, friday + timedelta(days=5), site) == 2
