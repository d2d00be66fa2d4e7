"""The pages of a packet stand beside its form and follow what is chosen and typed, before anything is made."""

import pytest
from django.urls import reverse

from leads.models import Packet
from tests.leads.pages import lead as made


@pytest.fixture
def lead(transactional_db, city):
    return made(city, "WCL-2026-00412")


def test_the_pages_follow_each_change_and_stay_as_they_were_where_the_form_is_wrong(open_page, city, lead):
    page = open_page(city.detective)
    page.goto(reverse("packet_new", args=[lead.pk]))
    shown = page.locator("#shown")
    page.get_by_label("Title").fill("State v. Quill")
    shown.get_by_role("heading", name="State v. Quill").wait_for()
    # The whole form is sent, so that the words appear under their section.
    page.get_by_label("Your own words").fill("Two scenes within a week.")
    shown.get_by_text("Two scenes within a week.").wait_for()
    page.get_by_role("checkbox", name="Summary").uncheck()
    shown.get_by_text("Two scenes within a week.").wait_for(state="detached")
    page.get_by_label("Title").fill("")
    page.get_by_text("These are the pages from before").wait_for()
    assert shown.get_by_role("heading", name="State v. Quill").count() == 1
    assert not Packet.objects.exists()
