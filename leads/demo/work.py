"""What the agencies did with their leads: each obligation lives from the notice on, by the real clock, until today."""

from bisect import bisect
from datetime import timedelta

from agencies.calendars import add_working
from leads import clock
from leads.demo.dice import Deal, Share, by_day, lognormal, pick
from leads.demo.ended import Ended
from leads.demo.words import ACTIVITIES, CLOSING_NOTES
from leads.models import Activity, Assignment, Escalation, Obligation
from leads.stages import STOPPED, clock_values

LATE_SOMEWHERE = 0.21
LATE_AT = {"acknowledge": 28, "assign": 36, "start": 28, "update": 5, "approve": 3}
FORGOTTEN, RETURNED, REASSIGNED, SENT_BACK = 0.05, 0.08, 0.08, 0.07
ROUTED_DAYS = 5
# What was forgotten is found again some weeks later, far up the ladder: nothing waits for years.
FOUND_AFTER_DAYS, FOUND_SIGMA, FOUND_AT_LAST = 24, 0.6, 75
REPORTS, REPORTS_SIGMA, REPORTS_AT_MOST = 7.5, 0.8, 25
ARRESTED_AT_WORK, UNHELPFUL, AGED_DAYS = 0.15, 0.11, (60, 120)
OUTCOMES = {
    "arrest_made": 13,
    "arrest_warrant": 3,
    "referred_federal": 2,
    "suspect_identified_no_charge": 12,
    "suspect_already_in_custody": 6,
    "firearm_recovered": 6,
    "case_linked_intel_only": 25,
    "exhausted_no_suspect": 25,
    "lead_not_confirmed": 1,
    "victim_uncooperative": 3,
    "exceptionally_cleared": 1,
    "suspect_deceased": 1,
    "referred_other_agency": 1,
    "no_investigative_value": 1,
}
RETURN_REASONS = {"wrong_agency": 3, "no_such_case": 4, "other_jurisdiction": 2, "duplicate": 1}
STATES = {
    "acknowledge": "sent", "assign": "acknowledged", "start": "assigned", "update": "in_progress",
    "approve": "proposed",
}  # fmt: skip
RUNGS = ("due_soon", "overdue", "supervisor", "commander", "coordinator")


class Work:
    """Lets obligations live and keeps what came out for the prosecutors."""

    def __init__(self, store, rng, desks, told, at):
        self.store, self.rng, self.desks, self.told, self.at = store, rng, desks, told, at
        self.named = Ended(store)
        self.arrests, self.outcomes, self.ratings = [], Deal(OUTCOMES), [(Share(), Share()) for _ in (0, *AGED_DAYS)]

    def obligations(self, line):
        """Plan one obligation for each agency of a line, and say when the lead closed, if it did."""
        lives = [Life(self, line, self.desks[code], line.scripts.get(code)) for code in line.codes]
        for life in lives:
            life.run()
        ends = [life.values.get("closed_at") for life in lives]
        line.closed_at = max(ends) if all(ends) else None
        return lives


