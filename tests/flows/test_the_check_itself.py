import pytest

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_check_itself_sees_a_field_without_a_label_and_a_page_too_wide(open_page, check_page):
    page = open_page(width=390)
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><input></main>")
    with pytest.raises(AssertionError, match="label"):
        check_page(page)
    page.set_content("<html lang=en><title>x</title><main><h1 style='width:900px'>x</h1></main>")
    with pytest.raises(AssertionError, match="px wide in a window of 390 px"):
        check_page(page)
