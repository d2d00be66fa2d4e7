"""The pages of evidence intake: who reaches them, what they keep, and that three rows cost what one does."""

import csv
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies import access, walk
from agencies.models import AuditEvent
from evidence.actions import acquisitions, exhibits, incidents, traces
from evidence.models import Acquisition, Exhibit, Incident, Trace
from tests import factories

NOW = timezone.now().replace(microsecond=0)
EARLIER = NOW - timedelta(days=1)
PISTOL = {"make": "Glock", "model": "19", "caliber": "9 mm", "type_code": "PI", "serial": "ABC1234"}
LOCAL = "2026-07-14T23:10"
NEW = {
    "case_number": "26-024310", "kind": "shots_fired_confirmed", "occurred_at": LOCAL, "time_known": "on",
    "victims": "1", "address": "Alder Av at 14th", "exhibit-TOTAL_FORMS": "4", "exhibit-INITIAL_FORMS": "0",
    "exhibit-0-number": "1", "exhibit-0-kind": "casing_group", "exhibit-0-caliber": "9 mm", "exhibit-0-count": "6",
    "exhibit-1-number": "2", "exhibit-1-kind": "firearm", "exhibit-1-caliber": "other",
    "exhibit-1-caliber_other": ".32 Auto", "exhibit-1-count": "1", "exhibit-1-make": "Colt", "exhibit-1-serial": "X-1",
    "exhibit-2-number": "3", "exhibit-2-kind": "casing_group", "exhibit-2-count": "1",
    "exhibit-3-number": "4", "exhibit-3-kind": "casing_group", "exhibit-3-count": "1",
}  # fmt: skip


def case(city, number="26-1", by=None, **values):
    """An incident of Port Alder with casings, a gun with a trace, and a receipt at the laboratory."""
    by = by or city.technician
    values = {"kind": "homicide", "occurred_at": EARLIER} | values
    made = incidents.record(agency=city.papd, by=by, case_number=number, **values)
    casings = exhibits.add(
        incident=made, by=by, number="1", kind="casing_group", collected_at=EARLIER, caliber="9 mm", count=3
    )
    gun = exhibits.add(incident=made, by=by, number="2", kind="firearm", collected_at=EARLIER, firearm=PISTOL)
    acquisitions.receive(exhibit=casings, site=city.lab, received_at=EARLIER, by=by)
    traces.request(firearm=gun.firearm, by=by)
    return made


def page(client, person, name, *args, **query):
    client.force_login(person)
    return client.get(reverse(name, args=args), query)


def text(response):
    return " ".join(response.content.decode().split())


