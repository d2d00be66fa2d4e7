"""From one row of cells to clean values: the part that incidents and notices share.

A `Reader` is compiled once per file from the mapping; per row it only indexes, looks up caches and reports what is
wrong.
"""

import datetime
from operator import itemgetter

from evidence.imports import fields
from evidence.imports.findings import Finding, column_letter, shown
from evidence.imports.moments import EARLIEST, MIDNIGHT, at, parse_stamp, parse_time

MAX_SHORT = 60
SHORT_SHAPES = frozenset(
    {
        "date",
        "moment",
        "time",
        "flag",
        "confirmed",
        "age",
        "sex",
        "count",
        "number",
        "degrees",
        "key",
        "birth",
        "choice",
    }
)

MESSAGES = {
    "long": "is longer than {limit:,} characters. Shorten it, or leave the column out.",
    "formula": "begins like a formula and is loaded as plain text. Check that it is what was meant.",
    "formula_cell": "is a formula. Replace it by its value (copy, then paste values only) and load the file again.",
    "flag": "is neither yes nor no. Write Y or N, or say under Columns what it means.",
    "age": "is no age between 0 and 120. It is left empty.",
    "sex": "is not M, F or X. It is left empty; say under Columns what it means.",
    "count": "is no whole number. It is left empty.",
    "number": "is no number. It is left empty.",
    "date": "is no date that can be read. Write it as 2026-03-31.",
    "calendar": "names a day that its month does not have. Correct the day.",
    "order": "has a month over 12. If this file writes the day first, choose day/month/year.",
    "time": "is no single time of day. The event is kept with its time unknown; write it as 14:05.",
    "missing_date": "is empty: a row without a date is not loaded. Fill it in.",
    "future": "lies in the future. Correct the date.",
    "early": "lies before 1980. Correct the date, its year may have lost two digits.",
    "gap": "does not exist: the clocks were put forward over it. It is moved by an hour; check it.",
    "fold": "came twice that night, when the clocks went back. The first is taken.",
    "missing_key": "is empty: a row without a case number is not loaded. Fill it in.",
    "key": "holds no letter and no digit, so it is no case number. Correct it.",
    "short": "has four digits or fewer: it may have lost its beginning. Compare it with the report.",
    "rounded": "is a rounded number such as 2.02E+11: its last digits are lost. Export the column as text.",
    "ends_in_zero": "was stored as a number and ends in 0: a last digit may have been lost. Compare it with the "
    "report.",
    "length": "has not as many digits as the others of this file. Compare it with the report.",
    "half": "has only one of latitude and longitude. The event is kept without a point.",
    "zero": "is at or near 0/0, which means not located. The event is kept without a point.",
    "swapped": "has latitude and longitude exchanged. The event is kept without a point; exchange the columns.",
    "outside": "lies outside of the area of this file. The event is kept without a point.",
    "kind": "is no kind of event that is known. It is loaded as other; say under Columns what it means.",
    "made_number": "is made of the other columns, as the file has no case number.",
    "lead_number": "is empty: a row without a lead number is not loaded. Fill it in.",
    "one_reviewer": "is the same person as reviewer 1. A new lead of this notice is held until somebody releases it.",
    "other_date": "differs from the date in the first row of this lead, which is kept.",
    "twice": "stands twice in this lead with the same values. It is loaded once.",
    "again": "stands in an earlier row of this file, or that row says the same. It is loaded once.",
    "no_case": "is empty. The event waits to be matched to an incident by hand.",
    "outcome": "does not say how far the trace came. Say under Columns what the word means.",
    "reason": "is no reason that is known. Say under Columns what the words mean.",
    "theft": "does not say whose loss it was. Say under Columns what the word means.",
    "state": "is no state of two letters.",
    "cut": "is longer than fits, and its end is left out.",
    "old": "lies before 1900. Correct the date.",
    "birth_year": "has a year of two digits, which may be of either century. Write all four.",
    "choice": "is none of the words known for it. Correct it, or say under Columns what it means.",
    "needed": "is empty: a row without it is not loaded. Fill it in.",
    "wide": "is longer than {limit:,} characters. Shorten it.",
    "ori": "is no ORI of nine letters and digits. Correct it, or give the agency's name.",
}
# Faults that are not listed make a row wait for a person, but it is loaded.
ERRORS = frozenset(
    {
        "long",
        "formula_cell",
        "date",
        "calendar",
        "order",
        "missing_date",
        "future",
        "early",
        "old",
        "missing_key",
        "key",
        "rounded",
        "lead_number",
        "choice",
        "needed",
        "wide",
    }
)
NOTES = frozenset({"again", "fold", "formula", "made_number", "other_date", "twice"})


def level_of(code):
    """ "error", "review" or "note": see Finding."""
    return "error" if code in ERRORS else "note" if code in NOTES else "review"


