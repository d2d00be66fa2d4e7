"""Lists out as CSV or XLSX. What a spreadsheet would run as a formula leaves as text, and loads back as what it was."""

import csv
import datetime
import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from evidence.imports.fields import is_dangerous

SHEET = "Export"


def write_csv(columns, rows, file):
    """Write UTF-8 with a byte order mark (so that Excel reads it) to a binary file.

    columns: names. rows: iterables of str, numbers, bool, date, datetime or None. A text that a spreadsheet might
    run gets an apostrophe in front, and so does a text that begins with one; `fields.plain` takes it off again.
    Streams.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([safe(column) for column in columns])
    writer.writerows([safe(value) for value in row] for row in rows)
    text.detach()


def write_xlsx(columns, rows, file):
    """Write one sheet to a binary file; texts are text cells, never formulas, and none looks like one. Streams."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(SHEET)
    for row in _with_header(columns, rows):
        sheet.append([_cell(sheet, value) for value in row])
    book.save(file)


def safe(value):
    """The value as text that no spreadsheet runs. Numbers stay plain: a minus sign before digits is no formula."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value.isoformat(" ") if isinstance(value, datetime.datetime) else str(value)
    cleaned = "".join(character for character in value if character >= " " or character in "\t\r\n")
    return f"'{cleaned}" if cleaned.startswith("'") or is_dangerous(cleaned) else cleaned


def _with_header(columns, rows):
    yield columns
    yield from rows


def _cell(sheet, value):
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float) and abs(value) < 1e15:
        return value
    cell = WriteOnlyCell(sheet, value=safe(value))
    cell.data_type = "s"
    cell.number_format = "@"
    return cell
