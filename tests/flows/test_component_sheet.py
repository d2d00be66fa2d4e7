import pytest

from tests.flows import sweep

pytestmark = pytest.mark.django_db(transaction=True)
SHEET, LIST = "/components/", "/components/?as=list"


@pytest.mark.parametrize("address", [SHEET, LIST])
def test_every_component_is_readable_by_everyone(open_page, address):
    page = open_page()
    page.goto(address)
    assert list(sweep.look(page, sweep.LOOKS)) == []


def test_a_list_is_worked_without_a_mouse(open_page, check_page):
    page = open_page()
    page.goto(LIST)
    page.keyboard.press("j")
    page.locator("#preview .pvt").wait_for()
    check_page(page, "#preview")
    page.keyboard.press("x")
    assert page.locator("[data-bulk-count]").inner_text() == "1 selected"
    page.keyboard.press("Enter")
    page.wait_for_url("**/components/?as=list#row*")


def test_keys_open_help_and_search_and_stay_off_while_one_types(open_page, check_page):
    page = open_page()
    page.goto(LIST)
    page.keyboard.press("?")
    assert page.get_by_role("dialog", name="Help and keys").is_visible()
    check_page(page, "#keys")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("j?")
    assert page.locator("#q").input_value() == "j?"
    assert not page.locator("#keys").is_visible()


def test_a_clock_opens_its_sum_beside_it_and_esc_closes_it(open_page, check_page):
    page = open_page()
    page.goto(SHEET)
    page.locator("[popovertarget=c-late]").click()
    sum_of_it = page.locator("#c-late")
    assert sum_of_it.is_visible()
    # It is put in its place when it has opened: a moment later.
    page.wait_for_function("""() => Math.abs(document.querySelector("#c-late").getBoundingClientRect().x
        - document.querySelector("[popovertarget=c-late]").getBoundingClientRect().x) < 2""")
    check_page(page, "#c-late")
    page.keyboard.press("Escape")
    assert not sum_of_it.is_visible()


def test_a_dialog_keeps_the_focus_and_gives_it_back(open_page, check_page):
    page = open_page(width=390)
    page.goto(SHEET)
    opener = page.get_by_role("button", name="Columns")
    opener.click()
    dialog = page.get_by_role("dialog", name="Assign 2 leads to Homicide?")
    assert dialog.is_visible()
    check_page(page, "dialog[open]")
    for _ in range(5):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog')")
    page.keyboard.press("Escape")
    assert opener.evaluate("button => document.activeElement === button")


def test_a_phone_has_the_whole_menu_one_touch_away(open_page, check_page):
    page = open_page(width=390)
    page.goto(LIST)
    page.get_by_role("button", name="Menu", exact=True).click()
    menu = page.get_by_role("navigation", name="Main")
    assert menu.get_by_role("link", name="Imports").is_visible()
    check_page(page, "nav")
    menu.get_by_role("button", name="Close the menu").click()
    assert not menu.is_visible()


def test_the_theme_that_was_chosen_is_still_there_on_the_next_page(open_page):
    page = open_page()
    page.goto(SHEET)
    page.get_by_role("button", name="Switch light and dark").click()
    page.goto(LIST)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(17, 21, 28)"


def test_without_a_script_the_menu_the_sums_and_the_dialogs_still_open(browser, live_server):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(SHEET)
    page.locator("[popovertarget=agency-menu]").click()
    assert page.get_by_role("button", name="Glenmoor PD").is_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Columns").click()
    assert page.get_by_text("Sgt. Bell is told now.").is_visible()
    context.close()


def test_unsaved_work_is_not_left_without_a_question(open_page):
    page = open_page()
    page.goto(SHEET)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#a_note").fill("Spoke to the shop owner")
    page.goto(LIST)
    assert asked == ["beforeunload"]


def test_a_small_count_is_stepped_by_its_buttons(open_page):
    page = open_page(width=390)
    page.goto(SHEET)
    page.locator(".stepper:has(#a_casings) [data-step='1']").click()
    assert page.locator("#a_casings").input_value() == "7"
    box = page.locator(".stepper:has(#a_casings) [data-step='1']").bounding_box()
    assert min(box["width"], box["height"]) >= 44


def test_paper_is_light_and_keeps_the_stamp_and_the_synthetic_mark(open_page):
    page = open_page(scheme="dark")
    page.goto(SHEET)
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.locator(".stampbar").first.is_visible()
    assert page.locator(".strip").is_visible()
    assert not page.locator(".nav").is_visible()


def test_a_row_opens_at_a_touch_where_there_is_no_room_for_a_preview(open_page):
    page = open_page(width=390)
    page.goto(LIST)
    page.locator("tr[data-href] .q-score").nth(1).click()
    page.wait_for_url("**/components/?as=list#row2")
