"""Importing the results of 100,000 traces beside the least that PostgreSQL could do with the same rows: a bare COPY of
the clean values, one UPDATE of the traces and one INSERT .. SELECT of what they name.
"""

import csv
import statistics
import tempfile
import time
from pathlib import Path

from django.db import transaction
from django.test import override_settings

from agencies import access
from agencies.models import User
from agencies.roles import Role
from evidence.models import Incident
from tests.benchmarks.import_bench import MOST_MEGABYTES, MOST_RATIO, _check_keys, _megabytes
from tests.benchmarks.measuring import row
from tests.benchmarks.records_bench import CASES, _undone
from tests.evidence.records_city import checked, start_and_load
from tests.factories import agency, member

ROWS = 100_000
HEADER = ["Trace Number", "Trace Status", "Serial Number", "Make", "Purchase Date", "Dealer Name", "FFL", "Dealer City",
          "Purchaser", "Purchaser DOB"]  # fmt: skip
GUNS = """
insert into evidence_exhibit (incident_id, agency_id, number, kind, caliber, count, description, property_number,
  storage, lab_number, nibin_eligible, not_eligible_reason, collected_at, collected_by, created_by_id, created_at)
select i.id, i.agency_id, '1', 'firearm', '9 mm', 1, '', '', '', '', true, '', now(), '', %(by)s, now()
  from evidence_incident i where i.agency_id = %(agency)s;
insert into evidence_firearm (exhibit_id, make, model, caliber, type_code, serial, serial_key, importer, country,
  is_obliterated, is_privately_made, has_conversion_device, make_code, caliber_code, typed)
select e.id, 'Glock', '19', '9 mm', 'PI', 'S' || i.case_key, 'S' || i.case_key, '', '', false, false, false, 'GLC', '',
       '{}' from evidence_exhibit e join evidence_incident i on i.id = e.incident_id where i.agency_id = %(agency)s
"""
ASKED = """
with f as (select f.id, i.case_number from evidence_firearm f join evidence_exhibit e on e.id = f.exhibit_id
  join evidence_incident i on i.id = e.incident_id where i.agency_id = %(agency)s)
insert into evidence_trace (firearm_id, agency_id, trace_number, status, requested_at, requested_by_id, submitted_at,
  submitted_by_id, asked_again, recovered_on{columns})
select f.id, %(agency)s, 'T' || replace(f.case_number, '-', ''), 'submitted', now(), %(by)s, now(), %(by)s, false,
       date '2026-07-01'{values} from f;
analyze evidence_incident, evidence_incidentgrant, evidence_exhibit, evidence_firearm, evidence_trace
"""
FLOOR = """
update evidence_trace t set status = 'completed_to_purchaser', completed_at = now(), purchased_on = s.purchased_on,
       days_to_crime = date '2026-07-01' - s.purchased_on
  from floor_stage s where t.agency_id = %(agency)s and t.trace_number = s.trace_number;
insert into evidence_traceresult (trace_id, agency_id, dealer_name, dealer_license, dealer_city, dealer_state,
  dealer_key, purchaser_name, purchaser_born_on, purchaser_id_kind, purchaser_key, theft, remarks, recorded_at,
  recorded_by_id)
select t.id, t.agency_id, s.dealer, s.ffl, s.city, '', lower(s.dealer), s.purchaser, s.born_on, '', lower(s.purchaser),
       '', '', now(), %(by)s
  from floor_stage s join evidence_trace t on t.agency_id = %(agency)s and t.trace_number = s.trace_number
"""


def figures(connection):
    """Two figures: of the load, beside its floor, and of taking it back. Leaves no row."""
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        by, center = User.objects.system(), agency("TCTR", "center")
        owners = [agency(f"TPD{number}", parent=center) for number in range(3)]
        for owner in owners:
            _asked(connection, owner, by)
        place = _write(folder)
        with override_settings(MEDIA_ROOT=folder):
            clerk = member(owners[0], Role.EVIDENCE_TECHNICIAN)
            batch = checked("traces", owners[0], place.read_bytes(), by=clerk)
            floors = [_floor(connection, owners[1], place, by)]
            began = time.perf_counter()
            batch = start_and_load(batch, clerk)
            with connection.cursor() as cursor:
                _check_keys(cursor)
            spent, peak = time.perf_counter() - began, round(_megabytes())
            floors.append(_floor(connection, owners[2], place, by))
            undone = _undone(batch, clerk)
        assert batch.counts["new"] == ROWS
        transaction.set_rollback(True)
    floor, memory = statistics.mean(floors), {"megabytes": peak, "most_megabytes": MOST_MEGABYTES}
    memory["floors"] = " and ".join(f"{each:.1f}" for each in floors)
    return [
        row("loading 100,000 trace results", spent, floor, MOST_RATIO, unit="s", **memory),
        row("undoing them", undone, floor, None, unit="s"),
    ]


def _asked(connection, owner, by):
    values = {"agency": owner.pk, "by": by.pk, "rows": ROWS, "groups": [owner.group_id, owner.parent.group_id]}
    with connection.cursor() as cursor:
        cursor.execute(CASES, values | {"permission": access.view_permission_id(Incident), "cases": ROWS})
        cursor.execute(GUNS, values)
        cursor.execute(
            """select column_name from information_schema.columns where table_name = 'evidence_trace'
                and is_nullable = 'NO' and column_default is null and is_identity = 'NO' and column_name <> all(%s)""",
            [["firearm_id", "agency_id", "trace_number", "status", "requested_at", "requested_by_id", "asked_again"]],
        )
        left = [name for (name,) in cursor.fetchall()]
        kinds = {"boolean": "false"}
        cursor.execute("select column_name, data_type from information_schema.columns"
                       " where table_name = 'evidence_trace'")  # fmt: skip
        of = dict(cursor.fetchall())
        given = {name: "'routine'" if name == "priority" else kinds.get(of[name], "''") for name in left}
        cursor.execute(
            ASKED.format(
                columns="".join(f", {name}" for name in given), values="".join(f", {each}" for each in given.values())
            ),
            values,
        )


def _write(folder):
    place = Path(folder) / "results.csv"
    with place.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEADER)
        for number in range(ROWS):
            dealer, day = number % 700, number % 28 + 1
            writer.writerow([
                f"T26{number:07d}", "Completed to purchaser", f"S26{number:07d}", "Glock", f"2024-02-{day:02d}",
                f"Alder Outfitters {dealer}", f"1-23-{dealer:05d}", "Port Alder", f"DOE, PAT {number}",
                f"1988-04-{day:02d}",
            ])  # fmt: skip
    return place


def _floor(connection, owner, place, by):
    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("drop table if exists floor_stage")
        cursor.execute(
            "create temp table floor_stage (trace_number text, status text, serial text, make text, purchased_on date,"
            " dealer text, ffl text, city text, purchaser text, born_on date) on commit drop"
        )
        with place.open(encoding="utf-8") as rows:
            cursor.copy_expert("copy floor_stage from stdin (format csv, header)", rows)
        cursor.execute("analyze floor_stage")
        # By hand one knows that all rows of the stage are wanted; statistics of a transaction that fills tables do not.
        cursor.execute("set local enable_nestloop = off")
        cursor.execute(FLOOR, {"agency": owner.pk, "by": by.pk})
        cursor.execute("set local enable_nestloop = on")
        _check_keys(cursor)
    return time.perf_counter() - began
