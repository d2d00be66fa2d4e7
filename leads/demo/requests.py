"""What agencies ask of the laboratory, test fires of guns, and the reviews of what NIBIN correlated."""

import hashlib
import random
from datetime import timedelta

from django.db import connection

from agencies.calendars import end_of_nth_business_day
from evidence.models import CorrelationReview, CustodyEvent, Exhibit, LabRequest, LabRequestItem
from leads.demo.dice import add_working, lognormal, pick
from leads.demo.items import stamp

ASKED_DAYS, FIRED_DAYS, REVIEWED_DAYS = 150, 90, 60
NOTES = ("Compare with the projectile of the same scene", "DNA swab before test fire, please", "", "", "")
RESULTS = ("Entered, report WCL {:04d}", "Test-fired and entered, report WCL {:04d}", "Identified, report WCL {:04d}")
REFUSED = ("Rimfire: no comparison of value", "No known specimen to compare with")
CANDIDATES = ("GM26-0{}: exhibit 1", "26-0{}: exhibit 2, two casings", "S26-0{}: exhibit 1")
IN_NIBIN = """
update evidence_exhibit e set in_nibin = true
 where exists (select from evidence_acquisition a where a.exhibit_id = e.id and a.entered_at is not null)
    or exists (select from evidence_exhibit t join evidence_acquisition a on a.exhibit_id = t.id
                where t.fired_from_id = e.id and a.entered_at is not null)
"""

# What the leads of the last weeks went out by: an entry of one of their events, seen by its operator and by another.
RELEASED = """
with pick as (
  select distinct on (r.id) r.id, l.number, q.entered_at as since, l.opened_at - q.entered_at as took,
         q.entered_by_id as one, (select o.case_number from leads_leadevent o where o.lead_id = l.id and o.id <> e.id
                                   order by o.id limit 1) as other
    from leads_lead l join leads_leadevent e on e.lead_id = l.id
    join evidence_exhibit x on x.incident_id = e.incident_id join evidence_acquisition q on q.exhibit_id = x.id
    join evidence_correlationreview r on r.acquisition_id = q.id
   where l.site_id = r.site_id and q.entered_at < l.opened_at order by r.id, l.id)
update evidence_correlationreview r
   set status = 'released', lead_number = pick.number, candidate = 'Case ' || pick.other, note = '',
       first_at = pick.since + 0.4 * pick.took, first_by_id = pick.one, second_at = pick.since + 0.8 * pick.took,
       second_by_id = (select min(p) from unnest(%s::bigint[]) p where p <> pick.one)
  from pick where pick.id = r.id
"""


