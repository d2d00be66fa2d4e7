"""A first mapping from the header and the first rows. A guess is shown to a person, never applied unseen."""

import re
from statistics import median, mode

from evidence import timetocrime
from evidence.imports import fields, moments, places, traces
from evidence.imports.casenumbers import case_key
from evidence.imports.mapping import Mapping, Source, fold, is_mapped, is_unneeded
from evidence.imports.targets import KINDS

ENOUGH = 0.8
MIN_FOR_BOUNDS = 20
MARGIN_DEGREES = 1.5
DATE_MARKS = re.compile(r"\d[-/.]\d{1,2}[-/.]\d|\d.*[A-Za-z]{3}.*\d{2}")
# What records systems shorten in the names of columns.
SHORT_WORDS = {
    "nbr": "number", "nr": "number", "rpt": "report", "inc": "incident", "occ": "occurred", "dt": "date", "tm": "time",
    "blk": "block", "addr": "address", "narr": "narrative", "vic": "victim", "vics": "victims", "lat": "latitude",
    "desc": "description", "agcy": "agency",
}  # fmt: skip
# What stands in words is taken by its name: cells that are not understood are asked about, and not left out unseen.
IN_WORDS = ("outcome", "reason", "theft", "days", "birth")
PARSERS = {
    "date": lambda text: moments.parse_stamp(text).fault,
    "moment": lambda text: moments.parse_stamp(text).fault,
    "time": lambda text: moments.parse_time(text)[1],
    "flag": lambda text: fields.parse_flag(text)[1],
    "confirmed": lambda text: fields.parse_confirmed(text)[1],
    "age": lambda text: fields.parse_age(text)[1],
    "sex": lambda text: fields.parse_sex(text)[1],
    "count": lambda text: fields.parse_count(text)[1],
    "number": lambda text: places.parse_number(text)[1],
    "degrees": lambda text: places.parse_number(text)[1],
    "pair": lambda text: places.parse_pair(text)[2],
    "birth": lambda text: moments.parse_stamp(text).fault,
    "days": lambda text: timetocrime.read(text).why,
    "outcome": lambda text: traces.parse_outcome(text)[1],
    "reason": lambda text: traces.parse_reason(text)[1],
    "theft": lambda text: traces.parse_theft(text)[1],
    "key": lambda text: "" if case_key(text) and len(text) <= 40 else "key",
}


def guess(kind, columns, rows):
    """A Mapping for a file with these columns, from names first and values second.

    rows: lists of cells as `Table.sample` gives them. A field is "good" when the name is known and at least 80% of
    its cells read well, else "choose"; a column that no field claims, and columns on race, origin or birth, are in
    `left_out`.
    """
    targets = KINDS[kind]
    mapping = Mapping(kind)
    cells = {column: [row[index] for row in rows if row[index].strip()] for index, column in enumerate(columns)}
    free = [column for column in columns if not is_unneeded(column, kind)]
    # What a page calls a field is a name of it too.
    names = {name: [*target.headers.split(), fold(target.label)] for name, target in targets.items()}
    for rank in range(max(map(len, names.values()))):
        for name, target in targets.items():
            wanted = names[name]
            if rank < len(wanted) and name not in mapping.fields:
                _claim(mapping, name, target.shape, wanted[rank], free, cells)
    _arrange_address(mapping, free)
    _by_words(mapping, targets, free, cells)
    _by_values(mapping, free, cells)
    _arrange_moments(mapping, free, cells)
    _arrange_number(mapping)
    _arrange_plane(mapping)
    mapping.left_out = [column for column in columns if not _is_used(mapping, column)]
    _settings(mapping, cells)
    return mapping


def _claim(mapping, name, shape, wanted, free, cells):
    column = next((column for column in free if wanted.strip("_") in (fold(column), _in_full(column))), None)
    if column is None or (_share(shape, cells[column]) < 0.3 and shape not in IN_WORDS):
        return
    if shape == "text" and cells[column] and _share("pair", cells[column]) >= ENOUGH:
        return
    mapping.fields[name] = Source([column], state="good" if _share(shape, cells[column]) >= ENOUGH else "choose")
    free.remove(column)


def _in_full(column):
    """ "Occ Dt" is "occurred_date", "Incident #" is "incident_number"."""
    return "_".join(SHORT_WORDS.get(word, word) for word in fold(column.replace("#", " number ")).split("_"))


def _by_words(mapping, targets, free, cells):
    """A header that contains a known name ("Incident Date (local)") is a guess that a person must confirm."""
    for name, target in targets.items():
        if name in mapping.fields or target.shape in ("flag", "confirmed", "count", "number"):
            continue
        shortest = 6 if target.shape == "text" else 4
        names = [header for header in target.headers.split() if len(header) >= shortest]
        for column in free:
            words = f"_{fold(column)}_"
            if any(f"_{header}_" in words for header in names) and _share(target.shape, cells[column]) >= ENOUGH:
                mapping.fields[name] = Source([column], state="choose")
                free.remove(column)
                break


def _by_values(mapping, free, cells):
    """Without a date by its name, the first column whose cells are plainly dates is one that a person must confirm."""
    name = "notice_date" if mapping.kind == "notice" else "occurred_on"
    if name not in KINDS[mapping.kind] or name in mapping.fields or "occurred_at" in mapping.fields:
        return
    for column in free:
        dates = [cell for cell in cells[column] if _is_like_a_date(cell)]
        if cells[column] and len(dates) >= ENOUGH * len(cells[column]):
            mapping.fields[name] = Source([column], state="choose")
            free.remove(column)
            return


