"""What became of the scenes without evidence: canvassed, not searched, or still without an answer."""

import random
from datetime import time, timedelta

from django.db import connection
from django.utils import timezone

from evidence.models import Canvass, CollectionRule, Incident
from leads.demo.alerts import Alerts
from leads.demo.dice import pick
from leads.demo.items import OFFICERS
from leads.demo.requests import Requests
from leads.demo.scenes import TZ

SINCE_DAYS = 75
# Shares of the scenes since then: what an answer says, and how many have none.
ANSWERS = {"none_found": 62, "not_searched": 14, "": 24}
REASONS = {"no_scene": 5, "reported_later": 4, "unsafe": 2, "weather": 2, "no_officer": 2, "other": 1}
# Of what lies before, little was ever asked.
ASKED_BEFORE = 0.25
COLLECTED = """
update evidence_incident i set collection = case
         when exists (select from evidence_exhibit e
                       where e.incident_id = i.id and e.kind in ('casing_group', 'projectile')) then 'collected'
         else coalesce((select c.answer from evidence_canvass c where c.incident_id = i.id), '') end
"""


class Collection:
    """Draws numbers of its own, so that the rest of the city stays as it is."""

    def __init__(self, store, seed, desks, city, at):
        self.alerts, self.requests = Alerts(store, seed, desks, city, at), Requests(store, seed, desks, at)
        self.rng, self.store, self.desks, self.at = random.Random(f"collection {seed}"), store, desks, at
        self.since = at - timedelta(days=SINCE_DAYS)
        self.owed = []

    def write(self, scenes):
        for code in sorted({scene.code for scene in scenes}):
            self._rule(self.desks[code])
        for scene in scenes:
            if scene.kind in Incident.GUNFIRE and not scene.casings:
                self._scene(scene, self.desks[scene.code])
        self.alerts.write(scenes)
        self.requests.write(scenes)

    def _rule(self, desk):
        day = timezone.localdate(self.since, TZ)
        self.store.add(
            CollectionRule,
            agency_id=desk.id,
            begins_on=day,
            unit_id=desk.units.get("Property Room") or next(iter(desk.units.values()), None),
            set_at=self.since.combine(day, time(9), TZ),
            set_by_id=self.desks["CTR"].having("center_coordinator")[0].id,
        )

    def _scene(self, scene, desk):
        rng = self.rng
        answer = pick(rng, ANSWERS)
        if scene.at < self.since and rng.random() > ASKED_BEFORE:
            return
        searched = scene.at + timedelta(minutes=rng.randrange(15, 90))
        if not answer or searched > self.at:
            units = list(desk.units.values())
            self.owed.append((scene.id, rng.choice([*units, None]), rng.choice(OFFICERS) if rng.random() < 0.4 else ""))
            return
        found = answer == Canvass.Answer.NONE_FOUND
        reason = "" if found else pick(rng, REASONS)
        self.store.add(
            Canvass,
            incident_id=scene.id,
            answer=answer,
            searched_by=rng.choice(OFFICERS) if found else "",
            searched_at=searched if found else None,
            reason=reason,
            note="Construction crew had cleared the street" if reason == "other" else "",
            said_at=min(self.at, searched + timedelta(hours=rng.uniform(1, 9))),
            said_by_id=scene.author,
        )

    def fill(self):
        """What triggers keep, and who owes; the rows of all tables are written."""
        with connection.cursor() as cursor:
            cursor.execute(COLLECTED)
            cursor.execute(
                """update evidence_incident i set owing_unit_id = o.unit, owing_officer = o.officer
                     from unnest(%s::bigint[], %s::bigint[], %s::text[]) o(id, unit, officer) where i.id = o.id""",
                [list(each) for each in zip(*self.owed, strict=True)] or [[], [], []],
            )
        self.alerts.fill()
        self.requests.fill()
