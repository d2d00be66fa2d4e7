"""What came back: recorded by hand, computed, counted again, and what is owed on the lists of the desk."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from agencies import access
from agencies.access import Refused
from agencies.models import AuditEvent
from evidence import answers
from evidence.actions import trace_rows, traces
from evidence.models import Trace, TraceResult
from evidence.queries.traces import TO_ADD
from tests.evidence.intake import page, text
from tests.evidence.test_trace_requests import gun, keep, sent

BORN = date(1988, 4, 12)
SALE = {
    "dealer_name": "Alder Outfitters", "dealer_license": "1-00-000-01", "purchaser_name": "DOE, PAT A",
    "purchaser_born_on": BORN, "is_multiple_sale": True, "theft": "dealer",
}  # fmt: skip


def answered(city, number="1", days=400, **values):
    trace = sent(city, number)
    bought = answers.recovered_on(trace) - timedelta(days=days)
    values = {"status": "completed_to_purchaser", "trace_number": f"t-{number}", "purchased_on": bought} | values
    return traces.record_result(trace=trace, by=city.technician, **values)


def test_a_result_names_dealer_and_purchaser_and_says_what_follows(client, city):
    trace = sent(city)
    traces.cancel(trace=trace, by=city.technician)
    trace = sent(city, "2")
    possessor = {"last_name": "Doe", "first_name": "Pat", "born_on": BORN}
    Trace.objects.filter(pk=trace.pk).update(status="draft", submitted_at=None, submitted_by=None)
    keep(city, trace, people=[possessor])
    traces.ready(trace=trace, by=city.technician)
    traces.send(traces=[trace.pk], by=city.technician)
    client.force_login(city.technician)
    address = reverse("trace_result", args=[trace.pk])
    data = {"status": "completed_to_purchaser", "trace_number": "t1", "dealer_state": "xx"}
    data |= SALE | {"is_multiple_sale": "true", "purchased_on": answers.recovered_on(trace) - timedelta(days=1094)}
    assert "Say why" in text(client.post(address, {"status": "completed_other"}))
    assert client.post(address, data).status_code == 302
    made = TraceResult.objects.get()
    assert (made.trace.trace_number, made.trace.days_to_crime, made.dealer_state) == ("T1", 1094, "XX")
    assert (made.dealer_key, made.purchaser_key) == ("L 10000001", "DOE PAT 1988-04-12")
    shown = text(page(client, city.detective, "trace", trace.pk))
    for words in (
        "2 to under 3 years",
        "Under three years",
        "The purchaser is the possessor",
        "Lost by or stolen from a",
    ):
        assert words in shown, words
    assert AuditEvent.objects.filter(verb="trace.seen", by=city.detective).exists()
    assert not AuditEvent.objects.filter(data__icontains="Alder Outfitters").exists()
    traces.record_result(trace=trace, status="completed_to_purchaser", by=city.analyst, purchaser_name="Roe, Sam")
    assert TraceResult.objects.get().purchaser_key == "ROE SAM 1988-04-12"


def test_the_days_to_crime_are_counted_from_the_day_where_the_gun_was_found(city):
    trace = sent(city)
    trace.recovered_on = None
    trace.firearm.exhibit.collected_at = timezone.now().replace(2026, 6, 4, 4, 10)
    assert answers.recovered_on(trace) == date(2026, 6, 3)


def test_a_trace_is_not_answered_before_it_is_sent_nor_twice_under_one_number(city):
    draft = traces.begin(firearm=gun(city, "9"), by=city.technician)
    with pytest.raises(Refused, match="Send it first"):
        traces.record_result(trace=draft, status="accepted", trace_number="T9", by=city.technician)
    answered(city)
    with pytest.raises(Refused, match="has this number"):
        answered(city, "2", trace_number="T-1")


def test_a_result_that_was_recorded_by_mistake_is_corrected_with_what_was_wrong(client, city):
    trace = answered(city, **SALE)
    assert trace.days_to_crime == 400
    client.force_login(city.technician)
    address = reverse("trace_result", args=[trace.pk])
    data = {"status": "completed_to_dealer_only", "dealer_name": "Alder Outfitters", "purchaser_name": "DOE, PAT A"}
    assert "say why under Remarks" in text(client.post(address, data))
    trace.refresh_from_db()
    assert trace.status == "completed_to_purchaser"
    assert client.post(address, data | {"remarks": "Read from the line above."}).status_code == 302
    trace.refresh_from_db()
    found = TraceResult.objects.get()
    assert (trace.status, trace.purchased_on, trace.days_to_crime) == ("completed_to_dealer_only", None, None)
    assert (found.dealer_name, found.purchaser_name, found.purchaser_key) == ("Alder Outfitters", "", "")
    assert (found.purchaser_born_on, found.is_multiple_sale, found.remarks) == (None, None, "Read from the line above.")
    with pytest.raises(Refused, match="cannot become submitted"):
        traces.record_result(trace=trace, status="submitted", remarks="Not yet.", by=city.technician)


def test_who_is_named_again_is_counted_within_reach(client, city):
    for number in ("1", "2", "3"):
        answered(city, number, **SALE)
    answered(city, "4", purchaser_name="Doe, Pat", dealer_name="Alder Outfitters")
    for name, words in (("trace_dealers", "Alder Outfitters"), ("trace_purchasers", "DOE, PAT A")):
        shown = page(client, city.detective, name)
        assert [(row["name"], row["count"], row["short"]) for row in shown.context["rows"]] == [(words, "3", 3)]
        assert not page(client, city.gm_detective, name).context["rows"]
        assert page(client, city.examiner, name).status_code == 403
    found = TraceResult.objects.filter(purchaser_key__gt="").latest("pk")
    assert "3 traces name this purchaser" in text(page(client, city.detective, "trace", found.trace_id))
    assert len(page(client, city.analyst, "trace_dealer", found.pk).context["rows"]) == 3
    assert page(client, city.gm_detective, "trace_dealer", found.pk).status_code == 404
    alone = TraceResult.objects.get(purchaser_name="Doe, Pat")
    assert page(client, city.detective, "trace_purchaser", alone.pk).status_code == 404


def test_what_is_owed_stands_on_the_lists_of_the_desk(client, city):
    gun(city, "1")
    gun(city, "2", serial="", serial_key="", is_privately_made=True)
    late, young, short = sent(city, "3"), sent(city, "4"), sent(city, "5")
    Trace.objects.filter(pk=late.pk).update(submitted_at=timezone.now() - timedelta(days=15))
    traces.record_result(trace=short, status="closed_incomplete", reason="importer_unknown", by=city.technician)
    over = sent(city, "6")
    traces.record_result(trace=over, status="closed_incomplete", reason="pre_1968", by=city.technician)
    shown = page(client, city.technician, "traces_untraced")
    counts = {tab["label"]: tab.get("count") for tab in shown.context["desk"]}
    assert counts == {
        "Traces": None, "Never traced": "1", "Overdue": "1", "To ask again": "1", "Ready to send": "0",
        "Results to review": "0",
    }  # fmt: skip
    assert [row["number"] for row in shown.context["page"]["rows"]] == ["1"]
    cannot = page(client, city.technician, "traces_untraced", cannot="1")
    assert [row["number"] for row in cannot.context["page"]["rows"]] == ["2"]
    assert [row["number"] for row in page(client, city.detective, "traces_overdue").context["page"]["rows"]] == ["3"]
    assert "Ready to send" not in text(page(client, city.detective, "traces_overdue"))
    client.force_login(city.administrator)
    limit = {"agency": city.papd.pk, f"of-{city.papd.pk}-days": "16"}
    assert client.post(reverse("trace_limits"), limit).status_code == 302
    assert (
        client.post(reverse("trace_limits"), {"agency": city.gmpd.pk, f"of-{city.gmpd.pk}-days": "9"}).status_code
        == 200
    )
    assert not page(client, city.analyst, "traces_overdue").context["page"]["rows"]
    with pytest.raises(Refused, match="Only administrators"):
        trace_rows.set_limit(agency=city.papd, days=3, by=city.detective)
    added = page(client, city.technician, "traces_to_add")
    assert "Find the importer" in text(added)
    assert [row["number"] for row in added.context["page"]["rows"]] == ["5"]
    assert [row["number"] for row in page(client, city.analyst, "traces_to_add").context["page"]["rows"]] == ["5"]
    for name in ("traces_untraced", "traces_overdue", "traces_to_add"):
        assert not page(client, city.gm_detective, name).context["page"]["rows"]
    assert young.status == "submitted"


def test_one_press_asks_again_with_what_was_asked_before(client, city):
    trace = sent(city)
    traces.record_result(trace=trace, status="rejected", reason="need_more_info", by=city.technician)
    client.force_login(city.technician)
    answer = client.post(reverse("trace_again", args=[trace.pk]))
    again = Trace.objects.latest("pk")
    assert answer.url == reverse("trace_edit", args=[again.pk])
    assert (again.status, again.follows, again.serial, again.trace_number) == ("draft", trace, trace.serial, "")
    assert "Add what the tracing center asked for" in text(client.get(answer.url))
    assert client.post(reverse("trace_again", args=[trace.pk])).status_code == 403
    assert not page(client, city.technician, "traces_to_add").context["page"]["rows"]
    other = sent(city, "2")
    traces.record_result(trace=other, status="closed_incomplete", reason="ffl_no_response", by=city.technician)
    assert client.post(reverse("trace_again", args=[other.pk])).url == reverse("traces_ready")


LISTS = ("traces_untraced", "traces_overdue", "traces_to_add", "traces_ready", "trace_dealers", "trace_rows")


def test_a_list_of_the_desk_costs_as_many_queries_for_three_rows_as_for_one(client, city):
    def some(number):
        gun(city, f"1{number}")
        late = sent(city, f"2{number}")
        Trace.objects.filter(pk=late.pk).update(submitted_at=timezone.now() - timedelta(days=30))
        short = sent(city, f"3{number}")
        traces.record_result(trace=short, status="rejected", reason="need_more_info", by=city.technician)
        ready = traces.begin(firearm=gun(city, f"4{number}"), by=city.technician)
        keep(city, ready, recovered_city="Port Alder")
        traces.ready(trace=ready, by=city.technician)
        for place in "ab":
            answered(city, f"5{number}{place}", dealer_license=f"1-00-00{number}", dealer_name="Any")

    def counted(name):
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        return len(queries)

    client.force_login(city.technician)
    some(1)
    with_one = {name: counted(name) for name in LISTS}
    some(2)
    some(3)
    assert {name: counted(name) for name in LISTS} == with_one
    assert max(with_one.values()) <= 10


def test_the_lists_walk_their_indexes(city):
    """Statements of the desk are planned on the partial indexes that are made for them."""
    sent(city)
    with connection.cursor() as cursor:
        cursor.execute("set local enable_seqscan = off; set local enable_bitmapscan = off; set local enable_sort = off")
        for condition, index in (
            ("status in ('submitted', 'accepted', 'in_progress') order by submitted_at, id", "trace_on_its_way"),
            (f"{TO_ADD} order by completed_at, id", "trace_to_add"),
            ("days_to_crime < 1095 order by requested_at desc, id desc", "trace_short_time"),
        ):
            cursor.execute(f"explain select id from evidence_trace t where agency_id = 1 and {condition} limit 5")  # noqa: S608
            assert index in str(cursor.fetchall()), index


def test_a_case_of_another_agency_that_is_shared_shows_its_trace_too(client, city):
    trace = answered(city, **SALE)
    access.share(trace.firearm.exhibit.incident, city.gmpd)
    assert "DOE, PAT A" in text(page(client, city.gm_detective, "trace", trace.pk))
    assert page(client, city.gm_supervisor, "trace_edit", trace.pk).status_code == 403
