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
    number = next(_numbers)
    code = code or f"AG{number}"
    values.setdefault("name", f"{code} agency")
    values.setdefault("zone", ZONE)
    if "calendar" not in values:
        values["calendar"] = calendar()
    made = Agency.objects.create(code=code, kind=kind, group=Group.objects.create(name=f"agency:{code}"), **values)
    AgencyOri.objects.create(agency=made, ori=f"XXT{number:06d}")
    return made


def unit(of, name=None):
    return Unit.objects.create(agency=of, name=name or f"Unit {next(_numbers)}")


def member(of, role=Role.DETECTIVE, unit=None, user=None, **values):
    """A person with one role in one agency; pass `user` to give a person another role."""
    number = next(_numbers)
    if user is None:
        values.setdefault("email", f"person{number}@agency.invalid")
        values.setdefault("name", f"Person {number}")
        user = User.objects.create(password="!", **values)
    Membership.objects.create(user=user, agency=of, role=role, unit=unit)
    user.groups.add(of.group)
    return User.objects.get(pk=user.pk)


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
        self.papd = agency("PAPD", Agency.Kind.POLICE, name="Port Alder PD", parent=self.center, mark=1)
        self.gmpd = agency("GMPD", Agency.Kind.POLICE, name="Glenmoor PD", parent=self.center, mark=2)
        self.lab = agency("WCL", Agency.Kind.LABORATORY, name="Wexley Crime Laboratory", parent=self.center, mark=5)
        self.da = agency("DA", Agency.Kind.DISTRICT_ATTORNEY, name="District Attorney, Wexley", parent=self.center)
        self.usao = agency("USAO", Agency.Kind.US_ATTORNEY, name="U.S. Attorney, Northern District", parent=self.center)
        self.outsider_agency = agency("OUT", Agency.Kind.POLICE, name="Far Away PD")
        self.homicide = unit(self.papd, "Homicide Unit")
        self.coordinator = member(self.center, Role.CENTER_COORDINATOR, name="Cora Lane")
        self.analyst = member(self.center, Role.ANALYST, name="Dana Ruiz")
        self.supervisor = member(self.papd, Role.SUPERVISOR, unit=self.homicide, name="Amara Bell", title="Sgt.")
        self.detective = member(self.papd, Role.DETECTIVE, unit=self.homicide, name="Chidi Okafor", title="Det.")
        self.commander = member(self.papd, Role.COMMANDER, name="Rowan Pike", title="Lt.")
        self.technician = member(self.papd, Role.EVIDENCE_TECHNICIAN, name="Tess Ito")
        self.gm_supervisor = member(self.gmpd, Role.SUPERVISOR, name="Ilse Varga")
        self.gm_detective = member(self.gmpd, Role.DETECTIVE, name="Noor Aziz")
        self.examiner = member(self.lab, Role.EXAMINER, name="Ed Marsh")
        self.prosecutor = member(self.da, Role.PROSECUTOR, name="Ruth Calloway")
        self.administrator = member(self.papd, Role.AGENCY_ADMINISTRATOR, name="Ada Min")
        self.auditor = member(self.center, Role.AUDITOR, name="Otto Rey")
        self.researcher = member(self.center, Role.RESEARCHER, name="Rae Stone")
        self.outsider = member(self.outsider_agency, Role.SUPERVISOR, name="Olly Far")
