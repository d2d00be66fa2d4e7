"""The clock of an obligation, held against an oracle that ticks minute by minute."""

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agencies.calendars import WorkingCalendar, working_time
from leads.clock import (
    LIMITS,
    RUNGS,
    Ladder,
    Level,
    Pause,
    Stage,
    State,
    human,
    ladder,
    left,
    limit_for,
    run_time,
    runs_always,
    share,
    state,
)

MINUTE = timedelta(minutes=1)
DAY_SHIFT = WorkingCalendar("America/Chicago", (((420, 1020),),) * 5 + ((), ()))
CALENDARS = [
    DAY_SHIFT,
    WorkingCalendar("America/Chicago", DAY_SHIFT.hours, frozenset({date(2026, 3, 9), date(2026, 11, 2)})),
    WorkingCalendar("Europe/Berlin", (((0, 240), (1320, 1440)),) * 7),
    WorkingCalendar("America/Chicago", always=True),
]


def local(month, day, hour=0, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=ZoneInfo("America/Chicago"))


starts = st.builds(
    lambda day, minutes: day + minutes * MINUTE,
    st.sampled_from([datetime(2026, 3, 7, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)]),
    st.integers(0, 2880),
)


@st.composite
def runs(draw):
    """A start, a limit, a calendar and pauses that may overlap, be empty, touch, or lie outside."""
    start = draw(starts)
    offsets = st.integers(-600, 6000)
    pairs = draw(st.lists(st.tuples(offsets, st.integers(0, 2000)), max_size=4))
    pauses = [Pause(start + a * MINUTE, start + (a + n) * MINUTE) for a, n in pairs]
    return start, draw(st.integers(1, 400)), draw(st.sampled_from(CALENDARS)), pauses, draw(st.booleans())


def ticks(at, calendar, pauses, always):
    wall = at.astimezone(ZoneInfo(calendar.zone))
    minute = wall.hour * 60 + wall.minute
    is_open = always or calendar.always
    if not is_open and wall.date() not in calendar.holidays:
        is_open = any(a <= minute < b for a, b in calendar.hours[wall.weekday()])
    return is_open and not any(pause.started_at <= at < pause.ended_at for pause in pauses)


def slow_due(start, limit, calendar, pauses, always):
    at = start
    while limit:
        limit -= ticks(at, calendar, pauses, always)
        at += MINUTE
    return at


@settings(max_examples=100, deadline=None)
@given(runs())
def test_the_due_time_agrees_with_a_clock_that_ticks_minute_by_minute(run):
    assert ladder(*run).due_at == slow_due(*run)


@settings(max_examples=100, deadline=None)
@given(runs(), st.integers(0, 4000))
def test_the_time_run_agrees_with_a_clock_that_ticks_minute_by_minute(run, length):
    start, _, calendar, pauses, always = run
    slow = sum(ticks(start + n * MINUTE, calendar, pauses, always) for n in range(length))
    assert run_time(start, start + length * MINUTE, calendar, pauses, always) == slow * MINUTE


@settings(deadline=None)
@given(runs())
def test_the_five_steps_are_aware_and_strictly_increasing(run):
    steps = ladder(*run)
    assert all(step.tzinfo is UTC for step in steps)
    assert all(earlier < later for earlier, later in pairwise(steps))
    assert steps.due_soon_at > run[0]


@settings(deadline=None)
@given(runs(), st.integers(0, 10_000))
def test_time_run_and_time_left_add_up_to_the_limit_before_and_after_the_due_time(run, minutes):
    start, limit, calendar, pauses, always = run
    now = start + minutes * MINUTE
    remaining = left(now, ladder(*run).due_at, calendar, pauses, always)
    assert run_time(start, now, calendar, pauses, always) + remaining == limit * MINUTE


@settings(deadline=None)
@given(runs(), st.integers(0, 5000), st.integers(0, 5000))
def test_a_pause_that_still_lasts_keeps_what_was_left_when_it_began(run, begins, minutes):
    start, limit, calendar, _, always = run
    pause = Pause(start + begins * MINUTE)
    due = ladder(start, limit, calendar, [pause], always).due_at
    assert due == ladder(start, limit, calendar, (), always).due_at
    at_pause = left(pause.started_at, due, calendar, (), always)
    assert left(pause.started_at + minutes * MINUTE, due, calendar, [pause], always) == at_pause


@settings(deadline=None)
@given(runs())
def test_one_pause_moves_every_later_step_by_the_working_time_it_took(run):
    start, limit, calendar, pauses, always = run
    plain = ladder(start, limit, calendar, (), always)
    working = CALENDARS[3] if always else calendar
    for pause in pauses:
        moved = ladder(start, limit, calendar, [pause], always)
        begin = max(pause.started_at, start)
        took = working_time(begin, max(begin, pause.ended_at), working)
        for before, after in zip(plain, moved, strict=True):
            shift = working_time(before, after, working)
            assert shift == (took if before > begin else timedelta())


@settings(deadline=None)
@given(runs())
def test_the_order_of_pauses_and_their_overlaps_do_not_matter(run):
    start, limit, calendar, pauses, always = run
    assert ladder(start, limit, calendar, pauses[::-1] + pauses, always) == ladder(*run)


