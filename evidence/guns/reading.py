"""A table of guns in, descriptions out: which columns it has, and a description for each row."""

from typing import NamedTuple

from evidence.guns import cells, sentences
from evidence.guns.descriptions import Description
from evidence.guns.wording import fold

DELIMITERS = ",;\t|"


class Columns(NamedTuple):
    """Places of the columns in a row, {name: index}: text alone, or at least one of make, model and caliber. width: how
    many columns the table has.
    """

    places: dict[str, int]
    width: int


class NoColumns(Exception):  # noqa: N818 - it is the file that lacks them
    """The table has neither a text nor a make, model or caliber column. Its message says what to do."""


def delimiter_of(header: str) -> str:
    """What splits the first line of a table. Only that line tells: sentences are full of commas and semicolons."""
    return max(DELIMITERS, key=lambda mark: (header.count(mark), -DELIMITERS.index(mark)))


def columns_of(header: list[str]) -> Columns:
    """Which columns of a table describe a gun. A column called text goes before all others. Raises NoColumns."""
    folded = [fold(name) for name in header]
    places: dict[str, int] = {}
    for name, spellings in cells.COLUMNS.items():
        place = next((folded.index(spelled) for spelled in spellings.split() if spelled in folded), None)
        if place is not None:
            places[name] = place
    has_cells = not {"make", "model", "caliber"}.isdisjoint(places)
    if "text" in places and (not has_cells or folded[places["text"]] == "text"):
        return Columns({"text": places["text"]}, len(header))
    if not has_cells:
        shown = ", ".join(name.strip() for name in header if name.strip())[:200] or "none"
        raise NoColumns(
            "This file needs a column called text, or columns called make, model and caliber. Rename the columns in "
            f"its first row; it has: {shown}."
        )
    places.pop("text", None)
    return Columns(places, len(header))


def describe_row(columns: Columns, row: list[str]) -> Description:
    """The gun of one row. row: cells, also fewer or more than the header has."""
    if "text" in columns.places:
        return sentences.describe(_sentence(columns, row))
    return cells.describe({name: row[place] for name, place in columns.places.items() if place < len(row)})


def _sentence(columns, row):
    # A sentence alone in its line needs no quotation marks, and its commas are its own.
    if columns.width == 1:
        return ",".join(row)
    place = columns.places["text"]
    return row[place] if place < len(row) else ""