def _is_like_a_date(cell):
    # A mistyped day or the other order is still a date; a bare number is none.
    return DATE_MARKS.search(cell) and moments.parse_stamp(cell).fault in ("", "calendar", "order")


def _share(shape, values):
    """The part of the filled cells that the shape's parser reads; 1.0 for text and for an empty column."""
    parser = PARSERS.get(shape)
    if parser is None or not values:
        return 1.0
    return sum(1 for value in values if not parser(value)) / len(values)


def _arrange_moments(mapping, free, cells):
    """One date column whose cells carry times of day, with no time column beside it, holds the moment."""
    found = mapping.fields
    if "occurred_at" in found and "occurred_on" in found:
        free.append(found.pop("occurred_on").columns[0])
    if "occurred_on" in found and "occurred_time" not in found:
        stamps = [moments.parse_stamp(cell) for cell in cells[found["occurred_on"].columns[0]]]
        if any(stamp.time not in (None, moments.MIDNIGHT) for stamp in stamps):
            found["occurred_at"] = found.pop("occurred_on")
    if "occurred_at" in found:
        stamps = [moments.parse_stamp(cell) for cell in cells[found["occurred_at"].columns[0]]]
        midnights = sum(1 for stamp in stamps if stamp.time == moments.MIDNIGHT)
        mapping.midnight_unknown = midnights * 2 > len(stamps) > 0


def _arrange_address(mapping, free):
    """House number or block and street in columns of their own make one address."""
    if mapping.kind != "incident" or "address" in mapping.fields:
        return
    folded = {fold(column): column for column in free}
    number = next(
        (folded[name] for name in ("block_number", "street_number", "house_number", "hundred_block") if name in folded),
        None,
    )
    street = next((folded[name] for name in ("street_name", "street", "streetname", "road") if name in folded), None)
    if street:
        mapping.fields["address"] = Source([column for column in (number, street) if column])
        for column in mapping.fields["address"].columns:
            free.remove(column)


def _arrange_number(mapping):
    """Without a case number, one is proposed of date, time and place."""
    found = mapping.fields
    if mapping.kind != "incident" or "case_number" in found:
        return
    parts = [
        found[name].columns[0] for name in ("occurred_at", "occurred_on", "occurred_time", "address") if name in found
    ]
    if len(parts) >= 2:
        found["case_number"] = Source(parts, join=" | ", state="choose")
        mapping.made_number = True


def _arrange_plane(mapping):
    """What says a point a second time is left out; feet alone need a code that only a person knows."""
    found = mapping.fields
    if "lat" in found and "lng" in found:
        found.pop("point", None)
    elif "x" in found and "y" in found and "point" not in found:
        found["x"].state = found["y"].state = "choose"
        return
    for name in ("x", "y"):
        found.pop(name, None)


def _is_used(mapping, column):
    return any(column in source.columns for source in mapping.fields.values())


def _settings(mapping, cells):
    """What the first rows say about the file as a whole: date order, bounds, digits of keys, victims or events."""
    dated = (name for name, target in KINDS[mapping.kind].items() if target.shape in ("date", "moment"))
    for name in dated:
        if name in mapping.fields and _reads_better_as_dmy(cells[mapping.fields[name].columns[0]]):
            mapping.date_order = "dmy"
    if mapping.kind != "notice":
        mapping.bounds = _bounds(mapping, cells)
    if mapping.kind == "incident":
        mapping.key_digits = _usual_digits(mapping, cells)
        personal = ("victim_age", "victim_sex", "victim_wound", "victim_fatal")
        mapping.row_is = "victim" if any(is_mapped(mapping, name) for name in personal) else "event"


def _reads_better_as_dmy(dates):
    """One mistyped month must not turn all the other dates around."""
    faults = {order: sum(1 for cell in dates if moments.parse_stamp(cell, order).fault) for order in ("mdy", "dmy")}
    return faults["dmy"] < faults["mdy"]


def _usual_digits(mapping, cells):
    if "case_number" not in mapping.fields or mapping.made_number:
        return 0
    keys = [case_key(cell) for cell in cells[mapping.fields["case_number"].columns[0]]]
    lengths = [len(key) for key in keys if key.isdecimal()]
    if len(lengths) < MIN_FOR_BOUNDS:
        return 0
    usual = mode(lengths)
    return usual if lengths.count(usual) >= ENOUGH * len(keys) and usual >= 6 else 0


def _bounds(mapping, cells):
    """A box around the middle of the points of the sample, or None: it catches 0/0 and points in another state."""
    found = mapping.fields
    if "lat" in found and "lng" in found:
        pairs = [[places.parse_number(cell)[0] for cell in cells[found[name].columns[0]]] for name in ("lat", "lng")]
    elif "point" in found:
        read = [places.parse_pair(cell) for cell in cells[found["point"].columns[0]]]
        pairs = [[entry[0] for entry in read], [entry[1] for entry in read]]
    else:
        return None
    latitudes, longitudes = ([number for number in side if number is not None] for side in pairs)
    if min(len(latitudes), len(longitudes)) < MIN_FOR_BOUNDS:
        return None
    middle = round(median(latitudes), 1), round(median(longitudes), 1)
    south, west, north, east = places.UNITED_STATES
    if not (south <= middle[0] <= north and west <= middle[1] <= east):
        return None
    low, high = (
        [round(side - MARGIN_DEGREES, 1) for side in middle],
        [round(side + MARGIN_DEGREES, 1) for side in middle],
    )
    return [*low, *high]