@settings(deadline=None)
@given(runs(), st.integers(0, 4000))
def test_the_zone_an_instant_is_written_in_changes_nothing(run, length):
    start, limit, calendar, pauses, always = run
    zone = ZoneInfo(calendar.zone)
    moved = [Pause(p.started_at.astimezone(zone), p.ended_at.astimezone(zone)) for p in pauses]
    assert ladder(start.astimezone(zone), limit, calendar, moved, always) == ladder(*run)
    end = start + length * MINUTE
    there = run_time(start.astimezone(zone), end.astimezone(zone), calendar, moved, always)
    assert there == run_time(start, end, calendar, pauses, always)


def test_eight_working_hours_sent_on_a_morning_climb_the_ladder_over_the_night():
    steps = ladder(local(7, 15, 8, 24), 480, DAY_SHIFT)
    assert steps == Ladder(
        due_soon_at=local(7, 15, 14, 24),
        due_at=local(7, 15, 16, 24),
        supervisor_at=local(7, 16, 8, 0),
        commander_at=local(7, 16, 10, 24),
        coordinator_at=local(7, 16, 14, 24),
    )


def test_priority_one_runs_through_the_night_and_the_weekend():
    steps = ladder(local(7, 17, 22), limit_for("acknowledge", 1), DAY_SHIFT, always=runs_always(1))
    assert steps.due_at == local(7, 18, 2)


def test_a_pause_over_a_holiday_takes_only_the_working_time_that_was_there():
    closed_monday = WorkingCalendar("America/Chicago", DAY_SHIFT.hours, frozenset({date(2026, 7, 20)}))
    pause = Pause(local(7, 17, 16), local(7, 21, 9), "at the lab")
    assert ladder(local(7, 17, 8), 600, closed_monday, [pause]).due_at == local(7, 21, 11)


def test_a_stored_due_time_stays_when_the_calendar_is_edited_later():
    steps = ladder(local(7, 17, 16), 120, DAY_SHIFT)
    edited = WorkingCalendar("America/Chicago", DAY_SHIFT.hours, frozenset({date(2026, 7, 20)}))
    assert steps.due_at == local(7, 20, 8)
    assert state(local(7, 20, 9), steps) is State.LATE
    assert ladder(local(7, 17, 16), 120, edited).due_at == local(7, 21, 8)


@pytest.mark.parametrize(
    ("now", "stands", "reached"),
    [
        (local(7, 15, 14, 23), State.OK, 0),
        (local(7, 15, 14, 24), State.SOON, Level.DUE_SOON),
        (local(7, 15, 16, 24), State.LATE, Level.OVERDUE),
        (local(7, 16, 8), State.LATE, Level.SUPERVISOR),
        (local(7, 16, 10, 24), State.LATE, Level.COMMANDER),
        (local(8, 16), State.LATE, Level.COORDINATOR),
    ],
)
def test_a_step_is_reached_at_its_very_minute(now, stands, reached):
    steps = ladder(local(7, 15, 8, 24), 480, DAY_SHIFT)
    assert state(now, steps) is stands
    assert bisect_right(steps, now) == reached


def test_a_paused_clock_is_paused_and_a_closed_one_done_whatever_the_time():
    steps = ladder(local(7, 15, 8, 24), 480, DAY_SHIFT)
    assert state(local(8, 1), steps, paused=True) is State.PAUSE
    assert state(local(8, 1), steps, paused=True, closed=True) is State.DONE


def test_the_share_used_runs_from_nothing_to_all_and_stops_there():
    steps = ladder(local(7, 15, 8, 24), 480, DAY_SHIFT)
    at = [local(7, 15, 8, 24), local(7, 15, 12, 24), local(7, 15, 16, 24), local(7, 20, 12)]
    assert [share(left(now, steps.due_at, DAY_SHIFT), 480) for now in at] == [0.0, 0.5, 1.0, 1.0]


def test_every_stage_has_a_limit_for_every_priority():
    assert all(set(LIMITS[stage]) == {1, 2, 3} for stage in Stage)
    assert limit_for("assign", 2) == 480
    assert limit_for(Stage.START, 3) == 2400


def test_rungs_rise_so_that_nobody_is_told_before_the_one_below():
    assert list(RUNGS) == sorted(set(RUNGS))


@pytest.mark.parametrize(
    ("stage", "priority", "sentence"), [("acknowledge", 4, "Use 1, 2 or 3"), ("wait", 1, "not a valid Stage")]
)
def test_an_unknown_stage_or_priority_has_no_limit(stage, priority, sentence):
    with pytest.raises(ValueError, match=sentence):
        limit_for(stage, priority)


def test_a_limit_of_nothing_is_refused():
    with pytest.raises(ValueError, match="one minute"):
        ladder(local(7, 15), 0, DAY_SHIFT)


@pytest.mark.parametrize(
    ("minutes", "options", "text"),
    [
        (0, {}, "0 min"),
        (18, {}, "18 min"),
        (180, {}, "3 h"),
        (198, {}, "3 h 18 min"),
        (198, {"exact": False}, "3 h"),
        (-198, {"exact": False}, "3 h"),
        (2940, {}, "2 d 1 h"),
        (2885, {}, "2 d"),
        (2940, {"day": 0}, "49 h"),
        (14460, {}, "10 d 1 h"),
        (14460, {"exact": False}, "10 d"),
        (2940, {"exact": False}, "2 d 1 h"),
        (2940, {"day": 480}, "6 d 1 h"),
    ],
)
def test_a_length_of_time_reads_in_at_most_two_units(minutes, options, text):
    assert human(minutes, **options) == text
