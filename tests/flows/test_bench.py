"""A scanner at the bench types as a keyboard does; what it types ends with Enter."""

from django.urls import reverse

from evidence import labels
from evidence.models import CustodyEvent, Inventory, Place
from tests import factories


def test_what_a_scanner_types_is_checked_in_and_counted(open_page, city):
    shelf = Place.objects.create(agency=city.papd, kind="shelf", code="S1", created_by=city.technician)
    case = factories.incident(city.papd, case_number="26-024310")
    first, second, third = (factories.exhibit(case, number, held_by=city.papd) for number in "123")
    page = open_page(city.technician, width=390)
    page.goto(reverse("bench"))
    scan = page.get_by_label("Scan", exact=True)

    def typed(text, says):
        scan.fill(text)
        scan.press("Enter")
        page.locator("[data-scan-said]").get_by_text(says).wait_for()

    typed(labels.address(shelf), "Into S1")
    typed(labels.address(first), "26-024310, exhibit 1")
    typed("nonsense", "No exhibit or place that you see has this label")
    typed("26-024310/2", "26-024310, exhibit 2")
    page.locator("li", has_text="nonsense").get_by_role("button", name="Take out").click()
    page.get_by_role("button", name="Move 2").click()
    page.get_by_text("Checked in to S1", exact=True).wait_for()
    assert CustodyEvent.objects.filter(place=shelf, receipt__isnull=False).count() == 2
    page.goto(shelf.get_absolute_url())
    page.get_by_role("button", name="Take inventory").click()
    typed(labels.address(second), "exhibit 2: found")
    typed(labels.address(third), "Not expected in S1")
    page.reload()
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("link", name="Missing 1").wait_for()
    lines = Inventory.objects.get().lines.values_list("exhibit__number", "outcome")
    assert sorted(lines) == [("1", "missing"), ("2", "found"), ("3", "misplaced")]
