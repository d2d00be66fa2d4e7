"""Files on their way into tables. A kind of file has a handler, a module or a Kind (records.py): `run.HANDLERS` names
those of evidence, settings.IMPORT_KINDS those that a higher app brings. It has
  TARGETS              key of imports.targets.KINDS for the columns, or "" when files of the kind have no columns
  open_source(file, name) -> Table, or None for a file without columns; raises ImportProblem
  check(run) -> counts, load(run) -> counts
  read_again(run) reports what reading alone finds, of a file with columns; HELD_CODES names findings whose rows, though
                       no errors, are not loaded
  and for taking a file back, as far as it is more than to write what was before (see undo.py)
  built_on(cursor, batch) -> [(row, sentence)] of what keeps it from being taken back beside changed records
  taken_back(cursor, batch) sets right what was written; LOCK is the lock that loads of the kind take of their agency
  INVERSE              what has built_on(batch, limit) and take_back(batch, by) of its own, where nothing is deleted
  written(batch, user) -> [(label, address)] of some of what a loaded file wrote, as far as the user sees it
check writes nothing; load writes all or raises. Both run in the transaction of the action that called them, and report
to `run.found` and `run.progress`. counts: {"new", "updated", "unchanged", "held", "victims"} as far as they apply.
"""

from evidence.loading.run import (
    FINDING_COLUMNS,
    JOINED,
    STORED_FINDINGS,
    TWICE,
    Findings,
    Run,
    Watched,
    every_finding,
    handler,
    header,
    kinds,
    rows_to_correct,
    tried,
)

__all__ = [
    "FINDING_COLUMNS",
    "JOINED",
    "STORED_FINDINGS",
    "TWICE",
    "Findings",
    "Run",
    "Watched",
    "every_finding",
    "handler",
    "header",
    "kinds",
    "rows_to_correct",
    "tried",
]