class Requests:
    """Draws numbers of its own, so that the rest of the city stays as it is."""

    def __init__(self, store, seed, desks, at):
        self.rng, self.store, self.desks, self.at = random.Random(f"requests {seed}"), store, desks, at
        self.site = desks["WCL"]
        self.staff = self.site.having("examiner", "evidence_technician")
        self.report = 310

    def write(self, scenes):
        for scene in scenes:
            sent = [each for each in scene.exhibits if each["submitted"]]
            if sent and scene.at > self.at - timedelta(days=ASKED_DAYS):
                self._request(scene, sent)
            for each in sent:
                recent = each["received"] and each["received"] > self.at - timedelta(days=FIRED_DAYS)
                number, entered, operator = each["entry"]
                if entered and entered > self.at - timedelta(days=REVIEWED_DAYS):
                    self._review(number, entered, operator)
                if each["kind"] is Exhibit.Kind.FIREARM and recent and self.rng.random() < 0.6:
                    self._fire(scene, each)

    def _request(self, scene, exhibits):
        rng, person = self.rng, self.rng.choice(self.staff).id
        received = max(each["received"] for each in exhibits)
        gun = any(each["kind"] is Exhibit.Kind.FIREARM for each in exhibits)
        asked = "test_fire_entry" if gun else pick(rng, {"entry": 8, "comparison": 2})
        priority = 1 if scene.kind == "homicide" else pick(rng, {2: 3, 3: 6})
        requested = received - timedelta(hours=1)
        values = {"status": "received", "received_at": received, "received_by_id": person}
        done = add_working(received, 60 * min(900, lognormal(rng, 30, 1.0)), self.site.calendar)
        self.report += 1
        if rng.random() < 0.03:
            values |= {"status": "declined", "reason": rng.choice(REFUSED)}
        elif done < self.at:
            values |= {"status": "done", "done_at": done, "done_by_id": person}
            values["result"] = rng.choice(RESULTS[:2] if asked != "comparison" else RESULTS[2:]).format(self.report)
        number = self.store.add(
            LabRequest,
            incident_id=scene.id,
            agency_id=self.desks[scene.code].id,
            laboratory_id=self.site.id,
            asked=asked,
            note=rng.choice(NOTES),
            priority=priority,
            needed_on=(requested + timedelta(days={1: 3, 2: 10, 3: 30}[priority])).date(),
            requested_at=requested,
            requested_by_id=scene.author,
            **values,
        )
        for each in exhibits:
            self.store.add(LabRequestItem, request_id=number, exhibit_id=each["id"])

    def _fire(self, scene, gun):
        rng, person = self.rng, self.rng.choice(self.staff)
        fired = add_working(gun["received"], rng.randrange(60, 900), self.site.calendar)
        if fired > self.at:
            return
        number = self.store.add(
            Exhibit,
            incident_id=scene.id,
            agency_id=self.desks[scene.code].id,
            number=f"{gun['number']}-TF1",
            kind=Exhibit.Kind.TEST_FIRE.value,
            caliber=scene.caliber,
            count=2,
            description="Two test-fired cartridge cases",
            fired_from_id=gun["id"],
            nibin_eligible=False,
            not_eligible_reason="Entered under the gun's own number",
            held_by_id=self.site.id,
            collected_at=fired,
            collected_by=person.name,
            created_by_id=person.id,
            created_at=fired,
        )
        told = (f"Test fire of exhibit {gun['number']}", person.name, "", "", stamp(fired), stamp(fired), person.id)
        row = ("", number, 1, "collected", *told)
        self.store.add(
            CustodyEvent,
            exhibit_id=number,
            position=1,
            purpose=CustodyEvent.Purpose.COLLECTED.value,
            from_whom=f"Test fire of exhibit {gun['number']}",
            to_whom=person.name,
            at=fired,
            recorded_at=fired,
            recorded_by_id=person.id,
            previous_hash="",
            hash=hashlib.sha256("\x1f".join(map(str, row)).encode()).hexdigest(),
        )

    def fill(self):
        """What triggers keep; the rows of all tables are written."""
        with connection.cursor() as cursor:
            cursor.execute(IN_NIBIN)
            cursor.execute(RELEASED, [[person.id for person in self.staff]])

    def _review(self, acquisition, entered, operator):
        rng = self.rng
        due = end_of_nth_business_day(entered, 2, self.site.calendar)
        first = add_working(entered, 60 * min(60, lognormal(rng, 9, 0.8)), self.site.calendar)
        values = {"acquisition_id": acquisition, "site_id": self.site.id, "due_at": due}
        if first < self.at:
            values |= {"first_at": first, "first_by_id": operator} | self._seen(first, operator)
        self.store.add(CorrelationReview, **values)

    def _seen(self, first, operator):
        rng = self.rng
        if rng.random() < 0.8:
            return {"status": "cleared"}
        self.report += 1
        found = {"candidate": rng.choice(CANDIDATES).format(self.report), "lead_number": f"26-{self.report + 5000}"}
        second = add_working(first, 60 * min(50, lognormal(rng, 6, 0.9)), self.site.calendar)
        if second >= self.at or rng.random() < 0.15:
            return found | {"status": "second"}
        other = next(person.id for person in self.staff if person.id != operator)
        state = pick(rng, {"released": 9, "refused": 1})
        note = "Breech face marks differ" if state == "refused" else ""
        return found | {"status": state, "second_at": second, "second_by_id": other, "note": note}
