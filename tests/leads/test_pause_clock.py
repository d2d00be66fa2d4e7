"""Pauses with an end, and extensions, held against the oracle that ticks minute by minute."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leads import respite
from leads.clock import Ladder, Pause, extended, ladder, left, moved, run_time, state, stood
from leads.clockface import Clock, face, receipt
from leads.stages import changed
from tests.leads.test_clock import CALENDARS, DAY_SHIFT, MINUTE, local, slow_due, starts, ticks


@st.composite
def stories(draw):
    """A stage whose clock is paused now and again while it still has time, each pause ended by hand, or by itself, or
    lasting: (start, limit, calendar, always, ladder after all that, pauses).
    """
    start, limit, calendar = draw(starts), draw(st.integers(20, 400)), draw(st.sampled_from(CALENDARS))
    always, pauses, at = draw(st.booleans()), [], start
    steps = ladder(start, limit, calendar, always=always)
    for _ in range(draw(st.integers(0, 3))):
        at += draw(st.integers(0, 200)) * MINUTE
        if at >= steps.due_at:
            break
        until = at + draw(st.integers(1, 3000)) * MINUTE
        steps = moved(steps, at, until, calendar, always)
        end = min(until, at + draw(st.integers(0, 3000)) * MINUTE)
        if end < until:
            steps = moved(steps, until, end, calendar, always)
        pauses.append(Pause(at, end if end < until else None, "", until))
        at = end
    return start, limit, calendar, always, steps, pauses


@settings(max_examples=60, deadline=None)
@given(stories())
def test_pauses_one_after_the_other_agree_with_a_clock_that_ticks_minute_by_minute(story):
    start, limit, calendar, always, steps, pauses = story
    over = [replace(pause, ended_at=pause.end) for pause in pauses]
    assert steps.due_at == slow_due(start, limit, calendar, over, always)
    assert steps == ladder(start, limit, calendar, pauses, always)


@settings(max_examples=60, deadline=None)
@given(stories(), st.integers(1, 300))
def test_an_extension_is_a_longer_limit_whatever_was_paused(story, extra):
    start, limit, calendar, always, steps, pauses = story
    over = [replace(pause, ended_at=pause.end) for pause in pauses]
    longer = extended(steps, extra, calendar, pauses, always)
    assert longer.due_at == slow_due(start, limit + extra, calendar, over, always)
    assert longer == ladder(start, limit + extra, calendar, pauses, always)


@settings(max_examples=60, deadline=None)
@given(stories(), st.integers(0, 4000))
def test_what_is_left_stands_still_while_a_pause_lasts_and_adds_up_to_the_limit(story, minutes):
    start, limit, calendar, always, steps, pauses = story
    now = start + minutes * MINUTE
    begun = [pause for pause in pauses if pause.started_at <= now]
    if begun != pauses:
        return
    remaining = left(now, steps.due_at, calendar, pauses, always)
    assert run_time(start, now, calendar, pauses, always) + remaining == limit * MINUTE
    if pauses and pauses[-1].lasts(now):
        assert remaining == left(pauses[-1].started_at, steps.due_at, calendar, pauses, always) > timedelta()
        assert steps.due_at > now


@settings(max_examples=60, deadline=None)
@given(stories(), st.integers(0, 6000))
def test_the_days_of_pauses_agree_with_counted_minutes_and_leave_no_more_than_the_longest(story, minutes):
    start, _limit, _calendar, _always, _steps, pauses = story
    now = start + minutes * MINUTE
    over = [replace(pause, ended_at=pause.end) for pause in pauses]
    slow = sum(not ticks(start + n * MINUTE, CALENDARS[3], over, True) for n in range(minutes))
    assert stood(pauses, now) == slow * MINUTE
    assert respite.latest_end(now, pauses, 2) - now + stood(pauses, now) == timedelta(days=2)


@settings(max_examples=60, deadline=None)
@given(stories(), st.sampled_from(CALENDARS), st.integers(1, 5000))
def test_a_pause_under_an_edited_calendar_takes_back_nothing_and_is_never_late(story, edited, minutes):
    *_, always, steps, pauses = story
    at = max([pause.end for pause in pauses], default=story[0])
    until = at + minutes * MINUTE
    after = moved(steps, at, until, edited, always)
    for before, then in zip(steps, after, strict=True):
        assert then == before if before <= at else then >= until
    assert list(after) == sorted(after)


def test_a_pause_over_a_holiday_and_a_weekend_takes_the_working_time_that_was_there():
    closed_monday = replace(DAY_SHIFT, holidays=frozenset({date(2026, 7, 20)}))
    steps = ladder(local(7, 17, 8), 600, closed_monday)
    assert steps.due_at == local(7, 21, 8)
    until = local(7, 22)
    paused = moved(steps, local(7, 17, 16), until, closed_monday)
    assert paused.due_at == local(7, 22, 9)
    assert state(local(7, 21, 12), paused) is not state(local(7, 21, 12), steps)
    assert moved(paused, until, local(7, 21, 12), closed_monday).due_at == local(7, 21, 14)


@pytest.mark.parametrize("always", [False, True])
def test_the_sum_shows_each_pause_and_each_extension(always):
    start, calendar = local(7, 13, 8), DAY_SHIFT
    steps = ladder(start, 2400, calendar, always=always)
    first = Pause(local(7, 13, 9), local(7, 13, 11), "waiting for a court", local(7, 14))
    steps = moved(steps, first.started_at, first.ended_at, calendar, always)
    steps = extended(steps, 480, calendar, [first], always)
    second = Pause(local(7, 14, 9), None, "waiting for the laboratory", local(7, 16))
    steps = moved(steps, second.started_at, second.until, calendar, always)
    made = Clock("start", start, 2880, steps, calendar, (first, second), always, more=(("Second witness", 480),))
    lines = dict(map(tuple, receipt(made)))
    assert lines["Extended: Second witness"] == ("8 h" if always else "8 working h")
    assert lines["First activity within"] == ("1 d 16 h" if always else "40 working h")
    assert lines["Paused: waiting for a court"] == "2 h"
    assert lines["Paused: waiting for the laboratory"] == ("1 d 15 h" if always else "18 h")
    now = local(7, 15, 9)
    standing = dict(map(tuple, receipt(made, now)))
    assert standing["Runs again"] == "Thu 16 Jul 00:00 at the latest"
    assert standing["Left when it runs"] == made.length(made.remaining(second.started_at))
    assert face(made, now)["state"] == "pause"
    columns = changed(made, 1)
    assert (columns["paused_at"], columns["paused_until"]) == (second.started_at, second.until)
    assert (columns["next_step_at"], columns["extra_minutes"]) == (steps.due_at, 480)
    assert changed(made, 5)["next_step_at"] is None


def test_only_a_first_short_pause_of_no_urgent_lead_is_ones_own_to_say():
    now = local(7, 13, 8)
    assert respite.is_own(now, now + timedelta(days=5), (), 2)
    assert not respite.is_own(now, now + timedelta(days=5, minutes=1), (), 2)
    assert not respite.is_own(now, now + timedelta(days=1), (), 1)
    assert not respite.is_own(now, now + timedelta(days=1), [Pause(now - MINUTE, now)], 3)


def test_a_business_day_more_is_eight_working_hours_and_of_priority_one_a_whole_day():
    assert [respite.minutes_of(3, priority, DAY_SHIFT) for priority in (1, 2, 3)] == [4320, 1440, 1440]
    assert respite.minutes_of(1, 2, CALENDARS[3]) == 1440
    with pytest.raises(ValueError, match="one minute"):
        extended(Ladder(*[local(7, 13)] * 5), 0, DAY_SHIFT)
