"""Lead notices as a table with one row per event."""

import datetime
from zoneinfo import ZoneInfo

from evidence.imports.guessing import guess
from evidence.imports.notices import as_dict, parse_rows
from evidence.imports.tables import open_table

ZONE = ZoneInfo("America/New_York")
TODAY = datetime.date(2026, 3, 31)
COLUMNS = "agency,ori,case_number,lab_number,exhibit,offense,date,time,location,caliber,confirmed"
HEADER = f"lead_number,notice_date,nibin_site,{COLUMNS}"
NOTICE = "26-077,3/1/2026,City Laboratory"
FIRST = f"{NOTICE},Lakeside PD,XX0010100,26-018844,L-1,1-A,Homicide,2/1/2026,0140,1 Elm St,9mm Luger,N"
SECOND = f"{NOTICE},Harbor PD,XX0020100,25-4411002,L-2,2-B,Shots fired,1/5/2026,,2 Oak St,9mm Luger,"


def load(*lines):
    table = open_table("\n".join([HEADER, *lines, ""]).encode(), name="leads.csv")
    findings = []
    mapping = guess("notice", table.columns, table.sample())
    return parse_rows(table, mapping, zone=ZONE, today=TODAY, found=findings.append), findings


def test_two_rows_of_one_lead_are_one_notice_with_two_events():
    notices, findings = load(FIRST, SECOND)
    assert findings == []
    assert [(one.lead_number, one.notice_date, one.site, len(one.events)) for one in notices] == [
        ("26-077", datetime.date(2026, 3, 1), "City Laboratory", 2)
    ]
    first, second = notices[0].events
    assert (first.case_key, first.ori, first.event_type, first.calibre, first.confirmed) == (
        "26018844",
        "XX0010100",
        "homicide",
        "9mm Luger",
        False,
    )
    assert (first.occurred_at.isoformat(), first.time_known) == ("2026-02-01T01:40:00-05:00", True)
    assert (second.confirmed, second.time_known, second.row_number) == (None, False, 3)


def test_the_same_lead_written_otherwise_is_the_same_lead():
    notices, _findings = load(FIRST, SECOND.replace("26-077", "26077"))
    assert len(notices) == 1


def test_rows_of_several_leads_may_stand_in_any_order():
    notices, _findings = load(FIRST, SECOND.replace("26-077", "26-078"), SECOND, FIRST.replace("26-077", "26-078"))
    assert [(one.lead_number, len(one.events)) for one in notices] == [("26-077", 2), ("26-078", 2)]


def test_a_row_that_stands_twice_is_one_event():
    notices, findings = load(FIRST, SECOND, SECOND)
    assert len(notices[0].events) == 2
    assert [finding.code for finding in findings] == ["twice"]


def test_an_event_without_a_case_number_waits_for_a_person():
    notices, findings = load(FIRST, SECOND.replace("25-4411002", ""))
    assert notices[0].events[1].case_key == ""
    assert [(finding.row, finding.column_name, finding.code, finding.level) for finding in findings] == [
        (3, "case_number", "no_case", "review")
    ]


def test_a_row_without_a_lead_number_is_an_error():
    notices, findings = load(FIRST, SECOND, SECOND.replace("26-077", ""))
    assert len(notices) == 1
    assert [(finding.row, finding.code, finding.level) for finding in findings] == [(4, "lead_number", "error")]


def test_a_lead_of_one_event_is_kept_as_it_may_grow_another_and_knows_which_of_its_rows_are_wrong():
    notices, findings = load(FIRST)
    assert (len(notices), findings, notices[0].left_out) == (1, [], [])
    (notice,), findings = load(FIRST, SECOND.replace("3/1/2026", "4/1/2026"))
    assert (len(notice.events), notice.left_out, [finding.row for finding in findings]) == (1, [3], [3])
    assert "left_out" not in as_dict(notice), "a notice that is held is the same, whatever stood beside it in its file"


def test_an_ori_that_is_none_is_left_empty_and_marked():
    notices, findings = load(FIRST.replace("XX0010100", "Lakeside"), SECOND)
    assert notices[0].events[0].ori == ""
    assert [finding.code for finding in findings] == ["ori"]


def test_a_notice_of_tomorrow_is_an_error():
    _notices, findings = load(FIRST, SECOND.replace("3/1/2026", "4/1/2026"))
    assert [(finding.row, finding.code) for finding in findings if finding.level == "error"] == [(3, "future")]


def test_two_dates_for_one_notice_keep_the_first():
    notices, findings = load(FIRST, SECOND.replace("3/1/2026", "3/2/2026"))
    assert notices[0].notice_date == datetime.date(2026, 3, 1)
    assert [finding.code for finding in findings] == ["other_date"]


def test_a_number_with_a_line_break_in_quotation_marks_is_one_line():
    (notice,), _findings = load(f'"26-077\nBcc: x"{FIRST.removeprefix("26-077")}', f'"26-077\nBcc: x"{SECOND[6:]}')
    assert notice.lead_number == "26-077 Bcc: x"
