"""NIBIN lead letters as two laboratories wrote them, and files that only look like one."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from evidence.imports.findings import ImportProblem
from evidence.imports.letters import parse_letter
from tests.evidence.imports.wordfile import document, event, letter, packed, paragraph, table

ZONE = ZoneInfo("America/Los_Angeles")
TODAY = datetime.date(2018, 1, 1)


def read(content, file_name="letter.docx"):
    findings = []
    notice = parse_letter(content, file_name=file_name, zone=ZONE, today=TODAY, found=findings.append)
    return notice, findings


def test_a_letter_with_three_events_becomes_one_notice_with_three_events():
    notice, findings = read(letter(event(1), event(2), event(3)))
    assert (notice.lead_number, notice.notice_date) == ("17-077", datetime.date(2017, 10, 9))
    assert [one.case_key for one in notice.events] == ["17011987", "17012987", "17013987"]
    assert [one.lab_number for one in notice.events] == ["317-001234", "317-002234", "317-003234"]
    first = notice.events[0]
    assert (first.exhibit, first.agency, first.detective, first.contact) == (
        "1-A",
        "Lakeside Police Department",
        "Det. Sample",
        "555-0100",
    )
    assert first.occurred_at == datetime.datetime(2017, 9, 2, tzinfo=ZONE)
    assert not first.time_known
    assert first.event_type == "shots_fired_person"
    assert findings == []


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("10-09-17", (2017, 10, 9)),
        ("10/9/17", (2017, 10, 9)),
        ("1-3-17", (2017, 1, 3)),
        ("January 3, 2017", (2017, 1, 3)),
    ],
)
def test_the_date_of_a_letter_is_read_in_every_style_seen(written, day):
    notice, _findings = read(letter(event(1), event(2), date=written))
    assert notice.notice_date == datetime.date(*day)


def test_labels_in_other_case_and_with_colons_are_the_same_labels():
    rows = [
        ("WSP CASE NUMBER:", "317-9"),
        ("case number", "17-555001"),
        ("CONTACT INFO", "555-0101"),
        ("agency:", "Harbor PD"),
    ]
    notice, _findings = read(letter(event(1), paragraph("Event 2"), table(rows)))
    last = notice.events[1]
    assert (last.lab_number, last.case_number, last.contact, last.agency) == (
        "317-9",
        "17-555001",
        "555-0101",
        "Harbor PD",
    )


def test_a_case_number_is_not_taken_from_the_laboratory_number():
    notice, findings = read(letter(event(1), event(2, Case_Number=None)))
    assert notice.events[1].case_number == ""
    assert notice.events[1].lab_number == "317-002234"
    assert [(finding.row, finding.column_name, finding.code) for finding in findings] == [(2, "Case number", "no_case")]


def test_rows_that_are_missing_leave_their_field_empty():
    notice, _findings = read(letter(event(1, Offense=None, Date=None, Evidence=None), event(2)))
    assert (notice.events[0].offense, notice.events[0].occurred_at, notice.events[0].evidence) == ("", None, "")


def test_tables_without_event_headings_are_events_of_their_own():
    first, second = event(1), event(2)
    notice, _findings = read(letter(first[first.index("<w:tbl>") :], second[second.index("<w:tbl>") :]))
    assert len(notice.events) == 2


def test_one_long_table_is_split_where_its_labels_begin_again():
    rows = [
        ("EVENT #1", ""),
        ("Case Number", "17-1111111"),
        ("Agency", "A"),
        ("Case Number", "17-2222222"),
        ("Agency", "B"),
    ]
    notice, _findings = read(letter(table(rows)))
    assert [(one.case_number, one.agency) for one in notice.events] == [("17-1111111", "A"), ("17-2222222", "B")]


def test_an_event_split_over_two_tables_stays_one_event():
    rows = paragraph("EVENT #1") + table([("Case Number", "17-1111111")]) + table([("Agency", "A")])
    notice, _findings = read(letter(rows, event(2)))
    assert len(notice.events) == 2
    assert notice.events[0].agency == "A"


def test_a_letter_of_plain_lines_without_tables_is_read_too():
    lines = ["EVENT #1", "Case Number: 17-1111111", "Agency: A", "EVENT #2", "Case Number: 17-2222222", "Agency: B"]
    notice, _findings = read(letter(*map(paragraph, lines)))
    assert [(one.case_number, one.agency) for one in notice.events] == [("17-1111111", "A"), ("17-2222222", "B")]


def test_an_agency_in_the_head_is_not_an_event():
    notice, _findings = read(document(paragraph("Lead 17-077"), paragraph("Agency: Site"), event(1), event(2)))
    assert len(notice.events) == 2


def test_number_and_date_are_found_in_the_file_name_when_the_letter_has_none():
    notice, _findings = read(document(event(1), event(2)), file_name="NIBIN Lead 17-104_10-9-17.docx")
    assert (notice.lead_number, notice.notice_date) == ("17-104", datetime.date(2017, 10, 9))


def test_two_different_lead_numbers_ask_a_person_to_look():
    notice, findings = read(letter(event(1), event(2)), file_name="17-078.docx")
    assert notice.lead_number == "17-077"
    assert [finding.code for finding in findings] == ["two_numbers"]


def test_a_letter_with_one_event_is_kept_and_marked():
    notice, findings = read(letter(event(1)))
    assert len(notice.events) == 1
    assert [finding.code for finding in findings] == ["one_event"]


def test_a_date_in_the_future_is_left_empty_and_marked():
    notice, findings = read(letter(event(1, Date="9/2/27"), event(2)))
    assert notice.events[0].occurred_at is None
    assert [(finding.row, finding.column_name, finding.code) for finding in findings] == [
        (1, "Date of the event", "date")
    ]


def test_a_letter_without_a_lead_number_says_how_to_write_one():
    with pytest.raises(ImportProblem, match="No lead number"):
        read(document(event(1)))


def test_a_letter_without_an_event_is_refused():
    with pytest.raises(ImportProblem, match="No event table"):
        read(letter(paragraph("Nothing here")))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7",
        b"PK\x03\x04cut",
        packed({"other.xml": "<a/>"}),
        packed({"word/document.xml": "<w:document"}),
        packed({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        letter(event(1), event(2))[:400],
    ],
    # The bytes of an archive carry the time it was made.
    ids=["empty", "pdf", "cut archive", "no document", "cut document", "entity", "cut letter"],
)
def test_what_is_no_whole_word_file_is_refused_with_a_sentence(content):
    with pytest.raises(ImportProblem, match=r"Word|incomplete|damaged"):
        read(content)


def test_a_letter_nested_a_thousand_deep_is_refused():
    deep = "<w:sdt>" * 3000 + "</w:sdt>" * 3000
    with pytest.raises(ImportProblem):
        read(document(deep))


def test_a_word_file_that_unpacks_to_far_more_than_it_holds_is_refused_before_it_is_unpacked():
    with pytest.raises(ImportProblem, match="unpack"):
        read(packed({"word/document.xml": b" " * (30 * 1024 * 1024)}))
