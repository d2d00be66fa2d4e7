"""What is typed on a device stays until the server has it, for the one who typed it; a sheet is opened once."""

import pytest
from django.urls import reverse

from leads.actions import activities, assignments
from leads.models import Activity
from tests.leads.pages import lead as made

DRAFTS = "Object.keys(localStorage).filter((key) => key.startsWith('draft:'))"


@pytest.fixture
def mine(transactional_db, city):
    part = made(city, "WCL-2026-00412").obligations.get(agency=city.papd)
    assignments.assign(obligation=part, investigator=city.detective, by=city.supervisor)
    return part


def write(page, part):
    page.goto(reverse("obligation_log", args=[part.pk]))
    page.get_by_label("In one or two sentences").fill("Asked at three doors.")


def broken(**_):
    raise RuntimeError("Not now")


def test_a_draft_goes_when_the_server_has_it_and_not_before(open_page, city, mine, monkeypatch):
    page = open_page(city.detective)
    write(page, mine)
    page.locator("form[data-draft]").evaluate("form => { form.noValidate = true; form.requestSubmit(); }")
    page.locator("[data-errors]").wait_for()  # the kind of work is missing: nothing was saved
    assert page.evaluate(DRAFTS) == [f"draft:{city.detective.pk}:activity-{mine.pk}"]
    page.locator("[name=kind][value=canvass]").check()
    with monkeypatch.context() as patch:
        patch.setattr(activities, "log", broken)
        page.locator("form[data-draft] button.btn--1").click()
        page.get_by_role("heading", name="Something broke in the portal").wait_for()
    page.complaints.clear()
    page.get_by_role("link", name="Go to my day").click()
    page.wait_for_url("**" + reverse("my_leads"))
    page.goto(reverse("obligation_log", args=[mine.pk]))
    assert page.get_by_label("In one or two sentences").input_value() == "Asked at three doors."
    page.locator("form[data-draft] button.btn--1").click()
    page.get_by_text("written down").first.wait_for()
    assert Activity.objects.get().text == "Asked at three doors."
    assert page.evaluate(DRAFTS) == []


def test_a_draft_stays_when_the_signal_was_lost_without_the_browser_knowing(open_page, city, mine):
    page = open_page(city.detective)
    write(page, mine)
    page.locator("[name=kind][value=canvass]").check()
    page.route("**/log/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("form[data-draft] button.btn--1").click()
    page.wait_for_url("chrome-error://**")
    page.complaints.clear()
    page.goto(reverse("my_leads"))
    assert page.evaluate(DRAFTS) == [f"draft:{city.detective.pk}:activity-{mine.pk}"]


def test_a_draft_is_for_one_person_and_a_day(open_page, city, mine):
    page = open_page(city.detective)
    write(page, mine)
    key = page.evaluate(DRAFTS)[0]
    other = key.replace(f":{city.detective.pk}:", ":0:")
    page.evaluate("([key, other]) => localStorage.setItem(other, localStorage.getItem(key))", [key, other])
    page.evaluate("key => localStorage.setItem(key, JSON.stringify({at: Date.now() - 86401000, values: []}))", key)
    page.goto(reverse("my_leads"))
    assert page.evaluate(DRAFTS) == [other]
    write(page, mine)
    page.locator("form[data-sign-out]").evaluate("form => form.requestSubmit()")
    page.wait_for_url("**/sign-out/")
    assert page.evaluate(DRAFTS) == [other]


def test_a_sheet_opens_once_keeps_a_draft_and_asks_before_it_goes(open_page, city, mine):
    page = open_page(city.detective)
    page.goto(mine.lead.get_absolute_url())
    link = page.locator(f"a[data-sheet][href='{reverse('obligation_log', args=[mine.pk])}']").first
    link.evaluate("link => { link.click(); link.click(); }")
    sheet = page.locator("dialog.dialog[open]")
    sheet.wait_for()
    assert sheet.count() == 1
    assert sheet.locator("[data-stepper].is-live").count() == 1
    sheet.get_by_label("In one or two sentences").fill("Asked at three doors.")
    assert page.evaluate(DRAFTS) == [f"draft:{city.detective.pk}:activity-{mine.pk}"]
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.keyboard.press("Escape")
    assert asked == ["Close without sending what you typed?"]
    assert sheet.is_visible()
    sheet.locator("[data-sheet-close]").click()
    assert page.locator("dialog.dialog[open]").count() == 0
