"""Records for tests, made plainly and valid by default; every name and number is fictional."""

import itertools
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Group

from agencies import access
from agencies.models import Agency, AgencyOri, Membership, ServiceCalendar, Unit, User
from agencies.roles import Role
from evidence.models import Acquisition, Exhibit, Incident

ZONE = "America/Chicago"
NOW = datetime(2026, 7, 15, 10, 0, tzinfo=ZoneInfo(ZONE))  # a Wednesday morning
_numbers = itertools.count(1)


def calendar(**values):
    values.setdefault("name", f"Weekdays {next(_numbers)}")
    return ServiceCalendar.objects.create(**values)


def agency(code=None, kind=Agency.Kind.POLICE, **values):
    return agencies((code, kind, values))[0]


def agencies(*wanted):
    """Of (code, kind, other values), in as many statements as one takes."""
    numbers = [next(_numbers) for _ in wanted]
    codes = [code or f"AG{number}" for number, (code, _, _) in zip(numbers, wanted, strict=True)]
    groups = Group.objects.bulk_create(Group(name=f"agency:{code}") for code in codes)
    weekdays = ServiceCalendar.objects.bulk_create(ServiceCalendar(name=f"Weekdays {number}") for number in numbers)
    made = Agency.objects.bulk_create(
        Agency(
            **{"name": f"{code} agency", "zone": ZONE, "calendar": hours} | values, code=code, kind=kind, group=group
        )
        for code, group, hours, (_, kind, values) in zip(codes, groups, weekdays, wanted, strict=True)
    )
    AgencyOri.objects.bulk_create(
        AgencyOri(agency=each, ori=f"XXT{number:06d}") for number, each in zip(numbers, made, strict=True)
    )
    return made


def unit(of, name=None):
    return Unit.objects.create(agency=of, name=name or f"Unit {next(_numbers)}")


def member(of, role=Role.DETECTIVE, unit=None, user=None, **values):
    """A person with one role in one agency; pass `user` to give a person another role."""
    if user is None:
        return members((of, role, values | {"unit": unit}))[0]
    Membership.objects.create(user=user, agency=of, role=role, unit=unit)
    user.groups.add(of.group)
    return User.objects.get(pk=user.pk)


def members(*wanted):
    """Of (agency, role, values of the person and perhaps their unit), in as many statements as one takes."""
    units = [values.pop("unit", None) for _, _, values in wanted]
    users = User.objects.bulk_create(_person(next(_numbers), values) for _, _, values in wanted)
    Membership.objects.bulk_create(
        Membership(user=user, agency=of, role=role, unit=unit)
        for user, unit, (of, role, _) in zip(users, units, wanted, strict=True)
    )
    User.groups.through.objects.bulk_create(
        User.groups.through(user=user, group=of.group) for user, (of, _, _) in zip(users, wanted, strict=True)
    )
    found = User.objects.in_bulk([user.pk for user in users])
    return [found[user.pk] for user in users]


def _person(number, values):
    return User(**{"email": f"person{number}@agency.invalid", "name": f"Person {number}", "password": "!"} | values)


def incident(of, by=None, case_number=None, **values):
    number = next(_numbers)
    case_number = case_number or f"26-{number:06d}"
    values.setdefault("case_key", case_number.replace("-", "").upper())
    values.setdefault("kind", Incident.Kind.SHOTS_FIRED_CONFIRMED)
    values.setdefault("occurred_at", NOW - timedelta(days=5))
    made = Incident.objects.create(agency=of, case_number=case_number, created_by=by or User.objects.system(), **values)
    access.share(made, of, *filter(None, [of.parent]))
    return made


def exhibit(of, number=None, kind=Exhibit.Kind.CASING_GROUP, **values):
    values.setdefault("collected_at", of.occurred_at + timedelta(hours=1))
    return Exhibit.objects.create(
        incident=of,
        agency=of.agency,
        number=number or str(next(_numbers)),
        kind=kind,
        created_by=User.objects.system(),
        **values,
    )


def acquisition(of, site, **values):
    values.setdefault("received_at", NOW - timedelta(days=1))
    values.setdefault("due_at", values["received_at"] + timedelta(days=2))
    return Acquisition.objects.create(exhibit=of, site=site, received_by=User.objects.system(), **values)


class City:
    """The usual cast: use its parts by name."""

    def __init__(self):
        self.center = agency("CTR", Agency.Kind.CENTER, name="Tri-Rivers CGIC")
        own, kind = {"parent": self.center}, Agency.Kind
        self.papd, self.gmpd, self.lab, self.da, self.usao, self.outsider_agency = agencies(
            ("PAPD", kind.POLICE, own | {"name": "Port Alder PD", "mark": 1}),
            ("GMPD", kind.POLICE, own | {"name": "Glenmoor PD", "mark": 2}),
            ("WCL", kind.LABORATORY, own | {"name": "Wexley Crime Laboratory", "mark": 5}),
            ("DA", kind.DISTRICT_ATTORNEY, own | {"name": "District Attorney, Wexley"}),
            ("USAO", kind.US_ATTORNEY, own | {"name": "U.S. Attorney, Northern District"}),
            ("OUT", kind.POLICE, {"name": "Far Away PD"}),
        )
        self.homicide = unit(self.papd, "Homicide Unit")
        self._people()

    def _people(self):
        center, papd, desk = self.center, self.papd, {"unit": self.homicide}
        cast = {
            "coordinator": (center, Role.CENTER_COORDINATOR, {"name": "Cora Lane"}),
            "analyst": (center, Role.ANALYST, {"name": "Dana Ruiz"}),
            "supervisor": (papd, Role.SUPERVISOR, desk | {"name": "Amara Bell", "title": "Sgt."}),
            "detective": (papd, Role.DETECTIVE, desk | {"name": "Chidi Okafor", "title": "Det."}),
            "commander": (papd, Role.COMMANDER, {"name": "Rowan Pike", "title": "Lt."}),
            "technician": (papd, Role.EVIDENCE_TECHNICIAN, {"name": "Tess Ito"}),
            "gm_supervisor": (self.gmpd, Role.SUPERVISOR, {"name": "Ilse Varga"}),
            "gm_detective": (self.gmpd, Role.DETECTIVE, {"name": "Noor Aziz"}),
            "examiner": (self.lab, Role.EXAMINER, {"name": "Ed Marsh"}),
            "prosecutor": (self.da, Role.PROSECUTOR, {"name": "Ruth Calloway"}),
            "administrator": (papd, Role.AGENCY_ADMINISTRATOR, {"name": "Ada Min"}),
            "auditor": (center, Role.AUDITOR, {"name": "Otto Rey"}),
            "researcher": (center, Role.RESEARCHER, {"name": "Rae Stone"}),
            "outsider": (self.outsider_agency, Role.SUPERVISOR, {"name": "Olly Far"}),
        }
        vars(self).update(zip(cast, members(*cast.values()), strict=True))
