import pytest
from django.urls import reverse

from tests.flows import sweep

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_check_itself_sees_a_field_without_a_label_and_a_page_too_wide(open_page, check_page):
    page = open_page(width=390)
    page.set_content("<html lang=en><title>x</title><main><h1>x</h1><input></main>")
    with pytest.raises(AssertionError, match="label"):
        check_page(page)
    page.set_content("<html lang=en><title>x</title><main><h1 style='width:900px'>x</h1></main>")
    with pytest.raises(AssertionError, match="px wide in a window of 390 px"):
        check_page(page)


def test_the_check_itself_sees_a_word_that_is_too_pale_once(open_page):
    page = open_page()
    page.goto(reverse("sign_in"))
    page.evaluate("document.querySelector('h1').style.color = '#e8e8e8'")
    found = list(sweep.look(page, sweep.LOOKS))
    assert [each[:14] for each in found] == ["(1440, light):"]
    assert "color-contrast" in found[0]
    assert not list(sweep.look(page, sweep.LOOKS)), "what was asked once is not asked again"
