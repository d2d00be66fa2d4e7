"""Results in a file: put on the traces they are of, or on a list for a person; never guessed, never twice."""

import csv
from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse

from agencies import access
from agencies.models import AuditEvent
from evidence import timetocrime
from evidence.actions import imports, trace_rows
from evidence.imports import guessing, tables, traces
from evidence.imports.targets import TRACE
from evidence.models import Firearm, Trace, TraceResult, TraceRow
from evidence.pages import imports as pages
from tests import factories
from tests.evidence.import_city import uploaded
from tests.evidence.intake import page, text
from tests.evidence.test_trace_requests import gun, sent
from tests.evidence.test_trace_results import answered
from tests.shared import shared

pytestmark = pytest.mark.usefixtures("stored_files")
HEADER = "Trace No,Status,Reason,Serial Number,Manufacturer,Purchase Date,TTC,Dealer Name,FFL,Purchaser,Purchaser DOB\n"


def load(city, content, name="results.csv", by=None):
    by = by or city.technician
    batch = imports.upload(agency=city.papd, kind="traces", upload=uploaded(content, name), by=by)
    for begin, step in ((imports.start_check, imports.check), (imports.start_load, imports.load)):
        begin(batch=batch, by=by, queue=False)
        batch = step(batch=batch, by=by)
        assert batch.status != "failed", batch.problem
    assert batch.status == "loaded", batch.problem
    return batch


def found(batch):
    return [(each.row, each.level, each.message) for each in batch.findings.order_by("row", "id")]


def test_rows_find_their_trace_by_number_then_by_serial_and_make(city):
    one, two, three = sent(city, "1"), sent(city, "2"), sent(city, "3")
    Trace.objects.filter(pk=one.pk).update(trace_number="T77")
    rows = [
        "t77,Completed to purchaser,,,,2024-02-01,,Alder Outfitters,1-00-000-01,\"DOE, PAT\",4/12/1988",
        ",Closed incomplete,Manufacturer has no record of serial,abc-123 2,GLOCK INC,,,,,,",
        "T79,,,ABC1233,Glock,,\"1,289\nTTC (nibin incident 1): 663\",,,,",
    ]  # fmt: skip
    batch = load(city, (HEADER + "\n".join(rows) + "\n").encode())
    assert (batch.counts["new"], batch.counts["errors"], batch.counts["review"]) == (3, 0, 0)
    one.refresh_from_db()
    assert (one.status, one.purchased_on, one.result.purchaser_born_on) == (
        "completed_to_purchaser", date(2024, 2, 1), date(1988, 4, 12),
    )  # fmt: skip
    two.refresh_from_db()
    assert (two.status, two.reason) == ("closed_incomplete", "serial_not_found_mfr")
    three.refresh_from_db()
    assert (three.trace_number, three.days_to_crime, three.first_use_days) == ("T79", 1289, 663)
    assert one.result.batch == batch
    assert not AuditEvent.objects.filter(data__icontains="DOE").exists()
    again = load(city, (HEADER + "\n".join(rows) + "\n").encode(), "again.csv")
    assert (again.counts["new"], again.counts["updated"], again.counts["unchanged"]) == (0, 0, 3)
    twice = rows[0].replace("Alder", "Elder")
    load(city, (HEADER + rows[0] + "\n" + twice + "\n").encode(), "twice.csv")
    assert "says otherwise" in TraceRow.objects.get().why
    changed = rows[0].replace("2024-02-01", "2024-02-02")
    late = load(city, (HEADER + f"{changed}\n{changed}\n" + twice + f"\n{twice}\n").encode(), "later.csv")
    assert (late.counts["updated"], late.counts["unchanged"], late.counts["twice"]) == (1, 1, 2)
    assert [each[0] for each in found(late) if "says the same as row" in each[2]] == [3, 5]


