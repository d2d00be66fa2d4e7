"""When an exhibit is reviewed: so many months after it was collected."""

from calendar import monthrange
from datetime import date


def months_after(day: date, months: int) -> date:
    """The same day of the month `months` later, or the last day of a month that is shorter; never an earlier month."""
    years, month = divmod(day.month - 1 + months, 12)
    year = min(day.year + years, 9999)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
