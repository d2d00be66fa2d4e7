"""Evidence intake in a real browser: a scene recorded on a phone."""

from django.urls import reverse

from evidence.models import Incident
from tests import factories


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


def test_the_next_exhibit_begins_empty_and_with_the_next_number(open_page, city):
    incident = factories.incident(city.papd)
    page = open_page(city.technician)
    page.goto(reverse("exhibit_new", args=[incident.pk]))
    page.get_by_role("radio", name="9 mm").check()
    page.locator("[name=storage]").fill("Shelf 4")
    page.get_by_role("button", name="Save, next exhibit").click()
    page.get_by_text("Exhibit 1 is added").wait_for()
    assert page.locator("[name=number]").input_value() == "2"
    assert page.locator("[name=storage]").input_value() == ""
    page.get_by_role("radio", name="Firearm").check()
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("Exhibit 2 is added").wait_for()
    assert [(each.number, each.kind) for each in incident.exhibits.order_by("number")] == [
        ("1", "casing_group"),
        ("2", "firearm"),
    ]
