import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from agencies.calendars import WorkingCalendar
from leads.clock import Pause, Stage, ladder
from leads.clockface import Clock, face, receipt

DAY_SHIFT = WorkingCalendar("America/Chicago", (((420, 1020),),) * 5 + ((), ()), frozenset({date(2026, 7, 3)}))
ROUND_THE_CLOCK = WorkingCalendar("America/Chicago", always=True)
SENT = datetime(2026, 7, 15, 8, 24, tzinfo=ZoneInfo("America/Chicago"))
NOW = datetime(2026, 7, 16, 9, 42, tzinfo=ZoneInfo("America/Chicago"))


def clock(stage="acknowledge", started_at=SENT, limit=480, calendar=DAY_SHIFT, pauses=(), **more):
    steps = ladder(started_at, limit, calendar, pauses, more.get("always", False))
    return Clock(stage, started_at, limit, steps, calendar, tuple(pauses), **more)


def local(month, day, hour=0, minute=0):
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("America/Chicago"))


def test_the_sum_of_an_overdue_clock_tells_the_night_and_the_working_time_over():
    assert receipt(clock(), NOW) == [
        ["Sent", "Wed 15 Jul 08:24"],
        ["Acknowledge within", "8 working h"],
        ["Due", "Wed 15 Jul 16:24"],
        ["Skipped, night", "14 h"],
        ["Over, working time", "3 h 18 min"],
    ]


def test_the_sum_to_store_explains_the_due_time_and_is_json():
    lines = receipt(clock(started_at=local(7, 2, 16), limit=960))
    assert lines == [
        ["Sent", "Thu 2 Jul 16:00"],
        ["Acknowledge within", "16 working h"],
        ["Skipped, nights", "28 h"],
        ["Skipped, weekend", "Sat 4 Jul, Sun 5 Jul"],
        ["Skipped, holiday", "Fri 3 Jul"],
        ["Due", "Tue 7 Jul 12:00"],
    ]
    assert json.loads(json.dumps(lines)) == lines


def test_the_sum_of_a_paused_clock_tells_what_is_left_when_it_runs():
    paused = clock(
        "start",
        started_at=local(7, 14, 3, 40),
        limit=5 * 24 * 60,
        calendar=ROUND_THE_CLOCK,
        pauses=[Pause(local(7, 16, 4, 40), None, "at the lab")],
    )
    assert receipt(paused, local(7, 16, 9, 40)) == [
        ["Assigned", "Tue 14 Jul 03:40"],
        ["Worked", "2 d 1 h of 5 d"],
        ["Paused: at the lab", "5 h"],
        ["Runs again", "when the pause ends"],
        ["Left when it runs", "2 d 23 h"],
    ]
    assert face(paused, local(7, 16, 9, 40))["text"] == "5 h"


def test_the_sum_of_a_running_clock_tells_each_pause_that_cost_time():
    pauses = [Pause(local(7, 15, 9), local(7, 15, 10), "victim"), Pause(local(7, 18), local(7, 19), "court")]
    lines = receipt(clock(pauses=pauses), local(7, 15, 12, 24))
    assert ["Paused: victim", "1 h"] in lines
    assert not any("court" in label for label, _ in lines)
    assert lines[-1] == ["Left", "5 h"]


def test_the_sum_of_a_done_stage_tells_how_long_it_took_and_how_late_it_was():
    assert receipt(clock(done_at=local(7, 15, 15, 4)))[-2:] == [
        ["Done", "Wed 15 Jul 15:04"],
        ["Done in", "6 h 40 min"],
    ]
    assert receipt(clock(done_at=NOW), NOW)[-1] == ["Late by", "3 h 18 min"]


def test_many_skipped_days_are_counted_and_few_are_named():
    lines = dict(map(tuple, receipt(clock(limit=80 * 60))))
    assert lines["Skipped, weekend"] == "Sat 18 Jul, Sun 19 Jul, Sat 25 Jul, Sun 26 Jul"
    longer = dict(map(tuple, receipt(clock(limit=130 * 60))))
    assert longer["Skipped, weekend"] == "6 days"


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (local(7, 15, 11, 12), {"state": "ok", "word": "On time", "text": "5 h", "share": 0.35}),
        (local(7, 15, 14, 24), {"state": "soon", "word": "Due soon", "text": "2 h", "share": 0.75}),
        (NOW, {"state": "late", "word": "Overdue", "text": "3 h", "share": 1.0}),
    ],
)
def test_the_face_tells_state_and_time_in_words(at, expected):
    shown = face(clock(), at)
    assert {key: shown[key] for key in expected} == expected
    assert shown["stage"] == "acknowledge"
    assert shown["due_text"] == "Wed 15 Jul 16:24"


def test_a_done_clock_shows_its_day_and_the_share_it_took():
    shown = face(clock(done_at=local(7, 15, 12, 24)), local(9, 1))
    assert (shown["state"], shown["text"], shown["share"]) == ("done", "15 Jul", 0.5)


def test_priority_one_counts_days_of_twenty_four_hours():
    urgent = clock(limit=48 * 60, always=True)
    assert receipt(urgent, SENT)[1:] == [
        ["Acknowledge within", "2 d"],
        ["Due", "Fri 17 Jul 08:24"],
        ["Left", "2 d"],
    ]


def test_times_are_shown_in_the_zone_of_the_agency():
    berlin = WorkingCalendar("Europe/Berlin", DAY_SHIFT.hours)
    assert receipt(clock(calendar=berlin))[0] == ["Sent", "Wed 15 Jul 15:24"]


@pytest.mark.parametrize("stage", list(Stage))
def test_every_stage_has_words_for_its_start_and_its_limit(stage):
    lines = receipt(clock(stage))
    assert all(label and value for label, value in lines)
    assert lines[1][0].endswith("within")
