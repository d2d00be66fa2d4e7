"""What a trace request needs is told while it is typed, and so is as what a typed gun will be kept."""

from django.urls import reverse

from evidence.actions import traces
from evidence.models import Trace
from tests import factories
from tests.evidence.test_trace_requests import gun


def test_a_trace_request_says_while_typing_what_it_still_needs(open_page, city):
    page, draft = open_page(city.technician), traces.begin(firearm=gun(city), by=city.technician)
    page.goto(reverse("trace_edit", args=[draft.pk]))

    def wants(name):
        return page.locator(f"[data-wants={name}]").is_visible()

    page.locator("[name=country]").fill("US")
    assert not wants("importer")
    page.locator("[name=country]").fill("at")
    assert wants("importer")
    page.locator("[name=importer]").fill("Century Arms")
    assert not wants("importer")
    assert not wants("justification")
    page.get_by_role("radio", name="Urgent").check()
    assert wants("justification")
    page.locator("[name=serial]").fill("")
    assert wants("serial")
    assert not page.locator("[name=barrel_length]").is_visible()
    page.get_by_label("The serial number is obliterated").check()
    assert not wants("serial")
    assert wants("barrel_length")
    left = page.locator("[data-left]").inner_text()
    page.locator("[name=barrel_length]").fill("4 in")
    assert page.locator("[data-left]").inner_text() != left
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_text("kept").first.wait_for()
    draft.refresh_from_db()
    assert (draft.country, draft.importer, draft.priority) == ("AT", "Century Arms", "urgent")

    # What is ready is taken as a file and then, on the same page, marked as sent.
    Trace.objects.filter(pk=draft.pk).update(status="ready")
    page.goto(reverse("traces_ready"))
    with page.expect_download():
        page.get_by_role("button", name="Download CSV").click()
    page.get_by_role("button", name="Mark as sent").click()
    page.get_by_text("marked as sent").first.wait_for()


def test_a_typed_gun_is_told_as_it_will_be_kept(open_page, city):
    page = open_page(city.technician)
    page.goto(reverse("exhibit_new", args=[factories.incident(city.papd).pk]))
    page.get_by_role("radio", name="Firearm").check()
    page.get_by_role("combobox", name="Make").press_sequentially("glok")
    use = page.get_by_role("button", name="Use Glock")
    use.wait_for()
    use.click()
    assert page.get_by_role("combobox", name="Make").input_value() == "Glock"
    page.locator("[name=model]").press_sequentially("19")
    page.get_by_role("button", name="Use this type").click()
    assert page.locator("[name=type_code]").input_value() == "PI"
