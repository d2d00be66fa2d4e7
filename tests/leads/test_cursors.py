"""Addresses that were tampered with: pages begin at the top, programs are told, nothing breaks."""

import pytest
from django.urls import reverse

from agencies import walk

TORN = ["2026-13-45", "2026-02-30", "2026-W01-1", "2026-01-01T00:00:00", "2026-02-30T00:00:00+00:00", "\0", "x", ""]
LISTS = {
    "obligations": "supervisor",
    "my_leads": "detective",
    "referrals": "prosecutor",
    "leads": "supervisor",
    "people": "administrator",
    "exhibits": "technician",
    "incidents": "technician",
}


@pytest.mark.parametrize("moment", TORN)
@pytest.mark.parametrize("name", LISTS)
def test_a_cursor_that_is_no_moment_is_no_error(client, city, name, moment):
    client.force_login(getattr(city, LISTS[name]))
    for pk in (5, 2**70, -1):
        assert client.get(reverse(name), {"after": walk.encode(moment, pk)}).status_code == 200


@pytest.mark.parametrize("tab", ["review", "court", "declined"])
def test_every_tab_of_cases_bears_a_day_and_a_moment(client, city, tab):
    client.force_login(city.prosecutor)
    for moment in ("9999-12-31", "2026-07-15T10:00:00+00:00", *TORN):
        found = client.get(reverse("referrals"), {"tab": tab, "after": walk.encode(moment, 5)})
        assert found.status_code == 200


@pytest.mark.parametrize("stage", range(1, 8))
def test_the_rows_of_a_stage_bear_any_cursor(client, city, stage):
    client.force_login(city.coordinator)
    for moment in TORN:
        address = reverse("dashboard_rows", args=[stage])
        found = client.get(address, {"after": walk.encode(moment, 5), "agency": "9" * 5000})
        assert found.status_code == 200


@pytest.mark.parametrize("name", ["leads", "obligations", "waiting_events", "lead_bulk"])
def test_a_number_of_five_thousand_digits_is_no_error(client, city, name):
    client.force_login(city.analyst)
    given = dict.fromkeys(("agency", "unit", "person", "priority", "after", "lead"), "9" * 5000)
    sent = client.post if name == "lead_bulk" else client.get
    assert sent(reverse(name), given | {"verb": "acknowledge"}).status_code in (200, 302)


def test_a_cursor_without_a_zone_is_one_of_utc():
    at, pk = walk.place(walk.encode("2026-07-15T10:00:00", 5))
    assert (at.isoformat(), pk) == ("2026-07-15T10:00:00+00:00", 5)


@pytest.mark.parametrize("text", ["9" * 5000, "2147483648", "-1", "²", "1.0", "", " 1"])
def test_what_is_no_whole_number_of_an_address_is_none(text):
    assert walk.whole(text) is None


def test_a_whole_number_of_an_address_may_be_nought():
    assert (walk.whole("0"), walk.whole("2147483647")) == (0, 2**31 - 1)
