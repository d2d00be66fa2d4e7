"""Trace results and gunshot alerts are taken back to the byte too, or not at all where a person went on with them."""

import random
from datetime import datetime, timedelta

import pytest

from agencies.models import AuditEvent
from evidence.actions import detections, trace_rows, traces
from evidence.models import Detection, GunshotAlert, ImportBatch, Trace, TraceResult, TraceRow
from tests import factories
from tests.evidence.records_city import loaded, undone
from tests.evidence.test_import_undo import tables
from tests.evidence.test_trace_import import HEADER as ANSWERS
from tests.evidence.test_trace_requests import sent
from tests.evidence.test_trace_results import answered

pytestmark = pytest.mark.usefixtures("stored_files")
ALERTS = "Alert ID,Date,Time,Type,Rounds,Latitude,Longitude,Case Number\n"
NAMES = "Completed to purchaser,,,,2024-02-01,,Alder Outfitters,1-00-000-01,DOE PAT,4/12/1988\n"
HERE = ",,,41.8806,-87.6313,\n"


def said(batch):
    return sorted(batch.findings.filter(level="undo").values_list("row", "message"))


def again(batch, by):
    return undone(ImportBatch.objects.get(pk=batch.pk), by)


def test_trace_results_are_taken_back_with_what_was_known_before_and_what_waited_for_a_person(city):
    known = answered(city, days=500, dealer_name="Alder Outfitters")
    fresh, bare = sent(city, "2"), sent(city, "3")
    Trace.objects.filter(pk=fresh.pk).update(trace_number="T77")
    before = tables()
    content = (
        ANSWERS + f"T77,{NAMES}{known.trace_number},{NAMES}T78,Completed to dealer only,,ABC1233,Glock,,,,,,\n"
        "T1,,,NO1,Glock,,,,,,\n"
    )
    batch = loaded("traces", city.papd, content, by=city.technician)
    assert (TraceResult.objects.count(), TraceRow.objects.count()) == (2, 1)
    assert undone(batch, city.technician).status == "undone", said(batch)
    assert tables() == before
    verbs = ("trace.put_back", "traceresult.put_back", "traceresult.taken_back", "tracerow.taken_back")
    assert set(verbs) <= set(AuditEvent.objects.values_list("verb", flat=True))
    assert not AuditEvent.objects.filter(data__icontains="DOE").exists(), "the log carries no trace data"

    batch = loaded("traces", city.papd, content, by=city.technician)
    assert batch.counts["new"] == 2, "the same file can be loaded again"
    bare.refresh_from_db()
    traces.record_result(trace=bare, status="completed_to_dealer_only", dealer_name="Elm Arms", by=city.technician)
    fresh.refresh_from_db()
    traces.record_result(trace=fresh, status="completed_to_purchaser", dealer_name="Oak", by=city.technician)
    trace_rows.leave(row=TraceRow.objects.get(), by=city.technician)
    now = tables()
    assert again(batch, city.technician).status == "loaded"
    assert said(batch) == [
        (2, "This trace result was changed since."),
        (2, "This trace was changed since."),
        (4, "The result of this trace was recorded since."),
        (5, "This trace row was changed since."),
    ]
    assert tables() == now


def test_a_trace_that_was_asked_for_again_keeps_the_file_that_answered_it(city):
    one = sent(city, "1")
    batch = loaded("traces", city.papd, f"{ANSWERS},Closed incomplete,Dealer did not answer,ABC1231,Glock,,,,,,\n",
                   by=city.technician)  # fmt: skip
    one.refresh_from_db()
    traces.ask_again(trace=one, by=city.technician)
    assert again(batch, city.technician).status == "loaded"
    assert said(batch) == [(2, "This trace was changed since.")]


def lists(chance, count):
    """Lists of alerts close to each other in time and place: they merge, grow together, and say things anew."""
    start = datetime(2026, 3, 2, 23, 0)  # noqa: DTZ001 - a wall clock
    for _each in range(count):
        rows = {}
        for _row in range(chance.randrange(2, 7)):
            at = start + timedelta(minutes=chance.randrange(30))
            where = f"41.88{chance.randrange(2)}1" if chance.random() < 0.9 else ""
            case = chance.choice(("", "", "26-7", "26-8"))
            name = f"A{chance.randrange(30)}"
            rows[name] = (
                f"{name},{at:%Y-%m-%d,%H:%M},Shot,{chance.randrange(1, 9)},{where},{where and -87.6313},{case}\n"
            )
        yield ALERTS + "".join(rows.values())


def test_lists_of_alerts_are_taken_back_one_after_the_other_and_merged_ones_are_split_again(city):
    for number, minutes in (("26-7", 3), ("26-8", 9)):
        at = factories.NOW.replace(year=2026, month=3, day=3, hour=5, minute=minutes)
        factories.incident(city.papd, case_number=number, occurred_at=at, lat=41.8811, lng=-87.6313)
    chance, merged, gone, taken = random.Random(11), 0, 0, ("evidence_detection", "evidence_gunshotalert")
    for _round in range(3):
        stack = []
        for content in lists(chance, 5):
            before = tables(taken)
            stack.append((loaded("alerts", city.papd, content, by=city.technician), before))
            merged += Detection.objects.filter(alerts_count__gt=1).count()
            gone += stack[-1][0].changes.filter(is_gone=True).count()
        while stack:
            batch, before = stack.pop()
            assert again(batch, city.technician).status == "undone", said(batch)
            assert tables(taken) == before
    assert merged > 10
    assert gone, "some lists made one of two"


def test_alerts_that_a_person_decided_on_or_a_later_list_adds_to_stay_with_their_rows(city):
    one = loaded("alerts", city.papd, f"{ALERTS}A,2026-03-02,23:08{HERE}C,2026-03-02,23:11{HERE}",
                 by=city.technician)  # fmt: skip
    between = tables()
    two = loaded("alerts", city.papd, f"{ALERTS}Z,2026-03-09,23:09,,,,,\nB,2026-03-02,23:09{HERE}",
                 by=city.technician)  # fmt: skip
    assert Detection.objects.count() == 2, "three alerts are one now"
    assert again(one, city.technician).status == "loaded"
    assert {row for row, _message in said(one)} == {2, 3}
    joined = Detection.objects.get(alerts_count=3)
    detections.dismiss(detection=joined, dismissal="fireworks", by=city.technician)
    assert again(two, city.technician).status == "loaded"
    assert said(two) == [(3, "This detection was changed since.")]
    detections.reopen(detection=Detection.objects.get(pk=joined.pk), by=city.technician)
    late = factories.incident(city.papd, case_number="26-9", lat=41.8806, lng=-87.6313, occurred_at=joined.at)
    Detection.objects.filter(pk=joined.pk).update(state="matched", how="place", incident=late, meters=0)
    assert again(two, city.technician).status == "undone", said(two)
    late.grants.all().delete()
    late.delete()
    assert tables() == between, "what the portal had matched by itself keeps nothing"
    assert again(one, city.technician).status == "undone"
    assert not GunshotAlert.objects.exists()
