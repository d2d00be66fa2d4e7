"""Pages of the demo city as they are worked with keys alone, and as they come out of a printer."""

from urllib.parse import urlsplit

from django.urls import reverse

from leads.models import Lead, Referral
from tests.flows import sweep
from tests.flows.crawl import person

# A letter sheet is 816 px wide, what lies between its margins 710.
SHEET, BETWEEN_MARGINS = 816, 710


def at(page):
    return urlsplit(page.url).path


def press(page, keys):
    for key in keys.split():
        page.keyboard.press(key)


def test_the_queue_is_worked_with_keys_alone_up_to_a_summary_that_names_the_ticked_leads(open_demo):
    page = open_demo(person("supervisor"))
    page.goto(reverse("leads"))
    page.locator("tr.cur").wait_for()
    numbers = page.locator("tbody .q-lead a").all_inner_texts()
    may_tick = [row.locator("[type=checkbox]").count() for row in page.locator("tbody tr").all()[:6]]
    press(page, "x" + " j x" * 5)
    ticked = [number for number, may in zip(numbers, may_tick, strict=False) if may]
    assert len(ticked) > 1
    assert page.locator("[data-bulk-count]").inner_text() == f"{len(ticked)} selected"
    press(page, "k x")
    assert page.locator("[data-bulk-count]").inner_text() == f"{len(ticked) - may_tick[4]} selected"
    press(page, "x a")
    page.get_by_role("heading", name="What will happen").wait_for()
    assert at(page) == reverse("lead_bulk")
    assert sorted(page.locator("tbody th a").all_inner_texts()) == sorted(ticked)

    press(page, "g l")
    page.wait_for_url(f"**{reverse('leads')}")
    page.locator("tr.cur").wait_for()
    press(page, "?")
    assert page.get_by_role("dialog", name="Help and keys").is_visible()
    press(page, "j Escape j")
    assert page.locator("tr.kb .q-lead a").inner_text() == numbers[1]


def test_the_keys_that_lead_elsewhere_do_so_from_a_real_page_and_not_while_one_types(open_demo):
    page = open_demo(person("supervisor"))
    page.goto(reverse("leads"))
    for key, name in {"e": "incidents", "d": "dashboard", "l": "leads"}.items():
        press(page, f"g {key}")
        page.wait_for_url(f"**{reverse(name)}")
    press(page, "/ g d j ?")
    assert page.locator("#q").input_value() == "gdj?"
    assert at(page) == reverse("leads")
    assert not page.locator("#keys").is_visible()
    page.locator("#q").fill("Quarry")
    press(page, "Enter")
    page.wait_for_url("**q=Quarry*")


def test_on_paper_a_long_lead_and_its_case_keep_stamp_and_mark_and_fit_the_sheet(open_demo):
    reader = person("prosecutor")
    page = open_demo(reader)
    page.emulate_media(media="print", color_scheme="dark")
    longest = Lead.objects.visible_to(reader).order_by("-events_count")[0]
    case = Referral.objects.visible_to(reader).order_by("-lead__events_count")[0]
    assert min(longest.events_count, case.lead.events_count) > 4
    for row in (longest, case):
        page.goto(row.get_absolute_url())
        for width in (SHEET, BETWEEN_MARGINS):
            page.set_viewport_size({"width": width, "height": 1056})
            assert list(sweep.too_wide(page)) == []
            sweep.shoot(page, width, "paper")
        assert page.locator(".page > .stampbar").is_visible()
        assert page.locator(".strip").is_visible()
        assert page.locator(":is(nav, .tabbar, .crumbs, .btn):visible").count() == 0
