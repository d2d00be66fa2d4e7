"""A file in, a table out: what it is is told by its content. A name only makes text be refused that says of itself
that it is a document.
"""

import io
import weakref
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice

from evidence.imports import delimited, workbooks
from evidence.imports.fields import plain
from evidence.imports.findings import ImportProblem, column_letter

MAX_BYTES = 300 * 1024 * 1024
MAX_COLUMNS = 200
MAX_HEADER = 120
TITLE_ROWS = 15

# Content that people name .csv or .xlsx and that is neither; what stands first decides.
OTHER_TYPES = (
    (b"%PDF", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file (.xls) or one with a password"),
    (b"{\\rtf", "a rich text document"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"BZh", "a compressed file"),
    (b"SQLite format", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"<!DOCTYPE", "a web page"),
    (b"<!doctype", "a web page"),
    (b"<html", "a web page"),
    (b"<?xml", "an XML document"),
)
# Text under such a name is a damaged or renamed file: its first line would be taken for the names of columns.
DOCUMENT_NAMES = (".docx", ".doc", ".pdf", ".rtf", ".odt", ".zip")
NO_DOCUMENT = (
    "This file is called {ending}, and inside it is none: it is damaged or was renamed. Save it "
    "anew. If it is a table of text, call it .csv."
)


@dataclass
class Table:
    """An opened table. `rows()` streams; CSV never stands in memory as a whole. Use it in a `with` statement.

    columns: header names, unique, in order. header_row: its row number in the file, counted from 1.
    formula_cells: (row, zero-based column) of cells that hold a formula (workbooks only).
    """

    name: str
    kind: str
    columns: list
    header_row: int
    size: int
    sheets: list = field(default_factory=list)
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    formula_cells: set = field(default_factory=set)
    _file: object = field(default=None, repr=False)
    _rows: object = field(default=None, repr=False)
    _is_ours: bool = False

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        self.close()

    def close(self):
        """Close what was opened here; a file that was handed over is its owner's to close."""
        if self._is_ours:
            self._file.close()
        if self._rows is not None:
            self._rows.close()

    def rows(self):
        """Yield (row number as a person counts it, list of exactly len(columns) text cells); blank rows are skipped.

        Raises ImportProblem where the file turns out to be cut or a row has more cells than the header.
        """
        width = len(self.columns)
        last_short = None
        for number, cells in enumerate(self._records(), 1):
            if number <= self.header_row:
                continue
            if len(cells) != width:
                cells, last_short = _fitted(cells, width, number), (number if cells else last_short)
            if any(cells):
                yield number, cells
        if last_short == number and self.kind == "csv" and not delimited.ends_with_newline(self._file):
            raise ImportProblem(
                "The file ends in the middle of this row: it is cut. Get it again and load it whole.", row=last_short
            )

    def sample(self, count=200):
        """The first rows, for guessing what the columns mean."""
        with closing(self.rows()) as rows:
            return [cells for _number, cells in islice(rows, count)]

    def position(self):
        """Bytes read so far of `size`, for a progress bar; workbooks are read at once."""
        return self._file.tell() if self.kind == "csv" else self.size

    def _records(self):
        if self.kind == "csv":
            return delimited.records(self._file, self.encoding, self.delimiter)
        return delimited.records(self._rows, "utf-8", ",")


def open_table(source, *, name, sheet=None):
    """Open a CSV, XLSX or ODS file.

    source: a path, bytes, or a seekable binary file (left open; it is the caller's). name: as the person knows it.
    sheet: of a workbook, the first visible one when None. Raises ImportProblem with a sentence for everything else.
    """
    if isinstance(source, bytes):
        source = io.BytesIO(source)
    if hasattr(source, "read"):
        return _open(source, name, sheet)
    file = open(source, "rb")  # noqa: SIM115 - rows stream from it until the table is closed
    try:
        table = _open(file, name, sheet)
    except BaseException:
        file.close()
        raise
    table._is_ours = True
    return table


def _open(file, name, sheet):
    size = file.seek(0, io.SEEK_END)
    if size == 0:
        raise ImportProblem("This file is empty. Check the export and load it again.")
    if size > MAX_BYTES:
        megabytes, accepted = size // 1048576, MAX_BYTES // 1048576
        raise ImportProblem(f"This file has {megabytes:,} MB; {accepted} MB are accepted. Split it by year.")
    file.seek(0)
    head = file.read(512)
    if head.startswith(b"PK"):
        return _open_workbook(file, name, sheet, size)
    stripped = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for signature, what in OTHER_TYPES:
        if stripped.startswith(signature):
            raise ImportProblem(f"This is {what}, not a table. Save the table as CSV (UTF-8) or XLSX and load that.")
    if name.lower().endswith(DOCUMENT_NAMES):
        raise ImportProblem(NO_DOCUMENT.format(ending=name[name.rindex(".") :]))
    return _open_delimited(file, name, size)


def _open_delimited(file, name, size):
    encoding = delimited.sniff_encoding(file)
    file.seek(0)
    sample = file.read(delimited.SAMPLE).decode(encoding, errors="ignore")
    delimiter = delimited.sniff_delimiter(sample)
    table = Table(name, "csv", [], 0, size, encoding=encoding, delimiter=delimiter, _file=file)
    return _with_header(table)


def _open_workbook(file, name, sheet, size):
    found = workbooks.unfold(file, sheet)
    table = Table(name, found.kind, [], 0, size, sheets=found.names, sheet=found.sheet, formula_cells=found.formulas)
    table._file, table._rows = file, found.rows
    weakref.finalize(table, found.rows.close)
    return _with_header(table)


def _with_header(table):
    """Find the header: the first row, unless it is a title (one filled cell above a wider row)."""
    first = []
    for number, cells in enumerate(table._records(), 1):
        first.append((number, cells, sum(1 for cell in cells if cell.strip())))
        if number >= TITLE_ROWS:
            break
    widest = max((filled for _number, _cells, filled in first), default=0)
    header = next((entry for entry in first if entry[2] >= 2 or (entry[2] == 1 and widest == 1)), None)
    if header is None:
        raise ImportProblem("No header row with column names was found. The first row must name the columns.")
    table.header_row = header[0]
    table.columns = _column_names(header[1])
    return table


def _column_names(cells):
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) > MAX_COLUMNS:
        raise ImportProblem(
            f"This table has {len(cells):,} columns; {MAX_COLUMNS} are accepted. Delete those that are not needed."
        )
    names = []
    for index, cell in enumerate(cells):
        base = plain(" ".join(cell.split()))
        if len(base) > MAX_HEADER:
            raise ImportProblem(
                f"This column name is longer than {MAX_HEADER} characters. The first row must name the columns.",
                row=1,
                column=column_letter(index),
            )
        base = base or f"Column {column_letter(index)}"
        name, again = base, 1
        while name in names:
            again += 1
            name = f"{base} ({again})"
        names.append(name)
    return names


def _fitted(cells, width, number):
    if len(cells) < width:
        return cells + [""] * (width - len(cells))
    if any(cell.strip() for cell in cells[width:]):
        raise ImportProblem(
            "This row has more cells than the header has names: a delimiter inside a value is not quoted, or a name "
            "is missing.",
            row=number,
            column=column_letter(width),
        )
    return cells[:width]