class Life:
    """One obligation. `script` gives the moment each stage ended, None for one that still runs; without it, chance."""

    def __init__(self, work, line, desk, script=None):
        self.work, self.rng, self.at = work, work.rng, work.at
        self.line, self.desk, self.script = line, desk, script
        self.values = {"agency_id": desk.id, "priority": line.priority, "sent_at": line.opened_at, "state": "sent"}
        self.stage, self.start = "acknowledge", line.opened_at
        self.late_at = pick(self.rng, LATE_AT) if self.rng.random() < LATE_SOMEWHERE else None
        self.forgotten = self.rng.choice(("acknowledge", "assign")) if self.rng.random() < FORGOTTEN else None
        self.assignments, self.activities, self.escalations, self.notices, self.deeds = [], [], [], [], []
        self.unit = self._unit()
        self.supervisor = desk.having("supervisor", unit=self.unit)[0]
        self.investigator, self.rated = None, None

    def run(self):
        self._sent()
        all(step() for step in (self._acknowledge, self._assign, self._begin, self._investigate))

    def _sent(self):
        self._tell(self.start, "lead.sent", self.desk.having("supervisor", "analyst", "center_coordinator"))
        self._deed(self.start, "obligation.sent", self.work.desks["CTR"].having("analyst")[0].id)

    # --- stages -----------------------------------------------------------------------------------------------------

    def _ends(self, stage, usual):
        """Run the clock of a stage that takes a share of its limit; its end, or None when it still runs today."""
        self.stage = stage
        values = clock_values(stage, priority=self.line.priority, started_at=self.start, calendar=self.desk.calendar)
        end = self._end(stage, usual)
        until = self.at if end is None or end >= self.at else end
        taken = sum(step <= until for step in values["steps"])
        self._climb(stage, values, taken)
        if until is end:
            return end
        values |= {"level": taken, "next_step_at": values["steps"][taken] if taken < 5 else None}
        self.values |= {"state": STATES[stage], **values}
        return None

    def _end(self, stage, usual):
        if self.script is not None:
            return self.script.get(stage)
        if self.forgotten == stage:
            days = min(FOUND_AT_LAST, lognormal(self.rng, FOUND_AFTER_DAYS, FOUND_SIGMA))
            return by_day(self.rng, self.start + timedelta(days=days), self.desk.calendar)
        share = usual
        if self.late_at == stage:
            share, self.late_at = 1 + lognormal(self.rng, 0.5, 0.9), None
        minutes = clock.limit_for(stage, self.line.priority) * share
        return add_working(
            self.start, minutes, clock.effective(self.desk.calendar, clock.runs_always(self.line.priority))
        )

    def _acknowledge(self):
        end = self._ends("acknowledge", self.rng.betavariate(2, 1.1) * 0.99)
        if end is None:
            return False
        if self._goes_back():
            return self._return(end)
        self.values |= {"acknowledged_at": end, "acknowledged_by_id": self.supervisor.id}
        self._tell(end, "obligation.acknowledged", self.work.desks["CTR"].having("center_coordinator", "analyst"))
        self._deed(end, "obligation.acknowledged", self.supervisor.id)
        self.start = end
        return True

    def _goes_back(self):
        """Only what came lately: the center routes on within days what is returned to it."""
        if self.script is not None:
            return self.script.get("goes_back", False)
        return (self.at - self.line.opened_at).days < ROUTED_DAYS and self.rng.random() < RETURNED

    def _return(self, end):
        reason = pick(self.rng, RETURN_REASONS)
        by = self.supervisor.id
        self.values |= {"state": "returned", "returned_at": end, "returned_by_id": by, "return_reason": reason}
        self.values |= {**STOPPED, "stage_started_at": end}
        self._tell(end, "obligation.returned", self.work.desks["CTR"].having("center_coordinator", "analyst"))
        self._deed(end, "obligation.returned", by, reason=reason)
        return False

    def _assign(self):
        end = self._ends("assign", self.rng.betavariate(1.8, 1.4) * 0.99)
        if end is None:
            return False
        detectives = self.desk.having("detective", "supervision_officer", unit=self.unit)
        self._give(end, detectives[0] if self.script else self.rng.choice(detectives))
        if self.script is None and len(detectives) > 1 and self.rng.random() < REASSIGNED:
            again = self._ends("start", 0.3)
            if again is None:
                return False
            self.start = again
            self._give(again, next(person for person in detectives if person != self.investigator))
        return True

    def _give(self, at, person):
        if self.investigator:
            self.assignments[-1]["ended_at"] = at
            self._tell(at, "obligation.unassigned", [self.investigator])
        self.investigator = person
        by = self.supervisor.id
        self.values |= {"state": "assigned", "investigator_id": person.id, "unit_id": self.unit, "assigned_at": at}
        self.values |= {"assigned_by_id": by}
        row = {"investigator_id": person.id, "unit_id": self.unit, "assigned_at": at, "assigned_by_id": by}
        self.assignments.append(row)
        self._tell(at, "obligation.assigned", [person])
        self._deed(at, "obligation.assigned", by, investigator=person.id)
        self.start = at

    def _begin(self):
        end = self._ends("start", 0.12 + 0.85 * self.rng.betavariate(2, 1.8))
        if end is None:
            return False
        self.values |= {"started_at": end, "started_by_id": self.investigator.id}
        self._log(end)
        return True

    def _investigate(self):
        """Report after report, then an outcome, which now and then comes back for more."""
        usual = min(REPORTS_AT_MOST, max(1, round(lognormal(self.rng, REPORTS, REPORTS_SIGMA))))
        reports = usual if self.script is None else 1
        while True:
            for _ in range(reports):
                end = self._ends("update", 0.25 + 0.73 * self.rng.betavariate(2, 2))
                if end is None:
                    return False
                self._log(end)
            self._propose(end)
            end = self._ends("approve", self.rng.betavariate(1.2, 2.0) * 0.99)
            if end is None:
                return False
            if self.rng.random() > SENT_BACK:
                return self._close(end)
            self._deed(end, "obligation.sent_back", self.supervisor.id, note="Ask the second witness first.")
            self.values |= {"outcome": "", "usefulness": None, "closing_note": "Ask the second witness first."}
            self.start, reports = end, 1

    # --- deeds ------------------------------------------------------------------------------------------------------

    def _log(self, at):
        kind, result, text = self.rng.choice(ACTIVITIES)
        row = {"kind": kind, "result": result, "text": text, "minutes": self.rng.choice((10, 15, 20, 30, 45, 60, 90))}
        self.activities.append(row | {"at": at, "recorded_at": at, "by_id": self.investigator.id})
        self.values["last_activity_at"] = at
        self.start = at

    def _propose(self, at):
        outcome = self.work.outcomes.next()
        by = self.investigator.id
        self.values |= {"proposed_at": at, "proposed_by_id": by, "outcome": outcome}
        self.rated = self.rated or self._useful(at)
        self.values["usefulness"] = self.rated
        self.values["closing_note"] = CLOSING_NOTES[outcome]
        self._tell(at, "obligation.proposed", [self.supervisor])
        self._deed(at, "obligation.proposed", by, outcome=outcome, note=CLOSING_NOTES[outcome])
        self.start = at

    def _useful(self, at):
        """Helpful falls with age, as published: about two in five at thirty days, fewer than one in five at a year."""
        days = max(10, (at - self.line.opened_at).days)
        helpful = min(0.43, max(0.12, 0.40 - 0.22 * (days - 30) / 335))
        good, bad = self.work.ratings[bisect(AGED_DAYS, days)]
        if good.falls_due(helpful):
            return self.rng.choice((4, 4, 5))
        return self.rng.choice((1, 2)) if bad.falls_due(UNHELPFUL / (1 - helpful)) else 3

    def _close(self, at):
        self.values |= {"state": "closed", "closed_at": at, "closed_by_id": self.supervisor.id}
        self.values |= {**STOPPED, "stage_started_at": at}
        self.assignments[-1]["ended_at"] = at
        self._tell(at, "obligation.closed", [self.investigator])
        self._deed(at, "obligation.closed", self.supervisor.id, outcome=self.values["outcome"])
        return False

    def _climb(self, stage, values, taken):
        for level in range(1, taken + 1):
            due = values["steps"][level - 1]
            at = min(due + timedelta(seconds=40), self.at)
            row = {"stage": stage, "stage_started_at": self.start, "level": level, "due_at": due, "at": at}
            self.escalations.append(row)
            self._tell(at, f"escalation.{RUNGS[level - 1]}", self._audience(level))

    def _audience(self, level):
        if level < 3 and self.investigator:
            return [self.investigator]
        above = self.desk.having("commander") if level == 4 else []
        return above or self.work.desks["CTR"].having("center_coordinator") if level > 3 else [self.supervisor]

    def _unit(self):
        """The unit that takes such lines; small agencies have one."""
        units = self.desk.units
        if self.desk.code != "PAPD":
            return next(iter(units.values()))
        kinds = {kind.value for kind in self.line.kinds}
        asked = (self.script or {}).get("unit", "")
        if "homicide" in kinds or self.line.known or "Homicide" in asked:
            return units["Homicide Unit"]
        if "non_fatal_shooting" in kinds:
            return units["Non-fatal Shootings"]
        if kinds & {"robbery_gun", "carjacking"}:
            return units["Robbery"]
        rest = ("Gang and Gun", "District 1 Detectives", "District 2 Detectives")
        return units[rest[self.line.opened_at.minute % 3]]

    def _tell(self, at, verb, people):
        self.work.told.notify(at, verb, people, self.line)

    def _deed(self, at, verb, by, **data):
        self.deeds.append((at, verb, by, data))

    # --- into the database ------------------------------------------------------------------------------------------

    def write(self):
        store, line = self.work.store, self.line
        self.work.named.name(line, self.values)
        number = store.add(Obligation, lead_id=line.id, **self.values)
        for row in self.assignments:
            store.add(Assignment, obligation_id=number, **row)
        for row in self.escalations:
            store.add(Escalation, obligation_id=number, **row)
        for row in self.activities:
            key = store.add(Activity, lead_id=line.id, obligation_id=number, agency_id=self.desk.id, **row)
            self.work.told.audit(
                row["at"], "activity.logged", Activity, key, self.desk.id, row["by_id"], lead=line.number
            )
        for at, verb, by, data in self.deeds:
            self.work.told.audit(at, verb, Obligation, number, self.desk.id, by, lead=line.number, **data)
        if arrest := self._arrest():
            self.work.arrests.append((line, self.desk, arrest, self.investigator))

    def _arrest(self):
        """When somebody was arrested on this lead: at its end, or while it is still worked."""
        if self.values["state"] == "closed" and self.values["outcome"].startswith(("arrest", "referred_federal")):
            return self.values["closed_at"]
        if self.values["state"] == "in_progress" and self.rng.random() < ARRESTED_AT_WORK:
            return self.values["last_activity_at"]
        return None
