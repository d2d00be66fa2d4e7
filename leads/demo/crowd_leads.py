"""The leads of the crowd: quick rows that keep every promise of the small city's slow ones."""

import random
from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from leads import clock, triage
from leads.demo import crowd_seen, ended
from leads.demo.lines import CONFIRMED, CROSS_AGENCY, SIZES
from leads.demo.scenes import CALIBERS
from leads.demo.store import Sheets
from leads.demo.work import OUTCOMES, STATES
from leads.models import Assignment, Escalation, EventName, Lead, LeadEvent, LeadGrant, LeadSearch, Obligation, Outcome
from leads.stages import STOPPED, clock_values

# How likely a lead is still open, by its age in days.
OPEN = ((60, 0.9), (180, 0.3), (10**6, 0.05))
LATE = 0.2
STAGES = {"acknowledge": 15, "assign": 15, "start": 20, "update": 45, "approve": 5}
# Whoever has had a lead for so long has at least begun.
STAGES_OF_NEW, NEW_DAYS = ("acknowledge", "assign", "start"), 30
# How many leads are made at a time, and the most rows each may have: so a portion knows its numbers from the start.
PORTION = 4000
AGENCIES, RUNGS = 2, 5
MOST = {
    Lead: 1,
    LeadEvent: max(SIZES),
    EventName: max(SIZES),
    Outcome: AGENCIES,
    Obligation: AGENCIES,
    Escalation: AGENCIES * RUNGS,
    Assignment: AGENCIES,
    LeadGrant: 1 + AGENCIES,
    LeadSearch: 1,
}
REACH = 40  # scenes before the notice among which a line's events lie


class Scene(NamedTuple):
    id: int
    case: str
    key: str
    kind: str
    at: object
    address: str
    iso: str


@dataclass
class Precinct:
    """An agency of the crowd; a center has members, the others people and scenes."""

    id: int
    code: str
    mark: int
    group: int
    share: float
    members: list = field(default_factory=list)
    sums: list = field(default_factory=list)
    detectives: list = field(default_factory=list)
    scenes: list = field(default_factory=list)
    times: list = field(default_factory=list)
    analyst: int = 0
    supervisor: int = 0
    unit: int = 0


@dataclass(slots=True)
class Line:
    """One lead on its way to its rows. `taken`: (precinct, scene) of each event, in order of time."""

    center: Precinct
    taken: list
    opened: datetime
    caliber: str
    confirmed: bool
    is_open: bool
    id: int = 0

    @property
    def precincts(self):
        return list({precinct.id: precinct for precinct, _ in self.taken}.values())


