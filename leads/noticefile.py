"""A notice that somebody writes down, as the file that a laboratory would have sent. Pure.

It is checked, loaded and taken back like any other file of notices, so that nothing is said of it twice.
"""

import csv
import io
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

ENDING = ", written here.csv"
HEADER = ("Lead Number", "Notice Date", "Agency", "Case Number", "Exhibit", "Date", "Caliber", "Offense")


class Line(NamedTuple):
    """One event of the notice, in its words; its day may not be known."""

    agency: str
    case_number: str
    exhibit: str
    on: date | None
    caliber: str
    offense: str


class Notice(NamedTuple):
    """What somebody wrote down of one notice."""

    number: str
    notice_on: date
    lines: list[Line]


def written(number: str, notice_on: date, lines: Iterable[Line]) -> bytes:
    """The file of one notice, with a row for each event."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEADER)
    for line in lines:
        day = line.on.isoformat() if line.on else ""
        event = (line.agency, line.case_number, line.exhibit, day, line.caliber, line.offense)
        rows.writerow((number, notice_on.isoformat(), *event))
    return out.getvalue().encode()


def read(content: bytes) -> Notice:
    """What was written down, of a file as `written` makes it. Raises ValueError for any other, and without an event."""
    head, *rows = csv.reader(io.StringIO(content.decode(), newline=""))
    if tuple(head) != HEADER or not rows:
        raise ValueError("This is no notice that was written down here.")
    days = [date.fromisoformat(row[5]) if row[5] else None for row in rows]
    lines = [Line(row[2], row[3], row[4], on, *row[6:]) for row, on in zip(rows, days, strict=True)]
    return Notice(rows[0][0], date.fromisoformat(rows[0][1]), lines)


def name_of(number: str) -> str:
    """What the file is called among the others."""
    kept = "".join(each if each.isascii() and (each.isalnum() or each in "-_") else "-" for each in number)
    return f"Notice {kept}{ENDING}"
