"""Records of a file, one to a row: flat tuples ready for COPY into a stage table, and findings by row and column.

What is needed and what a cell may hold is said by the targets alone; what a row refers to is for the database to find.
"""

from functools import partial
from zoneinfo import ZoneInfo

from evidence.imports import fields
from evidence.imports.findings import ImportProblem
from evidence.imports.mapping import check
from evidence.imports.moments import EARLIEST, MIDNIGHT, at, parse_stamp
from evidence.imports.reading import MAX_SHORT, Reader
from evidence.imports.targets import KINDS, REQUIRED

# What COPY makes of the values of each shape; all others are texts.
TYPES = {"flag": "bool", "count": "int", "date": "date", "moment": "timestamptz"}
PARSERS = {"flag": fields.parse_flag, "count": fields.parse_count}


def columns(kind):
    """[(field, type of PostgreSQL)] of the tuples of a kind, behind the row number: a text is never unknown, only
    empty.
    """
    return [(name, TYPES.get(target.shape, "text")) for name, target in KINDS[kind].items()]


def parse(table, mapping, *, zone, today, found):
    """Yield (row number, a value for each field of the kind in order) per row that can be loaded.

    zone: ZoneInfo of the agency, unless the mapping names another. today: the agency's date, as nothing recorded is
    later. found: called with each Finding; a row with a finding of level "error" is not yielded. An empty cell, or one
    that is not mapped, is "" for a text and None for the rest. Raises ImportProblem when the mapping does not fit.
    """
    wrong = check(mapping, table.columns)
    if wrong:
        raise ImportProblem(" ".join(wrong))
    return _rows(table, mapping, ZoneInfo(mapping.zone) if mapping.zone else zone, today, found)


def _rows(table, mapping, zone, today, found):
    errors = [0]

    def counted(finding):
        errors[0] += finding.level == "error"
        found(finding)

    targets = KINDS[mapping.kind]
    reader = Reader(table, mapping, targets, counted)
    readers = [_value(reader, name, target, zone, today) for name, target in targets.items()]
    places = {name: place for place, name in enumerate(targets)}
    needed = [(group, [places[name] for name in group]) for group in REQUIRED[mapping.kind]]
    for row, cells in table.rows():
        errors[0] = 0
        if reader.formula_rows:
            reader.report_formulas(row)
        values = [read(row, cells) for read in readers]
        for group, at_places in needed:
            # A cell that could not be read has been told of already.
            if not errors[0] and all(values[place] in ("", None) for place in at_places):
                reader.report(row, _first(mapping, group), "", "needed")
        if not errors[0]:
            yield (row, *values)


def _first(mapping, group):
    return next((name for name in group if name in mapping.fields), group[0])


def _value(reader, name, target, zone, today):
    empty = None if target.shape in TYPES else ""
    if reader.cell_of(name) is None:
        return lambda _row, _cells: empty
    if target.shape == "moment":
        return _moment(reader, name, zone, today)
    if target.shape == "choice":
        return _of_value(reader, name, partial(_choice, target), empty)
    if target.shape in PARSERS:
        return _of_value(reader, name, PARSERS[target.shape], empty)
    return _text(reader, name, target)


def _of_value(reader, name, parse_cell, empty):
    read = reader.value_of(name, parse_cell)

    def value(row, cells):
        found = read(row, cells)
        return empty if found is None else found

    return value


def _choice(target, text):
    word = text.strip()
    value = target.choice(word)
    return value, "choice" if word and not value else ""


def _text(reader, name, target):
    """A text of one line, as wide as the record keeps it: more is an error, as nobody wants half a serial number."""
    is_key = target.shape == "key"

    def parse_cell(text):
        value, fault = fields.parse_text(text)
        value = value[:-2] if is_key and value.endswith(".0") and value[:-2].isdecimal() else value
        return value, "wide" if len(value) > target.width else "" if is_key else fault

    return _of_value(reader, name, parse_cell, "")


def _moment(reader, name, zone, today):
    """A function (row, cells) -> aware datetime or None; a date alone is its midnight."""
    cell, order = reader.cell_of(name), reader.mapping.date_order

    def moment(row, cells):
        text = cell(cells)
        stamp = parse_stamp(text, order) if len(text) <= MAX_SHORT else None
        code = "long" if stamp is None else stamp.fault
        if not code and stamp.day is None:
            return None
        code = code or ("early" if stamp.day < EARLIEST else "")
        if not code:
            value, fault = at(stamp.day, stamp.time or MIDNIGHT, stamp.offset or zone)
            value = value.astimezone(zone)
            if value.date() <= today:
                if fault:
                    reader.report(row, name, text, fault)
                return value
            code = "future"
        reader.report(row, name, text, code)
        return None

    return moment
