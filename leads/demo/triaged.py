"""The analysts' desk: leads before their agencies are told, in every state of a decision; versions of the weights and
what analysts found to work with. The center looked first for a week, and lets leads go at once again.

It runs over rows that were written, so that the rest of the city stays as it is.
"""

import json
import random
from datetime import UTC, timedelta

from django.db import connection

from evidence.models import Incident
from leads import triage, weights
from leads.demo.store import Store
from leads.models import DeskItem, EventName, Lead, LeadEvent, LeadFlag, LeadScore, ScoreTable, TriageRule

SOON, FEW = timedelta(minutes=20), 0.15
State, Why = DeskItem.State, DeskItem.Why
# Hours on the desk, days until a deferred one comes back (0: late, it waits for the clock's next round).
WAITING = (3, 7, 20, 31, 52)
DEFERRED = (4, 11, 0)
FLAGS = (
    ("video", "Store camera, 400 block, copied by PAPD"),
    ("named_person", "Witness statement in report 2"),
    ("lpr", "Reader at the bridge, hits of that night"),
    ("gunshot", "Sensor alert with audio"),
    ("supervision", "Probation office, call of Tuesday"),
    ("recovered", "Gun found by Mercer County Sheriff"),
)
# What the versions after the built-in one say otherwise, and why.
VERSIONS = (
    ("superseded", {"flag.video": 6}, "Video led to most identifications last year", 300, 160),
    ("agreed", {"flag.video": 6, "flag.lpr": 6}, "Plate readers at both bridges since spring", 160, None),
    ("discarded", {"flag.supervision": 12}, "Try of a higher weight for supervision", 60, None),
    ("draft", {"flag.video": 6, "flag.lpr": 6, "recency.90": 3, "confirmed.2": 12, "confirmed.1": 6},
     "Confirmed links closed twice as often; events over a month old rarely did", 2, None),
)  # fmt: skip


