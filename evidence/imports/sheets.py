"""Workbooks (XLSX, ODS): measured part by part before they are opened, formula cells found, values as text."""

import datetime
import re
from functools import partial
from xml.etree.ElementTree import ParseError

import python_calamine
from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree

from evidence.imports import containers
from evidence.imports.findings import ImportProblem

MAX_CELLS = 8_000_000
MAX_FORMULAS = 1_000
OVERLAP = 512
BROKEN = (ParseError, DefusedXmlException, KeyError, ValueError, LookupError, StopIteration)
NEAR_COLUMNS, NEAR_ROWS = 26, 99_999
ANY_CELL = re.compile(rb"""r\s*=\s*["']([A-Z]{0,3})(\d{1,7})["']""")
# Only what lies beyond column Z or row 99,999, so that an ordinary sheet is scanned without a match.
FAR_CELL = re.compile(rb"""r\s*=\s*["'](?=[A-Z]{2}|[A-Z]?\d{6})([A-Z]{0,3})(\d{1,7})["']""")
FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
DAMAGED = "This workbook is damaged inside. Open it in a spreadsheet program, save it anew and load that."


def survey(container, kind, file):
    """The sheets of a workbook in order and a function sheet -> set of its formula cells (row from 1, column from 0).

    An ODS library unpacks every sheet when it opens the file, so all of them are measured before; a sheet of an XLSX
    is measured when it is asked for. Raises ImportProblem for a sheet that is too big for memory and for a damaged
    workbook.
    """
    try:
        if kind == "ods":
            formulas = _measure_ods(container)
            return list(formulas), formulas.get
        return _visible(file), partial(_measured, container)
    except BROKEN as error:
        raise ImportProblem(DAMAGED) from error


def _measured(container, sheet):
    try:
        return _measure_xlsx(container, sheet)
    except BROKEN as error:
        raise ImportProblem(DAMAGED) from error


def _visible(file):
    book = _workbook(file)
    visible = python_calamine.SheetVisibleEnum.Visible
    return [sheet.name for sheet in book.sheets_metadata if sheet.visible == visible] or list(book.sheet_names)


def open_sheet(file, sheet):
    """A measured sheet, read once and kept: its rows may be walked again and again."""
    try:
        return _workbook(file).get_sheet_by_name(sheet)
    except python_calamine.CalamineError as error:
        raise ImportProblem(DAMAGED) from error


def records(opened):
    """Yield every row of an opened sheet from row 1 on as a list of text cells, empty leading columns included."""
    if opened.start is None:
        return
    leading = [""] * opened.start[1]
    for cells in opened.iter_rows():
        yield leading + [cell if type(cell) is str else cell_text(cell) for cell in cells]


def cell_text(value):
    """One cell as the text the field parsers expect: ISO dates, whole numbers without ".0", True / False."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.timedelta):
        return str(datetime.timedelta(seconds=round(value.total_seconds())))
    return "" if value is None else str(value)


def _workbook(file):
    file.seek(0)
    try:
        return python_calamine.CalamineWorkbook.from_filelike(file)
    except python_calamine.PasswordError as error:
        raise ImportProblem(
            "This workbook is protected with a password. Remove the password and load it again."
        ) from error
    except python_calamine.CalamineError as error:
        raise ImportProblem(DAMAGED) from error


def _measure_xlsx(container, sheet):
    """Formula cells of a sheet whose extent was checked: roughly first, and exactly only when the rough bound is too
    big.
    """
    part = _part_of(container, sheet)
    columns, rows, formulas = _extent(container, part, FAR_CELL, NEAR_COLUMNS, NEAR_ROWS)
    if columns * rows > MAX_CELLS:
        columns, rows, formulas = _extent(container, part, ANY_CELL, 1, 1)
    _check_area(columns, rows)
    return _xlsx_formulas(container, part) if formulas else set()


def _extent(container, part, pattern, columns, rows):
    formulas, tail = False, b""
    for chunk in containers.stream(container, part):
        window = tail + chunk
        found = set(pattern.findall(window))
        columns = max(columns, max((_column_number(letters) for letters in {cell[0] for cell in found}), default=0))
        rows = max(rows, max((int(row) for _letters, row in found), default=0))
        formulas = formulas or FORMULA.search(window) is not None
        tail = window[-OVERLAP:]
    return columns, rows, formulas


def _part_of(container, sheet):
    """The path inside the container of the sheet with this name, by workbook.xml and its relations."""
    book = SafeTree.fromstring(containers.read(container, "xl/workbook.xml"))
    relations = SafeTree.fromstring(containers.read(container, "xl/_rels/workbook.xml.rels"))
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for element in book.iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            wanted = next(value for key, value in element.attrib.items() if key.endswith("}id"))
            target = targets[wanted]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _xlsx_formulas(container, part):
    found, row, column = set(), 0, -1
    for _event, element in SafeTree.iterparse(_Part(container, part), events=("start",)):
        tag = element.tag.rpartition("}")[2]
        if tag == "row":
            row, column = int(element.get("r") or row + 1), -1
        elif tag == "c":
            reference = element.get("r") or ""
            letters = reference.rstrip("0123456789")
            column = _column_number(letters.encode()) - 1 if letters else column + 1
        elif tag == "f" and len(found) < MAX_FORMULAS:
            found.add((row, column))
        element.clear()
    return found


def _measure_ods(container):
    """{sheet: formula cells}; every filled cell is counted with its repetitions before anything unfolds them."""
    found, formulas, row, repeat_rows, column = {}, set(), 0, 1, 0
    for event, element in SafeTree.iterparse(_Part(container, "content.xml"), events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if tag == "table" and event == "start":
            formulas = found.setdefault(_attribute(element, "name") or "", set())
            row, repeat_rows = 0, 1
        elif tag == "table-row" and event == "start":
            row, repeat_rows, column = row + repeat_rows if row else 1, _repeat(element, "rows"), 0
        elif tag in ("table-cell", "covered-table-cell") and event == "end":
            if _attribute(element, "formula") and len(formulas) < MAX_FORMULAS:
                formulas.add((row, column))
            column += _repeat(element, "columns")
            if _attribute(element, "value-type") or len(element):
                _check_area(column, row + repeat_rows - 1)
        if event == "end" and tag != "p":
            element.clear()
    return found


def _attribute(element, name):
    return next((value for key, value in element.attrib.items() if key.endswith("}" + name)), None)


def _repeat(element, what):
    return max(int(_attribute(element, f"number-{what}-repeated") or 1), 1)


def _check_area(columns, rows):
    if columns * rows > MAX_CELLS:
        raise ImportProblem(
            f"This sheet reaches to column {columns:,} and row {rows:,}, which is too large to open. "
            "Delete what lies outside the table, or save it as CSV."
        )


def _column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


class _Part:
    """A part of a container as a file for the XML reader, counted while it unpacks."""

    def __init__(self, container, name):
        self._chunks = containers.stream(container, name)

    def read(self, _size=-1):
        return next(self._chunks, b"")
