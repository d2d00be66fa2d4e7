"""Small files that unfold to far more than a machine has, or keep a reader busy for hours: refused with a sentence."""

import datetime
import io
import struct
import time
from zoneinfo import ZoneInfo

import pytest

from evidence import vault
from evidence.imports import containers, exports, letters, wordtext
from evidence.imports.findings import ImportProblem
from evidence.imports.tables import open_table
from tests.evidence.imports.test_import_tables import ods, ods_row, refused
from tests.evidence.imports.wordfile import document, event, packed, paragraph, table

# What a reader needs for these takes milliseconds when it is right and minutes when it is not.
AT_ONCE = 5
BLANKS = " " * 260


def sheet(rows, strings=""):
    parts = dict(exports.PARTS) | {"xl/worksheets/sheet1.xml": f"{exports.SHEET_BEGIN}{rows}{exports.SHEET_END}"}
    if strings:
        relation = f'<Relationship Id="rId2" Type="{exports.RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
        name = "xl/_rels/workbook.xml.rels"
        parts[name] = parts[name].replace("</Relationships>", f"{relation}</Relationships>")
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{exports.MAIN}"><si><t>{strings}</t></si></sst>'
    return packed(parts)


def test_an_ods_cell_of_much_text_that_is_repeated_a_million_times_is_refused():
    row = ods_row("A" * 30_000).replace("table-cell office", 'table-cell table:number-columns-repeated="100" office')
    row = row.replace("<table:table-row", '<table:table-row table:number-rows-repeated="20000"')
    content = ods(ods_row("case number", "date") + row)
    assert len(content) < 2000
    refused(content, "Save the sheet with the table as CSV")


def test_a_workbook_with_one_long_text_in_a_hundred_thousand_cells_is_refused():
    cells = '<c t="s"><v>0</v></c>' * 20
    row = f"<row>{cells}</row>"
    refused(sheet(row * 5000, strings="A" * 30_000), "Save the sheet with the table as CSV")


def test_a_workbook_whose_cells_do_not_say_where_they_stand_is_refused_when_it_reaches_too_far():
    first = f"<row>{'<c><v>1</v></c>' * 16_384}</row>"
    refused(sheet(f'{first}<row r="1048576"><c><v>1</v></c></row>'), "Save the sheet with the table as CSV")


def test_a_workbook_is_read_by_another_process_than_the_one_that_asks(monkeypatch):
    def here(*_given):
        raise AssertionError("read here")

    monkeypatch.setattr("evidence.imports.sheets.open_sheet", here)
    file = io.BytesIO()
    exports.write_xlsx(["case", "date"], [["1", 'a,"b"\nc'], [], ["2"]], file)
    with open_table(file.getvalue(), name="list.xlsx") as table:
        assert list(table.rows()) == [(2, ["1", 'a,"b"\nc']), (4, ["2", ""])]


def directory_of(length):
    """A ZIP archive that says its directory has so many bytes, and has them."""
    return b"PK\x03\x04" + b"\0" * length + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 60000, 60000, length, 4, 0)


def test_an_archive_with_millions_of_parts_is_refused_before_its_directory_is_read(tmp_path):
    content = directory_of(3 * 1024 * 1024)
    with pytest.raises(ImportProblem, match="far too many parts"):
        containers.directory(io.BytesIO(content))
    place = tmp_path / "many"
    place.write_bytes(content)
    assert vault.sniff(place) == "application/zip"


@pytest.mark.parametrize(
    "line",
    [f"lead{BLANKS}!", f"event{BLANKS}!", f"event 1{BLANKS}!", f"site{BLANKS}!", f"lead no{BLANKS}#{BLANKS}?"],
)
def test_a_letter_with_many_blanks_in_a_row_is_read_at_once(line):
    content = document(paragraph(line * 3), paragraph("NIBIN Lead Number: 17-077"), *[event(each) for each in (1, 2)])
    began = time.monotonic()
    notice = letters.parse_letter(
        content, file_name="a.docx", zone=ZoneInfo("UTC"), today=datetime.date(2018, 1, 1), found=lambda _found: None
    )
    assert notice.lead_number == "17-077"
    assert time.monotonic() - began < AT_ONCE


def test_a_letter_of_many_megabytes_is_refused():
    with pytest.raises(ImportProblem, match="far larger"):
        wordtext.pieces(document(table([("Case Number", "<" * (wordtext.MAX_XML // 4))])))
