"""What happened and what was found: incidents, victims, exhibits, custody, guns."""

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from evidence.imports.casenumbers import case_key
from evidence.models import CustodyEvent, Exhibit, Firearm, Incident, IncidentGrant, Victim
from leads.demo.cast import ZONE
from leads.demo.dice import by_day, lognormal, pick
from leads.demo.map import lnglat

TZ = ZoneInfo(ZONE)
K = Incident.Kind

GUNFIRE = {
    K.HOMICIDE: 90,
    K.NON_FATAL_SHOOTING: 400,
    K.SHOTS_FIRED_PERSON: 230,
    K.SHOTS_FIRED_PROPERTY: 260,
    K.SHOTS_FIRED_CONFIRMED: 330,
    K.GDS_ALERT_CONFIRMED: 150,
    K.ROBBERY_GUN: 30,
    K.CARJACKING: 10,
}
RECOVERY = {K.GUN_RECOVERY: 45, K.TRAFFIC_STOP: 25, K.SEARCH_WARRANT: 20, K.FOUND_GUN: 10}
OFFENSES = {
    K.HOMICIDE: ("09A", "Murder"),
    K.NON_FATAL_SHOOTING: ("13A", "Aggravated assault, firearm"),
    K.SHOTS_FIRED_PERSON: ("13A", "Aggravated assault, firearm"),
    K.SHOTS_FIRED_PROPERTY: ("290", "Shooting into property"),
    K.SHOTS_FIRED_CONFIRMED: ("520", "Unlawful discharge"),
    K.GDS_ALERT_CONFIRMED: ("520", "Unlawful discharge"),
    K.ROBBERY_GUN: ("120", "Robbery, firearm"),
    K.CARJACKING: ("120", "Carjacking"),
}
NARRATIVES = {
    K.HOMICIDE: "Officers found one person shot; declared dead at the hospital. Scene held, casings collected.",
    K.NON_FATAL_SHOOTING: "Caller reported gunfire and one person hit. Victim taken to Alder General, stable.",
    K.GUN_RECOVERY: "Firearm recovered during an arrest and submitted for test fire and trace.",
    K.TRAFFIC_STOP: "Firearm in plain view during a traffic stop. Driver arrested.",
    K.SEARCH_WARRANT: "Firearm recovered during service of a search warrant.",
    K.FOUND_GUN: "Firearm found by a passer-by and handed over.",
    K.GDS_ALERT_CONFIRMED: "Gunshot detection alert; officers found casings on the pavement.",
}
CALIBERS = {"9 mm": 50, ".40 S&W": 11, ".45 Auto": 9, ".380 Auto": 9, ".22 LR": 7, ".38 Spl": 4, ".223 Rem": 6, "12 ga": 4}
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
# Numbers an agency gives in a year, for each day of it: so the hundredth day looks as it does in a real register.
REGISTERS = {
    "PAPD": (122, "{:%y}-{:06d}"),
    "GMPD": (24.5, "GM{:%y}-{:04d}"),
    "WCSO": (62, "S{:%y}-{:05d}"),
    "BKPD": (8, "BK{:%y}-{:04d}"),
    "UNIV": (2.2, "U{:%y}-{:04d}"),
}
LAB_PER_DAY = 18
COLLECTED = {K.HOMICIDE: 0.75, K.NON_FATAL_SHOOTING: 0.75}
OFFICERS = ("Ofc. Ray Sutter", "Ofc. Mia Kern", "Ofc. Don Ashby", "Ofc. Lea Prince", "Ofc. Cal Whitney", "Tech. Ana Brook")


@dataclass
class Scene:
    """One incident on its way to the database, with what was collected."""

    code: str
    kind: str
    at: object
    caliber: str = ""
    linked: bool = False
    evidence: bool = True
    # A scene whose laboratory entry is already timed by its lead's notice.
    entered_by: object = None
    id: int = 0
    number: str = ""
    lab_number: str = ""
    exhibit_number: str = ""
    place: object = None
    district: str = ""
    casings: int = 0
    exhibits: list = field(default_factory=list)

    @property
    def is_recovery(self):
        return self.kind in RECOVERY

    @property
    def key(self):
        return case_key(self.number)