class Triaged:
    def __init__(self, seed, desks, at):
        self.rng, self.at, self.store = random.Random(f"triaged {seed}"), at, Store()
        self.center, self.site = desks["CTR"], desks["WCL"]
        self.analysts = [person.id for person in self.center.having("analyst")]
        self.boss = self.center.having("center_coordinator")[0].id
        self.table, self.number = weights.BUILT_IN, 9500

    def write(self):
        self._weights()
        incidents = iter(self._unlinked())
        for hours in WAITING:
            self._lead(incidents, hours)
        # Two numbers for one case: the site sent it twice.
        _lead, events = self._lead(incidents, 5)
        self._lead(incidents, 4, named=events[:2])
        for hours in (26, 49):
            self._lead(incidents, hours, state=State.ACCEPTED, **self._by("accepted", hours - 2, self.analysts[0]))
        for days in DEFERRED:
            until = (self.at + timedelta(days=days)).date()
            who = self._by("deferred", 60, self.analysts[0])
            self._lead(incidents, 70, state=State.DEFERRED, until_on=until, note="Waits for video", **who)
        for reviewer, state in ((None, State.PROPOSED), (self.boss, State.DECLINED)):
            for why in (Why.NOTHING_LEFT, Why.ERROR):
                who = self._by("proposed", 40, self.analysts[0])
                who |= self._by("reviewed", 30, reviewer) if reviewer else {}
                note = "Both cases ended in court" if why == Why.NOTHING_LEFT else "Withdrawn by the site by phone"
                self._lead(incidents, 90, state=state, why=why, note=note, **who)
        self._sent()
        self._flags()
        changed = {"changed_at": self.at - timedelta(hours=2), "changed_by_id": self.boss}
        self.store.table(TriageRule).add({"agency_id": self.center.id, **changed})
        self.store.close()

    def _by(self, verb, hours, person):
        return {f"{verb}_at": self.at - timedelta(hours=hours), f"{verb}_by_id": person}

    def _unlinked(self):
        """Incidents of late that no lead names, with something collected; few of them recoveries."""
        found = Incident.objects.filter(occurred_at__lt=self.at - timedelta(days=4), lead_events=None)
        found = found.filter(exhibits__isnull=False).distinct().select_related("agency")
        found = found.order_by("-occurred_at", "-pk")[:160]
        return [each for each in found if each.kind != Incident.Kind.GUN_RECOVERY or self.rng.random() < FEW]

    def _lead(self, incidents, hours, state=State.WAITING, named=None, **decided):
        events = named or sorted((next(incidents) for _ in range(self.rng.choice((2, 2, 2, 2, 3)))), key=_when)
        opened = self.at - timedelta(hours=hours)
        facts = triage.Facts(tuple(_fact(each) for each in events), False, opened)
        score, (priority, why) = triage.score(facts, self.table), triage.priority(facts, self.table)
        inputs = triage.measure(facts)
        self.number += 1
        pk = self.store.add(
            Lead, number=f"WCL-{opened:%Y}-{self.number:05d}", agency_id=self.center.id, site_id=self.site.id,
            notice_on=opened.date(), status=2 if state == State.DECLINED else 1, priority=priority, priority_reason=why,
            score=score.total, reasons=[list(reason) for reason in score.reasons], scored_at=opened,
            score_version=self.table.version, score_inputs=inputs, opened_inputs=inputs, caliber="9 mm",
            events_count=len(events), first_event_at=events[0].occurred_at, last_event_at=events[-1].occurred_at,
            line=[_drawn(each) for each in events], due_at=opened + timedelta(days=1), opened_at=opened,
            closed_at=decided.get("reviewed_at"), created_by_id=self.analysts[0], updated_at=opened,
        )  # fmt: skip
        for each in events:
            event = self.store.add(
                LeadEvent, lead_id=pk, agency_id=each.agency_id, agency_text=each.agency.name, incident_id=each.pk,
                case_number=each.case_number, case_key=each.case_key, kind=each.kind, occurred_at=each.occurred_at,
                address=each.address, caliber="9 mm", added_at=opened, matched_at=opened,
                matched_by_id=self.analysts[0],
            )  # fmt: skip
            named = {"agency_id": each.agency_id, "agency_text": each.agency.name, "case_number": each.case_number}
            self.store.add(EventName, event_id=event, key=each.case_key, **named)
        came = {"lead_id": pk, "agency_id": self.center.id, "score": score.total, "came_at": opened}
        self.store.table(DeskItem).add({"state": state, **came, **decided})
        return pk, events

    def _sent(self):
        """The last that were sent from the desk."""
        for lead in Lead.objects.filter(desk=None, status=1).order_by("-opened_at")[:3]:
            sent = {"sent_at": lead.opened_at, "sent_by_id": self.analysts[0], "came_at": lead.opened_at}
            center = {"agency_id": self.center.id, "state": State.SENT, "score": lead.score}
            self.store.table(DeskItem).add({"lead_id": lead.pk, **center, **sent})

    def _weights(self):
        for version, (state, changed, why, days, until) in enumerate(VERSIONS, 2):
            at = self.at - timedelta(days=days)
            agreed = {}
            if state in ("superseded", "agreed"):
                agreed = {"agreed_at": at, "agreed_by_id": self.boss, "in_force_from": at, "rescored_at": at + SOON}
            ended = self.at - timedelta(days=until) if until else None
            points = weights.BUILT_IN.points | changed
            self.store.add(
                ScoreTable, agency_id=self.center.id, version=version, points=points, state=state, reason=why,
                drafted_at=at - timedelta(hours=5), drafted_by_id=self.analysts[0], superseded_at=ended, **agreed,
            )  # fmt: skip
            if agreed:
                self._execute("update leads_lead set score_version = %s where scored_at >= %s", [version, at])
            if state == "agreed":
                self.table = weights.Table(version, points)

    def _flags(self):
        """What analysts found on open leads; the scores they had before stay. One was taken back."""
        found = Lead.objects.filter(status=1, priority__lte=2, score_version=self.table.version, desk=None)
        for place, (lead, (kind, source)) in enumerate(zip(found.order_by("-opened_at")[4:], FLAGS, strict=False)):
            at = min(self.at, lead.opened_at + timedelta(hours=3))
            set_by = {"set_at": at, "set_by_id": self.analysts[0]}
            if place == 3:
                set_by |= {"withdrawn_at": min(self.at, at + SOON), "withdrawn_by_id": self.analysts[0]}
            self.store.add(LeadFlag, lead_id=lead.pk, kind=kind, source=source, **set_by)
            if kind not in weights.FLAGS or place == 3:
                continue
            self.store.add(
                LeadScore, lead_id=lead.pk, version=lead.score_version, score=lead.score, reasons=lead.reasons,
                inputs=lead.score_inputs, as_of=lead.scored_at, until=at,
            )  # fmt: skip
            inputs = lead.score_inputs | {"flags": [kind]}
            score = triage.weigh(inputs, self.table)
            found = [score.total, json.dumps(score.reasons), json.dumps(inputs), lead.pk]
            self._execute("update leads_lead set score = %s, reasons = %s, score_inputs = %s where id = %s", found)

    def _execute(self, sql, values):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)


def _when(incident):
    return incident.occurred_at


def _fact(incident):
    point = (incident.lat, incident.lng) if incident.lat is not None else None
    return triage.Event(incident.kind, incident.occurred_at, incident.agency_id, False, point)


def _drawn(incident):
    at, agency = incident.occurred_at.astimezone(UTC).isoformat(), incident.agency
    return [at, incident.kind, agency.code, agency.mark, incident.case_number, False, agency.pk]
