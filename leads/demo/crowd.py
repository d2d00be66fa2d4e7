"""A large portal for measurements: eight centers, two hundred agencies, up to a million leads.

What lists, search, counts and escalation read is whole and keeps every promise; what they do not read is left out:
closed obligations have no assignments and no activities, incidents have no exhibits, and a scene may lie on several
lines.
"""

import random
from datetime import UTC, timedelta
from itertools import accumulate

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db import transaction

from agencies import access
from agencies.calendars import WorkingCalendar
from agencies.models import Agency, AgencyOri, Membership, ServiceCalendar, Unit, User
from agencies.roles import Role
from evidence.imports.casenumbers import case_key
from evidence.models import Incident, IncidentGrant
from leads.demo import derived
from leads.demo.cast import DOMAIN, SIGN_IN_PHRASE, ZONE
from leads.demo.crowd_leads import MOST, LeadMill, Precinct, Scene
from leads.demo.hands import HANDS, results
from leads.demo.map import KM_LAT, KM_LNG, NAMES, ORIGIN_LAT, ORIGIN_LNG
from leads.demo.scenes import GUNFIRE, RECOVERY
from leads.demo.store import Store, triggers_off, without_indexes
from leads.models import Lead

REGIONS = (
    "Bluewater",
    "Stone Prairie",
    "Three Forks",
    "Highline",
    "Cedar Basin",
    "Salt Fork",
    "Long Valley",
    "Red Bluff",
)
# The share of all leads each center keeps; within a center agencies get ever less, like towns.
CENTERS = (0.292, 0.20, 0.15, 0.12, 0.10, 0.07, 0.045, 0.023)
AGENCIES_PER_CENTER = 24
YEARS = 3
INCIDENTS_PER_LEAD, INCIDENTS_AT_LEAST = 0.5, 16
# Who measures: how many of a million leads they see, by how many agencies.
TYPICAL, TINY, MULTI = 6_400, 100, 7_700
WIDE_AGENCIES = 40
TABLES = [model._meta.db_table for model in (*MOST, Incident, IncidentGrant)]
KINDS = [kind.value for kind in (*GUNFIRE, *RECOVERY)]
WEIGHTS = [*GUNFIRE.values(), *(3 * weight for weight in RECOVERY.values())]