def test_what_fits_nothing_or_several_or_is_not_certain_waits_for_a_person_once(client, city):
    one = sent(city, "1")
    other_case = factories.incident(city.papd, case_number="26-7")
    Firearm.objects.create(
        exhibit=factories.exhibit(other_case, "9", "firearm"), make="Glock", serial="ABC1231", serial_key="ABC1231"
    )
    sent(city, "2", serial="SAME1", serial_key="SAME1")
    sent(city, "3", serial="SAME1", serial_key="SAME1")
    theirs = sent_elsewhere(city)
    rows = [
        "T1,,,NOWHERE1,Glock,2024-02-01,,,,,",
        ",,,SAME1,Glock,2024-02-01,,,,,",
        ",,,ABC1231,Glock,2024-02-01,Over 20 years,,,,",
        ",,,ABC1231,Colt,2024-02-01,,,,,",
        ",Completed,,ABC1231,Glock,,,,,,",
        f"{theirs.trace_number},,,,,2024-02-01,,,,,",
        ",,,,Glock,2024-02-01,,,,,",
        ",,,ABC1231,Glock,31/31/2024,,,,,",
        ",,,ABC1231,Glock,2024-02-01,,,,,4/12/88",
    ]
    batch = load(city, (HEADER + "\n".join(rows) + "\n").encode())
    assert (batch.counts["new"], batch.counts["errors"]) == (0, 1)
    assert pages.outcome(batch).startswith(
        "0 rows were loaded, in one step. 8 rows are not certain and wait under Results to review: compare each"
    )
    said = dict(batch.findings.filter(row=4).values_list("column_name", "message"))
    assert said["Serial Number"] == "This row is kept on the list of results to review.", "why is said at the cell"
    waiting = dict(TraceRow.objects.values_list("row", "why"))
    assert sorted(waiting) == [2, 3, 4, 5, 6, 7, 8, 10]
    for row, words in (
        (2, "No trace of this agency"), (3, "Several guns"), (4, "gives a limit"), (5, "No trace of this agency"),
        (6, "does not say how far"), (7, "No trace of this agency"), (8, "nothing tells which gun"), (10, "two digits"),
    ):  # fmt: skip
        assert words in waiting[row], row
    one.refresh_from_db()
    assert one.status == "submitted"
    load(city, (HEADER + "\n".join(rows) + "\n").encode(), "again.csv")
    assert TraceRow.objects.count() == 8

    limit = TraceRow.objects.get(row=4)
    shown = page(client, city.technician, "trace_row", limit.pk)
    assert "TTC, not certain</dt><dd>Over 20 years" in text(shown)
    assert {"ABC1231"} == {each["serial"] for each in shown.context["near"]}
    assert len(shown.context["near"]) == 2
    assert "Choose the" in text(client.post(reverse("trace_row", args=[limit.pk])))
    assert client.post(reverse("trace_row", args=[limit.pk]), {"of": f"trace-{theirs.pk}"}).status_code == 200
    assert client.post(reverse("trace_row", args=[limit.pk]), {"of": f"trace-{one.pk}"}).status_code == 302
    one.refresh_from_db()
    limit.refresh_from_db()
    assert (one.status, limit.status, limit.trace) == ("completed_to_purchaser", "taken", one)
    assert client.post(reverse("trace_row", args=[limit.pk]), {"of": f"trace-{one.pk}"}).status_code == 403
    left = TraceRow.objects.get(row=2)
    assert client.post(reverse("trace_row_leave", args=[left.pk])).status_code == 302
    assert page(client, city.detective, "trace_rows").status_code == 403
    assert page(client, city.outsider, "trace_rows").status_code == 403
    assert len(page(client, city.analyst, "trace_rows").context["rows"]) == 6


def sent_elsewhere(city):
    made = sent(city, "8")
    Trace.objects.filter(pk=made.pk).update(agency=city.gmpd, trace_number="T500")
    made.firearm.exhibit.incident.grants.exclude(group=city.gmpd.group).delete()
    access.share(made.firearm.exhibit.incident, city.gmpd)
    return Trace.objects.get(pk=made.pk)


