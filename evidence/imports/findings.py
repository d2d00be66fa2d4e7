"""What an importer says about a file: one problem that stops it, or findings that name their cell."""

from typing import NamedTuple

SHOWN = 80


class Finding(NamedTuple):
    """One remark about one cell.

    row: as a person counts it in the file, the header being row 1. column_letter: as a spreadsheet shows it ("C").
    level: "error" (the row is not loaded), "review" (loaded, and somebody must look), "note" (loaded, for information).
    code: stable word for grouping. message: what to do next.
    """

    row: int
    column_letter: str
    column_name: str
    value: str
    level: str
    code: str
    message: str


class ImportProblem(Exception):  # noqa: N818 - it is the file that has a problem, not the program
    """The file as a whole cannot be read. Its message tells a person what to do; row and column say where, if known."""

    def __init__(self, message, row=None, column=None):
        super().__init__(message)
        self.message = message
        self.row = row
        self.column = column

    def __str__(self):
        if self.row is None:
            return self.message
        place = f"Row {self.row}" if self.column is None else f"Row {self.row}, column {self.column}"
        return f"{place}: {self.message}"


def column_letter(index):
    """The spreadsheet letter of a zero-based column: 0 -> "A", 27 -> "AB"."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shown(value):
    """The value cut to a length that fits a report line; control characters made visible."""
    text = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in value[:SHOWN])
    return text if len(value) <= SHOWN else f"{text}... ({len(value):,} characters)"