ONE_RECORD = [
    "incident", "incident_edit", "exhibit", "exhibit_new", "custody_new", "acquisition_receive", "acquisition_enter",
    "trace", "trace_new",
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


@pytest.mark.parametrize(("name", "queries"), [("incidents", 6), ("exhibits", 5), ("acquisitions", 6), ("traces", 8)])
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


@pytest.mark.parametrize(("name", "queries"), [("incident", 10), ("exhibit", 9)])
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


def test_an_incident_with_its_first_exhibits_is_recorded_on_one_page(client, city):
    assert page(client, city.technician, "incident_new").status_code == 200
    response = client.post(reverse("incident_new"), NEW)
    made = Incident.objects.get()
    assert response.url == made.get_absolute_url()
    assert made.occurred_at.isoformat() == "2026-07-15T04:10:00+00:00"
    assert [str(each) for each in made.exhibits.all()] == ["1", "2"]
    gun = made.exhibits.get(number="2").firearm
    assert (gun.make, gun.caliber, gun.serial_key) == ("Colt", ".32 Auto", "X1")
    assert made.victims.count() == 1


def test_a_form_that_fails_keeps_what_was_typed_and_says_what_is_wrong_beside_it(client, city):
    case(city, "26-1")
    client.force_login(city.technician)
    wrong = {
        "case_number": "26 1", "kind": "else", "occurred_at": "2199-01-01T00:00", "lat": "41", "exhibit-1-number": "1",
        "exhibit-1-caliber_other": "", "address": "12 <b>River</b> St",
    }  # fmt: skip
    answer = text(client.post(reverse("incident_new"), NEW | wrong))
    for sentence in (
        "has a case 26 1 already", "Choose what happened", "lies in the future", "both latitude and longitude",
        "Name the caliber", "12 &lt;b&gt;River&lt;/b&gt; St",
    ):  # fmt: skip
        assert sentence in answer, sentence
    answer = text(client.post(reverse("incident_new"), NEW | {"exhibit-1-number": "1"}))
    assert "Two exhibits have the same number" in answer
    assert Incident.objects.count() == 1


def test_an_hour_that_the_clock_left_out_is_refused(client, city):
    client.force_login(city.technician)
    assert "does not exist" in text(client.post(reverse("incident_new"), NEW | {"occurred_at": "2026-03-08T02:30"}))


def test_an_analyst_of_the_center_chooses_the_agency_and_nobody_records_for_another_center(client, city):
    client.force_login(city.analyst)
    client.post(reverse("incident_new"), NEW | {"agency": city.gmpd.pk})
    assert Incident.objects.get().agency == city.gmpd
    client.post(reverse("incident_new"), NEW | {"agency": city.outsider_agency.pk})
    assert not Incident.objects.filter(agency=city.outsider_agency).exists()
    assert page(client, city.detective, "incident_new").status_code == 403


def test_who_corrects_second_is_shown_both_versions(client, city):
    made = case(city)
    client.force_login(city.technician)
    address = reverse("incident_edit", args=[made.pk])
    form = client.get(address).context["form"]
    values = {
        "case_number": "26-1",
        "kind": "homicide",
        "occurred_at": LOCAL,
        "address": "Mine",
        "seen": form["seen"].value(),
    }
    incidents.correct(incident=made, by=city.analyst, seen=made.updated_at, address="Theirs")
    answer = text(client.post(address, values))
    assert "while you were editing" in answer
    assert "Theirs" in answer
    fresh = client.get(address).context["form"]["seen"].value()
    assert client.post(address, values | {"seen": fresh}).status_code == 302
    assert Incident.objects.get().address == "Mine"
    assert page(client, city.detective, "incident_edit", made.pk).status_code == 403
    assert page(client, city.gm_supervisor, "incident_edit", made.pk).status_code == 403
    assert page(client, factories.member(city.gmpd, "analyst"), "incident_edit", made.pk).status_code == 404


def test_save_next_comes_back_with_the_next_number(client, city):
    made = case(city)
    client.force_login(city.technician)
    address = reverse("exhibit_new", args=[made.pk])
    values = {
        "number": "3",
        "kind": "projectile",
        "count": "2",
        "collected_at": "2026-07-15T01:00",
        "nibin_eligible": "on",
    }
    assert client.post(address, values | {"next": "1"}).url == address
    assert 'value="4"' in text(client.get(address))
    answer = text(client.post(address, values))
    assert "has an exhibit 3 already. Give this one another number." in answer
    answer = text(client.post(address, values | {"number": "4", "nibin_eligible": ""}))
    assert "Say why this exhibit does not go into NIBIN" in answer


def test_an_exhibit_is_handed_over_to_the_laboratory_received_and_entered(client, city):
    made = incidents.record(
        agency=city.papd, by=city.technician, case_number="26-9", kind="homicide", occurred_at=EARLIER
    )
    item = exhibits.add(incident=made, by=city.technician, number="1", kind="casing_group", collected_at=EARLIER)
    at = NOW.astimezone(city.lab.working_calendar.tz).strftime("%Y-%m-%dT%H:%M")
    client.force_login(city.technician)
    leg = {"purpose": "to_laboratory", "from_whom": "Tess Ito", "laboratory": city.lab.pk, "at": at, "seal": "S-1"}
    client.post(reverse("custody_new", args=[item.pk]), leg)
    client.force_login(city.examiner)
    client.post(reverse("acquisition_receive", args=[item.pk]), {"site": city.lab.pk, "received_at": at})
    waiting = Acquisition.objects.get()
    Acquisition.objects.update(due_at=NOW - timedelta(hours=20), received_at=NOW - timedelta(hours=30))
    entry = {"reference": "WCL-1", "entered_at": at}
    address = reverse("acquisition_enter", args=[waiting.pk])
    assert "1 overdue" in text(client.get(reverse("acquisitions")))
    assert "Say why it is late" in text(client.post(address, entry))
    assert client.post(address, entry | {"late_reason": "Equipment down"}).url == reverse("acquisitions")
    shown = text(client.get(item.get_absolute_url()))
    for words in ("sent to the laboratory from Tess Ito, seal S-1", "WCL-1", "Equipment down", "3 rows, newest first"):
        assert words in shown, words
    assert client.get(address).status_code == 403


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


def test_a_trace_is_asked_for_and_its_result_recorded(client, city):
    made = case(city)
    trace = Trace.objects.get()
    client.force_login(city.technician)
    address = reverse("trace", args=[trace.pk])
    assert "Say why the trace stopped" in text(client.post(address, {"status": "closed_incomplete"}))
    too_late = {"status": "completed_to_purchaser", "purchased_on": NOW.date() + timedelta(days=3)}
    assert "recovered before this day" in text(client.post(address, too_late))
    bought = made.occurred_at.astimezone(ZoneInfo(city.papd.zone)).date() - timedelta(days=400)
    client.post(address, {"status": "completed_to_purchaser", "purchased_on": bought, "trace_number": "T26-1"})
    shown = text(client.get(address))
    for words in ("400 days", "Completed to a purchaser", "takes no further result", "Under three years"):
        assert words in shown, words
    assert "400 days" in text(client.get(reverse("traces")))
    assert client.post(address, {"status": "cancelled"}).status_code == 403
    assert page(client, city.detective, "trace_new", trace.firearm_id).status_code == 403
    again = reverse("trace_new", args=[trace.firearm_id])
    client.force_login(city.technician)
    assert client.post(again).url == reverse("trace", args=[Trace.objects.latest("id").pk])


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
