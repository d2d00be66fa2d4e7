"""What the loading of one file needs, whatever is in it: the run, its findings, and the handler of each kind of file.

A handler is a module that settings.IMPORT_KINDS names for a kind, so that a higher app can bring its own. It has
  TARGETS              key of imports.targets.KINDS for the columns, or "" when files of the kind have no columns
  open_source(file, name) -> Table, or None for a file without columns; raises ImportProblem
  check(run) -> counts, load(run) -> counts
  read_again(run) reports what reading alone finds, of a file with columns; HELD_CODES names findings whose rows, though
                       no errors, are not loaded
  written(batch, user) -> [(label, address)] of some of what a loaded file wrote, as far as the user sees it
check writes nothing; load writes all or raises. Both run in the transaction of the action that called them, and report
to `run.found` and `run.progress`. counts: {"new", "updated", "unchanged", "held", "victims"} as far as they apply.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from agencies import access, audit
from evidence import keys, loading_numbers, stage, vault
from evidence.imports import incidents, mapping, tables
from evidence.imports.findings import Finding, ImportProblem, shown
from evidence.imports.targets import INCIDENT
from evidence.models import Incident

TARGETS = "incident"
STORED_FINDINGS = 5000
EVERY = 10_000_000
WRITTEN = 50
FINDING_COLUMNS = ["Row", "Column", "Name", "Value", "Level", "What to do"]
# A row whose case number may have lost digits is kept back: it would make a case that does not exist.
HELD_CODES = ("short", "rounded", "length", "two_cases")
TICK = 1000
LETTER = "A letter has no rows to hand out: correct the letter and load it again."
LONG_NUMBER = "Case number is longer than 40 characters. Correct it, or choose another column."
CROWDED = (
    "Case number {number} stands in {rows:,} rows: no event has so many people hit. Choose the column that holds the "
    "case number, or that a row is one event."
)
# What a file has in one column or in several: its words, and the fields one of which names the column.
PARTS = {"point": ("Point", ("point", "lat", "x")), "occurred_at": ("Date and time", ("occurred_at", "occurred_on"))}
KEPT = "{label} is kept: a person corrected it in the portal. If this file is right, correct it there."
CUT = "{label} is longer than {width} characters and is cut there. Shorten it if the rest matters."


def handler(kind):
    """The module that knows files of this kind; ImportProblem when none is installed."""
    name = settings.IMPORT_KINDS.get(kind)
    if name is None:
        raise ImportProblem("Files of this kind cannot be loaded here. Ask your agency administrator.")
    return import_module(name)


def kinds():
    """The kinds of files that can be loaded here."""
    return list(settings.IMPORT_KINDS)


def header(batch, rows=20):
    """(column names, first rows) of a batch's file."""
    with Run(batch, batch.created_by, date.min).open_file() as file:
        table = handler(batch.kind).open_source(file, batch.file.name)
        return table.columns, table.sample(rows)


class Findings:
    """Collects what a run finds: all are counted, the first `limit` of each level are kept."""

    def __init__(self, limit=STORED_FINDINGS):
        self.limit, self.kept, self.total = limit, [], {"error": 0, "review": 0, "note": 0}
        self.rows = {"error": 0, "review": 0}
        self._seen = {"error": bytearray(), "review": bytearray()}

    def add(self, finding):
        level = finding.level
        self.total[level] += 1
        if self.total[level] <= self.limit:
            self.kept.append(finding)
        if level in self.rows and self._is_first(self._seen[level], finding.row or 0):
            self.rows[level] += 1

    def _is_first(self, seen, row):
        """Whether this row, a bit of `seen`, is new: a row with three errors is one row, however far apart they are."""
        place, bit = row >> 3, 1 << (row & 7)
        if place >= len(seen):
            seen.extend(bytes(place + 1 - len(seen)))
        if seen[place] & bit:
            return False
        seen[place] |= bit
        return True

    def counts(self):
        """Rows with an error, rows to review, and findings in all."""
        return {"errors": self.rows["error"], "review": self.rows["review"], "findings": sum(self.total.values())}


