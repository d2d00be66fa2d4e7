"""Importing 100,000 incidents, beside the least that PostgreSQL could do with the same rows.

Two figures: the load alone, which reads the file again, compares, writes and audits it; and the whole way of a file, of
which the upload (reading it once to count and guess) and the dry run (reading and comparing) come before.

The floor is measured in the same run, once before the load and once after it: a bare COPY of the clean rows, written
out beforehand, into a stage and one INSERT .. SELECT for each of the same tables, without parsing, comparing or audit.
All include the check of the foreign keys.
"""

import csv
import io
import random
import resource
import statistics
import tempfile
import time
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from agencies import access
from agencies.models import User
from evidence import loading
from evidence.actions import imports
from evidence.imports import incidents
from evidence.loading import incidents as handler
from evidence.loading import stage
from evidence.loading.lines import Lines
from evidence.models import Incident
from tests.benchmarks.measuring import row
from tests.factories import agency

ROWS, VICTIMS_EACH = 100_000, 1.1
MOST_RATIO, MOST_MEGABYTES = 3, 400
SLICE = 1 << 20
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
    """Two figures, of the load and of the whole way: seconds, of their floor, their ratio, and the memory they took at
    most. Leaves no row.
    """
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        file, by = Path(folder) / "incidents.csv", User.objects.system()
        _write(file)
        center = agency("BCTR", "center")
        with override_settings(MEDIA_ROOT=folder):
            batch, before = _checked(agency("BPD1", parent=center), file, by)
            lines = _lines(batch)
            floors = [_floor(connection, agency("BPD2", parent=center), lines)]
            spent = before | {"load": _loaded(connection, batch, by)}
            peak = round(_megabytes())
        floors.append(_floor(connection, agency("BPD3", parent=center), lines))
        transaction.set_rollback(True)
    floor, memory = statistics.mean(floors), {"megabytes": peak, "most_megabytes": MOST_MEGABYTES}
    steps = {f"{step}_s": round(seconds, 2) for step, seconds in spent.items()}
    return [
        row("loading 100,000 incidents", spent["load"], floor, MOST_RATIO, unit="s", **memory),
        row("uploading, checking and loading them", sum(spent.values()), floor, None, unit="s", **steps),
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


def _checked(owner, place, by):
    """(the batch of a file that was uploaded and checked, {step: its seconds})."""
    began = time.perf_counter()
    with place.open("rb") as file:
        batch = imports.upload(agency=owner, kind="incidents", upload=File(file, name=place.name), by=by)
    uploaded = time.perf_counter()
    imports.start_check(batch=batch, by=by, queue=False)
    batch = imports.check(batch=batch, by=by)
    return batch, {"upload": uploaded - began, "check": time.perf_counter() - uploaded}


def _loaded(connection, batch, by):
    """The seconds of a load: read, compare, write and audit."""
    began = time.perf_counter()
    imports.start_load(batch=batch, by=by, queue=False)
    imports.load(batch=batch, by=by)
    with connection.cursor() as cursor:
        _check_keys(cursor)
    return time.perf_counter() - began


def _check_keys(cursor):
    """What a commit would do: this one never comes."""
    cursor.execute("set constraints all immediate")
    cursor.execute("set constraints all deferred")


def _lines(batch):
    """The rows of the file as COPY reads them, written out."""
    run = loading.Run(batch, batch.created_by, timezone.localdate())
    with run.open_file() as file:
        table = handler.open_source(file, batch.file.name)
        rows = incidents.parse(table, run.mapping, zone=run.zone, today=run.today, found=run.found)
        return "".join(iter(partial(Lines(rows).read, SLICE), ""))


def _floor(connection, owner, lines):
    values = {
        "agency": owner.pk,
        "by": User.objects.system().pk,
        "permission": access.view_permission_id(Incident),
        "groups": sorted([owner.group_id, owner.parent.group_id]),
    }
    began = time.perf_counter()
    with connection.cursor() as cursor:
        columns = ", ".join(f"{name} {stage.TYPES.get(name, 'text')}" for name in incidents.COLUMNS)
        cursor.execute("drop table if exists floor_stage")
        cursor.execute(f"create temp table floor_stage ({columns}) on commit drop")
        texts = ", ".join(stage.TEXTS)
        cursor.copy_expert(f"copy floor_stage from stdin (format csv, force_not_null ({texts}))", io.StringIO(lines))
        cursor.execute("analyze floor_stage")
        cursor.execute(SQL, values)
        _check_keys(cursor)
    return time.perf_counter() - began
