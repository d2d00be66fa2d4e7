"""A case in the browser from referral to sentence: referred to two offices, screened by both, taken by one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.roles import Role
from leads.models import Referral
from tests.factories import member
from tests.leads.pages import lead

DESK, PHONE = 1440, 390


@pytest.fixture
def found(transactional_db, city):
    return lead(city, "WCL-2026-00001")


def send(page, **values):
    """Fill the form of a step by the names of its fields, and send it."""
    page.locator("main form[data-guard]").wait_for()
    for name, value in values.items():
        field = page.locator(f"main form [name={name}]")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            page.locator(f"main form [name={name}][value='{value}']").check(force=True)
        elif field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("main form[data-guard] .btn--1").click()


def step(page, name, record, **values):
    page.goto(reverse(name, args=[record.pk]))
    send(page, **values)
    page.locator(".msgs, .toast, [role=status]").first.wait_for()


def test_a_case_goes_from_referral_to_sentence(open_page, check_page, city, found):
    today = timezone.localdate(timezone=city.da.working_calendar.tz)
    federal = member(city.usao, Role.PROSECUTOR, name="Dorian Whitlock")
    detective = open_page(city.detective, width=PHONE)
    detective.goto(reverse("referral_new", args=[found.pk]))
    for office in (city.da, city.usao):
        detective.locator(f"main form [name=office][value='{office.pk}']").check(force=True)
    send(detective, defendant="Jonas Vane", summary="Arrested with the gun, report 26-018844-3.")
    detective.get_by_text("before").first.wait_for()
    state, other = (Referral.objects.get(office=office) for office in (city.da, city.usao))

    office = open_page(federal, width=DESK)
    office.goto(reverse("home"))
    office.get_by_role("link", name="Jonas Vane").click()
    office.get_by_role("link", name="Worksheet").click()
    office.get_by_text("Jonas Vane").first.wait_for()
    step(office, "screening_edit", state.screening, federal_months="180")
    step(office, "referral_decide", other, status="declined", reason="other_authorities")

    prosecutor = open_page(city.prosecutor, width=DESK)
    prosecutor.goto(reverse("home"))
    prosecutor.get_by_role("heading", name="Waits for a decision").wait_for()
    check_page(prosecutor)
    step(prosecutor, "referral_give", state, prosecutor=str(city.prosecutor.pk))
    step(prosecutor, "screening_edit", state.screening, witnesses="2")
    step(prosecutor, "referral_decide", state, status="accepted", court_number="WX-2026-CF-1",
         next_on=f"{today + timedelta(days=1)}", next_what="Arraignment")  # fmt: skip
    step(
        prosecutor, "charge_new", state, statute="XX Penal 22.1", title="Assault with a firearm", charged_on=f"{today}"
    )
    step(prosecutor, "deadline_new", state, kind="discovery", due_on=f"{today}")
    prosecutor.goto(reverse("home"))
    week = prosecutor.locator("main").inner_text()
    assert "Arraignment" in week
    assert "Discovery" in week
    check_page(prosecutor)

    prosecutor.goto(reverse("referral_outcome", args=[state.pk]))
    charge = state.charges.get()
    ended = {f"disposition_{charge.pk}": "guilty_plea", "disposed_on": f"{today}", f"prison_months_{charge.pk}": "36"}
    send(prosecutor, **ended)
    prosecutor.get_by_text("36 months prison").first.wait_for()
    check_page(prosecutor)
    prosecutor.emulate_media(media="print")
    assert prosecutor.get_by_role("heading", name="Dates and deadlines").is_visible()
    assert not prosecutor.get_by_role("navigation").first.is_visible()

    detective.goto(state.get_absolute_url())
    case = detective.locator("main").inner_text()
    assert "Guilty plea" in case
    assert "36 months prison" in case
    check_page(detective)
    charge.refresh_from_db()
    assert (charge.disposition, charge.prison_months) == ("guilty_plea", 36)
    assert Referral.objects.get(pk=other.pk).status == Referral.Status.DECLINED
