"""The federal holidays of the United States (5 U.S.C. 6103), on the day they are observed (Executive Order
11582).
"""

from datetime import date, timedelta


def us_federal_holidays(year: int) -> dict[date, str]:
    """Observed date -> name of the federal holidays that fall in a year: a Saturday is kept on Friday, a
    Sunday on Monday, so that New Year's Day of the next year may be kept on 31 December.
    """
    fixed = {
        (1, 1): "New Year's Day",
        (7, 4): "Independence Day",
        (11, 11): "Veterans Day",
        (12, 25): "Christmas Day",
    }
    if year >= 2021:
        fixed[6, 19] = "Juneteenth"
    days = {_observed(date(year, month, day)): name for (month, day), name in fixed.items()}
    days[_observed(date(year + 1, 1, 1))] = "New Year's Day"
    days |= {
        _nth_weekday(year, 1, 0, 3): "Martin Luther King Jr. Day",
        _nth_weekday(year, 2, 0, 3): "Washington's Birthday",
        _nth_weekday(year, 6, 0, 1, before=True): "Memorial Day",
        _nth_weekday(year, 9, 0, 1): "Labor Day",
        _nth_weekday(year, 10, 0, 2): "Columbus Day",
        _nth_weekday(year, 11, 3, 4): "Thanksgiving Day",
    }
    return {day: days[day] for day in sorted(days) if day.year == year}


def _observed(day: date) -> date:
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def _nth_weekday(year: int, month: int, weekday: int, n: int, *, before: bool = False) -> date:
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
    return found - timedelta(days=7) if before else found
