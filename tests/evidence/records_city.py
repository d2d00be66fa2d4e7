"""Helpers for tests of files of records: a table of text in, a batch at its end."""

from agencies.models import User
from evidence.actions import imports, undoings
from tests.evidence.import_city import uploaded


def lines(text):
    """A file from lines with bars between the cells, which blanks may line up."""
    rows = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return "".join(",".join(row) + "\n" for row in rows)


def checked(kind, agency, content, by=None, columns=None, name=None):
    by = by or User.objects.system()
    batch = imports.upload(agency=agency, kind=kind, upload=uploaded(content, name or f"{kind}.csv"), by=by)
    if columns is not None:
        batch = imports.choose_columns(batch=batch, columns=columns, by=by)
    imports.start_check(batch=batch, by=by, queue=False)
    return imports.check(batch=batch, by=by)


def loaded(kind, agency, content, by=None, **options):
    by = by or User.objects.system()
    batch = checked(kind, agency, content, by=by, **options)
    assert batch.status == "checked", batch.problem
    return start_and_load(batch, by)


def start_and_load(batch, by):
    imports.start_load(batch=batch, by=by, queue=False)
    return imports.load(batch=batch, by=by)


def undone(batch, by=None):
    """The batch after somebody wanted it taken back."""
    by = by or User.objects.system()
    undoings.start(batch=batch, by=by, queue=False)
    return undoings.undo(batch=batch, by=by)


def found(batch, level="error"):
    """[(row, letter, code)] of the findings of a level."""
    return list(batch.findings.filter(level=level).values_list("row", "column_letter", "code"))


def counts(batch):
    """(new, updated, unchanged, rows with an error)."""
    return tuple(batch.counts[name] for name in ("new", "updated", "unchanged", "errors"))
