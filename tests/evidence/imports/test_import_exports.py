"""Lists that leave: no spreadsheet runs them, and they load back as what they were."""

import datetime
import io

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.imports import fields
from evidence.imports.exports import safe, write_csv, write_xlsx
from evidence.imports.tables import open_table

DANGEROUS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1", " =1+1", '=HYPERLINK("http://x","y")']


def written(writer, columns, rows):
    file = io.BytesIO()
    writer(columns, rows, file)
    return file.getvalue()


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(text):
    assert safe(text).startswith("'")
    assert fields.plain(safe(text)) == text


def test_numbers_stay_numbers():
    assert [safe(value) for value in (-75.1, 3, True, None)] == ["-75.1", "3", "True", ""]


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=60))
def test_every_text_comes_back_from_its_safe_form(text):
    assert fields.plain(safe(text)) == text
    assert not fields.is_dangerous(safe(text))


@pytest.mark.parametrize("writer", [write_csv, write_xlsx])
def test_a_list_loads_back_as_it_was(writer):
    columns = ["case", "=place", "lat", "at"]
    moment = datetime.datetime(2026, 3, 1, 2, 40, tzinfo=datetime.UTC)
    rows = [["26-001", "=1 Elm St", -75.25, moment], ["26-002", "'quoted", 40, None], ["08-1", 'a,"b"', 0.5, moment]]
    table = open_table(written(writer, columns, rows), name="export")
    assert table.columns == columns
    back = [[fields.plain(cell) for cell in cells] for _row, cells in table.rows()]
    assert back == [
        ["26-001", "=1 Elm St", "-75.25", "2026-03-01 02:40:00+00:00"],
        ["26-002", "'quoted", "40", ""],
        ["08-1", 'a,"b"', "0.5", "2026-03-01 02:40:00+00:00"],
    ]
    assert table.formula_cells == set()


def test_no_cell_of_a_written_workbook_is_a_formula():
    content = written(write_xlsx, ["a"], [[text] for text in DANGEROUS])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "inlineStr"}
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [
        safe(text).replace("\r", "\n") for text in DANGEROUS
    ]


def test_numbers_and_flags_of_a_written_workbook_are_what_they_were():
    content = written(write_xlsx, ["n"], [[3], [-75.25], [True], [None], [float("nan")], [10**18], ["#N/A"]])
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    values = [row[0].value for row in sheet.iter_rows(min_row=2)]
    assert values == [3, -75.25, True, None, "nan", "1000000000000000000", "#N/A"]
    assert sheet.freeze_panes == "A2"


def test_control_characters_that_no_workbook_may_hold_are_dropped():
    assert safe("a\x00b\x0bc") == "abc"
    assert written(write_xlsx, ["a"], [["x\x01y"]])


def test_a_long_list_is_written_row_by_row():
    content = written(write_csv, ["n"], ([number] for number in range(10_000)))
    assert content.count(b"\r\n") == 10_001
