"""Rows of a list of gunshot alerts or calls, ready to be merged and matched."""

import hashlib
from typing import NamedTuple
from zoneinfo import ZoneInfo

from evidence.imports import fields
from evidence.imports.findings import ImportProblem
from evidence.imports.incidents import point_reader
from evidence.imports.mapping import check
from evidence.imports.reading import Reader, moment_reader
from evidence.imports.targets import ALERT

MOST_ROUNDS = 32767


class AlertRow(NamedTuple):
    """One row of the file. `key` knows it again: its number as written, else a fingerprint of time, place and words.

    at: aware; degrees are WGS 84, both or none; case_number: that dispatch gave it, "" for none.
    """

    row_number: int
    source: str
    key: str
    number: str
    at: object
    time_known: bool
    lat: float | None
    lng: float | None
    rounds: int | None
    heard: str
    address: str
    case_number: str


def parse(table, mapping, *, zone, today, found):
    """Yield one AlertRow per row that can be loaded, each key of a source once: what comes again is told.

    zone, today, found: as in incidents.parse. Raises ImportProblem when the mapping does not fit.
    """
    wrong = check(mapping, table.columns)
    if wrong:
        raise ImportProblem(" ".join(wrong))
    return _rows(table, mapping, ZoneInfo(mapping.zone) if mapping.zone else zone, today, found)


def _rows(table, mapping, zone, today, found):
    errors, seen = [0], set()

    def counted(finding):
        errors[0] += finding.level == "error"
        found(finding)

    reader = Reader(table, mapping, ALERT, counted)
    moment, point = moment_reader(reader, zone, today), point_reader(reader)
    texts = [_text(reader, name, most) for name, most in LONGEST.items()]
    rounds = reader.value_of("rounds", fields.parse_count) or (lambda _row, _cells: None)
    for row, cells in table.rows():
        errors[0] = 0
        reader.report_formulas(row)
        at, time_known = moment(row, cells)
        lat, lng = point(row, cells)
        number, source, heard, address, case_number = [read(row, cells) for read in texts]
        shots = rounds(row, cells)
        if errors[0]:
            continue
        key = " ".join(number.upper().split()) or _fingerprint(at, lat, lng, heard, address)
        if (source, key) in seen:
            reader.report(row, "alert_number", number, "again")
            continue
        seen.add((source, key))
        shots = min(shots, MOST_ROUNDS) if shots is not None else None
        yield AlertRow(row, source, key, number, at, time_known, lat, lng, shots, heard, address, case_number)


LONGEST = {"alert_number": 60, "source": 40, "alert_type": 120, "address": 200, "case_number": 40}


def _text(reader, name, most):
    value = reader.value_of(name, lambda text: (fields.one_line(fields.plain(text).strip()), ""))
    return (lambda row, cells: (value(row, cells) or "")[:most]) if value else (lambda _row, _cells: "")


def _fingerprint(at, *parts):
    text = "|".join([at.isoformat(), *("" if part is None else str(part) for part in parts)])
    return hashlib.sha256(text.casefold().encode()).hexdigest()
