"""What was found at a scene: exhibits with their chains of custody, and the guns among them."""

import hashlib
from datetime import UTC, timedelta

from evidence.models import CustodyEvent, Exhibit, Firearm, Incident
from leads.demo.dice import by_day, lognormal, pick

K = Incident.Kind

MAKES = {
    "Glock": 20,
    "Smith & Wesson": 11,
    "Taurus": 12,
    "Ruger": 9,
    "SIG Sauer": 4,
    "Springfield": 5,
    "Hi-Point": 4,
    "SCCY": 3,
    "Kel-Tec": 2,
    "Anderson": 3,
    "Other make": 27,
}
TYPES = {"PI": 70, "PR": 9, "RI": 11, "RB": 2, "SP": 5, "SS": 1, "PD": 2}
LABORATORY = "Wexley County Crime Laboratory"
OFFICERS = (
    "Ofc. Ray Sutter",
    "Ofc. Mia Kern",
    "Ofc. Don Ashby",
    "Ofc. Lea Prince",
    "Ofc. Cal Whitney",
    "Tech. Ana Brook",
)


class Items:
    """Writes what was collected at a scene, and keeps it on the scene for the laboratory."""

    def __init__(self, store, rng, at):
        self.store, self.rng, self.at = store, rng, at

    def write(self, scene, desk, author):
        rng = self.rng
        if scene.is_recovery:
            self._exhibit(scene, desk, author, Exhibit.Kind.FIREARM, 1, fit=scene.linked or rng.random() < 0.8)
            if rng.random() < 0.3:
                self._exhibit(scene, desk, author, Exhibit.Kind.MAGAZINE, 1, fit=False)
            return
        groups = 1 if rng.random() < 0.8 else rng.choice((2, 2, 3))
        for _ in range(groups):
            count = min(80, max(1, int(lognormal(rng, 5, 0.8))))
            scene.casings += count
            self._exhibit(scene, desk, author, Exhibit.Kind.CASING_GROUP, count, fit=True)
        if scene.kind is K.HOMICIDE and rng.random() < 0.6:
            self._exhibit(scene, desk, author, Exhibit.Kind.PROJECTILE, rng.choice((1, 2)), fit=False)

    def _exhibit(self, scene, desk, author, kind, count, fit):
        rng = self.rng
        found = scene.at + timedelta(minutes=rng.randrange(20, 150))
        exhibit = {"kind": kind, "number": str(len(scene.exhibits) + 1), "desk": desk, "author": author, "count": count}
        exhibit |= {"found": found, "officer": rng.choice(OFFICERS)}
        exhibit["created"] = min(found + timedelta(hours=rng.uniform(0.2, 4)), self.at)
        received = by_day(rng, found + timedelta(hours=lognormal(rng, 12, 0.7)), desk.calendar)
        if scene.before:
            received = max(found, min(received, scene.before))
        exhibit["submitted"] = fit and received < self.at
        exhibit["received"] = received if exhibit["submitted"] else None
        exhibit["id"] = self._row(scene, exhibit, count, fit)
        scene.exhibits.append(exhibit)
        scene.exhibit_number = scene.exhibit_number or exhibit["number"]
        if kind is Exhibit.Kind.FIREARM:
            exhibit["firearm"] = self._firearm(exhibit["id"], scene)
        self._custody(exhibit)

    def _row(self, scene, exhibit, count, fit):
        kind, desk, submitted = exhibit["kind"], exhibit["desk"], exhibit["submitted"]
        return self.store.add(
            Exhibit,
            incident_id=scene.id,
            agency_id=desk.id,
            number=exhibit["number"],
            kind=kind.value,
            caliber=scene.caliber,
            count=count,
            description=_description(kind, count, scene),
            property_number=f"P{scene.at:%y}-{self.rng.randrange(10000, 99999)}",
            storage=LABORATORY if submitted else f"{desk.name}, property room",
            lab_number=f"{scene.lab_number}-{exhibit['number']}" if submitted else "",
            nibin_eligible=fit,
            not_eligible_reason="" if fit else _unfit(kind),
            collected_at=exhibit["found"],
            collected_by=exhibit["officer"],
            created_by_id=exhibit["author"],
            created_at=exhibit["created"],
        )

    def _firearm(self, exhibit, scene):
        rng = self.rng
        homemade, filed = rng.random() < 0.05, rng.random() < 0.04
        make = "Privately made" if homemade else pick(rng, MAKES)
        serial = "" if homemade or filed else f"XX{rng.randrange(10**6):06d}"
        number = self.store.add(
            Firearm,
            exhibit_id=exhibit,
            make=make,
            model="" if homemade else f"Model {rng.choice('ABCDEFG')}{rng.randrange(10, 50)}",
            caliber=scene.caliber,
            type_code="SP" if scene.caliber == "12 ga" else pick(rng, TYPES),
            serial=serial,
            serial_key=serial.replace("O", "0"),
            country="US",
            is_obliterated=filed and not homemade,
            is_privately_made=homemade,
            has_conversion_device=rng.random() < 0.02,
        )
        return {"id": number, "homemade": homemade, "filed": filed and not homemade, "serial": serial}

    def _custody(self, exhibit):
        previous, number, author = "", exhibit["id"], exhibit["author"]
        for position, (purpose, giver, taker, moment) in enumerate(self._legs(exhibit), 1):
            at, seal = min(moment, self.at), f"S{number % 100000:05d}-{position}"
            times = (stamp(at), stamp(at))
            row = (previous, number, position, purpose, giver, taker, "Sealed", seal, *times, author)
            own = hashlib.sha256("\x1f".join(map(str, row)).encode()).hexdigest()
            self.store.add(
                CustodyEvent,
                exhibit_id=number,
                position=position,
                purpose=purpose,
                from_whom=giver,
                to_whom=taker,
                condition="Sealed",
                seal=seal,
                at=at,
                recorded_at=at,
                recorded_by_id=author,
                previous_hash=previous,
                hash=own,
            )
            previous = own

    def _legs(self, exhibit):
        """Collected, stored, and where it was submitted: sent, received, examined, perhaps returned."""
        store_room = f"{exhibit['desk'].name}, property room"
        found, received = exhibit["found"], exhibit["received"]
        legs = [
            ("collected", "", exhibit["officer"], found),
            ("stored", exhibit["officer"], store_room, exhibit["created"]),
        ]
        if received:
            sent = max(exhibit["created"], received - timedelta(hours=1))
            legs.append(("to_laboratory", store_room, "Courier", sent))
            legs.append(("received", "Courier", LABORATORY, max(sent, received)))
            back = received + timedelta(days=self.rng.uniform(30, 160))
            if back < self.at:
                legs.append(("returned", LABORATORY, store_room, back))
        return legs


def stamp(at):
    """A moment as the database's chain of hashes writes it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")


def _description(kind, count, scene):
    if kind is Exhibit.Kind.CASING_GROUP:
        return f"{count} fired cartridge case{'s' if count > 1 else ''}, headstamp {scene.caliber}"
    return {"firearm": "Firearm, safe", "magazine": "Magazine", "projectile": "Fired bullet"}[kind.value]


def _unfit(kind):
    return "Not test fired: manual action or unsafe" if kind is Exhibit.Kind.FIREARM else "Not a cartridge case"
