"""The words of a file that stand for one of a few things (kinds of event, yes and no, sexes) and what they are read as.

A person looks these over, and says what a city's own words mean: that is the value map of a mapping.
"""

from typing import NamedTuple

from evidence.imports import fields, traces
from evidence.imports.mapping import Mapping
from evidence.imports.targets import KINDS

MOST = 12
FLAGS = {True: "yes", False: "no"}
# shape of a target -> what one word is read as: a value that its map may hold, or "" when it says nothing.
READ = {
    "event": lambda text: fields.event_type_of(text[:200])[0],
    "flag": lambda text: FLAGS.get(fields.parse_flag(text)[0], ""),
    "confirmed": lambda text: FLAGS.get(fields.parse_confirmed(text)[0], ""),
    "sex": lambda text: fields.parse_sex(text)[0],
    "outcome": lambda text: traces.parse_outcome(text)[0],
    "reason": lambda text: traces.parse_reason(text)[0],
    "theft": lambda text: traces.parse_theft(text)[0],
}
# Codes of findings that say that a word was not understood.
CODES = ("kind", "flag", "sex", "choice", "outcome", "reason", "theft")


class Word(NamedTuple):
    """text: as the file has it. read: what it is read as by itself. chosen: what a person said it means, or ""."""

    target: str
    shape: str
    text: str
    read: str
    chosen: str


def words(mapping: Mapping, columns, rows, more=()):
    """The distinct words of each mapped field that stands for one of a few things, at most MOST for a field.

    Those with a meaning of their own come first, then those nobody understands, then the rest. rows: lists of cells.
    more: (column, text) pairs known from elsewhere, such as the findings of a dry run.
    """
    found = []
    for target, source in mapping.fields.items():
        what = KINDS[mapping.kind][target]
        if (what.shape in READ or what.choices) and len(source.columns) == 1:
            place = columns.index(source.columns[0])
            seen = [cells[place] for cells in rows] + [text for column, text in more if column == source.columns[0]]
            seen += source.values
            found += _of_field(target, what, source.values, seen)
    return found


def _of_field(target, what, values, seen):
    texts = {text.strip().casefold(): text.strip() for text in reversed(seen) if text.strip()}
    read, shape = what.choice if what.choices else READ[what.shape], what.shape
    known = [
        Word(target, shape, text, read(text), read(values[key]) if key in values else "") for key, text in texts.items()
    ]
    return sorted(known, key=lambda word: (not word.chosen, bool(word.read), word.text.casefold()))[:MOST]
