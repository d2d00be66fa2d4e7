"""Files as people send them: whole, odd, broken and hostile. Whatever cannot be read is refused with a sentence and
its place.
"""

import datetime
import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from evidence.imports import sheets
from evidence.imports.findings import ImportProblem, column_letter
from evidence.imports.tables import open_table
from tests.evidence.imports.wordfile import event, letter, packed

PLAIN = "case,date,place\n26-001,2026-03-01,1 Elm St\n26-002,2026-03-02,2 Elm St\n"
ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)


def opened(content, name="list.csv", sheet=None):
    return open_table(content if isinstance(content, bytes) else content.encode(), name=name, sheet=sheet)


def cells_of(content, **options):
    return [cells for _row, cells in opened(content, **options).rows()]


def workbook(rows, *, title="Sheet", more=()):
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    for name, others in more:
        sheet = book.create_sheet(name)
        for row in others:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def ods(rows_xml, name="Data"):
    content = (
        f'<?xml version="1.0"?><office:document-content {ODS_SPACES}>'
        "<office:body><office:spreadsheet>"
        f'<table:table table:name="{name}">{rows_xml}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    return packed(parts | {"META-INF/manifest.xml": manifest})


def ods_row(*values, formula=None):
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{value}</text:p></table:table-cell>' for value in values
    )
    if formula:
        cells += (
            f'<table:table-cell table:formula="{formula}" office:value-type="float" office:value="2">'
            "<text:p>2</text:p></table:table-cell>"
        )
    return f"<table:table-row>{cells}</table:table-row>"


def refused(content, match, **options):
    with pytest.raises(ImportProblem, match=match) as problem:
        cells_of(content, **options)
    return problem.value


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiter_and_encoding_are_found_from_the_content(delimiter, encoding):
    content = "case,place\n1,José Peña Way\n2,Café Row\n".replace(",", delimiter).encode(encoding)
    table = opened(content)
    assert table.columns == ["case", "place"]
    assert [cells for _row, cells in table.rows()] == [["1", "José Peña Way"], ["2", "Café Row"]]


def test_rows_are_numbered_as_a_person_counts_them_blank_ones_and_titles_included():
    table = opened('Shootings of the year\n\ncase,place\n\n1,"two\nlines"\n2,x\n')
    assert table.header_row == 3
    assert [(row, cells[0]) for row, cells in table.rows()] == [(5, "1"), (6, "2")]


def test_a_header_named_twice_or_not_at_all_still_names_each_column():
    assert opened("case,,date,date\n1,2,3,4\n").columns == ["case", "Column B", "date", "date (2)"]


def test_a_table_can_be_read_twice():
    table = opened(PLAIN)
    assert list(table.rows()) == list(table.rows())


def test_an_empty_file_is_refused():
    refused(b"", "empty")


def test_a_pdf_named_csv_is_refused_for_what_it_is():
    refused(b"%PDF-1.7\n...", "PDF document")


@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\x1f\x8b\x08\x00", "compressed"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\x7fELF\x02", "program"),
        (letter(event(1)), "Word document"),
        (packed({"a.csv": "x,y\n1,2\n"}), "archive"),
        (packed({"xl/workbook.xml": "<w/>", "inner.zip": "x"}), "other archives"),
        (bytes(range(256)) * 8, "not a table|NUL"),
    ],
    # The bytes of an archive carry the time it was made.
    ids=["old excel", "image", "gzip", "html", "elf", "word", "archive", "archive in archive", "noise"],
)
def test_every_other_kind_of_file_is_named_and_refused(content, match):
    refused(content, match)


def test_a_nul_byte_is_refused_with_its_row_and_column():
    problem = refused(PLAIN.replace("2 Elm", "2 \0Elm").encode(), "NUL")
    assert (problem.row, problem.column) == (3, "C")


def test_mixed_encodings_are_refused_with_row_and_column():
    content = "case,place\n1,José\n".encode() + "2,Peña\n".encode("cp1252")
    problem = refused(content, "mixes two text encodings")
    assert (problem.row, problem.column) == (3, "B")


def test_a_file_that_ends_in_an_open_quote_is_refused_with_the_row_where_it_opens():
    problem = refused('case,place\n1,x\n2,"open', "inside a quotation mark")
    assert problem.row == 3


def test_a_file_that_ends_in_the_middle_of_a_row_is_refused():
    problem = refused(PLAIN + "26-003,2026", "middle of this row")
    assert problem.row == 4


def test_a_quotation_mark_that_is_not_doubled_is_refused_with_its_row():
    problem = refused('case,place\n1,"Big" Elm\n', "not doubled")
    assert problem.row == 2


def test_a_short_row_inside_the_file_is_filled_with_blanks():
    assert cells_of("a,b,c\n1,2\n4,5,6\n") == [["1", "2", ""], ["4", "5", "6"]]


