"""A mapping says what the columns of one file mean. It is data: another city's file needs another mapping, never
other code.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from evidence.imports.findings import ImportProblem, column_letter, shown
from evidence.imports.targets import BIRTH, KINDS, LEFT_OUT_WORDS, PERSONAL_WORDS, REQUIRED

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
NOT_WORD = re.compile(r"[^a-z0-9]+")
STATES = ("good", "choose")
MAX_BYTES = 1024 * 1024
EPSG = (1024, 999_999)
MOST_DIGITS = 40


@dataclass
class Source:
    """Where one target field comes from.

    columns: header names; the filled cells of several are joined by `join`. constant: used where the cells are empty
    or there are none. values: cell text, case-folded, to the text that is read instead ({"single gunshot":
    "shots_fired_confirmed"}). state: "good" (guessed with confidence, or chosen by a person) or "choose" (a person
    must look).
    """

    columns: list = field(default_factory=list)
    join: str = " "
    constant: str = ""
    values: dict = field(default_factory=dict)
    state: str = "good"


@dataclass
class Mapping:
    """kind: a key of targets.KINDS. fields: target name to Source.

    row_is: "event", or "victim" when an incident has a row per person hit. made_number: no column holds a case
    number, so one is made of the columns under case_number; the same row makes the same number. zone: IANA name,
    None for the agency's. epsg: of x and y. date_order: "mdy" or "dmy". bounds: plausible south, west, north, east.
    midnight_unknown: 00:00 means that the time is not known. key_digits: usual number of digits of a key, 0 for any.
    key_keep_last, hyphens_count: see case_key. left_out: columns that are not read, on purpose.
    """

    kind: str
    fields: dict = field(default_factory=dict)
    row_is: str = "event"
    made_number: bool = False
    zone: str | None = None
    epsg: int | None = None
    date_order: str = "mdy"
    bounds: list | None = None
    midnight_unknown: bool = False
    key_digits: int = 0
    key_keep_last: int = 0
    hyphens_count: bool = False
    left_out: list = field(default_factory=list)

    def to_json(self):
        """The mapping as a JSON text that `from_json` reads back to an equal mapping."""
        return json.dumps(asdict(self), indent=2, ensure_ascii=False, sort_keys=True)

    def as_dict(self):
        """The mapping as plain data, for a JSON field."""
        return asdict(self)


def from_bytes(data):
    """A Mapping from a file as it lies on a disk; raises ImportProblem that names what is wrong."""
    if len(data) > MAX_BYTES:
        raise ImportProblem("This file is too large for a mapping. Check that the right file was chosen.")
    try:
        return from_json(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ImportProblem("The mapping file is not UTF-8. Save it anew as UTF-8.") from error


def from_json(text):
    """A Mapping from JSON text; raises ImportProblem that names what is wrong."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ImportProblem(
            'The mapping file is not JSON. Take "Download this mapping" from the page of an import, change that; '
            "docs/mapping.md says what may stand in it."
        ) from error
    return from_dict(data)


def from_dict(data):
    """A Mapping from plain data; unknown names and wrong types raise ImportProblem."""
    if not isinstance(data, dict):
        raise ImportProblem("The mapping must be an object with a kind and fields.")
    fields = data.get("fields", {})
    if not isinstance(fields, dict):
        raise ImportProblem("In the mapping, fields must name target fields.")
    _refuse_unknown(data, Mapping, "the mapping")
    sources = {name: _source(name, source) for name, source in fields.items()}
    mapping = Mapping(**{**data, "kind": data.get("kind", "incident"), "fields": sources})
    _check_settings(mapping)
    return mapping


def _source(name, data):
    if isinstance(data, str):
        return Source(columns=[data])
    if not isinstance(data, dict):
        raise ImportProblem(f"In the mapping, {shown(name)} must be a column name or an object with columns.")
    _refuse_unknown(data, Source, name)
    source = Source(**data)
    strings = [*source.columns, source.join, source.constant, *source.values, *source.values.values()] if (
        isinstance(source.columns, list) and isinstance(source.values, dict)
    ) else [None]  # fmt: skip
    if not all(_is_text(text) for text in strings) or source.state not in STATES:
        raise ImportProblem(
            f"In the mapping, {shown(name)} needs columns as a list of names, and texts for join, constant and values."
        )
    source.values = {key.strip().casefold(): value for key, value in source.values.items()}
    return source


def _is_text(value):
    # What JSON can say and neither a table nor the database can hold: NUL, and half of a pair of signs.
    return isinstance(value, str) and "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def _refuse_unknown(data, cls, where):
    unknown = sorted(set(data) - set(cls.__dataclass_fields__))
    if unknown:
        raise ImportProblem(
            f"In {shown(where)}, {shown(unknown[0])!r} is not known. Known: {', '.join(cls.__dataclass_fields__)}."
        )


