"""How long ahead an office is told of its days: the arithmetic, beside a count day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agencies.calendars import WorkingCalendar
from leads import ahead

ONE = timedelta(days=1)
WEEK = WorkingCalendar("America/Chicago", federal=True)
ALWAYS = WorkingCalendar("America/Chicago", always=True)
WEDNESDAY = date(2026, 7, 15)
CALENDARS = st.builds(
    lambda open_days, closed, always: WorkingCalendar(
        "America/Chicago",
        tuple(((480, 960),) if day in open_days else () for day in range(7)),
        frozenset(WEDNESDAY + each * ONE for each in closed),
        always,
    ),
    st.sets(st.integers(0, 6), min_size=1),
    st.sets(st.integers(-3, 40), max_size=6),
    st.booleans(),
)


def step_told(day, today, days, calendar):
    """The slow way: working days from today on are counted one by one."""
    if not calendar.works_on(today):
        return None
    if day < today:
        return 0 if today - day <= ahead.LOOK_BACK else None
    before = sum(calendar.works_on(today + each * ONE) for each in range((day - today).days))
    return min((step for step in days if step >= before), default=None)


@given(
    calendar=CALENDARS,
    offset=st.integers(0, 10),
    away=st.integers(-40, 50),
    days=st.sets(st.integers(1, 12), min_size=1, max_size=5),
)
def test_each_day_is_told_of_by_the_nearest_step_that_has_begun_and_by_no_other(calendar, offset, away, days):
    today = WEDNESDAY + offset * ONE
    day = today + away * ONE
    told = [each.step for each in ahead.spans(today, sorted(days), calendar) if each.first <= day <= each.last]
    expected = step_told(day, today, days, calendar)
    assert told == ([] if expected is None else [expected])


def test_two_weeks_and_one_week_and_one_day_ahead_are_working_days():
    spans = {each.step: (each.first, each.last) for each in ahead.spans(WEDNESDAY, ahead.DAYS, WEEK)}
    assert spans[1] == (WEDNESDAY, date(2026, 7, 16))
    assert spans[7] == (date(2026, 7, 17), date(2026, 7, 24))
    assert spans[14] == (date(2026, 7, 25), date(2026, 8, 4))
    assert spans[0] == (date(2026, 6, 15), date(2026, 7, 14))


def test_of_a_monday_an_office_is_told_on_friday():
    friday = {each.step: each for each in ahead.spans(date(2026, 7, 17), (1,), WEEK)}
    assert friday[1].last == date(2026, 7, 20)


def test_nobody_is_told_on_a_day_on_which_the_office_is_closed():
    assert ahead.spans(date(2026, 7, 18), ahead.DAYS, WEEK) == []
    assert ahead.spans(date(2026, 7, 3), ahead.DAYS, WEEK) == []  # the day off for a fourth of July on a Saturday
    assert ahead.spans(date(2026, 7, 18), ahead.DAYS, ALWAYS) != []


@pytest.mark.parametrize("days", [[0], [61], [14, -1]])
def test_steps_beyond_what_can_be_chosen_are_refused(days):
    with pytest.raises(ValueError, match="working days from 1 to 60"):
        ahead.spans(WEDNESDAY, days, WEEK)


@pytest.mark.parametrize(
    ("typed", "read"), [("14, 7, 1", [14, 7, 1]), ("1 7;7,14", [14, 7, 1]), ("60", [60]), (" 3 ", [3])]
)
def test_what_is_typed_becomes_days_falling_and_each_once(typed, read):
    assert ahead.read(typed) == read


@pytest.mark.parametrize("typed", ["", " , ", "soon", "0", "61", "1.5", "-3", "1,2,3,4,5,6", "²", "1" * 9])
def test_what_is_no_number_of_days_is_refused_with_what_to_do(typed):
    with pytest.raises(ValueError, match=r"^Give "):
        ahead.read(typed)


@given(st.integers(-400, 400))
def test_how_far_a_day_is_has_words(many):
    words = ahead.words(WEDNESDAY + many * ONE, WEDNESDAY)
    assert words == {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(
        many, f"in {many} days" if many > 0 else f"{-many} days ago"
    )
