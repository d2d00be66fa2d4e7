"""A workbook becomes rows of text in a process of its own, with little memory and time: what unfolds to more than that
kills this process and not the portal.
"""

import csv
import io
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from evidence.imports import containers, sheets
from evidence.imports.findings import ImportProblem

MEMORY = 1024 * 1024 * 1024
UNFOLDED = 400 * 1024 * 1024
SECONDS = 120
MOST_SHEETS = 500
ROOT = Path(__file__).resolve().parents[2]
CHILD = "import sys; sys.path.insert(0, sys.argv[1]); from evidence.imports.workbooks import child; child()"
TOO_LARGE = "This workbook unfolds to more than can be opened. Save the sheet with the table as CSV and load that."
# How a process ends that asked for too much memory (an allocation that fails aborts), or took too long.
USED_UP = (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGXCPU, -signal.SIGSEGV, -signal.SIGBUS)
OUT_OF_MEMORY = 9


class Unfolded(NamedTuple):
    """kind: "xlsx" or "ods". names: the sheets. sheet: the one that was read. formulas: its (row, zero-based column)
    that hold a formula. rows: an open temporary file, CSV in UTF-8, a record for each row from row 1 on.
    """

    kind: str
    names: list
    sheet: str
    formulas: set
    rows: object


def unfold(file, sheet=None):
    """Read one sheet of a seekable binary file, the first that is visible and filled when `sheet` is None.

    Raises ImportProblem for what is no workbook, what is damaged, and what needs more than MEMORY or SECONDS.
    """
    rows = tempfile.TemporaryFile()  # noqa: SIM115 - rows stream from it until the table is closed
    try:
        with _as_descriptor(file) as given:
            done = _run(given, rows, sheet)
        file.seek(0, io.SEEK_END)  # the other process moved the place that both share
        if done.returncode:
            raise ImportProblem(TOO_LARGE if done.returncode in (*USED_UP, OUT_OF_MEMORY) else sheets.DAMAGED)
        told = json.loads(done.stderr.splitlines()[-1])
        if "problem" in told:
            raise ImportProblem(told["problem"])
    except BaseException:
        rows.close()
        raise
    return Unfolded(told["kind"], told["names"], told["sheet"], {tuple(cell) for cell in told["formulas"]}, rows)


def _run(given, rows, sheet):
    command = [sys.executable, "-I", "-B", "-c", CHILD, str(ROOT), *([sheet] if sheet is not None else [])]
    try:
        return subprocess.run(
            command, stdin=given, stdout=rows, stderr=subprocess.PIPE, env={}, timeout=2 * SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ImportProblem(TOO_LARGE) from error


def _as_descriptor(file):
    """The file as one that another process can be given; bytes in memory are written to disk first."""
    try:
        return os.fdopen(os.dup(file.fileno()), "rb")
    except (OSError, AttributeError):
        copy = tempfile.TemporaryFile()  # noqa: SIM115 - who asked closes it
        file.seek(0)
        shutil.copyfileobj(file, copy)
        copy.flush()
        return copy


def child():
    """The other process: the workbook is standard input, the rows go to standard output, the rest in one line of JSON
    to standard error.
    """
    _limit()
    try:
        with open(0, "rb", closefd=False) as file, open(1, "wb", closefd=False) as rows:
            told = read(file, sys.argv[2] if len(sys.argv) > 2 else None, rows)
    except ImportProblem as problem:
        told = {"problem": problem.message}
    except (MemoryError, OSError):  # OSError: the rows grew beyond UNFOLDED
        os._exit(OUT_OF_MEMORY)
    sys.stderr.write(f"\n{json.dumps(told)}\n")


def _limit():
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, UNFOLDED),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a system that does not know the limit, or has set a lower one
            resource.setrlimit(what, (most, most))


def read(file, sheet, rows):
    """What `unfold` does, in this process: the rows into `rows`, a binary file, the rest as values of Unfolded."""
    file.seek(0)
    container = containers.open_container(file)
    kind = _kind(container)
    names, formulas_of = sheets.survey(container, kind, file)
    if sheet is not None and sheet not in names:
        raise ImportProblem(f"This workbook has no sheet named {sheet!r}. It has: {', '.join(names[:20])}.")
    for candidate in [sheet] if sheet is not None else names:
        formulas = formulas_of(candidate)
        opened = sheets.open_sheet(file, candidate)
        if any(any(cells) for cells in sheets.records(opened)):
            _write(opened, rows)
            return {"kind": kind, "names": names[:MOST_SHEETS], "sheet": candidate, "formulas": sorted(formulas)}
    raise ImportProblem("This workbook has no filled sheet. Check that the right file was chosen.")


def _kind(container):
    names = set(container.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and b"opendocument.spreadsheet" in containers.read(container, "mimetype", 200):
        return "ods"
    if "word/document.xml" in names:
        raise ImportProblem("This is a Word document, not a table. Load a NIBIN lead letter under lead notices.")
    if "xl/workbook.bin" in names:
        raise ImportProblem("This is a binary workbook (.xlsb). Save it as XLSX or CSV and load that.")
    raise ImportProblem("This is an archive, not a table. Unpack it and load the CSV or XLSX file in it.")


def _write(opened, rows):
    text = io.TextIOWrapper(rows, encoding="utf-8", newline="")
    csv.writer(text).writerows(sheets.records(opened))
    text.detach()
