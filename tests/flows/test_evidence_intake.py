"""Evidence intake in a real browser: a scene recorded on a phone, and every page of it free of barriers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from evidence.actions import acquisitions, custody, exhibits, incidents, traces
from evidence.models import Acquisition, Incident, Trace
from tests import factories

NOW = timezone.now().replace(microsecond=0)
PISTOL = {"make": "Glock", "model": "19", "caliber": "9 mm", "type_code": "PI", "serial": "ABC1234"}
STREETS = ("1400 block Alder Av", "Quarry Rd at 3rd St", "Riverside Park, north gate", "")


@pytest.fixture
def scene(city):
    """Four cases of Port Alder with casings, guns, hand-overs, entries in time and late, and traces."""
    technician = factories.member(city.papd, "analyst", user=city.technician)  # sees exports and traces as well
    for at, (street, kind) in enumerate(zip(STREETS, Incident.Kind.values[:4], strict=True)):
        happened = NOW - timedelta(days=2 + 3 * at)
        made = incidents.record(
            agency=city.papd, by=technician, case_number=f"26-02431{at}", kind=kind, occurred_at=happened,
            address=street, district="14", victims=at % 3, lat=39.95 + at / 100, lng=-75.16,
            narrative="Two groups argued outside a bar.",
        )  # fmt: skip
        item = exhibits.add(
            incident=made, by=technician, number="1", kind="casing_group", count=6 - at, caliber="9 mm",
            collected_at=happened, collected_by="Ofc. Lee Park", description="Along the north kerb",
        )  # fmt: skip
        gun = exhibits.add(
            incident=made, by=technician, number="2", kind="firearm", collected_at=happened, firearm=PISTOL
        )
        sent = happened + timedelta(hours=3)
        custody.record(
            exhibit=item,
            by=technician,
            purpose="to_laboratory",
            to_whom=city.lab.name,
            at=sent,
            laboratory=city.lab,
            seal="S-1",
        )
        acquisitions.receive(exhibit=item, site=city.lab, received_at=sent + timedelta(hours=2), by=technician)
        traces.request(firearm=gun.firearm, by=technician)
    first = Trace.objects.earliest("id")
    traces.record_result(
        trace=first,
        status="completed_to_purchaser",
        trace_number="T26-1001",
        purchased_on=NOW - timedelta(days=500),
        by=technician,
    )
    done = Acquisition.objects.earliest("id")
    acquisitions.enter(
        acquisition=done, reference="WCL-26-88", entered_at=done.received_at + timedelta(minutes=50), by=city.examiner
    )
    return city


def addresses():
    case, waiting = Incident.objects.earliest("id"), Acquisition.objects.latest("id")
    item, gun = case.exhibits.get(number="1"), case.exhibits.get(number="2")
    return {
        "incidents": reverse("incidents"),
        "incident": case.get_absolute_url(),
        "incident_new": reverse("incident_new"),
        "incident_edit": reverse("incident_edit", args=[case.pk]),
        "exhibits": reverse("exhibits"),
        "exhibit": item.get_absolute_url(),
        "gun": gun.get_absolute_url(),
        "exhibit_new": reverse("exhibit_new", args=[case.pk]),
        "custody_new": reverse("custody_new", args=[item.pk]),
        "receive": reverse("acquisition_receive", args=[gun.pk]),
        "acquisitions": reverse("acquisitions"),
        "enter": reverse("acquisition_enter", args=[waiting.pk]),
        "traces": reverse("traces"),
        "trace": reverse("trace", args=[Trace.objects.latest("id").pk]),
        "trace_new": reverse("trace_new", args=[Trace.objects.earliest("id").firearm_id]),
    }


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_no_page_of_evidence_has_a_barrier_filled_or_empty(open_page, check_page, scene, width, scheme):
    for name, address in addresses().items():
        person = scene.examiner if name in ("acquisitions", "enter") else scene.technician
        page = open_page(person, width=width, scheme=scheme)
        assert page.goto(address).status == 200, name
        check_page(page)
        page.context.close()
    for name in ("incidents", "exhibits", "acquisitions", "traces"):
        page = open_page(factories.member(scene.gmpd, "analyst"), width=width, scheme=scheme)
        page.goto(reverse(name))
        assert page.locator(".empty").is_visible()
        check_page(page)


def test_a_scene_is_recorded_on_a_phone_and_survives_a_lost_signal(open_page, city):
    page = open_page(city.technician, width=390)
    page.goto(reverse("incident_new"))
    page.get_by_label("Case number").fill("26-024310")
    page.get_by_role("radio", name="Non-fatal shooting").check()
    first = page.locator("details.exh").first
    assert not first.get_by_label("Make").is_visible()
    first.get_by_role("radio", name="9 mm").check()
    for _ in range(5):
        first.get_by_role("button", name="One more").click()
    page.context.set_offline(True)
    page.get_by_role("button", name="Save the incident").click()
    page.get_by_text("No signal. Kept on this device").wait_for()
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert page.get_by_label("Case number").input_value() == "26-024310"
    second = page.locator("details.exh").nth(1)
    second.locator("summary").click()
    second.get_by_role("radio", name="Firearm").check()
    second.get_by_label("Make").fill("Glock")
    page.get_by_role("button", name="Save the incident").click()
    page.get_by_text("Case 26-024310 is recorded with 2 exhibits.").wait_for()
    made = Incident.objects.get()
    assert made.kind == "non_fatal_shooting"
    assert [(each.caliber, each.count) for each in made.exhibits.all()] == [("9 mm", 6), ("", 1)]
