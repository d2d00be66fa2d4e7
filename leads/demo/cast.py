"""Who is in the city: agencies, units, people and their calendars. Everybody is fictional."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from agencies.calendars import WorkingCalendar
from agencies.models import Agency, AgencyOri, Membership, ServiceCalendar, Unit, User
from agencies.roles import Role

ZONE = "America/Chicago"
# Known to everybody who reads this: the commands refuse to use it where the data is not marked as synthetic.
SIGN_IN_PHRASE = "three rivers meet here"
DOMAIN = "portal.example"

K, R = Agency.Kind, Role

# code: name, kind, mark, units
AGENCIES = {
    "CTR": ("Tri-Rivers CGIC", K.CENTER, 5, ("Analysis",)),
    "PAPD": (
        "Port Alder PD",
        K.POLICE,
        1,
        (
            "Homicide Unit",
            "Non-fatal Shootings",
            "Gang and Gun",
            "District 1 Detectives",
            "District 2 Detectives",
            "Robbery",
            "Property Room",
        ),
    ),
    "GMPD": ("Glenmoor PD", K.POLICE, 2, ("Investigations",)),
    "WCSO": ("Wexley County Sheriff", K.SHERIFF, 3, ("Major Crimes",)),
    "BKPD": ("Brackett PD", K.POLICE, 4, ("Detectives",)),
    "UNIV": ("University Police", K.POLICE, 5, ("Investigations",)),
    "WCL": ("Wexley County Crime Laboratory", K.LABORATORY, 5, ("Firearms Section",)),
    "FED": ("Federal Firearms Task Force, Port Alder", K.FEDERAL, 5, ("Task Force 3",)),
    "DA": ("District Attorney, Wexley", K.DISTRICT_ATTORNEY, 5, ("Gun Violence",)),
    "USAO": ("U.S. Attorney, Northern District", K.US_ATTORNEY, 5, ("Violent Crime",)),
    "PROB": ("Wexley Probation and Parole", K.PROBATION, 5, ("Intensive Supervision",)),
    "PAU": ("Port Alder University, Research", K.UNIVERSITY, 5, ()),
    "BLOC": ("Safe Blocks Port Alder", K.COMMUNITY, 5, ()),
}

# One sign-in to remember per role; the rest of the people follow below.
# mail name, title, name, role, agency, unit
KNOWN = (
    ("analyst", "", "Dana Ruiz", R.ANALYST, "CTR", "Analysis"),
    ("coordinator", "Dir.", "Lena Marsh", R.CENTER_COORDINATOR, "CTR", None),
    ("supervisor", "Sgt.", "Amara Bell", R.SUPERVISOR, "PAPD", "Homicide Unit"),
    ("detective", "Det.", "Chidi Okafor", R.DETECTIVE, "PAPD", "Homicide Unit"),
    ("commander", "Lt.", "Rowan Pike", R.COMMANDER, "PAPD", None),
    ("technician", "", "Tess Ito", R.EVIDENCE_TECHNICIAN, "PAPD", "Property Room"),
    ("examiner", "", "Edda Quill", R.EXAMINER, "WCL", "Firearms Section"),
    ("prosecutor", "ADA", "Ruth Calloway", R.PROSECUTOR, "DA", "Gun Violence"),
    ("probation", "Ofc.", "Marta Lund", R.SUPERVISION_OFFICER, "PROB", "Intensive Supervision"),
    ("researcher", "Dr.", "Rae Stone", R.RESEARCHER, "PAU", None),
    ("liaison", "", "Joy Amadi", R.COMMUNITY_LIAISON, "BLOC", None),
    ("administrator", "", "Ada Minh", R.AGENCY_ADMINISTRATOR, "PAPD", None),
    ("auditor", "", "Otto Rey", R.AUDITOR, "CTR", None),
    ("federal.prosecutor", "AUSA", "Dorian Whitlock", R.PROSECUTOR, "USAO", "Violent Crime"),
    ("glenmoor", "Sgt.", "Bram Osei", R.SUPERVISOR, "GMPD", "Investigations"),
    ("sheriff", "Sgt.", "Wade Tolliver", R.SUPERVISOR, "WCSO", "Major Crimes"),
)
OTHERS = (
    ("Sgt.", "Tomas Reyes", R.SUPERVISOR, "PAPD", "Non-fatal Shootings"),
    ("Sgt.", "Erin Cole", R.SUPERVISOR, "PAPD", "Gang and Gun"),
    ("Sgt.", "Noor Aziz", R.SUPERVISOR, "PAPD", "District 1 Detectives"),
    ("Sgt.", "Paul Dietz", R.SUPERVISOR, "PAPD", "District 2 Detectives"),
    ("Sgt.", "Hana Sato", R.SUPERVISOR, "PAPD", "Robbery"),
    ("Det.", "Rima Haddad", R.DETECTIVE, "PAPD", "Gang and Gun"),
    ("Det.", "Luc Moreau", R.DETECTIVE, "PAPD", "Non-fatal Shootings"),
    ("Det.", "Karin Sorensen", R.DETECTIVE, "PAPD", "District 2 Detectives"),
    ("Det.", "Sven Lindqvist", R.DETECTIVE, "PAPD", "District 1 Detectives"),
    ("Det.", "Jonah Bright", R.DETECTIVE, "PAPD", "Robbery"),
    ("Det.", "Mina Castellan", R.DETECTIVE, "PAPD", "Homicide Unit"),
    ("Det.", "Abel Nakata", R.DETECTIVE, "PAPD", "Homicide Unit"),
    ("Det.", "Greta Lowe", R.DETECTIVE, "PAPD", "Non-fatal Shootings"),
    ("Det.", "Idris Vane", R.DETECTIVE, "PAPD", "Non-fatal Shootings"),
    ("Det.", "Pia Storm", R.DETECTIVE, "PAPD", "Gang and Gun"),
    ("Det.", "Otis Farrow", R.DETECTIVE, "PAPD", "District 1 Detectives"),
    ("Det.", "Yara Benning", R.DETECTIVE, "PAPD", "District 2 Detectives"),
    ("Det.", "Ilse Varga", R.DETECTIVE, "GMPD", "Investigations"),
    ("Det.", "Corin Blake", R.DETECTIVE, "GMPD", "Investigations"),
    ("Lt.", "Sela North", R.COMMANDER, "GMPD", None),
    ("", "Uma Pell", R.EVIDENCE_TECHNICIAN, "GMPD", None),
    ("Det.", "Nadia Ferro", R.DETECTIVE, "WCSO", "Major Crimes"),
    ("Det.", "Hollis Grant", R.DETECTIVE, "WCSO", "Major Crimes"),
    ("Capt.", "Jude Harrow", R.COMMANDER, "WCSO", None),
    ("Sgt.", "Vera Lusk", R.SUPERVISOR, "BKPD", "Detectives"),
    ("Det.", "Anselm Poe", R.DETECTIVE, "BKPD", "Detectives"),
    ("Sgt.", "Kit Rowe", R.SUPERVISOR, "UNIV", "Investigations"),
    ("Det.", "Lana Frost", R.DETECTIVE, "UNIV", "Investigations"),
    ("", "Piet Maas", R.EXAMINER, "WCL", "Firearms Section"),
    ("", "Ines Calder", R.EVIDENCE_TECHNICIAN, "WCL", "Firearms Section"),
    ("", "Samir Odell", R.ANALYST, "CTR", "Analysis"),
    ("SA", "Rosa Tindall", R.DETECTIVE, "FED", "Task Force 3"),
    ("RAC", "Niles Archer", R.SUPERVISOR, "FED", "Task Force 3"),
    ("ADA", "Theo Brandt", R.PROSECUTOR, "DA", "Gun Violence"),
    ("Sup.", "Ivor Hale", R.SUPERVISOR, "PROB", "Intensive Supervision"),
    # Releases what the office's prosecutors make.
    ("DDA", "Selma Voss", R.SUPERVISOR, "DA", "Gun Violence"),
)
# The one person with two desks: the switch of agencies is there for her.
SECOND_DESKS = (("analyst", R.ANALYST, "PAPD", None),)


class Person(NamedTuple):
    id: int
    name: str
    title: str
    role: str
    unit: int | None


@dataclass
class Desk:
    """An agency of the demo and who works there."""

    id: int
    code: str
    name: str
    kind: str
    mark: int
    group: int
    calendar: WorkingCalendar
    units: dict = field(default_factory=dict)
    people: list = field(default_factory=list)

    def having(self, *roles, unit=None):
        """People with one of `roles`; those of the unit when there are any."""
        found = [person for person in self.people if person.role in roles]
        return [person for person in found if unit and person.unit == unit] or found

    @property
    def anybody(self):
        return self.people[0]


def build(store, at):
    """Write the cast; returns desks by agency code."""
    calendars = _calendars(store)
    founded = at - timedelta(days=3 * 365)
    desks, center = {}, None
    for number, (code, (name, kind, mark, units)) in enumerate(AGENCIES.items(), 1):
        key, working = calendars["laboratory" if kind == K.LABORATORY else "office"]
        group = store.add(Group, name=f"agency:{code}")
        made = store.add(
            Agency,
            name=name,
            code=code,
            kind=kind.value,
            parent_id=center,
            zone=ZONE,
            calendar_id=key,
            group_id=group,
            mark=mark,
            phone=f"555-01{number:02d}",
        )
        center = center or made
        store.add(AgencyOri, agency_id=made, ori=f"XX{number:03d}0000")
        desks[code] = Desk(made, code, name, kind.value, mark, group, working)
        desks[code].units = {unit: store.add(Unit, agency_id=made, name=unit) for unit in units}
    _people(store, desks, founded)
    return desks


def _calendars(store):
    made = {}
    for key, name, opens, closes in (
        ("office", "Weekdays 08:00 to 16:00", 480, 960),
        ("laboratory", "Laboratory, weekdays 07:00 to 17:00", 420, 1020),
    ):
        number = store.add(ServiceCalendar, name=name, opens=opens, closes=closes, federal_holidays=True)
        hours = (((opens, closes),),) * 5 + ((), ())
        made[key] = (number, WorkingCalendar(zone=ZONE, hours=hours, federal=True))
    return made


def _people(store, desks, since):
    secret = make_password(SIGN_IN_PHRASE, salt="demo-city-not-secret")
    ids = {}
    everybody = [*KNOWN, *((_mail(name), title, name, role, code, unit) for title, name, role, code, unit in OTHERS)]
    for number, (mail, title, name, role, code, unit) in enumerate(everybody):
        ids[mail] = (
            store.add(
                User,
                email=f"{mail}@{DOMAIN}",
                name=name,
                title=title,
                phone=f"555-01{40 + number:02d}",
                password=secret,
                created_at=since,
            ),
            name,
            title,
        )
        _member(store, ids[mail], role, desks[code], unit, since)
    for mail, role, code, unit in SECOND_DESKS:
        _member(store, ids[mail], role, desks[code], unit, since)


def _member(store, person, role, desk, unit, since):
    number, name, title = person
    unit_id = desk.units[unit] if unit else None
    store.add(Membership, user_id=number, agency_id=desk.id, unit_id=unit_id, role=role.value, started_at=since)
    store.add(User.groups.through, user_id=number, group_id=desk.group)
    desk.people.append(Person(number, name, title, role.value, unit_id))


def _mail(name):
    return name.lower().replace(" ", ".")
