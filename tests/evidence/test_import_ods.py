"""OpenDocument workbooks with typed and repeated cells, from upload to what is loaded."""

import pytest

from evidence.actions import imports
from evidence.imports.tables import open_table
from evidence.models import Incident
from leads.models import Lead, LeadEvent
from tests.evidence.import_city import checked, uploaded
from tests.evidence.imports.odsfile import cell, empty, row, text, workbook
from tests.factories import incident

pytestmark = pytest.mark.usefixtures("stored_files")

INCIDENTS = workbook(
    row("Case No", "Date", "Time", "Officer involved", "Block", "Lat", "Lon", "Shell casings", "Type"),
    row(
        cell("float", "26018844", "26018844"),
        cell("date", "2026-06-03", "06/03/26"),
        cell("time", "PT23H10M00S", "11:10 PM"),
        cell("boolean", "true", "TRUE"),
        "900 Quarry St",
        cell("float", "41.8812345", "41.88"),
        cell("float", "-87.6312345", "-87.63"),
        cell("float", "7", "7"),
        "Shots fired",
    ),
    row(empty(9), times=3),
    row(
        "26-018845",
        cell("date", "2026-06-04T01:20:00", "06/04/26 01:20"),
        cell("time", "PT01H20M00S", "01:20"),
        cell("boolean", "false", "FALSE"),
        text("100 Lock St\nrear"),
        empty(2),
        cell("float", "12", "12"),
        "Shots fired",
    ),
    row(
        "26-018846",
        cell("date", "2031-06-04", "06/04/31"),
        cell("time", "PT02H00M00S", "02:00"),
        empty(),
        "1 Weir St",
        cell("float", "0", "0", times=2),
        empty(2),
    ),
)


def test_typed_and_repeated_cells_are_read_as_what_they_are_and_not_as_they_are_shown():
    rows = list(open_table(INCIDENTS, name="june.ods").rows())
    assert rows[0] == (
        2, ["26018844", "2026-06-03", "23:10:00", "True", "900 Quarry St", "41.8812345", "-87.6312345", "7",
            "Shots fired"],
    )  # fmt: skip
    assert [number for number, _cells in rows] == [2, 6, 7], "rows are counted as a person counts them in the sheet"
    assert rows[2][1][5:7] == ["0", "0"], "one cell, written once for two columns"
    like = workbook(row("Case", "Date"), row(text("26-1", times=2), times=3))
    assert [cells for _number, cells in open_table(like, name="like.ods").rows()] == [["26-1", "26-1"]] * 3


def test_incidents_of_an_ods_workbook_are_checked_by_row_and_column_and_loaded(city):
    batch = checked(city.papd, INCIDENTS, by=city.technician, name="june.ods")
    assert (batch.status, batch.counts["rows"], batch.counts["new"], batch.counts["errors"]) == ("checked", 3, 2, 1)
    assert ("error", 7, "B", "2031-06-04") in batch.findings.values_list("level", "row", "column_letter", "value")
    imports.start_load(batch=batch, by=city.technician, queue=False)
    imports.load(batch=batch, by=city.technician)
    first, second = Incident.objects.order_by("occurred_at")
    assert (first.case_number, first.kind, first.lat) == ("26018844", "officer_involved", 41.8812345)
    assert (first.occurred_at.isoformat(), first.time_known) == ("2026-06-04T04:10:00+00:00", True)
    # Twelve casings confirm the shots.
    assert (second.case_number, second.kind, second.lat) == ("26-018845", "shots_fired_confirmed", None)
    assert (second.occurred_at.isoformat(), second.address) == ("2026-06-04T06:20:00+00:00", "100 Lock St rear")


def test_lead_notices_of_an_ods_workbook_are_checked_and_loaded(city):
    incident(city.papd, case_number="26-018844")
    lead = (text("26-077"), cell("date", "2026-07-14", "07/14/26"), "WCL")
    content = workbook(
        row("Lead Number", "Notice Date", "Site", "Agency", "Case Number", "Exhibit", "Date", "Confirmed"),
        row(*lead, "Port Alder PD", "26-018844", cell("float", "1", "1"), cell("date", "2026-07-03T23:10:00", "x"),
            cell("boolean", "true", "TRUE")),
        row(*lead, "Glenmoor PD", cell("float", "26004417", "26004417"), cell("float", "2", "2"),
            cell("date", "2026-07-09", "x"), cell("boolean", "false", "FALSE")),
    )  # fmt: skip
    batch = imports.upload(agency=city.center, kind="leads", upload=uploaded(content, "leads.ods"), by=city.analyst)
    imports.start_check(batch=batch, by=city.analyst, queue=False)
    batch = imports.check(batch=batch, by=city.analyst)
    assert (batch.status, batch.counts["new"], batch.counts["errors"]) == ("checked", 1, 0), batch.problem
    assert batch.findings.filter(code="waits").values_list("row", "column_letter", "column_name", "value").get() == (
        3, "E", "Case Number", "26004417",
    )  # fmt: skip
    assert not Lead.objects.exists()
    imports.start_load(batch=batch, by=city.analyst, queue=False)
    imports.load(batch=batch, by=city.analyst)
    assert Lead.objects.get().notice_on.isoformat() == "2026-07-14"
    told = LeadEvent.objects.order_by("exhibit_number").values_list("case_number", "exhibit_number", "confirmed_at")
    assert [(number, exhibit, at is not None) for number, exhibit, at in told] == [
        ("26-018844", "1", True), ("26004417", "2", False),
    ]  # fmt: skip
    assert LeadEvent.objects.waiting().get().occurred_at.isoformat() == "2026-07-09T05:00:00+00:00"