def _check_settings(mapping):
    if mapping.kind not in tuple(KINDS):
        raise ImportProblem(f"The mapping is of kind {shown(repr(mapping.kind))}; known are {', '.join(KINDS)}.")
    unknown = sorted(set(mapping.fields) - set(KINDS[mapping.kind]))
    if unknown:
        raise ImportProblem(f"The mapping names {shown(unknown[0])!r}, which is no field of {mapping.kind}.")
    faults = {
        "row_is": mapping.row_is not in ("event", "victim"),
        "date_order": mapping.date_order not in ("mdy", "dmy"),
        "epsg": mapping.epsg is not None and not _is_whole(mapping.epsg, *EPSG),
        "key_digits": not _is_whole(mapping.key_digits, 0, MOST_DIGITS),
        "key_keep_last": not _is_whole(mapping.key_keep_last, 0, MOST_DIGITS),
        "bounds": not _is_box(mapping.bounds),
        "made_number": type(mapping.made_number) is not bool,
        "hyphens_count": type(mapping.hyphens_count) is not bool,
        "midnight_unknown": type(mapping.midnight_unknown) is not bool,
        "left_out": not (isinstance(mapping.left_out, list) and all(map(_is_text, mapping.left_out))),
        "zone": not _is_zone(mapping.zone),
    }
    for name, wrong in faults.items():
        if wrong:
            value = shown(repr(getattr(mapping, name)))
            raise ImportProblem(f"In the mapping, {name} has a value that cannot be used: {value}.")


def _is_whole(number, least, most):
    return type(number) is int and least <= number <= most


def _is_box(bounds):
    if bounds is None:
        return True
    numbers = (
        isinstance(bounds, list | tuple) and len(bounds) == 4 and all(type(side) in (int, float) for side in bounds)
    )
    return numbers and all(abs(side) <= 360 for side in bounds) and bounds[0] < bounds[2] and bounds[1] < bounds[3]


def _is_zone(name):
    if name is None:
        return True
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        return False
    return True


def check(mapping, columns):
    """Sentences on why this mapping cannot read a file with these columns; an empty list when it can."""
    wrong = []
    targets = KINDS[mapping.kind]
    for name, source in mapping.fields.items():
        missing = [column for column in source.columns if column not in columns]
        if missing:
            wrong.append(f"{targets[name].label}: the file has no column {missing[0]!r}.")
    wrong += unchosen(mapping)
    if is_mapped(mapping, "x") and is_mapped(mapping, "y") and mapping.epsg is None:
        wrong.append(
            "X and Y need the EPSG code of their state plane zone, for example 2272 for south Pennsylvania in feet."
        )
    return wrong


def unchosen(mapping):
    """Sentences on the fields a file of this kind must have and that no column is chosen for."""
    targets = KINDS[mapping.kind]
    groups = [group for group in REQUIRED[mapping.kind] if not any(is_mapped(mapping, name) for name in group)]
    return [f"Choose the column for: {' or '.join(targets[name].label for name in group)}." for group in groups]


def is_mapped(mapping, name):
    """Whether the field has a column or a constant."""
    source = mapping.fields.get(name)
    return source is not None and bool(source.columns or source.constant)


def place(mapping, columns, name):
    """(letter, name) of the column in the file that a field is read from, the first of several; ("", label of the
    field) when it has none.
    """
    source = mapping.fields.get(name)
    if source is None or not source.columns:
        return "", KINDS[mapping.kind][name].label
    return column_letter(columns.index(source.columns[0])), source.columns[0]


def fold(header):
    """A header as lower-case words joined by "_": "Date Time", "DATE_TIME" and "DateTime" are the same."""
    return NOT_WORD.sub("_", CAMEL.sub("_", header).lower()).strip("_")


def is_unneeded(header, kind=""):
    """Whether a column is one that nobody needs to work a case: it is left out unless a person maps it on purpose. Who
    bought a gun is known by a date of birth.
    """
    folded = fold(header)
    return bool(LEFT_OUT_WORDS & set(folded.split("_")) or (kind != "trace" and BIRTH.search(folded)))


def is_personal(header):
    """Whether the cells of a column may say who somebody is."""
    return bool(PERSONAL_WORDS & set(fold(header).split("_"))) or is_unneeded(header)


def guesses(mapping):
    """["Date from 'When shot'"]: the fields whose columns a person must look at first."""
    targets = KINDS[mapping.kind]
    return [
        f"{targets[name].label} from {', '.join(map(repr, source.columns))}"
        for name, source in mapping.fields.items()
        if source.state == "choose"
    ]


def signature(kind, columns):
    """A fingerprint of a header, so that the mapping saved for a file finds the next file of its kind; order does
    not count.
    """
    text = "\n".join([kind, *sorted(fold(column) for column in columns)])
    return hashlib.sha256(text.encode()).hexdigest()
