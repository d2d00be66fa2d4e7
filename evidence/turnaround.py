"""How many business days something took, by the calendar of who did it. Pure.

The day it begins never counts, as in the two-business-day rule: what ends on the n-th business day after took n.
"""

from datetime import date, datetime, timedelta

from agencies.calendars import WorkingCalendar
from agencies.holidays import us_federal_holidays


def business_days(start: datetime, end: datetime, calendar: WorkingCalendar) -> int:
    """Business days after the local day of `start` up to that of `end` (both aware), 0 when `end` is not later."""
    first, last = calendar.local(start).date(), calendar.local(end).date()
    if last <= first:
        return 0
    if calendar.always:
        return (last - first).days
    weeks, rest = divmod((last - first).days, 7)
    found = weeks * sum(bool(day) for day in calendar.hours)
    found += sum(bool(calendar.hours[(first + timedelta(days=step)).weekday()]) for step in range(1, rest + 1))
    return found - sum(
        first < day <= last and bool(calendar.hours[day.weekday()]) for day in _closed(first, last, calendar)
    )


def _closed(first: date, last: date, calendar: WorkingCalendar) -> set[date]:
    if not calendar.federal:
        return set(calendar.holidays)
    years = range(first.year, last.year + 1)
    return set(calendar.holidays).union(*(us_federal_holidays(year) for year in years))
