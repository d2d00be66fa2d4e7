import pytest

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_first_page_is_readable_by_everyone(open_page, check_page, width, scheme):
    page = open_page(width=width, scheme=scheme)
    page.goto("/")
    assert page.get_by_role("heading").first.is_visible()
    check_page(page)


def test_an_address_that_is_not_there_says_so_and_leads_back(open_page, check_page):
    page = open_page()
    answer = page.goto("/no-such-place/")
    assert answer.status == 404
    check_page(page)
    page.complaints = [text for text in page.complaints if "404" not in text]


def test_the_check_itself_sees_a_field_without_a_label_and_a_page_too_wide(open_page, check_page):
    page = open_page(width=390)
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><input></main>")
    with pytest.raises(AssertionError, match="label"):
        check_page(page)
    page.set_content("<html lang=en><title>x</title><main><h1 style='width:900px'>x</h1></main>")
    with pytest.raises(AssertionError, match="px wide in a window of 390 px"):
        check_page(page)
