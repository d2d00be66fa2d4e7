"""The pages of evidence intake: who reaches them, what leaves them, and that three rows cost what one does."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse

from agencies import access, walk
from agencies.models import AuditEvent
from evidence.actions import exhibits, incidents
from evidence.models import Exhibit, Incident, Trace
from tests import factories
from tests.evidence.intake import EARLIER, NOW, case, page, text

ONE_RECORD = [
    "incident", "incident_edit", "exhibit", "exhibit_new", "custody_new", "acquisition_receive", "acquisition_enter",
    "trace", "trace_new", "trace_result", "trace_sheet",
]  # fmt: skip
LISTS = ["incidents", "exhibits", "acquisitions", "traces"]


def test_each_list_says_what_to_do_when_it_is_empty(client, city):
    for name in LISTS:
        response = page(client, city.technician, name)
        assert response.status_code == 200
        assert 'class="empty"' in text(response), name


def test_each_list_and_each_page_shows_a_case_to_its_agency_its_center_and_nobody_else(client, city):
    made = case(city)
    gun, casings = made.exhibits.get(kind="firearm"), made.exhibits.get(kind="casing_group")
    pages = [("incidents",), ("exhibits",), ("incident", made.pk), ("exhibit", casings.pk), ("exhibit", gun.pk)]
    for person in (city.technician, city.detective, city.analyst):
        for name, *args in pages:
            response = page(client, person, name, *args)
            assert response.status_code == 200
            assert "26-1" in text(response), (person, name)
    for person in (city.gm_detective, city.outsider, city.prosecutor):
        for name, *args in pages:
            response = page(client, person, name, *args)
            assert response.status_code == (404 if args else 200)
            assert "26-1" not in text(response), (person, name)
    for person in (city.researcher, city.administrator, city.auditor):
        assert page(client, person, "incidents").status_code == 403


def test_the_laboratory_that_received_an_exhibit_sees_it_in_its_queue_and_its_list(client, city):
    case(city)
    assert "26-1" in text(page(client, city.examiner, "acquisitions"))
    assert "Exhibit 1" in text(page(client, city.examiner, "exhibits"))
    assert "Exhibit 1" not in text(page(client, city.gm_detective, "exhibits"))


@pytest.mark.parametrize(("name", "queries"), [("incidents", 6), ("exhibits", 5), ("acquisitions", 7), ("traces", 9)])
def test_a_list_costs_as_many_queries_for_three_rows_as_for_one(client, city, django_assert_num_queries, name, queries):
    person = city.technician
    case(city, "26-0")
    access.view_permission_id(Incident)
    page(client, person, name)
    for made in range(2):
        with django_assert_num_queries(queries):
            client.get(reverse(name))
        case(city, f"26-{made + 1}")
        case(city, f"27-{made + 1}")


@pytest.mark.parametrize(("name", "queries"), [("incident", 13), ("exhibit", 17)])
def test_a_page_costs_as_many_queries_for_three_rows_as_for_one(client, city, django_assert_num_queries, name, queries):
    made = case(city)
    target = made if name == "incident" else made.exhibits.get(kind="casing_group")
    page(client, city.technician, name, target.pk)
    for number in ("3", "4"):
        with django_assert_num_queries(queries):
            client.get(reverse(name, args=[target.pk]))
        exhibits.add(incident=made, by=city.technician, number=number, kind="casing_group", collected_at=EARLIER)


def test_an_incident_is_found_by_its_number_however_it_is_typed_and_only_by_who_may_see_it(client, city):
    case(city, "26-024310")
    for typed in ("26-024310", "26024310", " 26 024310 "):
        assert "1 incident under" in text(page(client, city.detective, "incidents", q=typed))
    assert "0 incidents under" in text(page(client, city.gm_detective, "incidents", q="26-024310"))
    assert "No incident under this number" in text(page(client, city.detective, "incidents", q="26-0243"))


def test_lists_go_on_by_cursor_and_take_no_other(client, city):
    for number in range(53):
        factories.incident(city.papd, occurred_at=NOW - timedelta(hours=number), case_number=f"26-{number:04d}")
    first = text(page(client, city.detective, "incidents", kind="shots_fired_confirmed"))
    assert "26-0049" in first
    assert "26-0050" not in first
    older = first.split('rel="next"')[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    second = text(client.get(older))
    assert [f"26-{number:04d}" in second for number in (49, 50, 52)] == [False, True, True]
    for wrong in ("x", "e30", "WyJub3cnOy0tIiwxXQ", walk.encode(NOW.isoformat(), 2**63)):
        assert "26-0049" in text(page(client, city.detective, "incidents", after=wrong))


def test_trace_data_is_for_investigators_and_every_look_is_recorded(client, city):
    made = case(city)
    gun, trace = made.exhibits.get(kind="firearm"), Trace.objects.get()
    assert "Submitted" in text(page(client, city.detective, "exhibit", gun.pk))
    assert page(client, city.detective, "trace", trace.pk).status_code == 200
    assert AuditEvent.objects.filter(verb="trace.seen", by=city.detective).count() == 2
    access.share(made, city.lab)
    shown = text(page(client, city.examiner, "exhibit", gun.pk))
    assert "Submitted" not in shown
    assert 'id="trace-h"' not in shown
    for name, *args in [("traces",), ("trace", trace.pk)]:
        assert page(client, city.examiner, name, *args).status_code == 403
    assert page(client, city.gm_detective, "trace", trace.pk).status_code == 404
    assert not AuditEvent.objects.filter(verb="trace.seen").exclude(by=city.detective).exists()


@pytest.mark.parametrize(("name", "count"), [("incidents_export", 2), ("exhibits_export", 4)])
def test_a_list_leaves_as_a_file_with_only_what_its_reader_sees_and_the_export_is_on_record(client, city, name, count):
    case(city, "26-1")
    case(city, "26-2", address="=HYPERLINK(1)")
    factories.incident(city.outsider_agency)
    response = page(client, city.supervisor, name, **{"as": "csv"})
    rows = list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))
    assert len(rows) == count
    assert all(not value.startswith("=") for row in rows for value in row.values())
    event = AuditEvent.objects.get(verb=f"{name.partition('s_')[0]}.exported")
    assert len(event.data["ids"]) == count
    sheet = page(client, city.supervisor, name, **{"as": "xlsx"})
    assert b"".join(sheet).startswith(b"PK")
    assert page(client, city.technician, name).status_code == 403


@pytest.mark.parametrize(("name", "number"), [("incidents_export", "case_number"), ("exhibits_export", "case_number")])
def test_another_role_beside_the_one_that_takes_copies_adds_nothing_to_a_file(client, city, name, number):
    case(city, "26-1")
    theirs = incidents.record(
        agency=city.gmpd, by=city.analyst, case_number="26-2", kind="homicide", occurred_at=EARLIER
    )
    exhibits.add(incident=theirs, by=city.analyst, number="1", kind="casing_group", collected_at=EARLIER)
    both = factories.member(city.papd, "detective", user=city.gm_supervisor)
    assert Incident.objects.visible_to(both).count() == 2
    rows = csv.DictReader(io.StringIO(b"".join(page(client, both, name)).decode("utf-8-sig")))
    assert {row[number] for row in rows} == {"26-2"}


@pytest.mark.parametrize("name", ONE_RECORD)
def test_an_unknown_number_is_not_found(client, city, name):
    for pk in (0, 999_999_999):
        assert page(client, city.technician, name, pk).status_code == 404
    assert not Exhibit.objects.exists()