class Watched:
    """A table that counts its rows and tells, each thousand, how far it is."""

    def __init__(self, table, progress):
        self.columns, self.formula_cells, self._table, self._progress = (
            table.columns,
            table.formula_cells,
            table,
            progress,
        )
        self.count = 0

    def rows(self):
        count = 0
        for entry in self._table.rows():
            count += 1
            if self._progress and count % TICK == 0:
                self._progress(count)
            yield entry
        self.count = count


@dataclass
class Run:
    """One pass over one file. progress: called with the number of rows read so far; it may raise to stop the run."""

    batch: object
    by: object
    today: date
    findings: Findings = field(default_factory=Findings)
    progress: Callable[[int], None] | None = None

    @property
    def found(self):
        return self.findings.add

    @property
    def zone(self):
        return ZoneInfo(self.batch.agency.zone)

    @property
    def mapping(self):
        how = mapping.from_dict(self.batch.mapping)
        # A notice is about other agencies' numbers: the rule of who receives it says nothing of them.
        if self.batch.kind == "incidents":
            how.hyphens_count = how.hyphens_count or keys.hyphens_count(self.batch.agency_id)
        return how

    def open_file(self):
        """The stored file, binary; the caller closes it. Raises ImportProblem when it is gone."""
        try:
            return open(vault.path(self.batch.file.sha256), "rb")
        except FileNotFoundError as error:
            raise ImportProblem(str(vault.Gone())) from error


# --- incidents ------------------------------------------------------------------------------------------------------


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


def every_finding(run):
    """All findings of a batch as rows of FINDING_COLUMNS."""
    return [
        (each.row, each.column_letter, each.column_name, each.value, each.level, each.message)
        for each in _all_findings(run)
    ]


def rows_to_correct(run):
    """(columns, rows) of the file as it was, of the rows that were not loaded: corrected, it can be loaded again."""
    reader = handler(run.batch.kind)
    with run.open_file() as file:
        table = reader.open_source(file, run.batch.file.name)
        if table is None:
            raise ImportProblem(LETTER)
        found = _all_findings(run)
        wanted = {each.row for each in found if each.level == "error" or each.code in reader.HELD_CODES}
        return table.columns, [cells for row, cells in table.rows() if row in wanted]


def _all_findings(run):
    """Those kept, and what is beyond them read anew, in the order of the file."""
    kept = [Finding(*each) for each in run.batch.findings.values_list(*Finding._fields)]
    if run.batch.counts.get("findings", 0) > len(kept):
        run.findings = Findings(limit=EVERY)
        handler(run.batch.kind).read_again(run)
        seen = set(kept)
        kept += [each for each in run.findings.kept if each not in seen]
        kept.sort(key=lambda each: each.row)
    return kept


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
    told = loading_numbers.count_hyphens(run, cursor, how, write=hold)
    if hold:
        stage.hold(cursor, agency_id=agency_id)
    told += loading_numbers.known_again(run, cursor, how, hold, STORED_FINDINGS)
    stage.compare(
        cursor,
        agency_id=agency_id,
        kinds=Incident.Kind.values,
        row_is_victim=how.row_is == "victim",
        has_point=any(mapping.is_mapped(how, name) for name in ("lat", "point", "x")),
    )
    told += loading_numbers.doubles(run, cursor, how, STORED_FINDINGS)
    for row, text, level, sentence, code in told:
        run.found(_finding(how, table.columns, row, "case_number", text, level, sentence, code))
    for row, name, text in stage.kept(cursor, STORED_FINDINGS):
        label, names = PARTS.get(name, (INCIDENT[name].label, (name,)))
        column = next((each for each in names if mapping.is_mapped(how, each)), name)
        run.found(_finding(how, table.columns, row, column, text, "note", KEPT.format(label=label), "kept"))
    return {"rows": table.count, **stage.counts(cursor)}


def _report_wide(run, cursor, how, columns):
    for row, name, text in stage.refuse_long_numbers(cursor):
        run.found(_finding(how, columns, row, name, text, "error", LONG_NUMBER))
    for row, name, text in stage.too_wide(cursor, STORED_FINDINGS):
        sentence = CUT.format(label=INCIDENT[name].label, width=stage.WIDTHS[name])
        run.found(_finding(how, columns, row, name, text, "review", sentence))


def _finding(how, columns, row, name, text, level, sentence, code="too_long"):
    return Finding(row, *mapping.place(how, columns, name), shown(text), level, code, sentence)
