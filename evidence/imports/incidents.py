"""Incidents of a city's file: flat rows ready for COPY into a stage table, and findings by row and column.

One tuple per row of the file, be it a victim or an event; grouping victims into incidents is the database's work.
"""

import hashlib
from functools import partial
from typing import NamedTuple
from zoneinfo import ZoneInfo

from evidence.imports import fields, places
from evidence.imports.casenumbers import MADE, case_key, looks_cut
from evidence.imports.findings import ImportProblem
from evidence.imports.mapping import check, is_mapped
from evidence.imports.reading import MAX_SHORT, Reader, moment_reader
from evidence.imports.targets import INCIDENT


class IncidentRow(NamedTuple):
    """One row of the file. `parse` yields plain tuples in this order, for speed; `IncidentRow._make` names them.

    case_key: see casenumbers. key_doubt: "" or the code of looks_cut. occurred_at: aware. fatal: of the event as the
    file says, None when it does not. lat, lng: degrees WGS 84, both or none. victim_*: only when a row is a victim.
    """

    row_number: int
    case_key: str
    case_number: str
    key_doubt: str
    occurred_at: object
    time_known: bool
    event_type: str
    fatal: bool | None
    offense_code: str
    offense_text: str
    address: str
    district: str
    lat: float | None
    lng: float | None
    narrative: str
    casings: int | None
    victims: int | None
    victim_age: int | None
    victim_sex: str
    victim_wound: str
    victim_fatal: bool | None
    source_id: str


COLUMNS = IncidentRow._fields
VICTIMS, DIED = (COLUMNS.index(name) - COLUMNS.index("narrative") for name in ("victims", "victim_fatal"))
TEXTS = ("offense_code", "offense_text", "address", "district")


def parse(table, mapping, *, zone, today, found):
    """Yield one tuple (fields of IncidentRow) per row that can be loaded.

    zone: ZoneInfo of the agency, unless the mapping names another. today: the agency's date, as no event is later.
    found: called with each Finding; a row with a finding of level "error" is not yielded. Raises ImportProblem when
    the mapping does not fit.
    """
    wrong = check(mapping, table.columns)
    if wrong:
        raise ImportProblem(" ".join(wrong))
    return _rows(table, mapping, ZoneInfo(mapping.zone) if mapping.zone else zone, today, found)


def _rows(table, mapping, zone, today, found):
    errors = [0]

    def counted(finding):
        if finding.level == "error":
            errors[0] += 1
        found(finding)

    reader = Reader(table, mapping, INCIDENT, counted)
    key, moment, kind, point = _key(reader), moment_reader(reader, zone, today), _kind(reader), point_reader(reader)
    texts = [_value(reader, name, fields.parse_text, "") for name in TEXTS]
    rest = _rest(reader)
    formulas = reader.formula_rows
    for row, cells in table.rows():
        errors[0] = 0
        if formulas:
            reader.report_formulas(row)
        number, number_key, doubt = key(row, cells)
        occurred_at, time_known = moment(row, cells)
        latitude, longitude = point(row, cells)
        others = [read(row, cells) for read in rest]
        event_type, fatal = kind(row, cells, others[DIED], others[VICTIMS])
        written = [read(row, cells) for read in texts]
        if not errors[0]:
            what = (event_type, fatal, *written, latitude, longitude)
            yield (row, number_key, number, doubt, occurred_at, time_known, *what, *others)


def _value(reader, name, parse, empty):
    return reader.value_of(name, parse) or (lambda _row, _cells: empty)


def _rest(reader):
    long_text = partial(fields.parse_text, limit=fields.MAX_NARRATIVE)
    is_victim = reader.mapping.row_is == "victim"
    personal = {
        "victim_age": (fields.parse_age, None),
        "victim_sex": (fields.parse_sex, ""),
        "victim_wound": (fields.parse_text, ""),
        "victim_fatal": (fields.parse_flag, None),
    }
    readers = [
        _value(reader, "narrative", long_text, ""),
        _value(reader, "casings", fields.parse_count, None),
        _value(reader, "victims", fields.parse_count, None),
    ]
    for name, (parse, empty) in personal.items():
        readers.append(_value(reader, name, parse, empty) if is_victim else partial(_constant, empty))
    return [*readers, _value(reader, "source_id", fields.parse_text, "")]


def _constant(value, _row, _cells):
    return value


def _key(reader):
    """A function (row, cells) -> (number as written, key, doubt)."""
    cell, mapping = reader.cell_of("case_number"), reader.mapping
    if mapping.made_number:
        return lambda row, cells: _made(cell(cells), row, reader)
    keep_last, hyphens, digits = mapping.key_keep_last, mapping.hyphens_count, mapping.key_digits

    def key(row, cells):
        text = fields.one_line(cell(cells).strip())
        if not text or len(text) > MAX_SHORT:
            reader.report(row, "case_number", text, "long" if text else "missing_key")
            return "", "", ""
        doubt = looks_cut(text, digits)
        value = case_key(text) if MADE.fullmatch(text) else case_key(text, keep_last, hyphens)
        if doubt or not value:
            reader.report(row, "case_number", text, doubt or "key")
        return (text[:-2] if text.endswith(".0") else text), value, doubt

    return key


