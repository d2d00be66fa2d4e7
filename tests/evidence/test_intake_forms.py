"""The forms of evidence intake: what they record, what they keep and what they refuse."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from evidence.actions import exhibits, incidents
from evidence.models import Acquisition, Incident, Trace
from tests import factories
from tests.evidence.intake import EARLIER, NOW, case, page, text

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
    untouched = {"number": "4", "kind": "casing_group", "count": "1", "nibin_eligible": "on"}
    answer = text(client.post(address, values | untouched))
    assert "Nothing is said of this exhibit yet" in answer, "one press too many makes no exhibit"


def test_an_exhibit_is_handed_over_to_the_laboratory_received_and_entered(client, city):
    made = incidents.record(
        agency=city.papd, by=city.technician, case_number="26-9", kind="homicide", occurred_at=EARLIER
    )
    item = exhibits.add(incident=made, by=city.technician, number="1", kind="casing_group", collected_at=EARLIER)
    at = NOW.astimezone(city.lab.working_calendar.tz).strftime("%Y-%m-%dT%H:%M")
    client.force_login(city.technician)
    leg = {"how": "desk", "purpose": "to_laboratory", "agency": city.lab.pk, "at": at, "seal": "S-1"}
    client.post(reverse("custody_new", args=[item.pk]), leg)
    client.force_login(city.examiner)
    client.post(reverse("acquisition_receive", args=[item.pk]), {"site": city.lab.pk, "received_at": at, "seal": "S-1"})
    waiting = Acquisition.objects.get()
    Acquisition.objects.update(due_at=NOW - timedelta(hours=20), received_at=NOW - timedelta(hours=30))
    entry = {"reference": "WCL-1", "entered_at": at}
    address = reverse("acquisition_enter", args=[waiting.pk])
    assert "1 overdue" in text(client.get(reverse("acquisitions")))
    assert "Say why it is late" in text(client.post(address, entry))
    assert client.post(address, entry | {"late_reason": "Equipment down"}).url == reverse("acquisitions")
    shown = text(client.get(item.get_absolute_url()))
    for words in ("from Tess Ito by", "WCL-1", "Equipment down", "2 rows, newest first"):
        assert words in shown, words
    assert client.get(address).status_code == 403


def test_a_trace_is_asked_for_and_its_result_recorded(client, city):
    made = case(city)
    trace = Trace.objects.get()
    client.force_login(city.technician)
    address = reverse("trace_result", args=[trace.pk])
    assert "Say why the trace stopped" in text(client.post(address, {"status": "closed_incomplete"}))
    too_late = {"status": "completed_to_purchaser", "purchased_on": NOW.date() + timedelta(days=3)}
    assert "recovered before this day" in text(client.post(address, too_late))
    bought = made.occurred_at.astimezone(ZoneInfo(city.papd.zone)).date() - timedelta(days=400)
    client.post(address, {"status": "completed_to_purchaser", "purchased_on": bought, "trace_number": "T26-1"})
    shown = text(client.get(reverse("trace", args=[trace.pk])))
    for words in ("400 days", "Completed to a purchaser", "1 to under 2 years", "Under three years"):
        assert words in shown, words
    assert "400 days" in text(client.get(reverse("traces")))
    assert "Choose one of those listed" in text(client.post(address, {"status": "cancelled"}))
    assert page(client, city.detective, "trace_new", trace.firearm_id).status_code == 403
    again = reverse("trace_new", args=[trace.firearm_id])
    client.force_login(city.technician)
    assert client.post(again).url == reverse("trace", args=[Trace.objects.latest("id").pk])
