"""What is done with the evidence: NIBIN entries with their two-business-day clock, and traces of guns."""

from datetime import timedelta

from agencies.calendars import end_of_nth_business_day, working_time
from evidence.models import Acquisition, Trace
from leads.demo.dice import add_working, lognormal, next_opening, pick

# Counted from the receipt: 40 % within 48 hours, 60 % within two business days, the rest trails off over months.
WITHIN_LIMIT = 0.60
LATE_CODES = {"backlog": 6, "equipment": 2, "test_fire": 3, "other_exam": 2}
SHORT_OF = (
    "serial_invalid", "records_lost_or_destroyed", "ffl_no_response", "importer_unknown", "need_more_info", "pre_1968",
)  # fmt: skip
TRACE_DAYS, TRACE_SIGMA = 12, 0.75
TIME_TO_CRIME = {(20, 90): 12, (91, 210): 8, (211, 365): 5, (366, 730): 12, (731, 1095): 9, (1096, 5500): 54}


class Laboratory:
    def __init__(self, store, rng, desks, at):
        self.store, self.rng, self.desks, self.at = store, rng, desks, at
        self.site = desks["WCL"]
        self.staff = self.site.having("examiner", "evidence_technician")
        self.entries = 0

    def work(self, scene):
        for exhibit in scene.exhibits:
            if exhibit["submitted"]:
                self._enter(scene, exhibit)
            if "firearm" in exhibit and self.rng.random() < 0.9:
                self._trace(exhibit)

    def timely(self, received):
        """When an exhibit that came at `received` gets its entry."""
        rng, calendar = self.rng, self.site.calendar
        due = end_of_nth_business_day(received, 2, calendar)
        if rng.random() < WITHIN_LIMIT:
            room = working_time(received, due, calendar).total_seconds() / 60
            return add_working(next_opening(received, calendar), room * rng.betavariate(1.3, 1.6), calendar)
        return add_working(due, 60 * min(960, lognormal(rng, 45, 1.1)), calendar)

    def _enter(self, scene, exhibit):
        rng = self.rng
        received = exhibit["received"]
        due = end_of_nth_business_day(received, 2, self.site.calendar)
        entered = self.timely(received)
        if scene.linked and exhibit["number"] == scene.exhibit_number:
            entered = max(received, scene.entry or min(entered, scene.before))
        if entered >= self.at or scene.held:
            entered = None
        person = rng.choice(self.staff)
        self.entries += 1
        number = self.store.add(
            Acquisition,
            exhibit_id=exhibit["id"],
            site_id=self.site.id,
            received_at=received,
            received_by_id=person.id,
            due_at=due,
            entered_at=entered,
            entered_by_id=person.id if entered else None,
            operator=person.name if entered else "",
            reference=f"N{received:%y}{self.entries:06d}" if entered else "",
            late_code=pick(rng, LATE_CODES) if entered and entered > due else "",
        )
        exhibit["entry"] = (number, entered, person.id)

    def _trace(self, exhibit):
        rng, gun = self.rng, exhibit["firearm"]
        asked = exhibit["created"] + timedelta(days=min(40, lognormal(rng, 1.5, 1.0)))
        if asked >= self.at:
            return
        values = {"status": "submitted"}
        answered = asked + timedelta(days=lognormal(rng, TRACE_DAYS, TRACE_SIGMA))
        if rng.random() < 0.04:
            values = {"status": rng.choice(("draft", "cancelled"))}
        elif answered < self.at:
            values = self._answer(gun, exhibit, answered)
        elif asked + timedelta(days=2) < self.at:
            values = {"status": "accepted"}
        if values["status"] not in ("draft", "submitted", "cancelled"):
            values["trace_number"] = f"T{asked:%Y}{rng.randrange(10**7):07d}"
        self.store.add(
            Trace,
            firearm_id=gun["id"],
            agency_id=exhibit["desk"].id,
            requested_at=asked,
            requested_by_id=exhibit["author"],
            submitted_at=None if values["status"] == "draft" else asked,
            submitted_by_id=None if values["status"] == "draft" else exhibit["author"],
            **values,
        )

    def _answer(self, gun, exhibit, answered):
        rng = self.rng
        if gun["homemade"] or gun["filed"]:
            reason = "pmf_no_serial" if gun["homemade"] else "serial_obliterated"
            return {"status": "closed_incomplete", "reason": reason, "completed_at": answered}
        if rng.random() < 0.83:
            low, high = pick(rng, TIME_TO_CRIME)
            bought = (exhibit["found"] - timedelta(days=rng.randint(low, high))).date()
            return {"status": "completed_to_purchaser", "completed_at": answered, "purchased_on": bought}
        if rng.random() < 0.5:
            return {"status": "completed_to_dealer_only", "completed_at": answered}
        reason = rng.choice(SHORT_OF)
        return {"status": "closed_incomplete", "reason": reason, "completed_at": answered}
