"""Lists out as CSV or XLSX. What a spreadsheet would run as a formula leaves as text, and loads back as what it was."""

import csv
import datetime
import io
import math
import re
import zipfile
from xml.sax.saxutils import escape

from evidence.imports.fields import is_dangerous

# Lone halves of surrogate pairs come from broken sources; neither XML nor UTF-8 can carry them.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
LONGEST = 32_767
ROWS_AT_ONCE = 500
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PARTS = {
    "[Content_Types].xml": (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}">'
        '<sheets><sheet name="Export" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
# The header stays in view when a person scrolls.
SHEET_BEGIN = (
    f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
SHEET_END = "</sheetData></worksheet>"


def write_csv(columns, rows, file):
    """Write UTF-8 with a byte order mark (so that Excel reads it) to a binary file.

    columns: names. rows: iterables of str, numbers, bool, date, datetime or None. A text that a spreadsheet might run
    gets an apostrophe in front, and so does a text that begins with one; `fields.plain` takes it off again. Streams.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerow([safe(column) for column in columns])
    writer.writerows([safe(value) for value in row] for row in rows)
    text.detach()


def write_xlsx(columns, rows, file):
    """Write one sheet to a binary file, values as in `write_csv`; numbers are numbers. Streams.

    The sheet is written here and not by a library because this writer has no way to express a formula, and is ten times
    as fast. A text is cut to the 32,767 characters that a cell may hold.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in PARTS.items():
            container.writestr(name, content)
        with container.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(SHEET_BEGIN.encode())
            block = [_row(columns)]
            for row in rows:
                block.append(_row(row))
                if len(block) >= ROWS_AT_ONCE:
                    sheet.write("".join(block).encode())
                    block.clear()
            sheet.write("".join([*block, SHEET_END]).encode())


def safe(value):
    """The value as text that no spreadsheet runs. Numbers stay plain: a minus sign before digits is no formula."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value.isoformat(" ") if isinstance(value, datetime.datetime) else str(value)
    text = value if value.isprintable() else CONTROL.sub("", value)
    return f"'{text}" if text.startswith("'") or is_dangerous(text) else text


def _row(values):
    return f"<row>{''.join(map(_cell, values))}</row>"


def _cell(value):
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, int | float) and abs(value) < 1e15 and math.isfinite(value):
        return f"<c><v>{value!r}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(safe(value)[:LONGEST])}</t></is></c>'
