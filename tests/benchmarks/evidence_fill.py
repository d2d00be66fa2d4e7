"""A portal full of evidence: as many firearms as asked for, and about as many of everything that lists show of them.

People, agencies, incidents and guns are written by the demo city's crowd; all that hangs on them by one INSERT ..
SELECT for each table, triggers off, with what triggers would have kept. What becomes of a row follows from its id.
"""

import random
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Group
from django.db import NotSupportedError, connection, transaction

from agencies.models import Agency, Membership, User
from agencies.roles import Role
from evidence.guns.serials import serial_key
from evidence.models import Exhibit, Firearm, FirearmSight
from leads.demo import derived
from leads.demo.crowd import INCIDENTS_PER_LEAD, Crowd
from leads.demo.store import triggers_off, without_indexes
from tests.benchmarks.evidence_rows import ROWS

AT = datetime(2026, 7, 16, 14, 0, tzinfo=UTC)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
MAKES = {"Glock": 30, "Taurus": 18, "Smith & Wesson": 18, "Ruger": 14, "SIG Sauer": 9, "Hi-Point": 9, "Kimber": 1}
STEP = 100_000
READERS = ("small", "town", "center", "all")
# Built after the rows: many times faster.
FILLED = (
    "evidence_incident", "evidence_incidentgrant", "evidence_exhibit", "evidence_firearm", "evidence_custodyevent",
    "evidence_handover", "evidence_acquisition", "evidence_correlationreview", "evidence_labrequest",
    "evidence_labrequestitem", "evidence_detection", "evidence_gunshotalert", "evidence_trace", "evidence_traceresult",
    "evidence_untracedgun", "evidence_disposal", "evidence_legalhold", "evidence_inventoryline", "evidence_storedfile",
    "evidence_attachment", "evidence_canvass", "evidence_firearmpair", "agencies_auditevent",
)  # fmt: skip


def fill(count):
    """As many firearms, two on each incident of the crowd's agencies, and the rest around them."""
    with transaction.atomic(), triggers_off(), without_indexes(*FILLED):
        crowd = Crowd(count, 1, AT)
        crowd.people()
        crowd.incidents()
        chance = random.Random("serials")
        for center in crowd.centers:
            for town in center.members:
                for scene in town.scenes:
                    for place in range(round(1 / INCIDENTS_PER_LEAD)):
                        _gun(crowd.store, chance, town, scene, place)
        crowd.store.close()
        readers(crowd)
        with connection.cursor() as cursor:
            for each in ROWS:
                if isinstance(each, str):
                    cursor.execute(each)
                else:
                    insert(cursor, *each, {"count": count, "at": AT})
            derived.incident_grants()
    with transaction.atomic(), triggers_off():
        _sights()
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def insert(cursor, model, columns, source, params):
    """One INSERT .. SELECT: `columns` as SQL over `source`; what it does not name is what the model says."""
    values = dict(columns)
    for field in model._meta.concrete_fields:
        if field.column in values or field.primary_key or field.null or field.has_db_default():
            continue
        if not field.has_default() and not field.empty_strings_allowed:
            raise NotSupportedError(f"{model.__name__}.{field.name} has to be said")
        values[field.column] = _literal(field)
    names = ", ".join(f'"{name}"' for name in values)
    cursor.execute(
        f'insert into "{model._meta.db_table}" ({names}) select {", ".join(values.values())} {source}', params
    )
    cursor.execute(f'analyze "{model._meta.db_table}"')


def _literal(field):
    default = field.get_default()
    if isinstance(default, list | dict):
        return "'[]'" if isinstance(default, list) else "'{}'"
    return str(default).lower() if isinstance(default, bool | int) else f"'{default}'"


def readers(crowd):
    """A laboratory in each center; the people who read: of the smallest agency and the biggest, of the biggest center,
    and of all of them.
    """
    towns = sorted((town for center in crowd.centers for town in center.members), key=lambda town: town.share)
    for number, center in enumerate(crowd.centers, 1):
        laboratory = Agency.objects.create(
            name=f"Laboratory {number}", code=f"L{number:03d}", kind=Agency.Kind.LABORATORY, parent_id=center.id,
            zone="America/New_York", calendar_id=crowd.calendar_id,
             group=Group.objects.create(name=f"agency:L{number:03d}"),
            mark=1, phone="555-0100",
        )  # fmt: skip
        technician = User.objects.create(email=f"technician-l{number:03d}@portal.example", name=f"Technician {number}")
        Membership.objects.create(user=technician, agency=laboratory, role=Role.EVIDENCE_TECHNICIAN)
        technician.groups.add(laboratory.group)
    every = {"small": towns[:1], "town": towns[-1:], "center": crowd.centers[:1], "all": crowd.centers}
    for name, agencies in every.items():
        user = User.objects.create(email=f"lists-{name}@portal.example", name=f"Reader {name}", password=crowd.secret)
        for each in agencies:
            first = Role.CENTER_COORDINATOR if each.members else Role.SUPERVISOR
            for role in (first, Role.EVIDENCE_TECHNICIAN, Role.AGENCY_ADMINISTRATOR):
                Membership.objects.create(user=user, agency_id=each.id, role=role)
            user.groups.add(each.group)


def _gun(store, chance, town, scene, place):
    found = scene.at + timedelta(minutes=30 + place)
    exhibit = store.add(
        Exhibit, incident_id=scene.id, agency_id=town.id, number=str(place + 1), kind="firearm", caliber="9 mm",
        collected_at=found, created_by_id=town.supervisor, created_at=found,
        review_on=(found + timedelta(days=730)).date() if place else None, in_nibin=chance.random() < 0.7,
    )  # fmt: skip
    make = chance.choices(list(MAKES), MAKES.values())[0]
    serial = "" if chance.random() < 0.05 else _serial(chance, make)
    if serial and chance.random() < 0.005:
        hidden = chance.randrange(len(serial))
        serial = f"{serial[:hidden]}?{serial[hidden + 1 :]}"
    key = "" if "?" in serial else serial_key(serial)
    store.add(
        Firearm, exhibit_id=exhibit, make=make, model="19", caliber="9 mm", type_code="PI", serial=serial,
        serial_key=key, is_privately_made=not serial,
    )  # fmt: skip


def _serial(chance, make):
    def some(pattern):
        return "".join(
            {"A": chance.choice(LETTERS), "9": str(chance.randrange(10))}.get(each, each) for each in pattern
        )

    return {
        "Glock": some("AAAA999"),
        "Taurus": some(chance.choice(("TAA99999", "AAA999999"))),
        "Smith & Wesson": some("AAA9999"),
        "Ruger": some(chance.choice(("300-99999", "315-99999", "9999999"))),
        "SIG Sauer": some("66A999999"),
        "Hi-Point": some("P99999999"),
        "Kimber": some("K999999"),
    }[make]


def _sights():
    """Who may see which firearm, and what its number is found by."""
    with connection.schema_editor() as schema, connection.cursor() as cursor:
        # Its unique constraint stays: the function that fills the table asks for it.
        for index in FirearmSight._meta.indexes:
            schema.remove_index(FirearmSight, index)
        cursor.execute("select max(id) from evidence_firearm")
        for first in range(1, cursor.fetchone()[0] + 1, STEP):
            ids = "array(select id from evidence_firearm where id >= %s and id < %s)"
            cursor.execute(f"select evidence_firearm_sights({ids})", [first, first + STEP])
        cursor.execute("set local maintenance_work_mem = '512MB'")
        for index in FirearmSight._meta.indexes:
            schema.add_index(FirearmSight, index)