class LeadMill:
    """Makes the leads of a crowd in portions, each drawn and numbered by itself: any process may make any of them."""

    def __init__(self, crowd, permission):
        self.seed, self.count, self.at, self.since = crowd.seed, crowd.count, crowd.at, crowd.since
        self.centers, self.shares = crowd.centers, [center.share for center in crowd.centers]
        self.towns = [(center, town) for center in crowd.centers for town in center.members]
        self.calendar, self.permission, self.size = crowd.calendar, permission, PORTION
        self.minutes = int((self.at - self.since).total_seconds() / 60)
        self.sizes, self.size_sums = list(SIZES), list(accumulate(SIZES.values()))
        self.calibers, self.caliber_weights = list(CALIBERS), list(CALIBERS.values())
        self.outcomes, self.outcome_weights = list(OUTCOMES), list(OUTCOMES.values())
        self.stages, self.stage_weights = list(STAGES), list(STAGES.values())
        # One calendar for all and starts on the half hour: few different clocks, each computed by the real functions.
        self.clock = lru_cache(maxsize=None)(self._clock)

    @property
    def portions(self):
        return -(-self.count // self.size)

    def portion(self, number):
        """The rows of a portion, by model."""
        before = number * self.size
        self.rng = random.Random(f"{self.seed} {number}")
        self.sheets = Sheets(lambda model: 1 + before * MOST[model])
        count = min(self.size, self.count - before)
        # The first leads are one of each town, so that whoever measures as the smallest sees something.
        owners = [(center, None) for center in self.rng.choices(self.centers, self.shares, k=count)]
        first = self.towns[before : before + count]
        owners[: len(first)] = first
        for place, owner in enumerate(owners, before + 1):
            self._lead(place, self._line(*owner))
        return self.sheets.rows()

    def _line(self, center, home):
        """A line of a center, from the town `home` if one is given."""
        rng = self.rng
        opened = self.since + timedelta(minutes=self.minutes // 50 + int(rng.random() ** 0.8 * self.minutes * 0.979))
        taken = self._scenes(center, home, opened)
        opened = max(opened, taken[-1][1].at + timedelta(hours=1))
        caliber = rng.choices(self.calibers, self.caliber_weights)[0]
        confirmed = rng.random() < CONFIRMED
        age = (self.at - opened).days
        is_open = rng.random() < next(share for days, share in OPEN if age < days)
        return Line(center, taken, opened, caliber, confirmed, is_open)

    def _lead(self, number, line):
        opened, taken = line.opened, line.taken
        events = tuple(triage.Event(scene.kind, scene.at, precinct.id, line.confirmed) for precinct, scene in taken)
        facts = triage.Facts(events, False, opened)
        inputs, (priority, why) = triage.measure(facts), triage.priority(facts)
        score = triage.weigh(inputs)
        owed = [self._obligation(precinct, priority, opened, line.is_open) for precinct in line.precincts]
        dues = {values["agency_id"]: values["due_at"] for values, _ in owed if values["due_at"]}
        closed = None if line.is_open else max(values["closed_at"] for values, _ in owed)
        notice = opened.isoformat()
        values = {
            "number": f"{line.center.code}-{opened:%Y}-{number:07d}",
            "status": 1 if line.is_open else 2,
            "priority": priority,
            "priority_reason": why,
            "score": score.total,
            "reasons": score.reasons,
            "score_inputs": inputs,
            "opened_inputs": inputs,
            "due_at": min(dues.values(), default=opened + timedelta(days=1)).isoformat(),
            "opened_at": notice,
            "closed_at": closed,
            "updated_at": closed or notice,
        }
        line.id = self.sheets.add(Lead, **values, **self._told(line, notice))
        self._events(line, notice)
        for owes, rungs in owed:
            self._keep(line.id, owes, rungs)
        crowd_seen.grants(self.sheets, self.permission, line, values, dues)
        crowd_seen.words(self.sheets, line, values)

    def _told(self, line, notice):
        """What the notice said of a lead."""
        taken, confirmed = line.taken, line.confirmed
        return {
            "agency_id": line.center.id,
            "notice_on": line.opened.date(),
            "scored_at": notice,
            "caliber": line.caliber,
            "events_count": len(taken),
            "confirmed_count": len(taken) if confirmed else 0,
            "first_event_at": taken[0][1].iso,
            "last_event_at": taken[-1][1].iso,
            "line": [_drawn(precinct, scene, confirmed) for precinct, scene in taken],
            "created_by_id": line.center.analyst,
        }

    def _scenes(self, center, home, opened):
        """The events of a line in time order: of one town, or with some of a neighbour's."""
        rng = self.rng
        size = rng.choices(self.sizes, cum_weights=self.size_sums)[0]
        drawn, other = rng.choices(center.members, cum_weights=center.sums, k=2)
        home = home or drawn
        away = (1 if size < 4 else 2) if other is not home and rng.random() < 1.25 * CROSS_AGENCY else 0
        taken = []
        for precinct, count in ((home, size - away), (other, away)):
            upto = max(bisect_right(precinct.times, opened), min(len(precinct.scenes), 16))
            low = max(0, upto - max(REACH, count))
            taken += [(precinct, precinct.scenes[place]) for place in rng.sample(range(low, upto), count)]
        return sorted(taken, key=lambda event: event[1].at)

    def _events(self, line, notice):
        analyst, signed = line.center.analyst, {}
        if line.confirmed:
            signed = {"confirmed_at": notice, "confirmed_by_id": analyst, "report": f"R{line.id}"}
        for precinct, scene in line.taken:
            named = {"agency_id": precinct.id, "agency_text": precinct.code, "case_number": scene.case}
            event = self.sheets.add(
                LeadEvent,
                **named,
                lead_id=line.id,
                incident_id=scene.id,
                case_key=scene.key,
                kind=scene.kind,
                offense="Gunfire",
                occurred_at=scene.iso,
                address=scene.address,
                caliber=line.caliber,
                casings=self.rng.randrange(1, 16),
                added_at=notice,
                matched_at=notice,
                matched_by_id=analyst,
                **signed,
            )
            self.sheets.add(EventName, event_id=event, key=scene.key, **named)

    # --- what is owed -----------------------------------------------------------------------------------------------

    def _obligation(self, precinct, priority, opened, is_open):
        values = {"agency_id": precinct.id, "priority": priority, "sent_at": opened}
        if is_open:
            return self._running(values, precinct, priority, opened)
        days = 1 + self.rng.random() * min(120, max(1, (self.at - opened).days - 1))
        closed = min(self.at, opened + timedelta(days=days))
        self._deeds(values, precinct, opened, closed, 5)
        values |= {"state": "closed", "closed_at": closed, "closed_by_id": precinct.supervisor, "usefulness": 3}
        values["outcome"] = self.rng.choices(self.outcomes, self.outcome_weights)[0]
        return values | {**STOPPED, "stage_started_at": closed}, ()

    def _running(self, values, precinct, priority, opened):
        rng = self.rng
        stage = rng.choices(self.stages, self.stage_weights)[0]
        if stage in STAGES_OF_NEW and (self.at - opened).days > NEW_DAYS:
            stage = "update"
        share = 1 + 1.5 * rng.random() if rng.random() < LATE else 0.05 + 0.9 * rng.random()
        # Eight working hours take a day of the calendar and, with weekends, a little more.
        wall = clock.limit_for(stage, priority) * share * (1 if priority == 1 else 4)
        started = max(opened, self.at - timedelta(minutes=int(wall)))
        started -= timedelta(minutes=started.minute % 30)
        started = max(started, opened)
        clocks, rungs = self.clock(stage, priority, started)
        self._deeds(values, precinct, opened, started, self.stages.index(stage))
        return values | clocks | {"state": STATES[stage]}, rungs

    def _clock(self, stage, priority, started):
        values = clock_values(stage, priority=priority, started_at=started, calendar=self.calendar)
        taken = sum(step <= self.at for step in values["steps"])
        values |= {"level": taken, "next_step_at": values["steps"][taken] if taken < 5 else None}
        return values, tuple((stage, level, values["steps"][level - 1]) for level in range(1, taken + 1))

    def _deeds(self, values, precinct, opened, until, stages):
        """Who did what between the notice and the current stage, evenly in time."""
        person = self.rng.choice(precinct.detectives)
        part = (until - opened) / 5
        if stages > 0:
            values |= {"acknowledged_at": opened + part, "acknowledged_by_id": precinct.supervisor}
        if stages > 1:
            values |= {"assigned_at": opened + 2 * part, "assigned_by_id": precinct.supervisor}
            values |= {"investigator_id": person, "unit_id": precinct.unit}
        if stages > 2:
            values |= {"started_at": opened + 3 * part, "started_by_id": person, "last_activity_at": until}
        if stages > 3:
            values |= {
                "proposed_at": until,
                "proposed_by_id": person,
                "outcome": "exhausted_no_suspect",
                "usefulness": 3,
            }

    def _keep(self, lead, values, rungs):
        ended.alone(self.sheets, values)
        key = self.sheets.add(Obligation, lead_id=lead, **values)
        for stage, level, due in rungs:
            self.sheets.add(
                Escalation,
                obligation_id=key,
                stage=stage,
                stage_started_at=values["stage_started_at"],
                level=level,
                due_at=due,
                at=due,
            )
        if values["due_at"] and "investigator_id" in values:
            self.sheets.add(
                Assignment,
                obligation_id=key,
                investigator_id=values["investigator_id"],
                unit_id=values["unit_id"],
                assigned_at=values["assigned_at"],
                assigned_by_id=values["assigned_by_id"],
            )


def _drawn(precinct, scene, confirmed):
    return [scene.iso, scene.kind, precinct.code, precinct.mark, scene.case, confirmed, precinct.id]
