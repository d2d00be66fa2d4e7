"""What examiners found of pairs of cases, and what laboratories are asked to confirm, in every state.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

import json
import random
from datetime import timedelta
from itertools import combinations

from django.db import connection

from leads.actions._leads import drawn
from leads.actions._pairs import derive
from leads.demo.store import Store
from leads.models import Comparison, ConfirmationItem, ConfirmationRequest, Lead, Obligation

# The pairs behind what is confirmed already: those of a line that were confirmed are of one report.
PAIRS = """
insert into leads_comparison (lead_id, first_id, second_id, result, report, reported_on, note, status, recorded_at,
                              recorded_by_id, verified_by_id, reason)
select a.lead_id, a.id, b.id, 'confirmed', greatest(a.report, b.report),
       (greatest(a.confirmed_at, b.confirmed_at) at time zone 'America/Chicago')::date, '', 'standing',
       greatest(a.confirmed_at, b.confirmed_at), a.confirmed_by_id,
       (select min(p) from unnest(%s::bigint[]) p where p <> a.confirmed_by_id), ''
  from leads_leadevent a join leads_leadevent b on b.lead_id = a.lead_id and b.id > a.id
 where a.confirmed_at is not null and b.confirmed_at is not null"""
HITS = """
update leads_lead l set hits = c.many
  from (select lead_id, count(*) as many from leads_comparison
         where status = 'standing' and result = 'confirmed' group by lead_id) c where c.lead_id = l.id"""
PAIRED = """
update leads_leadevent e set paired = true
 where confirmed_at is not null and exists (select from leads_lead l where l.id = e.lead_id and l.hits > 0)"""
OFF = "update leads_leadevent set withdrawn_at = %s, withdrawn_by_id = %s where id = %s"
WHOLE = """
update leads_lead set hits = %s, events_count = %s, confirmed_count = %s, first_event_at = %s, last_event_at = %s,
       line = %s::jsonb where id = %s"""
NOTES = ("Grand jury on the arrest of June", "Hearing on the warrant", "Discovery is due", "Charging decision", "")
MISSING = "The casings of one case are not at the laboratory: hand them over first"
# State, days since it was asked, days until it is needed: the third and the last that wait are late.
ASKED = (
    ("asked", 1, 14), ("asked", 3, 21), ("asked", 16, -2), ("received", 4, 10), ("assigned", 6, 9), ("assigned", 8, 16),
    ("assigned", 20, -4), ("returned", 9, 12), ("cancelled", 25, 4), ("reported", 30, -6), ("reported", 44, -20),
    ("reported", 60, -41),
)  # fmt: skip


class Confirmed:
    def __init__(self, seed, desks, at):
        self.rng, self.at, self.desks = random.Random(f"confirmed {seed}"), at, desks
        self.lab, self.report = desks["WCL"], 2400
        self.staff = [person.id for person in self.lab.having("examiner")]
        self.day, self.answered = at.date(), 0
        self.store, self.touched, self.off = Store(), [], [None, None, 0]

    def write(self):
        with connection.cursor() as cursor:
            cursor.execute(PAIRS, [self.staff])
            cursor.execute(HITS)
            cursor.execute(PAIRED)
        open_ = Lead.objects.filter(status=1, confirmed_count=0, obligations__agency=self.desks["PAPD"].id)
        leads = list(open_.order_by("-opened_at", "-pk").distinct())
        for status, ago, needed in ASKED:
            when = self.at - timedelta(days=ago)
            lead = next((lead for lead in leads if lead.opened_at < when), None)
            if lead:
                leads.remove(lead)
                self._ask(lead, status, when, self.day + timedelta(days=needed))
        leads = [lead for lead in leads if lead.opened_at < self.at - timedelta(days=12)]
        self._corrected(leads[:2])
        self._eliminated(leads[2:])
        self.store.close()
        with connection.cursor() as cursor:
            cursor.execute(OFF, self.off)
            for lead in self.touched:
                self._whole(lead, cursor)

    def _ask(self, lead, status, when, needed):
        papd = self.desks["PAPD"]
        asker = self.rng.choice(papd.having("detective")).id
        if status in ("assigned", "returned"):
            asker = papd.having("detective")[0].id
        later, examiner = min(self.at, when + timedelta(hours=20)), self.rng.choice(self.staff)
        values, ended = {}, min(self.at - timedelta(hours=1), when + timedelta(days=self.rng.randint(2, 6)))
        if status in ("received", "assigned", "reported"):
            values |= {"received_at": later, "received_by_id": examiner}
        if status in ("assigned", "reported"):
            values |= {"examiner_id": examiner, "assigned_at": later, "assigned_by_id": examiner}
        if status == "returned":
            values |= {"returned_at": ended, "returned_by_id": examiner, "reason": MISSING}
        if status == "cancelled":
            values |= {"cancelled_at": ended, "cancelled_by_id": asker, "reason": "The defendant pled guilty"}
        if status == "reported":
            values |= {"reported_at": ended, "reported_by_id": examiner}
        court = needed + timedelta(days=9) if self.rng.random() < 0.4 else None
        made = self.store.add(
            ConfirmationRequest, lead_id=lead.pk, agency_id=papd.id, laboratory_id=self.lab.id, status=status,
            needed_on=needed, court_on=court, note=self.rng.choice(NOTES), requested_at=when, requested_by_id=asker,
            **values,
        )  # fmt: skip
        events = list(lead.events.order_by("pk")[:4])
        for event in events:
            evidence = f"Exhibit {event.exhibit_number or 1}, fired casings"
            self.store.add(ConfirmationItem, request_id=made, event_id=event.pk, evidence=evidence)
        if status == "reported":
            self._results(lead, events, made, examiner, ended)

    def _results(self, lead, events, request, examiner, when):
        """One request is answered by each result: a hit, an open question, a pair that cannot be compared."""
        self.answered += 1
        results = ("confirmed", "inconclusive", "unsuitable")
        self.report += 7
        for place, pair in enumerate(combinations(events, 2)):
            self._found(lead, pair, results[(self.answered + place) % 3], examiner, when, request_id=request)
        self.touched.append(lead)

    def _found(self, lead, pair, result, examiner, when, **values):
        final = result in ("confirmed", "eliminated")
        under = {"status": "standing", "report": f"WCL-{when:%y}-{self.report}", "reported_on": when.date()}
        other = next(each for each in self.staff if each != examiner)
        return self.store.add(
            Comparison, lead_id=lead.pk, first_id=pair[0].pk, second_id=pair[1].pk, result=result, recorded_at=when,
            recorded_by_id=examiner, verified_by_id=other if final else None, **under | values,
        )  # fmt: skip

    def _whole(self, lead, cursor):
        """What a lead says of its events, as its score and priority stay what they were at the notice."""
        events = list(lead.events.select_related("agency").order_by("occurred_at", "pk"))
        derive(lead, events)
        lead.events_count, lead.confirmed_count = len(events), sum(event.confirmed_at is not None for event in events)
        lead.first_event_at, lead.last_event_at = events[0].occurred_at, events[-1].occurred_at
        lead.line = [drawn(event) for event in events]
        first, last = lead.first_event_at, lead.last_event_at
        counts = [lead.hits, lead.events_count, lead.confirmed_count, first, last, json.dumps(lead.line), lead.pk]
        cursor.execute(WHOLE, counts)

    def _corrected(self, leads):
        """A correction that waits for a second person, and one that was agreed to."""
        for lead, waits in zip(leads, (True, False), strict=False):
            pair, when = list(lead.events.order_by("pk")[:2]), self.at - timedelta(days=11)
            one, two = self.staff[0], self.staff[-1]
            self.report += 3
            before = self._found(lead, pair, "confirmed", one, when, status="standing" if waits else "superseded")
            self._found(
                lead, pair, "inconclusive", two if waits else one, self.at - timedelta(days=2), replaces_id=before,
                status="proposed" if waits else "standing", reason="The second casing was damaged in the barrel",
                settled_at=None if waits else self.at - timedelta(days=1), settled_by_id=None if waits else two,
            )  # fmt: skip
            self.touched.append(lead)

    def _eliminated(self, leads):
        """An event that is off its line: one whose agency has another there, so that what agencies owe stays."""
        for lead in leads:
            events = list(lead.events.order_by("pk"))
            here = [event for event in events if sum(e.agency_id == event.agency_id for e in events) > 1]
            if len(events) < 3 or not here or Obligation.objects.filter(lead=lead, state="proposed").exists():
                continue
            off, when = here[-1], self.at - timedelta(days=5)
            other = next(event for event in events if event != off)
            pair = sorted((off, other), key=lambda event: event.pk)
            self.report += 5
            self._found(lead, pair, "eliminated", self.staff[0], when, off_id=off.pk)
            self.off = [when, self.staff[0], off.pk]
            self.touched.append(lead)
            return
