from datetime import date

import pytest

from agencies.holidays import us_federal_holidays


@pytest.mark.parametrize(
    ("year", "day", "name"),
    [
        (2026, date(2026, 7, 3), "Independence Day"),
        (2021, date(2021, 12, 31), "New Year's Day"),
        (2023, date(2023, 1, 2), "New Year's Day"),
        (2026, date(2026, 5, 25), "Memorial Day"),
        (2026, date(2026, 11, 26), "Thanksgiving Day"),
        (2027, date(2027, 1, 18), "Martin Luther King Jr. Day"),
        (2024, date(2024, 6, 19), "Juneteenth"),
        (2024, date(2024, 10, 14), "Columbus Day"),
        (2024, date(2024, 9, 2), "Labor Day"),
        (2027, date(2027, 12, 24), "Christmas Day"),
    ],
)
def test_a_federal_holiday_falls_on_its_observed_day(year, day, name):
    assert us_federal_holidays(year)[day] == name


def test_a_year_has_eleven_federal_holidays_unless_new_year_is_kept_in_december():
    counts = {year: len(us_federal_holidays(year)) for year in range(2021, 2031)}
    assert counts == {
        2021: 12,
        2022: 10,
        2023: 11,
        2024: 11,
        2025: 11,
        2026: 11,
        2027: 12,
        2028: 10,
        2029: 11,
        2030: 11,
    }
