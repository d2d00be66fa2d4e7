"""The filters of the lead list, their address, and views that are saved."""

import pytest
from django.urls import reverse

from agencies.models import SavedView
from tests.leads.pages import lead, numbers, seen


def test_filters_stand_in_the_address_and_can_be_taken_away(client, city, three):
    page = seen(client, city.analyst, kind="homicide", caliber="9 mm", priority="2")
    assert "Kind <b>homicide</b>" in page
    assert "?caliber=9+mm&amp;priority=2" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"caliber": "9MM"}, 3),
        ({"caliber": ".45"}, 0),
        ({"link": "0"}, 3),
        ({"link": "1"}, 0),
        ({"kind": "homicide"}, 3),
        ({"kind": "carjacking"}, 0),
        ({"view": "homicide"}, 3),
        ({"view": "unconfirmed"}, 3),
        ({"view": "confirmed"}, 0),
        ({"view": "closed"}, 0),
        ({"since": "2020-01-01"}, 3),
        ({"since": "2099-01-01"}, 0),
        ({"since": "not a day", "agency": "x", "kind": "x", "view": "x", "priority": "9"}, 3),
    ],
)
def test_each_filter_narrows_by_what_it_says(city, three, asked, found):
    assert len(numbers(city.analyst, **asked)) == found


def test_the_agency_filter_finds_leads_with_an_event_of_it(city, three):
    assert len(numbers(city.analyst, agency=str(city.gmpd.pk))) == 3
    assert numbers(city.analyst, agency=str(city.da.pk)) == []


def test_the_link_filter_finds_what_an_examiner_confirmed(city):
    lead(city, "WCL-2026-00007", confirmed=True)
    lead(city, "WCL-2026-00008")
    assert numbers(city.analyst, link="1") == ["7"]
    assert numbers(city.analyst, view="confirmed") == ["7"]


def test_columns_are_chosen_in_the_address(client, city, three):
    page = seen(client, city.analyst, cols="link,who")
    assert "Nobody assigned" in page
    assert "Gun line</th>" not in page


def test_a_saved_view_keeps_the_filters_for_its_owner_alone(client, city, three):
    client.force_login(city.analyst)
    address = reverse("saved_view_save") + "?kind=homicide&view=newest"
    assert client.get(address).status_code == 200
    assert client.post(address, {"name": ""}).status_code == 200
    response = client.post(address, {"name": "My watch list"})
    assert response.url == reverse("leads") + "?view=newest&kind=homicide"
    assert SavedView.objects.get().user == city.analyst
    assert "My watch list" in seen(client, city.analyst)
    assert "My watch list" not in seen(client, city.supervisor)


def test_a_saved_view_is_removed_where_it_is_looked_at_and_by_its_owner_alone(client, city, three):
    client.force_login(city.analyst)
    client.post(reverse("saved_view_save") + "?kind=homicide", {"name": "My watch list"})
    address = reverse("saved_view_remove", args=[SavedView.objects.get().pk])
    assert address in seen(client, city.analyst, kind="homicide")
    assert address not in seen(client, city.analyst)
    client.force_login(city.supervisor)
    assert client.post(address).status_code == 404
    client.force_login(city.analyst)
    assert client.get(address).status_code == 405
    assert client.post(address, follow=True).redirect_chain == [(reverse("leads"), 302)]
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("cols=score&cols=line&cols=agencies&cols=link&cols=newest&cols=clock&kind=homicide", "kind=homicide"),
        ("cols=who&cols=link", "cols=link%2Cwho"),
    ],
)
def test_an_address_holds_only_what_differs_from_the_usual_list(client, city, three, given, kept):
    client.force_login(city.analyst)
    response = client.get(f"{reverse('leads')}?{given}")
    assert response.url == f"{reverse('leads')}?{kept}"
    assert client.get(response.url).status_code == 200


def test_the_filter_page_offers_what_the_list_understands(client, city, three):
    client.force_login(city.analyst)
    page = client.get(reverse("lead_filter"), {"view": "newest", "priority": "2"}).content.decode()
    assert 'name="cols"' in page
    assert "PAPD, Port Alder PD" in page
    assert 'value="newest"' in page