def test_a_gun_that_was_traced_elsewhere_gets_its_trace_with_the_result(city):
    lone = gun(city, "5")
    load(city, f"{HEADER}T5,,,ABC1235,Glock,2024-02-01,,Alder Outfitters,,,\n".encode())
    row = TraceRow.objects.get()
    taken = trace_rows.take(row=row, firearm=lone, by=city.technician)
    assert (taken.trace.trace_number, taken.trace.status) == ("T5", "completed_to_purchaser")
    assert taken.trace.result.dealer_name == "Alder Outfitters"


def test_an_answer_that_says_less_takes_nothing_away(city):
    trace = answered(city, days=500, dealer_name="Alder Outfitters")
    load(city, f"{HEADER}{trace.trace_number},Completed to purchaser,,,,,,,,DOE PAT,\n".encode())
    trace.refresh_from_db()
    assert (trace.days_to_crime, trace.result.dealer_name, trace.result.purchaser_name) == (
        500, "Alder Outfitters", "DOE PAT",
    )  # fmt: skip


def test_the_sample_is_read_without_an_error():
    table = tables.open_table(settings.BASE_DIR / "docs" / "samples" / "traces.csv", name="traces.csv")
    heard = []
    with table:
        how = guessing.guess("trace", table.columns, table.sample())
        read = list(traces.parse(table, how, today=date(2026, 11, 1), found=heard.append))
    assert (len(read), heard, how.left_out) == (3, [], [])
    assert set(TRACE) - set(how.fields) == {"completed_on", "days"}
    assert read[2].values["reason"] == "serial_obliterated"
    assert traces.revived(traces.plain(read[0])) == read[0].values


@pytest.mark.parametrize(
    ("parse", "cell", "code"),
    [
        (traces.parse_outcome, "Completed to Purchaser", "completed_to_purchaser"),
        (traces.parse_outcome, "COMPLETED_TO_DEALER_ONLY", "completed_to_dealer_only"),
        (traces.parse_outcome, "Completed", ""),
        (traces.parse_reason, "Dealer records destroyed by flood", "records_lost_or_destroyed"),
        (traces.parse_reason, "Serial number obliterated", "serial_obliterated"),
        (traces.parse_reason, "Because", ""),
        (traces.parse_theft, "Yes", ""),
        (traces.parse_theft, "Stolen from FFL", "dealer"),
        (traces.parse_theft, "No record", "none"),
    ],
)
def test_words_are_read_or_asked_about(parse, cell, code):
    assert parse(cell)[0] == code
    assert bool(parse(cell)[1]) != bool(code)


def test_a_real_table_is_loaded_or_sorted_to_review_whole(city):
    """Half of its guns are here with a trace on its way: what is certain of these is loaded, the rest waits."""
    content = shared("data/guns/de_crime_guns_deid.csv").read_bytes()
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines(keepends=True)))
    here, seen = [], set()
    for row in rows[::2]:
        serial = row["serial_masked"]
        if serial and serial not in seen:
            seen.add(serial)
            here.append(gun(city, f"d{len(here)}", make=row["manufacturer"], serial=serial, serial_key=serial))
    Trace.objects.bulk_create(
        Trace(
            firearm=each, agency=city.papd, status="submitted", requested_at=factories.NOW, submitted_at=factories.NOW,
            requested_by=city.technician, submitted_by=city.technician, recovered_on=date(2026, 1, 1),
        )
        for each in here
    )  # fmt: skip
    batch = load(city, content, "de.csv")
    counts, kept = batch.counts, TraceRow.objects.count()
    # The one error is a day of recovery in the future; rows that say a gun's result twice are compared by a person.
    assert (counts["rows"], counts["errors"], counts["new"], counts["updated"]) == (424, 1, 151, 0)
    doubtful = [row for row in rows if timetocrime.read(row["time_to_recovery_raw"]).why]
    assert len(doubtful) == 19
    assert counts["twice"] == 2
    assert counts["new"] + counts["unchanged"] + kept + counts["errors"] + counts["twice"] == 424
    assert TraceRow.objects.filter(why__regex="several guns|gives a limit|leaves a choice|not a number").count() >= 17
    assert TraceResult.objects.count() == 151
    assert not Trace.objects.filter(days_to_crime=None, status="completed_to_purchaser", purchased_on=None).exists()
