"""The handler of files with incidents (see evidence/loading/__init__.py)."""

from django.db import connection, transaction
from django.urls import reverse

from agencies import access, audit
from evidence.imports import incidents, mapping, tables
from evidence.imports.findings import Finding, ImportProblem, shown
from evidence.imports.targets import INCIDENT
from evidence.loading import numbers, stage
from evidence.loading.run import STORED_FINDINGS, Watched
from evidence.models import Incident

TARGETS = "incident"
WRITTEN = 50
# A row whose case number may have lost digits is kept back: it would make a case that does not exist.
HELD_CODES = ("short", "rounded", "length", "two_cases")
LONG_NUMBER = "Case number is longer than 40 characters. Correct it, or choose another column."
CROWDED = (
    "Case number {number} stands in {rows:,} rows: no event has so many people hit. Choose the column that holds the "
    "case number, or that a row is one event."
)
# What a file has in one column or in several: its words, and the fields one of which names the column.
PARTS = {"point": ("Point", ("point", "lat", "x")), "occurred_at": ("Date and time", ("occurred_at", "occurred_on"))}
TWICE = "Case number stands twice in this file with the same values. It is loaded once."
JOINED = (
    "Case number stands in row {first} too, with other values. The rows are one incident, as row {first} has it. If "
    "they are people who were hit, say under Columns that a row is one person."
)
KEPT = "{label} is kept: a person corrected it in the portal. If this file is right, correct it there."
CUT = "{label} is longer than {width} characters and is cut there. Shorten it if the rest matters."


def open_source(file, name):
    return tables.open_table(file, name=name)


def check(run):
    """Read and compare; nothing is written."""
    _serialize(run.batch.agency_id)
    with transaction.atomic(), connection.cursor() as cursor:
        counts = _staged(run, cursor, hold=False)
        transaction.set_rollback(True)
    return counts


def load(run):
    """Write the file's incidents, victims and grants, and the audit rows that name each record."""
    agency = run.batch.agency
    _serialize(agency.pk)
    with connection.cursor() as cursor:
        counts = _staged(run, cursor, hold=True)
        new, updated = stage.write(
            cursor,
            agency_id=agency.pk,
            batch_id=run.batch.pk,
            by_id=run.by.pk,
            permission_id=access.view_permission_id(Incident),
            group_ids=sorted({each.group_id for each in (agency, agency.center) if each}),
            row_is_victim=run.mapping.row_is == "victim",
        )
    audit.record_many("incident.loaded", Incident, new, by=run.by, agency=agency, batch=run.batch.pk)
    audit.record_many("incident.reloaded", Incident, updated, by=run.by, agency=agency, batch=run.batch.pk)
    return counts


def written(batch, user):
    """The incidents that a file wrote, the first of them: [(case number, address)]."""
    found = Incident.objects.visible_to(user).filter(batch=batch).order_by("pk").values_list("case_number", "pk")
    return [(number, reverse("incident", args=[pk])) for number, pk in found[:WRITTEN]]


def _serialize(agency_id):
    """One load at a time into one agency: two that touch the same cases in other orders would block each other."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(724003, %s)", [agency_id])


def read_again(run):
    with run.open_file() as file:
        table = open_source(file, run.batch.file.name)
        for _row in incidents.parse(table, run.mapping, zone=run.zone, today=run.today, found=run.found):
            pass


def _staged(run, cursor, hold):
    how, agency_id = run.mapping, run.batch.agency_id
    with run.open_file() as file:
        table = Watched(open_source(file, run.batch.file.name), run.progress)
        rows = incidents.parse(table, how, zone=run.zone, today=run.today, found=run.found)
        stage.fill(cursor, rows)
    _report_wide(run, cursor, how, table.columns)
    if how.row_is == "victim" and (crowd := stage.crowded(cursor)):
        raise ImportProblem(CROWDED.format(number=crowd[0], rows=crowd[1]), row=crowd[2])
    told = numbers.count_hyphens(run, cursor, how, write=hold)
    if hold:
        stage.hold(cursor, agency_id=agency_id)
    told += numbers.known_again(run, cursor, how, hold, STORED_FINDINGS)
    stage.compare(
        cursor,
        agency_id=agency_id,
        zone=run.batch.agency.zone,
        kinds=Incident.Kind.values,
        row_is_victim=how.row_is == "victim",
        has_point=any(mapping.is_mapped(how, name) for name in ("lat", "point", "x")),
    )
    told += numbers.doubles(run, cursor, how, STORED_FINDINGS)
    twice, doubled = _doubled(cursor, how)
    told += twice
    for row, text, level, sentence, code in told:
        run.found(_finding(how, table.columns, row, "case_number", text, level, sentence, code))
    for row, name, text in stage.kept(cursor, STORED_FINDINGS):
        label, names = PARTS.get(name, (INCIDENT[name].label, (name,)))
        column = next((each for each in names if mapping.is_mapped(how, each)), name)
        run.found(_finding(how, table.columns, row, column, text, "note", KEPT.format(label=label), "kept"))
    return {"rows": table.count, **stage.counts(cursor), **doubled}


def _doubled(cursor, how):
    """What to tell of rows that become one incident with another, and their counts. People who were hit in one
    incident have a row each.
    """
    if how.row_is == "victim":
        return [], {}
    rows, counts = stage.doubled(cursor, STORED_FINDINGS)
    told = [
        (row, number, "note", TWICE, "twice")
        if is_same
        else (row, number, "review", JOINED.format(first=f"{first:,}"), "joined")
        for row, number, first, is_same in rows
    ]
    return told, counts


def _report_wide(run, cursor, how, columns):
    for row, name, text in stage.refuse_long_numbers(cursor):
        run.found(_finding(how, columns, row, name, text, "error", LONG_NUMBER))
    for row, name, text in stage.too_wide(cursor, STORED_FINDINGS):
        sentence = CUT.format(label=INCIDENT[name].label, width=stage.WIDTHS[name])
        run.found(_finding(how, columns, row, name, text, "review", sentence))


def _finding(how, columns, row, name, text, level, sentence, code="too_long"):
    return Finding(row, *mapping.place(how, columns, name), shown(text), level, code, sentence)