class Registers:
    """Case numbers that grow with the day of the year and are never given twice."""

    def __init__(self):
        self.taken = set()

    def number(self, code, at):
        per_day, form = REGISTERS[code]
        return self._free(at, per_day, form.format, code)

    def laboratory(self, at):
        return self._free(at, LAB_PER_DAY, "WCL{:%y}-{:04d}".format, "WCL")

    def _free(self, at, per_day, form, code):
        wall = at.astimezone(TZ)
        day = wall.timetuple().tm_yday - 1 + wall.hour / 24 + wall.minute / 1440
        count = 1 + int(per_day * day)
        while (code, wall.year, count) in self.taken:
            count += 1
        self.taken.add((code, wall.year, count))
        return form(wall, count)


class Scenes:
    """Writes scenes: the incident and all that hangs on it."""

    def __init__(self, store, rng, desks, city, view_permission, at):
        self.store, self.rng, self.desks, self.city, self.at = store, rng, desks, city, at
        self.permission = view_permission
        self.registers = Registers()
        self.batch_of = {}

    def write(self, scene):
        rng, desk = self.rng, self.desks[scene.code]
        scene.number = self.registers.number(scene.code, scene.at)
        scene.district, scene.place = self.city.draw(rng, scene.code)
        scene.caliber = scene.caliber or pick(rng, CALIBERS)
        lng, lat = lnglat(scene.place.x, scene.place.y) if rng.random() > 0.06 else (None, None)
        code, offense = OFFENSES.get(scene.kind, ("520", "Weapon law violation"))
        victims = self._victims(scene)
        author = (desk.having("evidence_technician") or [desk.anybody])[0].id
        created = min(scene.at + timedelta(hours=rng.uniform(1, 9)), self.at)
        scene.id = self.store.add(
            Incident,
            agency_id=desk.id,
            case_number=scene.number,
            case_key=scene.key,
            kind=scene.kind.value,
            occurred_at=scene.at,
            offense_code=code,
            offense=offense,
            address=scene.place.address,
            district=scene.district,
            lat=lat,
            lng=lng,
            narrative=NARRATIVES.get(scene.kind, "Gunfire confirmed by officers on scene."),
            victims_count=len(victims),
            created_by_id=author,
            created_at=created,
            updated_at=created,
        )
        for position, victim in enumerate(victims, 1):
            self.store.add(Victim, incident_id=scene.id, position=position, **victim)
        if scene.evidence:
            self._exhibits(scene, desk, author)
        self._grants(scene, desk)

    def _victims(self, scene):
        rng = self.rng
        if scene.kind not in (K.HOMICIDE, K.NON_FATAL_SHOOTING):
            return []
        count = 1 if rng.random() > 0.08 else rng.choice((2, 2, 3))
        ages = [min(79, max(13, int(rng.gauss(29, 10)))) for _ in range(count)]
        return [
            {
                "sex": "M" if rng.random() < 0.87 else "F",
                "age": age,
                "died": scene.kind is K.HOMICIDE and position == 0,
                "wound": rng.choice(("leg", "arm", "chest", "back", "abdomen", "hand")),
            }
            for position, age in enumerate(ages)
        ]

    def _grants(self, scene, desk):
        groups = [desk.group, self.desks["CTR"].group]
        if any(exhibit["submitted"] for exhibit in scene.exhibits):
            groups.append(self.desks["WCL"].group)
        for group in groups:
            self.store.add(
                IncidentGrant,
                permission_id=self.permission,
                group_id=group,
                content_object_id=scene.id,
                occurred_at=scene.at,
                kind=scene.kind.value,
            )

    def _exhibits(self, scene, desk, author):
        rng = self.rng
        scene.lab_number = self.registers.laboratory(scene.at)
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
        number = str(len(scene.exhibits) + 1)
        found = scene.at + timedelta(minutes=rng.randrange(20, 150))
        officer = rng.choice(OFFICERS)
        created = min(found + timedelta(hours=rng.uniform(0.2, 4)), self.at)
        submitted = fit and (entry := by_day(rng, found + timedelta(hours=lognormal(rng, 12, 0.7)), desk.calendar)) < self.at
        key = self.store.add(
            Exhibit,
            incident_id=scene.id,
            agency_id=desk.id,
            number=number,
            kind=kind.value,
            caliber=scene.caliber,
            count=count,
            description=_description(kind, count, scene),
            property_number=f"P{scene.at:%y}-{rng.randrange(10000, 99999)}",
            storage="Wexley County Crime Laboratory" if submitted else f"{desk.name}, property room",
            lab_number=f"{scene.lab_number}-{number}" if submitted else "",
            nibin_eligible=fit,
            not_eligible_reason="" if fit else _unfit(kind),
            collected_at=found,
            collected_by=officer,
            created_by_id=author,
            created_at=created,
        )
        exhibit = {"id": key, "kind": kind, "found": found, "officer": officer, "submitted": submitted, "author": author}
        exhibit |= {"number": number, "received": entry if submitted else None, "desk": desk, "created": created}
        scene.exhibits.append(exhibit)
        scene.exhibit_number = scene.exhibit_number or number
        if kind is Exhibit.Kind.FIREARM:
            exhibit["firearm"] = self._firearm(key, scene)
        self._custody(exhibit)

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
        """Collected, stored, and where it was submitted: sent, received, examined, perhaps returned."""
        store_room = f"{exhibit['desk'].name}, property room"
        lab = "Wexley County Crime Laboratory"
        found, received = exhibit["found"], exhibit["received"]
        legs = [("collected", "", exhibit["officer"], found), ("stored", exhibit["officer"], store_room, exhibit["created"])]
        if received:
            sent = max(exhibit["created"], received - timedelta(hours=1))
            legs += [("to_laboratory", store_room, "Courier", sent), ("received", "Courier", lab, max(sent, received))]
            back = received + timedelta(days=self.rng.uniform(30, 160))
            if back < self.at:
                legs.append(("returned", lab, store_room, back))
        previous = ""
        for position, (purpose, giver, taker, at) in enumerate(legs, 1):
            at = min(at, self.at)
            seal = f"S{exhibit['id'] % 100000:05d}-{position}"
            row = (str(exhibit["id"]), str(position), purpose, giver, taker, "Sealed", seal, stamp(at), stamp(at), str(exhibit["author"]))
            own = hashlib.sha256("\x1f".join((previous, *row)).encode()).hexdigest()
            self.store.add(
                CustodyEvent,
                exhibit_id=exhibit["id"],
                position=position,
                purpose=purpose,
                from_whom=giver,
                to_whom=taker,
                condition="Sealed",
                seal=seal,
                at=at,
                recorded_at=at,
                recorded_by_id=exhibit["author"],
                previous_hash=previous,
                hash=own,
            )
            previous = own


def stamp(at):
    """A moment as the database's chain of hashes writes it."""
    return at.astimezone(ZoneInfo("UTC")).strftime("%Y-%m-%dT%H:%M:%S.%f")


def _description(kind, count, scene):
    if kind is Exhibit.Kind.CASING_GROUP:
        return f"{count} fired cartridge case{'s' if count > 1 else ''}, headstamp {scene.caliber}"
    return {"firearm": "Firearm, safe", "magazine": "Magazine", "projectile": "Fired bullet"}[kind.value]


def _unfit(kind):
    return "Not test fired: manual action or unsafe" if kind is Exhibit.Kind.FIREARM else "Not a cartridge case"
