"""The clock of an obligation: limits, due times, escalation and what is left. Pure: data in,
data out.

A clock runs for one stage of one agency's obligation, in working time of the agency's calendar, or in
plain time (`always`) for priority 1. Time inside a pause does not run, so a pause moves every later time
by the working time that was paused. Datetimes are aware; results are UTC. Nothing here looks a calendar
up: times stored from a ladder stay as they are when the calendar is edited later, until somebody computes
a new ladder: the stage changes, the obligation is transferred or reopened. A pause and an extension start from the
stored times (`moved`, `extended`), so an edited calendar takes nothing back there either.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum, StrEnum
from functools import lru_cache
from typing import NamedTuple

from agencies.calendars import WorkingCalendar, after_working, working_time

HOUR = 60
MINUTE = timedelta(minutes=1)


class Stage(StrEnum):
    """What the agency owes next."""

    ACKNOWLEDGE = "acknowledge"
    ASSIGN = "assign"
    START = "start"
    UPDATE = "update"
    APPROVE = "approve"


class State(StrEnum):
    """How a clock stands."""

    OK = "ok"
    SOON = "soon"
    LATE = "late"
    PAUSE = "pause"
    DONE = "done"


class Level(IntEnum):
    """Steps of the escalation ladder, each told exactly once."""

    DUE_SOON = 1
    OVERDUE = 2
    SUPERVISOR = 3
    COMMANDER = 4
    COORDINATOR = 5


class Ladder(NamedTuple):
    """When each level is reached: five aware datetimes in UTC, strictly increasing."""

    due_soon_at: datetime
    due_at: datetime
    supervisor_at: datetime
    commander_at: datetime
    coordinator_at: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stands still; `ended_at` is None while nobody ended it, `until` is when it then ends
    by itself, if it does. `reason` completes "Paused: ...".
    """

    started_at: datetime
    ended_at: datetime | None = None
    reason: str = ""
    until: datetime | None = None

    @property
    def end(self) -> datetime | None:
        """Where the stretch ends, None for one without an end yet."""
        return self.ended_at or self.until

    def lasts(self, now: datetime) -> bool:
        """Whether the clock stands still at `now`, or nobody can say when this ends."""
        return self.ended_at is None and (self.until is None or now < self.until)


# Minutes by stage and priority. Priority 1 runs round the clock; a business day of the others is 8 working
# hours. No national limits are published: these are starting values, the same for every agency.
LIMITS: Mapping[str, Mapping[int, int]] = {
    Stage.ACKNOWLEDGE: {1: 4 * HOUR, 2: 8 * HOUR, 3: 8 * HOUR},
    Stage.ASSIGN: {1: 24 * HOUR, 2: 8 * HOUR, 3: 8 * HOUR},
    Stage.START: {1: 48 * HOUR, 2: 40 * HOUR, 3: 40 * HOUR},
    Stage.UPDATE: {1: 14 * 24 * HOUR, 2: 80 * HOUR, 3: 80 * HOUR},
    Stage.APPROVE: {1: 24 * HOUR, 2: 24 * HOUR, 3: 24 * HOUR},
}

# Share of the limit, in hundredths, that has run when a level is reached.
RUNGS = Ladder(75, 100, 120, 150, 200)


def limit_for(stage: str, priority: int) -> int:
    """Minutes allowed for a stage at priority 1..3. Raises ValueError for an unknown stage or priority."""
    try:
        return LIMITS[Stage(stage)][priority]
    except KeyError as error:
        raise ValueError(f"Priority {priority} is unknown. Use 1, 2 or 3.") from error


def runs_always(priority: int) -> bool:
    """Priority 1 runs day and night; the others in the agency's working time."""
    return priority == 1


def ladder(
    started_at: datetime,
    limit: int,
    calendar: WorkingCalendar,
    pauses: Iterable[Pause] = (),
    always: bool = False,
) -> Ladder:
    """The due time of a stage and its escalation steps.

    `limit` in minutes of working time (extensions added by the caller). Pauses may overlap, be empty, or
    begin before the stage. A pause without an end moves nothing yet: compute the ladder again when it
    ends, and escalate nothing while it lasts. Raises ValueError for a limit below 1.
    """
    if limit < 1:
        raise ValueError("A limit is one minute or more.")
    working = effective(calendar, always)
    stops = _stops(pauses, started_at)
    return Ladder(*(_after(started_at, limit * MINUTE * rung / 100, working, stops) for rung in RUNGS))


def moved(steps: Ladder, since: datetime, to: datetime, calendar: WorkingCalendar, always: bool = False) -> Ladder:
    """The ladder of a clock that does not run from `since` until `to`, and would have run from `since` on: a pause
    begins at `since` to end at `to`; or one that was to end at `since` ends at `to`, sooner.

    What lay before `since` stays; later steps keep the working time between `since` and them, so none lies before `to`.
    """
    working = effective(calendar, always)
    return Ladder(*(later(at, since, to, working) for at in steps))


def later(at: datetime, since: datetime, to: datetime, calendar: WorkingCalendar) -> datetime:
    """One moment of a clock that does not run from `since` until `to`, as `moved` moves each: what lay before `since`
    stays, in the zone it came in; what is moved is in UTC.
    """
    since, to = since.astimezone(UTC), to.astimezone(UTC)
    return at if at <= since else after_working(to, working_time(since, at, calendar), calendar)


