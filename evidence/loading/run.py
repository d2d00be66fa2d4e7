"""What the loading of one file needs, whatever is in it: the run, its findings, the handler of each kind of file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from evidence import keys, vault
from evidence.imports import mapping
from evidence.imports.findings import Finding, ImportProblem

STORED_FINDINGS = 5000
EVERY = 10_000_000
FINDING_COLUMNS = ["Row", "Column", "Name", "Value", "Level", "What to do"]
TICK = 1000
# Findings of rows that became one record with another: they say the same, or they name the same.
TWICE, JOINED = ("twice", "again"), ("joined",)
LETTER = "A letter has no rows to hand out: correct the letter and load it again."


# Kind of file to its handler: a module, or what stands in one behind the colon. Higher apps add theirs in the settings.
HANDLERS = {
    "incidents": "evidence.loading.incidents",
    "alerts": "evidence.loading.alerts",
    "exhibits": "evidence.loading.exhibits:EXHIBITS",
    "firearms": "evidence.loading.exhibits:FIREARMS",
    "acquisitions": "evidence.loading.acquisitions:ACQUISITIONS",
    "traces": "evidence.loading.traces",
    "agencies": "evidence.loading.agencies:AGENCIES",
    "people": "evidence.loading.people:PEOPLE",
}


def handler(kind):
    """What knows files of this kind; ImportProblem when none is installed."""
    name = (HANDLERS | settings.IMPORT_KINDS).get(kind)
    if name is None:
        raise ImportProblem("Files of this kind cannot be loaded here. Ask your agency administrator.")
    module, _, declared = name.partition(":")
    found = import_module(module)
    return getattr(found, declared) if declared else found


def tried(load, run):
    """What `load` would do with a file, found out by doing it and taking it back."""
    with transaction.atomic():
        counts = load(run)
        transaction.set_rollback(True)
    return counts


def kinds():
    """The kinds of files that can be loaded here."""
    return [*HANDLERS, *settings.IMPORT_KINDS]


def header(batch, rows=20):
    """(column names, first rows) of a batch's file."""
    with Run(batch, batch.created_by, date.min).open_file() as file:
        table = handler(batch.kind).open_source(file, batch.file.name)
        return table.columns, table.sample(rows)


class Findings:
    """Collects what a run finds: all are counted, the first `limit` of each level are kept."""

    def __init__(self, limit=STORED_FINDINGS):
        self.limit, self.kept, self.total = limit, [], {"error": 0, "review": 0, "note": 0}
        self.rows, self.twice, self.joined = {"error": 0, "review": 0}, 0, 0
        self._seen = {"error": bytearray(), "review": bytearray()}

    def add(self, finding):
        level = finding.level
        self.total[level] += 1
        self.twice += finding.code in TWICE
        self.joined += finding.code in JOINED
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
        """Rows with an error, rows to review, findings in all, and rows that became one record with another."""
        told = {"errors": self.rows["error"], "review": self.rows["review"], "findings": sum(self.total.values())}
        return told | {"twice": self.twice, "joined": self.joined}


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
            return vault.opened(self.batch.file.sha256)
        except vault.Gone as error:
            raise ImportProblem(str(error)) from error


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
