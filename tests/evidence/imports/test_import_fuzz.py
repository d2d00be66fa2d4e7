"""Whatever bytes arrive, a reader answers with rows, findings or one clear problem, never with another error."""

import datetime
import io
import json
import zipfile
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.imports import fields, moments, places, workbooks
from evidence.imports.casenumbers import case_key, looks_cut
from evidence.imports.exports import write_xlsx
from evidence.imports.findings import ImportProblem
from evidence.imports.guessing import guess
from evidence.imports.incidents import parse
from evidence.imports.letters import parse_letter
from evidence.imports.mapping import check, from_json
from evidence.imports.notices import parse_rows
from evidence.imports.tables import open_table
from tests.evidence.imports.wordfile import event, letter

ZONE = ZoneInfo("America/New_York")
TODAY = datetime.date(2026, 3, 31)
SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
HEADER = "case number,date,time,location,lat,lng,age,sex,fatal\n"


def problem_of(action):
    """What an action says when it refuses, "" when it does not; any other error is the test's."""
    try:
        action()
    except ImportProblem as problem:
        return problem.message
    return ""


def is_told(message):
    return message == "" or (len(message) > 20 and message.endswith("."))


@pytest.fixture(autouse=True, scope="module")
def _read_in_this_process():
    """Starting another process for each of hundreds of workbooks takes longer than reading them."""

    def here(file, sheet=None):
        told = workbooks.read(file, sheet, rows := io.BytesIO())
        return workbooks.Unfolded(rows=rows, **told | {"formulas": set(told["formulas"])})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbooks, "unfold", here)
        yield


def read_all(content):
    """Everything the portal does with an unknown file."""
    assert is_told(problem_of(lambda: _read(content)))


def _read(content):
    with open_table(content, name="unknown") as table:
        for kind, reader in (("incident", parse), ("notice", parse_rows)):
            mapping = guess(kind, table.columns, table.sample())
            if not check(mapping, table.columns):
                list(reader(table, mapping, zone=ZONE, today=TODAY, found=lambda finding: None))


@SLOW
@given(st.binary(max_size=4000))
def test_random_bytes_raise_nothing_else(content):
    read_all(content)


@SLOW
@given(st.text(max_size=2000), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_random_texts_under_a_real_header_raise_nothing_else(text, encoding):
    read_all((HEADER + text).encode(encoding, errors="ignore"))


@SLOW
@given(st.lists(st.lists(st.text(max_size=30), min_size=9, max_size=9), max_size=20))
def test_random_cells_under_a_real_header_raise_nothing_else(rows):
    lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    read_all((HEADER + "\n".join(lines)).encode(errors="ignore"))


def _workbook():
    file = io.BytesIO()
    write_xlsx(HEADER.strip().split(","), [["1-100", "2026-03-01", "1:40", "x", 40.0, -75.0, 30, "M", "N"]] * 3, file)
    return file.getvalue()


WORKBOOK = _workbook()
LETTER = letter(event(1), event(2))


@SLOW
@given(st.integers(0, len(WORKBOOK) - 1), st.binary(min_size=1, max_size=40))
def test_a_workbook_damaged_anywhere_raises_nothing_else(place, damage):
    read_all(WORKBOOK[:place] + damage + WORKBOOK[place + len(damage) :])


@SLOW
@given(st.integers(0, len(WORKBOOK)))
def test_a_workbook_cut_anywhere_raises_nothing_else(place):
    read_all(WORKBOOK[:place])


@SLOW
@given(st.binary(max_size=600))
def test_a_workbook_with_a_random_sheet_inside_raises_nothing_else(damage):
    read_all(_with_part(WORKBOOK, "xl/worksheets/sheet1.xml", damage))


def _with_part(content, name, replaced):
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(target, "w") as container:
        for part in source.namelist():
            container.writestr(part, replaced if part == name else source.read(part))
    return target.getvalue()


@SLOW
@given(st.integers(0, len(LETTER) - 1), st.binary(min_size=1, max_size=40))
def test_a_letter_damaged_anywhere_raises_nothing_else(place, damage):
    content = LETTER[:place] + damage + LETTER[place + len(damage) :]
    options = {"file_name": "17-077.docx", "zone": ZONE, "today": TODAY, "found": lambda finding: None}
    assert is_told(problem_of(lambda: parse_letter(content, **options)))


@SLOW
@given(st.text(max_size=200))
def test_no_text_breaks_a_field_parser(text):
    for parser in (
        fields.parse_text,
        fields.parse_flag,
        fields.parse_age,
        fields.parse_sex,
        fields.parse_count,
        fields.event_type_of,
        moments.parse_stamp,
        moments.parse_time,
        places.parse_number,
        places.parse_pair,
        case_key,
        looks_cut,
    ):
        parser(text)


@SLOW
@given(st.text(max_size=300))
def test_no_text_breaks_the_reader_of_mappings(text):
    assert is_told(problem_of(lambda: from_json(text)))


@SLOW
@given(
    st.dictionaries(
        st.sampled_from(
            ["kind", "fields", "zone", "epsg", "bounds", "row_is", "left_out", "key_digits", "made_number"]
        ),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=9),
            lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
            max_leaves=6,
        ),
    )
)
def test_no_data_breaks_the_reader_of_mappings(data):
    assert is_told(problem_of(lambda: from_json(json.dumps(data))))
