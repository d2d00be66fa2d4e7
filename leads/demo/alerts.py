"""Alerts of the gunshot detection of two cities: most are shootings on record, some never became one."""

import random
from datetime import timedelta

from django.db import connection

from evidence.models import Detection, GunshotAlert, Incident
from leads.demo.dice import pick
from leads.demo.map import lnglat

SYSTEMS = {"PAPD": ("GDS", 0.55), "GMPD": ("CAD", 0.4)}
DAYS, NOISE_A_DAY = 90, 0.45
BECAME = {"open": 45, "dismissed": 55}
WHY = {"fireworks": 6, "vehicle": 4, "construction": 2, "range": 1, "test": 1}
HEARD = {"Multiple gunshots": 5, "Single gunshot": 4, "Probable gunfire": 2}
EVIDENCE = """
update evidence_detection d set has_evidence = (i.collection = 'collected')
  from evidence_incident i where i.id = d.incident_id
"""


class Alerts:
    """Draws numbers of its own, so that the rest of the city stays as it is."""

    def __init__(self, store, seed, desks, city, at):
        self.rng, self.store, self.desks, self.city, self.at = random.Random(f"alerts {seed}"), store, desks, city, at
        self.since = at - timedelta(days=DAYS)
        self.number = 40_100

    def write(self, scenes):
        for scene in scenes:
            source, share = SYSTEMS.get(scene.code, ("", 0))
            gunfire = scene.kind in Incident.GUNFIRE
            if gunfire and scene.at > self.since and scene.place and self.rng.random() < share:
                self._became(scene, source)
        for code, (source, _share) in SYSTEMS.items():
            for _ in range(round(DAYS * NOISE_A_DAY)):
                self._noise(code, source)

    def _became(self, scene, source):
        rng = self.rng
        at = scene.at - timedelta(seconds=rng.randrange(20, 600))
        lng, lat = lnglat(scene.place.x, scene.place.y)
        told = rng.random() < 0.5
        matched = {
            "state": "matched",
            "incident_id": scene.id,
            "how": "number" if told else "place",
            "meters": rng.randrange(5, 140),
        }
        self._detection(scene.code, source, at, (lat, lng), scene.place.address, matched, scene.number if told else "")

    def _noise(self, code, source):
        rng = self.rng
        at = self.at - timedelta(days=rng.random() ** 2 * DAYS, hours=1)
        _district, place = self.city.draw(rng, code)
        lng, lat = lnglat(place.x, place.y)
        state = pick(rng, BECAME)
        values = {"state": state}
        if state == "dismissed":
            person = self.desks[code].having("evidence_technician")[0].id
            values |= {"dismissal": pick(rng, WHY), "decided_by_id": person}
            values["decided_at"] = min(self.at, at + timedelta(hours=rng.uniform(1, 60)))
        self._detection(code, source, at, (lat, lng), place.address, values, "")

    def _detection(self, code, source, at, point, address, values, case):
        rng, agency = self.rng, self.desks[code].id
        at = at.replace(microsecond=0)
        count = 1 if rng.random() < 0.75 else rng.choice((2, 2, 3))
        rounds = [rng.choice((1, 1, 2, 3, 5, 7, 11)) for _ in range(count)]
        where = {"lat": round(point[0], 5), "lng": round(point[1], 5), "address": address}
        found = self.store.add(
            Detection, agency_id=agency, at=at, rounds=max(rounds), alerts_count=count, **where, **values
        )
        for place, shots in enumerate(rounds):
            self.number += 1
            number = f"{source}-{self.number}"
            self.store.add(
                GunshotAlert,
                agency_id=agency,
                detection_id=found,
                source=source,
                number=number,
                key=number,
                at=at + timedelta(seconds=40 * place),
                rounds=shots,
                heard=pick(rng, HEARD),
                case_number=case,
                case_key=case.replace("-", ""),
                **where,
            )

    def fill(self):
        """What triggers keep; the rows of all tables are written, and what scenes brought is known."""
        with connection.cursor() as cursor:
            cursor.execute(EVIDENCE)