class Reader:
    """Reads cells of one table by one mapping. `found` is called with every Finding."""

    def __init__(self, table, mapping, targets, found):
        self.columns = table.columns
        self.index = {column: position for position, column in enumerate(table.columns)}
        self.mapping = mapping
        self.targets = targets
        self.found = found
        self.formula_rows = {}
        mapped = {self.index[column] for source in mapping.fields.values() for column in source.columns}
        for row, column in table.formula_cells:
            if column in mapped:
                self.formula_rows.setdefault(row, []).append(column)

    def cell_of(self, name, raw=False):
        """A function cells -> text for one target field, or None when it is not mapped; value maps and constants
        applied, unless it is asked for `raw`.
        """
        source = self.mapping.fields.get(name)
        if source is None or not (source.columns or source.constant):
            return None
        positions = [self.index[column] for column in source.columns]
        if raw:
            return _single(positions[0]) if len(positions) == 1 else None
        if len(positions) == 1 and not source.constant and not source.values:
            return _single(positions[0])
        return _general(positions, source)

    def value_of(self, name, parse):
        """A function (row, cells) -> (value, fault) for one field; too long a cell is a fault before any parser sees
        it.

        Callers report the fault with `report`. Returns None when the field is not mapped.
        """
        cell = self.cell_of(name)
        if cell is None:
            return None
        shape = self.targets[name].shape
        limit = MAX_SHORT if shape in SHORT_SHAPES else fields.MAX_NARRATIVE if shape == "long" else fields.MAX_TEXT

        report = self.report

        def value(row, cells):
            text = cell(cells)
            if len(text) > limit:
                report(row, name, text, "long")
                return None
            result, fault = parse(text)
            if fault:
                report(row, name, text, fault)
            return result

        return value

    def report(self, row, name, text, code):
        """Tell a finding about the cell of a target field."""
        source = self.mapping.fields.get(name)
        position = self.index[source.columns[0]] if source and source.columns else None
        target = self.targets[name]
        self._tell(row, position, target.label, text, code, fields.MAX_TEXT if code == "long" else target.width)

    def report_formulas(self, row):
        """Tell of the formula cells of this row, if any; True when there are."""
        for position in self.formula_rows.get(row, ()):
            self._tell(row, position, self.columns[position], "", "formula_cell", 0)
        return row in self.formula_rows

    def _tell(self, row, position, label, text, code, limit):
        letter = "" if position is None else column_letter(position)
        name = label if position is None else self.columns[position]
        sentence = f"{label} {MESSAGES[code].format(limit=limit)}"
        self.found(Finding(row, letter, name, shown(text), level_of(code), code, sentence))


def _single(position):
    return itemgetter(position)


def _general(positions, source):
    join, constant, values = source.join, source.constant, source.values

    def cell(cells):
        filled = [text for position in positions if (text := cells[position].strip())]
        text = join.join(filled) or constant
        return values.get(text.casefold(), text) if values else text

    return cell


def moment_reader(reader, zone, today):
    """A function (row, cells) -> (aware datetime or None, whether the time of day is known).

    None means that the row is in error; the finding has been told.
    """
    name = "occurred_at" if reader.cell_of("occurred_at") else "occurred_on"
    cell, clock_of = reader.cell_of(name), _clock_reader(reader)
    order, midnight_unknown, report = reader.mapping.date_order, reader.mapping.midnight_unknown, reader.report
    # Only a cell meant as a moment may carry an offset that counts, or a midnight that is a time of day.
    whole = name == "occurred_at" and clock_of is None
    last = today + datetime.timedelta(days=1)

    def moment(row, cells):
        text = cell(cells)
        stamp = parse_stamp(text, order) if len(text) <= MAX_SHORT else None
        code = "long" if stamp is None else stamp.fault or ("" if stamp.day else "missing_date")
        # A day more than today is let pass until the zone of the agency is known.
        code = code or ("early" if stamp.day < EARLIEST else "future" if stamp.day > last else "")
        if code:
            report(row, name, text, code)
            return None, False
        time = stamp.time if clock_of is None else clock_of(row, cells)
        known = time is not None and (time != MIDNIGHT or (not midnight_unknown and (whole or clock_of is not None)))
        foreign = stamp.offset if whole and known else None
        value, fault = at(stamp.day, time or MIDNIGHT, foreign or zone)
        value = value.astimezone(zone) if foreign else value
        if value.date() > today:
            report(row, name, text, "future")
            return None, False
        if fault and known:
            report(row, name, text, fault)
        return value, known

    return moment


def _clock_reader(reader):
    cell = reader.cell_of("occurred_time")
    if cell is None:
        return None

    def clock(row, cells):
        text = cell(cells)
        time, fault = parse_time(text) if len(text) <= MAX_SHORT else (None, "time")
        if fault:
            reader.report(row, "occurred_time", text, fault)
        return time

    return clock
