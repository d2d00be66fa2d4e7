"""What happened where: incidents under the numbers of their agencies, and who was hit."""

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from evidence.imports.casenumbers import case_key
from evidence.models import Incident, Victim
from leads.demo.cast import ZONE
from leads.demo.dice import pick
from leads.demo.items import Items
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
CALIBERS = {
    "9 mm": 50,
    ".40 S&W": 11,
    ".45 Auto": 9,
    ".380 Auto": 9,
    ".22 LR": 7,
    ".38 Spl": 4,
    ".223 Rem": 6,
    "12 ga": 4,
}
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


@dataclass
class Scene:
    """One incident on its way to the database, with what was collected."""

    code: str
    kind: str
    at: object
    caliber: str = ""
    linked: bool = False
    evidence: bool = True
    # What its lead's notice already fixes: when this scene's entry was made, and by when everything was at the site.
    entry: object = None
    before: object = None
    confirmed_at: object = None
    waits: bool = False
    held: bool = False
    created: object = None
    author: int = 0
    id: int = 0
    number: str = ""
    lab_number: str = ""
    exhibit_number: str = ""
    place: object = None
    point: tuple | None = None
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

    def __init__(self, store, rng, desks, city, at):
        self.store, self.rng, self.desks, self.city, self.at = store, rng, desks, city, at
        self.registers = Registers()
        self.items = Items(store, rng, at)
        self.batch, self.loaded = None, set()

    def prepare(self, scene):
        """Case number and place: what others say of a scene before it is written."""
        scene.number = self.registers.number(scene.code, scene.at)
        scene.district, scene.place = self.city.draw(self.rng, scene.code)
        scene.caliber = scene.caliber or pick(self.rng, CALIBERS)

    def write(self, scene):
        rng, desk = self.rng, self.desks[scene.code]
        lng, lat = lnglat(scene.place.x, scene.place.y) if rng.random() > 0.06 else (None, None)
        scene.point = (lat, lng) if lat is not None else None
        code, offense = OFFENSES.get(scene.kind, ("520", "Weapon law violation"))
        victims = self._victims(scene)
        scene.author = author = (desk.having("evidence_technician") or [desk.anybody])[0].id
        scene.created = created = min(scene.at + timedelta(hours=rng.uniform(1, 9)), self.at)
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
            batch_id=self.batch if id(scene) in self.loaded else None,
            created_by_id=author,
            created_at=created,
            updated_at=created,
        )
        for position, victim in enumerate(victims, 1):
            self.store.add(Victim, incident_id=scene.id, position=position, **victim)
        if scene.evidence:
            scene.lab_number = self.registers.laboratory(scene.at)
            self.items.write(scene, desk, author)

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