class Crowd:
    def __init__(self, count, seed, at):
        self.rng, self.seed, self.count = random.Random(seed), seed, count
        self.at = at.astimezone(UTC).replace(second=0, microsecond=0)
        self.since = self.at - timedelta(days=365 * YEARS)
        self.store = Store()
        self.secret = make_password(SIGN_IN_PHRASE, salt="demo-city-not-secret")
        self.calendar_id, self.calendar = self._calendar()
        self.centers = [self._center(number, share) for number, share in enumerate(CENTERS)]

    def people(self):
        """The readers of the benchmarks, each with a name that says what they see."""
        precincts = [precinct for center in self.centers for precinct in center.members]
        by_size = sorted(precincts, key=lambda precinct: precinct.share)
        near = sorted(precincts, key=lambda precinct: abs(precinct.share - TYPICAL / 1e6))
        several = sorted(precincts, key=lambda precinct: abs(precinct.share - MULTI / 1e6))
        self._bench("tiny", [by_size[0]])
        self._bench("typ", near[:1])
        self._bench("multi", several[:3])
        self._bench("big", self.centers[:1])
        # The second center and the third, and towns of all the others.
        self._bench("wide", [*self.centers[1:3], *self.rng.sample(precincts[AGENCIES_PER_CENTER:], WIDE_AGENCIES - 2)])

    def incidents(self):
        wanted = self.count * INCIDENTS_PER_LEAD
        span = (self.at - self.since).total_seconds() - 86400
        for center in self.centers:
            for precinct in center.members:
                times = [
                    self.since + timedelta(minutes=int(self.rng.random() * span / 60))
                    for _ in range(max(INCIDENTS_AT_LEAST, round(wanted * precinct.share)))
                ]
                precinct.scenes = [self._incident(precinct, number, at) for number, at in enumerate(sorted(times), 1)]
                precinct.times = [scene.at for scene in precinct.scenes]

    def leads(self, hands):
        mill = LeadMill(self, access.view_permission_id(Lead))
        for rows in results(mill.portion, mill.portions, hands):
            for model, lines in rows.items():
                self.store.write(model, lines)

    # --- who --------------------------------------------------------------------------------------------------------

    def _calendar(self):
        number = self.store.add(
            ServiceCalendar, name="Weekdays 08:00 to 16:00", opens=480, closes=960, federal_holidays=True
        )
        hours = (((480, 960),),) * 5 + ((), ())
        return number, WorkingCalendar(zone=ZONE, hours=hours, federal=True)

    def _center(self, number, share):
        region = REGIONS[number]
        center = self._agency(f"{region} CGIC", f"C{number + 1:03d}", Agency.Kind.CENTER, None, share)
        center.analyst = self._person(center, f"Analyst of {region}", Role.ANALYST)
        self._person(center, f"Coordinator of {region}", Role.CENTER_COORDINATOR)
        weights = [1 / (place + 3) ** 1.3 for place in range(AGENCIES_PER_CENTER)]
        # The smallest town of the smallest center is there for the reader who sees next to nothing.
        if number == len(CENTERS) - 1:
            weights[-1] = 0
            weights[-1] = sum(weights) * TINY / 1e6 / share
        for place, weight in enumerate(weights):
            code = f"A{number * AGENCIES_PER_CENTER + place + 1:03d}"
            name = f"{region} {NAMES[place]} PD"
            member = self._agency(name, code, Agency.Kind.POLICE, center.id, share * weight / sum(weights))
            member.unit = self.store.add(Unit, agency_id=member.id, name="Investigations")
            member.supervisor = self._person(member, f"Supervisor of {code}", Role.SUPERVISOR, member.unit)
            self._person(member, f"Commander of {code}", Role.COMMANDER)
            member.detectives = [
                self._person(member, f"Detective {n} of {code}", Role.DETECTIVE, member.unit) for n in (1, 2, 3)
            ]
            center.members.append(member)
        center.sums = list(accumulate(member.share for member in center.members))
        return center

    def _agency(self, name, code, kind, parent, share):
        group = self.store.add(Group, name=f"agency:{code}")
        number = self.store.add(
            Agency,
            name=name,
            code=code,
            kind=kind.value,
            parent_id=parent,
            zone=ZONE,
            calendar_id=self.calendar_id,
            group_id=group,
            mark=int(code[1:]) % 5 + 1,
            phone="555-0100",
        )
        self.store.add(AgencyOri, agency_id=number, ori=f"XX{number:07d}")
        return Precinct(number, code, int(code[1:]) % 5 + 1, group, share)

    def _person(self, agency, name, role, unit=None):
        mail = name.lower().replace(" of ", "-").replace(" ", "-")
        number = self.store.add(User, email=f"{mail}@{DOMAIN}", name=name, password=self.secret, created_at=self.since)
        self._join(number, agency, role, unit)
        return number

    def _join(self, person, agency, role, unit=None):
        self.store.add(
            Membership, user_id=person, agency_id=agency.id, unit_id=unit, role=role.value, started_at=self.since
        )
        self.store.add(User.groups.through, user_id=person, group_id=agency.group)

    def _bench(self, name, agencies):
        number = self.store.add(
            User, email=f"bench-{name}@{DOMAIN}", name=f"Reader {name}", password=self.secret, created_at=self.since
        )
        for agency in agencies:
            self._join(number, agency, Role.CENTER_COORDINATOR if agency.members else Role.SUPERVISOR)

    # --- what -------------------------------------------------------------------------------------------------------

    def _incident(self, precinct, number, at):
        rng = self.rng
        kind = rng.choices(KINDS, WEIGHTS)[0]
        case = f"{precinct.code}-{at:%y}-{number:06d}"
        same, moment = case_key(case), at.isoformat()
        address = f"{100 * rng.randrange(1, 60)} block of {rng.choice(NAMES)} Street"
        key = self.store.add(
            Incident,
            agency_id=precinct.id,
            case_number=case,
            case_key=same,
            kind=kind,
            occurred_at=moment,
            offense="Gunfire",
            address=address,
            lat=ORIGIN_LAT + rng.random() * 20 / KM_LAT,
            lng=ORIGIN_LNG + rng.random() * 20 / KM_LNG,
            created_by_id=precinct.supervisor,
            created_at=moment,
            updated_at=moment,
        )
        return Scene(key, case, same, kind, at, address, moment)


@transaction.atomic
def build(count, seed, at, hands=HANDS):
    """Write the crowd with `count` leads as it stands at `at` (aware) into a database without agencies. The rows are
    the same whatever the number of `hands`, the processes that make them.
    """
    with triggers_off(), without_indexes(*TABLES):
        crowd = Crowd(count, seed, at)
        crowd.people()
        crowd.incidents()
        crowd.leads(hands)
        crowd.store.close()
        derived.incident_grants()
        derived.stale_days()
