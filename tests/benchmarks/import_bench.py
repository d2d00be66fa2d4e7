"""Importing 100,000 incidents through the whole pipeline, beside the least that PostgreSQL could do with the same rows.

The floor is measured in the same run: a bare COPY of the clean rows into a stage and one INSERT .. SELECT for each of
the same tables, without parsing, comparing or audit. Both include the check of the foreign keys.
"""

import csv
import random
import resource
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from agencies import access
from agencies.models import User
from evidence import loading, stage
from evidence.actions import imports
from evidence.imports import incidents
from evidence.models import Incident
from tests.factories import agency

ROWS, VICTIMS_EACH = 100_000, 1.1
MOST_RATIO, MOST_MEGABYTES = 3.0, 400
HEADER = ["case_number", "date", "time", "location", "district", "lat", "lng", "sex", "age", "wound", "fatal", "code"]
SQL = """
insert into evidence_incident (agency_id, case_number, case_key, kind, occurred_at, time_known, offense_code, offense,
  address, district, lat, lng, narrative, victims_count, review, created_by_id, created_at, updated_at)
select %(agency)s, min(case_number), case_key, min(event_type), min(occurred_at), true, min(offense_code), '',
  min(address), min(district), min(lat), min(lng), '', count(*), '', %(by)s, now(), now()
  from floor_stage group by case_key;
insert into evidence_incidentgrant (permission_id, group_id, content_object_id, occurred_at, kind)
select %(permission)s, g.id, i.id, i.occurred_at, i.kind
  from evidence_incident i cross join unnest(%(groups)s::int[]) g(id) where i.agency_id = %(agency)s;
insert into evidence_victim (incident_id, position, sex, age, died, wound)
select i.id, row_number() over (partition by i.id order by s.row_number), s.victim_sex, s.victim_age, s.victim_fatal,
       s.victim_wound
  from floor_stage s join evidence_incident i on i.agency_id = %(agency)s and i.case_key = s.case_key
"""


def figures(connection):
    """One figure: seconds of the import, of its floor, their ratio, and the memory it took at most. Leaves no row."""
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "incidents.csv"
        _write(file)
        center = agency("BCTR", "center")
        with override_settings(MEDIA_ROOT=folder):
            batch, seconds = _pipeline(connection, agency("BPD1", parent=center), file)
            peak = _megabytes()
            rows = _rows(batch)
        floor = _floor(connection, agency("BPD2", parent=center), rows)
        transaction.set_rollback(True)
    return [
        {
            "figure": "import of 100,000 incidents",
            "value": round(seconds, 2),
            "floor": round(floor, 2),
            "ratio": round(seconds / floor, 2),
            "limit": MOST_RATIO,
            "unit": "s",
            "megabytes": round(peak),
            "most_megabytes": MOST_MEGABYTES,
        }
    ]


def _megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _write(place):
    chance, start = random.Random(7), datetime(2016, 1, 1)  # noqa: DTZ001 - a wall clock, as files have it
    with place.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number in range(ROWS):
            at = start + timedelta(minutes=number * 40)
            for _victim in range(2 if chance.random() < VICTIMS_EACH - 1 else 1):
                writer.writerow(_row(chance, number, at))


def _row(chance, number, at):
    return [
        f"26-{number:07d}",
        at.strftime("%Y-%m-%d"),
        at.strftime("%H:%M"),
        f"{chance.randrange(10, 90)}00 BLOCK QUARRY ST",
        chance.randrange(1, 30),
        f"{39.8 + chance.random() / 3:.8f}",
        f"{-75.3 + chance.random() / 3:.8f}",
        chance.choice("MF"),
        chance.randrange(14, 80),
        chance.choice(["Leg", "Arm", "Chest", "Head"]),
        int(chance.random() < 0.2),
        chance.choice([100, 111, 300, 411]),
    ]


def _pipeline(connection, owner, place):
    """The batch and the seconds of its load: read, compare, write and audit a file that was uploaded and checked."""
    by = User.objects.system()
    with place.open("rb") as file:
        batch = imports.upload(agency=owner, kind="incidents", upload=File(file, name=place.name), by=by)
    imports.start_check(batch=batch, by=by, queue=False)
    imports.check(batch=batch, by=by)
    imports.start_load(batch=batch, by=by, queue=False)
    began = time.perf_counter()
    batch = imports.load(batch=batch, by=by)
    with connection.cursor() as cursor:
        _check_keys(cursor)
    return batch, time.perf_counter() - began


def _check_keys(cursor):
    """What a commit would do: this one never comes."""
    cursor.execute("set constraints all immediate")
    cursor.execute("set constraints all deferred")


def _rows(batch):
    run = loading.Run(batch, batch.created_by, timezone.localdate())
    with run.open_file() as file:
        table = loading.open_source(file, batch.file.name)
        return list(incidents.parse(table, run.mapping, zone=run.zone, today=run.today, found=run.found))


def _floor(connection, owner, rows):
    values = {
        "agency": owner.pk,
        "by": User.objects.system().pk,
        "permission": access.view_permission_id(Incident),
        "groups": sorted([owner.group_id, owner.parent.group_id]),
    }
    began = time.perf_counter()
    with connection.cursor() as cursor:
        columns = ", ".join(f"{name} {stage.TYPES.get(name, 'text')}" for name in incidents.COLUMNS)
        cursor.execute(f"create temp table floor_stage ({columns}) on commit drop")
        texts = ", ".join(stage.TEXTS)
        cursor.copy_expert(f"copy floor_stage from stdin (format csv, force_not_null ({texts}))", stage.Lines(rows))
        cursor.execute("analyze floor_stage")
        cursor.execute(SQL, values)
        _check_keys(cursor)
    return time.perf_counter() - began
