"""Importing 100,000 firearms, an exhibit and a gun each, beside the least that PostgreSQL could do with the same rows.

The floor is a bare COPY of the clean rows, written out beforehand, and one INSERT .. SELECT for each of the two tables,
with their triggers and the check of their foreign keys: what every way of writing them pays.
"""

import csv
import random
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from agencies import access
from agencies.models import User
from evidence import loading
from evidence.actions import undoings
from evidence.imports import records
from evidence.loading.exhibits import FIREARMS
from evidence.loading.lines import Lines
from evidence.models import Incident
from tests.benchmarks.import_bench import MOST_MEGABYTES, MOST_RATIO, SLICE, _check_keys, _megabytes
from tests.benchmarks.measuring import row
from tests.evidence.records_city import checked, start_and_load
from tests.factories import agency

ROWS, EACH = 100_000, 4
HEADER = ["Case Number", "Exhibit", "Make", "Model", "Caliber", "Type", "Serial", "Description", "Collected", "Officer"]
GUNS = [("Glock", "19", "9 mm", "PI"), ("Smith & Wesson", "SD40", ".40 S&W", "PI"), ("Taurus", "G2C", "9 mm", "PI"),
        ("Ruger", "LCP", ".380 Auto", "PI"), ("Mossberg", "500", "12 gauge", "SP")]  # fmt: skip
CASES = """
insert into evidence_incident (agency_id, case_number, case_key, kind, occurred_at, time_known, offense_code, offense,
  address, district, narrative, victims_count, review, created_by_id, created_at, updated_at)
select %(agency)s, '26-' || lpad(n::text, 7, '0'), '26' || lpad(n::text, 7, '0'), 'gun_recovery',
       now() - n * interval '1 minute', true, '', '', '', '', '', 0, '', %(by)s, now(), now()
  from generate_series(0, %(cases)s - 1) n;
insert into evidence_incidentgrant (permission_id, group_id, content_object_id, occurred_at, kind)
select %(permission)s, g.id, i.id, i.occurred_at, i.kind
  from evidence_incident i cross join unnest(%(groups)s::int[]) g(id) where i.agency_id = %(agency)s;
analyze evidence_incident, evidence_incidentgrant
"""
FLOOR = """
insert into evidence_exhibit (incident_id, agency_id, number, kind, caliber, count, description, property_number,
  storage, lab_number, nibin_eligible, not_eligible_reason, collected_at, collected_by, created_by_id, created_at)
select i.id, i.agency_id, s.number, 'firearm', s.caliber_now, 1, s.description, '', '', '', true, '', s.collected_at,
       s.collected_by, %(by)s, now()
  from floor_stage s join evidence_incident i on i.agency_id = %(agency)s and i.case_key = s.case_key;
analyze evidence_exhibit;
insert into evidence_firearm (exhibit_id, make, model, caliber, type_code, serial, serial_key, importer, country,
  is_obliterated, is_privately_made, has_conversion_device, make_code, caliber_code, typed)
select e.id, s.make_now, s.model_now, s.caliber_now, s.type, s.serial_now, s.serial_key, '', '', false, false, false,
       s.make_code, s.caliber_code, s.typed
  from floor_stage s join evidence_incident i on i.agency_id = %(agency)s and i.case_key = s.case_key
  join evidence_exhibit e on e.incident_id = i.id and e.number = s.number
"""


def figures(connection):
    """Two figures: of the load, beside its floor, and of taking it back. Leaves no row."""
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        by, center = User.objects.system(), agency("RCTR", "center")
        owners = [agency(f"RPD{number}", parent=center) for number in range(3)]
        for owner in owners:
            _cases(connection, owner, by)
        with override_settings(MEDIA_ROOT=folder):
            batch = checked("firearms", owners[0], _content(folder), by=by)
            lines, columns = _lines(batch, folder)
            floors = [_floor(connection, owners[1], lines, columns, by)]
            began = time.perf_counter()
            batch = start_and_load(batch, by)
            _keys(connection)
            spent, peak = time.perf_counter() - began, round(_megabytes())
            floors.append(_floor(connection, owners[2], lines, columns, by))
            undone = _undone(batch, by)
        assert batch.counts["new"] == ROWS
        transaction.set_rollback(True)
    floor, memory = statistics.mean(floors), {"megabytes": peak, "most_megabytes": MOST_MEGABYTES}
    memory["floors"] = " and ".join(f"{each:.1f}" for each in floors)
    return [
        row("loading 100,000 firearms", spent, floor, MOST_RATIO, unit="s", **memory),
        row("undoing them", undone, floor, None, unit="s"),
    ]


def _undone(batch, by):
    began = time.perf_counter()
    undoings.start(batch=batch, by=by, queue=False)
    assert undoings.undo(batch=batch, by=by).status == "undone"
    return time.perf_counter() - began


def _keys(connection):
    with connection.cursor() as cursor:
        _check_keys(cursor)


def _cases(connection, owner, by):
    values = {"agency": owner.pk, "by": by.pk, "cases": ROWS // EACH, "groups": [owner.group_id, owner.parent.group_id]}
    with connection.cursor() as cursor:
        cursor.execute(CASES, values | {"permission": access.view_permission_id(Incident)})


def _content(folder):
    chance, file = random.Random(7), Path(folder) / "firearms.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEADER)
        for number in range(ROWS):
            serial = f"{chance.choice('ABCDEFGH')}{chance.choice('KLMNPR')}{chance.randrange(10**6):06d}"
            case, item = f"26-{number // EACH:07d}", number % EACH + 1
            at = f"2026-0{chance.randrange(1, 7)}-11 0{chance.randrange(10)}:30"
            writer.writerow([case, item, *chance.choice(GUNS), serial, "One in the chamber", at, "Ofc. R. Lund"])
    return file.read_bytes()


def _lines(batch, folder):
    """(the rows of the file as COPY reads them, written out into a file; the columns)."""
    run = loading.Run(batch, batch.created_by, timezone.localdate())
    derive, names = FIREARMS.derive(run, run.mapping), list(FIREARMS.targets)
    with run.open_file() as file:
        table = FIREARMS.open_source(file, batch.file.name)
        rows = records.parse(table, run.mapping, zone=run.zone, today=run.today, found=run.found)
        whole = ((*each, *derive(dict(zip(names, each[1:], strict=True)))) for each in rows)
        place = Path(folder) / "lines.csv"
        with place.open("w", encoding="utf-8") as written:
            written.writelines(iter(partial(Lines(whole).read, SLICE), ""))
    return place, [("row_number", "int"), *records.columns("firearm"), *FIREARMS.derived.items()]


def _floor(connection, owner, lines, columns, by):
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists floor_stage")
        cursor.execute(f"create temp table floor_stage ({', '.join(map(' '.join, columns))}) on commit drop")
        texts = ", ".join(name for name, of in columns if of == "text")
        with lines.open(encoding="utf-8") as rows:
            cursor.copy_expert(f"copy floor_stage from stdin (format csv, force_not_null ({texts}))", rows)
        cursor.execute("analyze floor_stage")
        cursor.execute(FLOOR, {"agency": owner.pk, "by": by.pk})
        _check_keys(cursor)
    return time.perf_counter() - began