def extended(
    steps: Ladder, extra: int, calendar: WorkingCalendar, pauses: Iterable[Pause] = (), always: bool = False
) -> Ladder:
    """The ladder of a stage whose limit grows by `extra` minutes of working time: each step by its share of them.

    `pauses`: those of the stage, as in `ladder`. Raises ValueError for less than a minute.
    """
    if extra < 1:
        raise ValueError("An extension is one minute or more.")
    working, stretches = effective(calendar, always), list(pauses)
    spans = (extra * MINUTE * rung / 100 for rung in RUNGS)
    steps = zip(steps, spans, strict=True)
    return Ladder(*(_after(at, span, working, _stops(stretches, at)) for at, span in steps))


def stood(pauses: Iterable[Pause], now: datetime) -> timedelta:
    """Plain time, nights and weekends included, that pauses took up to `now`; what overlaps counts once."""
    stretches = list(pauses)
    since = min((pause.started_at for pause in stretches), default=now)
    now = now.astimezone(UTC)
    ends = ((stop, min(resume, now)) for stop, resume in _stops(stretches, since, still=now))
    return sum((resume - stop for stop, resume in ends if stop < resume), timedelta())


def state(now: datetime, steps: Ladder, paused: bool = False, closed: bool = False) -> State:
    """How the clock stands at `now`. A closed obligation is done, a paused one paused, whatever its times
    say.
    """
    if closed:
        return State.DONE
    if paused:
        return State.PAUSE
    if now >= steps.due_at:
        return State.LATE
    return State.SOON if now >= steps.due_soon_at else State.OK


def run_time(
    start: datetime,
    end: datetime,
    calendar: WorkingCalendar,
    pauses: Iterable[Pause] = (),
    always: bool = False,
) -> timedelta:
    """Time the clock ran in [start, end): working time less what was paused. A pause without an end reaches
    to `end`.
    """
    working = effective(calendar, always)
    end = end.astimezone(UTC)
    ran = working_time(start, end, working)
    for stop, resume in _stops(pauses, start, still=end):
        if stop < end:
            ran -= working_time(stop, min(resume, end), working)
    return ran


def left(
    now: datetime,
    due_at: datetime,
    calendar: WorkingCalendar,
    pauses: Iterable[Pause] = (),
    always: bool = False,
) -> timedelta:
    """Time the clock has still to run until `due_at`; negative is time over. While a pause lasts: what is
    left when the clock runs again.
    """
    pauses = tuple(pauses)
    lasting = [pause.started_at.astimezone(UTC) for pause in pauses if pause.lasts(now)]
    at = min([now.astimezone(UTC), *lasting])
    ended = [pause for pause in pauses if pause.end is not None]
    if at <= due_at:
        return run_time(at, due_at, calendar, ended, always)
    return -run_time(due_at, at, calendar, ended, always)


def share(remaining: timedelta, limit: int) -> float:
    """Part of the limit that is used up, 0.0 to 1.0, from what `left` returned."""
    return min(1.0, max(0.0, 1 - remaining / (limit * MINUTE)))


def human(minutes: int, *, day: int = 24 * HOUR, exact: bool = True) -> str:
    """A length of time in at most two units: "18 min", "3 h 18 min", "2 d 1 h". `day` is how many minutes make a day,
    fewer than 1,440 in working time; with 0 hours run on ("49 h"). Not `exact` leaves the minutes off from one hour and
    the hours from ten days. The sign is dropped.
    """
    minutes = abs(int(minutes))
    whole_days, of_day = divmod(minutes, day) if day else (0, minutes)
    if whole_days:
        hours = of_day // 60
        return f"{whole_days:,} d {hours} h" if hours and (exact or whole_days < 10) else f"{whole_days:,} d"
    hours, rest = divmod(minutes, 60)
    if hours:
        return f"{hours} h {rest} min" if rest and exact else f"{hours} h"
    return f"{rest} min"


@lru_cache(maxsize=256)
def _round_the_clock(calendar: WorkingCalendar) -> WorkingCalendar:
    return replace(calendar, always=True)


def effective(calendar: WorkingCalendar, always: bool) -> WorkingCalendar:
    """The calendar a clock runs by: the agency's own, or round the clock in the same zone."""
    return _round_the_clock(calendar) if always else calendar


def _stops(pauses: Iterable[Pause], since: datetime, still: datetime | None = None) -> list[tuple[datetime, datetime]]:
    """Pauses as ascending stretches apart from each other, cut at `since`. A pause without an end ends at `still`,
    or is left out.
    """
    merged: list[tuple[datetime, datetime]] = []
    # In UTC, because two datetimes of one zone compare by the wall clock, which repeats an hour in autumn.
    since = since.astimezone(UTC)
    ends = [(pause.started_at.astimezone(UTC), pause.end or still) for pause in pauses]
    spans = [(max(begin, since), end.astimezone(UTC)) for begin, end in ends if end is not None]
    for stop, resume in sorted(span for span in spans if span[0] < span[1]):
        if merged and stop <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], resume))
        else:
            merged.append((stop, resume))
    return merged


def _after(start: datetime, span: timedelta, calendar: WorkingCalendar, stops) -> datetime:
    """`after_working` with the clock standing still inside the stops."""
    at = start
    for stop, resume in stops:
        ran = working_time(at, stop, calendar)
        if ran >= span:
            break
        span, at = span - ran, resume
    return after_working(at, span, calendar)