def test_a_row_with_more_cells_than_the_header_is_refused_with_its_place():
    problem = refused("a,b\n1,2\n3,4,5\n", "more cells")
    assert (problem.row, problem.column) == (3, "C")


def test_a_cell_of_ten_megabytes_is_refused_by_row_and_column():
    problem = refused("a,b\n1,2\n3," + "x" * 10_000_000 + "\n", "longer than")
    assert (problem.row, problem.column) == (3, "B")


def test_more_than_two_hundred_columns_are_refused():
    header = ",".join(f"c{number}" for number in range(201))
    refused(f"{header}\n{header}\n", "201 columns")


def test_a_line_without_end_is_refused():
    refused(b"a,b\n" + b"x" * (33 * 1024 * 1024), "longer than 32 MB")


def test_a_csv_of_a_hundred_thousand_rows_is_read_in_little_memory(tmp_path):
    path = tmp_path / "big.csv"
    with path.open("w") as file:
        file.write("case,date,place\n")
        file.writelines(f"26-{number:06},2026-03-01,{number} Elm Street\n" for number in range(100_000))
    tracemalloc.start()
    with path.open("rb") as file:
        assert sum(1 for _row in open_table(file, name="big.csv").rows()) == 100_000
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * 1024 * 1024


def test_a_workbook_gives_the_same_texts_as_a_csv():
    moment = datetime.datetime(2026, 3, 1, 2, 40)  # noqa: DTZ001 - a spreadsheet knows no zone
    rows = [
        ["case", "at", "day", "time", "flag", "lat"],
        [202115564011, moment, moment.date(), moment.time(), True, 40.5],
    ]
    assert cells_of(workbook(rows)) == [
        ["202115564011", "2026-03-01 02:40:00", "2026-03-01", "02:40:00", "True", "40.5"]
    ]


def test_a_sheet_is_chosen_by_name_and_else_the_first_that_is_filled():
    content = workbook([], title="Empty", more=[("Hits", [["a", "b"], [1, 2]]), ("Entry", [["c", "d"], [3, 4]])])
    assert opened(content).sheet == "Hits"
    assert opened(content, sheet="Entry").columns == ["c", "d"]
    assert opened(content).sheets == ["Empty", "Hits", "Entry"]
    refused(content, "no sheet named 'Nothing'", sheet="Nothing")


def test_formula_cells_of_a_workbook_are_found_with_row_and_column():
    table = opened(workbook([["case", "n"], ["1", "=1+1"], ["2", 5], ["3", "=A2"]]))
    assert table.formula_cells == {(2, 1), (4, 1)}


def test_an_ods_workbook_is_read_and_its_formulas_are_found():
    content = ods(ods_row("case", "n") + ods_row("26-001", formula="of:=1+1"))
    table = opened(content, name="list.ods")
    assert (table.kind, table.columns, list(table.rows())) == ("ods", ["case", "n"], [(2, ["26-001", "2"])])
    assert table.formula_cells == {(2, 1)}


def test_an_ods_sheet_that_repeats_one_cell_to_the_end_of_the_world_is_refused():
    row = ods_row("x").replace("<table:table-row", '<table:table-row table:number-rows-repeated="1048576"')
    refused(
        ods(row.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16384"')), "too large"
    )


def test_a_cut_workbook_is_refused():
    content = workbook([["a", "b"], [1, 2]])
    refused(content[: len(content) // 2], "incomplete")


def test_a_workbook_with_a_damaged_part_is_refused():
    content = bytearray(workbook([["a", "b"], [1, 2]] * 200))
    start = content.index(b"xl/worksheets/sheet1.xml") + 60
    content[start : start + 200] = b"\xff" * 200
    refused(bytes(content), "damaged|incomplete")


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    refused(packed({"xl/workbook.xml": "<w/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000}), "unpack to")


def test_a_workbook_of_thousands_of_parts_is_refused():
    refused(packed({f"xl/{number}.xml": "" for number in range(2_500)}), "parts")


def test_a_workbook_with_one_cell_in_the_last_corner_is_refused():
    book = openpyxl.Workbook()
    book.active["A1"] = "case"
    book.active["XFD1048576"] = "far"
    file = io.BytesIO()
    book.save(file)
    refused(file.getvalue(), "too large")


def test_a_workbook_that_refers_to_outside_files_is_refused():
    content = workbook([["a", "b"], [1, "=1"]])
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as container:
        for name in source.namelist():
            text = source.read(name)
            if name == "xl/workbook.xml":
                text = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + text
            container.writestr(name, text)
    refused(target.getvalue(), "damaged")


def test_columns_have_the_letters_of_a_spreadsheet():
    assert [column_letter(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_whole_numbers_of_a_workbook_lose_no_digit():
    assert sheets.cell_text(202115564011.0) == "202115564011"
    assert sheets.cell_text(datetime.timedelta(hours=2, minutes=5)) == "2:05:00"
