"""A clock in words: its face for a list, and the sum that explains it. Pure.

The sum is a list of [label, value] lines of plain text, ready to be stored as JSON beside the times it
explains, so that it tells what was true when they were computed. Times are shown in the zone of the
agency's calendar.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from agencies.calendars import WorkingCalendar, skipped
from leads.clock import MINUTE, Ladder, Pause, Stage, State, effective, human, left, run_time, share, state

STATE_WORDS = {
    State.OK: "On time",
    State.SOON: "Due soon",
    State.LATE: "Overdue",
    State.PAUSE: "Paused",
    State.DONE: "Done",
}
STARTED_WORDS = {
    Stage.ACKNOWLEDGE: "Sent",
    Stage.ASSIGN: "Acknowledged",
    Stage.START: "Assigned",
    Stage.UPDATE: "Last report",
    Stage.APPROVE: "Closing proposed",
}
LIMIT_WORDS = {
    Stage.ACKNOWLEDGE: "Acknowledge within",
    Stage.ASSIGN: "Assign within",
    Stage.START: "First activity within",
    Stage.UPDATE: "Report within",
    Stage.APPROVE: "Decide within",
}


@dataclass(frozen=True, slots=True)
class Clock:
    """One stage of one obligation: `limit` in minutes, of which `more` are extensions (why, minutes); `steps` as
    stored, `done_at` when the stage is over.
    """

    stage: str
    started_at: datetime
    limit: int
    steps: Ladder
    calendar: WorkingCalendar
    pauses: tuple[Pause, ...] = ()
    always: bool = False
    done_at: datetime | None = None
    more: tuple[tuple[str, int], ...] = ()

    def pause(self, now: datetime) -> Pause | None:
        """The pause that lasts at `now`."""
        lasting = (pause for pause in self.pauses if pause.lasts(now))
        return min(lasting, key=lambda pause: pause.started_at.astimezone(UTC), default=None)

    def remaining(self, now: datetime) -> timedelta:
        """Time left to run; negative is time over."""
        return left(now, self.steps.due_at, self.calendar, self.pauses, self.always)

    def ran(self, until: datetime) -> timedelta:
        """Time the clock ran since the stage began."""
        return run_time(self.started_at, until, self.calendar, self.pauses, self.always)

    def stood(self, pause: Pause, until: datetime) -> timedelta:
        """Time one pause took off the clock."""
        whole = run_time(self.started_at, until, self.calendar, (), self.always)
        return whole - run_time(self.started_at, until, self.calendar, (pause,), self.always)

    def length(self, span: timedelta) -> str:
        """A length of this clock's time to the minute; days only where a day is 24 hours."""
        return human(abs(span) // MINUTE, day=24 * 60 if self.always or self.calendar.always else 0)

    def rough(self, span: timedelta) -> str:
        """A length of this clock's time for a row, in days of the agency's working hours: "2 d 1 h"."""
        return human(abs(span) // MINUTE, day=24 * 60 if self.always else self.calendar.day_length, exact=False)

    def moment(self, at: datetime) -> str:
        """An instant on the agency's wall clock: "Wed 15 Jul 08:24"."""
        wall = self.calendar.local(at)
        return f"{wall:%a} {wall.day} {wall:%b %H:%M}"


def face(clock: Clock, now: datetime) -> dict:
    """What the clock shows in a row: state ("late"), stage, word ("Overdue"), text ("3 h": left, over, paused
    so far, or the day it was done), share of the limit used (0.0 to 1.0), due_text.
    """
    pause = clock.pause(now)
    how = state(now, clock.steps, paused=pause is not None, closed=clock.done_at is not None)
    remaining = clock.remaining(clock.done_at or now)
    if how is State.DONE:
        wall = clock.calendar.local(clock.done_at)
        text = f"{wall.day} {wall:%b}"
    else:
        shown = clock.stood(pause, now) if how is State.PAUSE else remaining
        text = clock.rough(shown)
    return {
        "state": how.value,
        "stage": str(clock.stage),
        "word": STATE_WORDS[how],
        "text": text,
        "share": round(share(remaining, clock.limit), 3),
        "due_text": clock.moment(clock.steps.due_at),
    }


def receipt(clock: Clock, now: datetime | None = None) -> list[list[str]]:
    """The sum of a clock: start, limit, due time, pauses, what was skipped, and last the total.

    Without `now` it explains the due time only and ends with it: the form to store. With `now` it ends
    with what is left, over, or left when the clock runs again. A stage that is done ends with how long it
    took, whatever `now` is.
    """
    due_at = clock.steps.due_at
    until = clock.done_at or max(due_at, (now or due_at).astimezone(UTC))
    head = [
        [STARTED_WORDS[Stage(clock.stage)], clock.moment(clock.started_at)],
        [LIMIT_WORDS[Stage(clock.stage)], _allowed(clock, clock.limit - sum(minutes for _why, minutes in clock.more))],
        *([f"Extended: {why}", _allowed(clock, minutes)] for why, minutes in clock.more),
    ]
    due = ["Due", clock.moment(due_at)]
    if clock.done_at:
        return [*head, due, *_paused(clock, until), *_skipped(clock, until), *_done(clock)]
    if now is None:
        return [*head, *_paused(clock, until), *_skipped(clock, until), due]
    if pause := clock.pause(now):
        again = f"{clock.moment(pause.until)} at the latest" if pause.until else "when the pause ends"
        worked = f"{clock.length(clock.ran(now))} of {clock.length(clock.limit * MINUTE)}"
        standing = [["Worked", worked], *_paused(clock, now), ["Runs again", again]]
        return [head[0], *standing, _total(clock, now, "Left when it runs")]
    return [*head, due, *_paused(clock, until), *_skipped(clock, until), _total(clock, now, "Left")]


def _allowed(clock: Clock, minutes: int) -> str:
    text = clock.length(minutes * MINUTE)
    if clock.always or clock.calendar.always:
        return text
    amount, unit = text.rsplit(" ", 1)
    return f"{amount} working {unit}"


def _paused(clock: Clock, until: datetime) -> list[list[str]]:
    lines = [(pause, clock.stood(pause, until)) for pause in clock.pauses]
    return [
        [f"Paused: {pause.reason}" if pause.reason else "Paused", clock.length(stood)]
        for pause, stood in lines
        if stood or pause.ended_at is None
    ]


def _skipped(clock: Clock, until: datetime) -> list[list[str]]:
    gone = skipped(clock.started_at, until, effective(clock.calendar, clock.always))
    lines = []
    if gone.nights:
        lines.append(["Skipped, night" if gone.nights < 1440 else "Skipped, nights", human(gone.nights, day=0)])
    if gone.weekend:
        lines.append(["Skipped, weekend", _days(gone.weekend)])
    if gone.holidays:
        lines.append(["Skipped, holiday" if len(gone.holidays) == 1 else "Skipped, holidays", _days(gone.holidays)])
    return lines


def _days(days: tuple[date, ...]) -> str:
    """Few days by date, many by count."""
    if len(days) > 4:
        return f"{len(days)} days"
    return ", ".join(f"{day:%a} {day.day} {day:%b}" for day in days)


def _total(clock: Clock, now: datetime, label: str) -> list[str]:
    remaining = clock.remaining(now)
    if remaining <= timedelta():
        label = "Over" if clock.always or clock.calendar.always else "Over, working time"
    return [label, clock.length(remaining)]


def _done(clock: Clock) -> list[list[str]]:
    lines = [["Done", clock.moment(clock.done_at)], ["Done in", clock.length(clock.ran(clock.done_at))]]
    over = -clock.remaining(clock.done_at)
    return [*lines, ["Late by", clock.length(over)]] if over > timedelta() else lines