def _made(text, row, reader):
    """A number for an event that has none: the same date, time and place make the same number whenever they are
    loaded.
    """
    if not text:
        reader.report(row, "case_number", text, "missing_key")
        return "", "", ""
    digest = hashlib.sha256(" ".join(text.casefold().split()).encode()).hexdigest()[:12].upper()
    reader.report(row, "case_number", text, "made_number")
    return f"NN-{digest}", f"NN{digest}", ""


def _kind(reader):
    """A function (row, cells, died, victims) -> (event type, whether anybody died or None).

    In this order: the column for it, an officer involved, a death, a wound, the words of the offense, the column's
    constant. A column that holds our own words, as a list that was taken out does, means just these.
    """
    ours = reader.cell_of("event_type", raw=True) or (lambda _cells: "")
    cell, officer = reader.cell_of("event_type"), _value(reader, "officer_involved", fields.parse_flag, None)
    fatal_flag = _value(reader, "fatal", fields.parse_flag, None)
    offenses = [found for name in ("offense_text", "offense_code") if (found := reader.cell_of(name))]
    is_victim = reader.mapping.row_is == "victim"
    event_type_of = fields.event_type_of

    def kind(row, cells, died, victims):
        fatal = died if died is not None else fatal_flag(row, cells)
        if officer(row, cells):
            return "officer_involved", fatal
        if ours(cells) in fields.EVENT_TYPES:
            return ours(cells), fatal
        text = cell(cells) if cell is not None else ""
        named = event_type_of(text[:200])[0] if text else ""
        if (fatal and named in ("", "non_fatal_shooting", "other")) or (fatal and named.startswith(("shots_", "gds_"))):
            return "homicide", fatal
        if named and not (victims and named.startswith(("shots_", "gds_"))):
            return named, fatal
        if victims or (is_victim and fatal is False):
            return "non_fatal_shooting", fatal
        if text:
            reader.report(row, "event_type", text, "kind")
        return next(
            (value for offense in offenses if (value := event_type_of(offense(cells)[:200])[0])), "other"
        ), fatal

    return kind


def point_reader(reader):
    """A function (row, cells) -> (latitude, longitude), both None where there is no plausible point."""
    mapping = reader.mapping
    bounds = tuple(mapping.bounds) if mapping.bounds else places.UNITED_STATES
    if is_mapped(mapping, "point"):
        return _pair_point(reader, bounds)
    degrees = _degrees_point(reader, bounds) if is_mapped(mapping, "lat") and is_mapped(mapping, "lng") else None
    if not (is_mapped(mapping, "x") and is_mapped(mapping, "y")):
        return degrees or (lambda _row, _cells: (None, None))
    plane = _plane_point(reader, bounds)
    if degrees is None:
        return plane

    def either(row, cells):
        found = degrees(row, cells)
        return found if found[0] is not None else plane(row, cells)

    return either


def _degrees_point(reader, bounds):
    latitude, longitude = (reader.value_of(name, places.parse_number) for name in ("lat", "lng"))
    south, west, north, east = bounds

    def point(row, cells):
        first, second = latitude(row, cells), longitude(row, cells)
        if first is not None and second is not None and south <= first <= north and west <= second <= east:
            return first, second
        return _checked(reader, row, "lat", first, second, bounds)

    return point


def _pair_point(reader, bounds):
    cell = reader.cell_of("point")

    def point(row, cells):
        text = cell(cells)
        first, second, fault = places.parse_pair(text) if len(text) <= 200 else (None, None, "number")
        if fault:
            reader.report(row, "point", text, fault)
        return _checked(reader, row, "point", first, second, bounds)

    return point


def _plane_point(reader, bounds):
    x_of, y_of = (reader.value_of(name, places.parse_number) for name in ("x", "y"))
    convert = places.from_plane(reader.mapping.epsg)

    def point(row, cells):
        x, y = x_of(row, cells), y_of(row, cells)
        if not x or not y:
            if x is not None or y is not None:
                reader.report(row, "x", f"{x} {y}", "half" if None in (x, y) else "zero")
            return None, None
        return _checked(reader, row, "x", *convert(x, y), bounds)

    return point


def _checked(reader, row, name, latitude, longitude, bounds):
    found_latitude, found_longitude, fault = places.point(latitude, longitude, bounds)
    if fault:
        reader.report(row, name, f"{latitude}, {longitude}", fault)
    return found_latitude, found_longitude
