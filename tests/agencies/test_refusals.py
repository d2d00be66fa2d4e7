"""A no is a page with its reason and a row of the log; what may not be sent is not taken."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import resolve, reverse

from agencies import access
from agencies.actions import saved_views
from agencies.models import AuditEvent, SavedView, Unit
from agencies.urls import urlpatterns
from agencies.views import agency as agency_pages
from tests import factories

ARGUMENTS = {"pk": 1, "secret": "x", "uidb64": "x", "token": "x", "name": "x"}


# Every address of this app, with arguments that lead nowhere.
OWN_PAGES = [
    pytest.param(each.name, {key: ARGUMENTS[key] for key in each.pattern.converters}, id=each.name)
    for each in urlpatterns
]


@pytest.mark.parametrize(("name", "arguments"), OWN_PAGES)
def test_t31_nothing_is_taken_without_the_forms_own_token(city, name, arguments):
    client = Client(enforce_csrf_checks=True)
    client.force_login(city.administrator)
    before = AuditEvent.objects.count()
    answer = client.post(reverse(name, kwargs=arguments), {"name": "x"})
    assert answer.status_code in (403, 405)
    assert AuditEvent.objects.count() == before
    if answer.status_code == 403:
        assert "open too long" in answer.content.decode()


@pytest.mark.parametrize(("name", "arguments"), OWN_PAGES)
def test_t15_a_stranger_is_sent_to_sign_in_or_sees_a_page_that_is_said_to_be_public(client, db, name, arguments):
    address = reverse(name, kwargs=arguments)
    match = resolve(address)
    answer = client.get(address)
    if getattr(match.func, "is_public", False):
        assert answer.status_code in (200, 302, 404, 405)
    else:
        assert answer.status_code == 405 or answer["Location"].startswith("/sign-in/?next=")
        assert match.func.required_permission


def test_a_refusal_is_recorded_although_the_deed_was_rolled_back(client, city, monkeypatch):
    def add(*, agency, name, by):
        with transaction.atomic():
            Unit.objects.create(agency=agency, name=name)
            raise access.Refused("Not today.", "tested.policy", agency)

    monkeypatch.setattr(agency_pages.agency_units, "add", add)
    client.force_login(city.administrator)
    answer = client.post("/units/", {"name": "Robbery"})
    assert answer.status_code == 403
    assert "Not today." in answer.content.decode()
    assert not Unit.objects.filter(name="Robbery").exists()
    event = AuditEvent.objects.get(verb="refused")
    assert (event.object_type, event.object_id) == ("agencies.agency", city.papd.pk)
    assert event.data == {"policy": "tested.policy", "reason": "Not today.", "path": "/units/"}


def test_a_script_is_refused_in_json(client, city):
    client.force_login(city.detective)
    answer = client.get("/people/", headers={"accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["detail"].startswith("Your role does not include")


def test_t17_a_reason_is_shown_as_text_not_as_markup(client, city):
    city.papd.units.create(name="<script>alert(1)</script>")
    client.force_login(city.administrator)
    assert "<script>alert" not in client.get("/units/").content.decode()


def test_a_list_is_kept_under_a_name_and_the_same_name_replaces_it(city):
    saved_views.save(page="leads", name="Mine", query="state=open", by=city.detective)
    view = saved_views.save(page="leads", name="Mine", query="state=late", by=city.detective)
    assert SavedView.objects.get().query == "state=late"
    with pytest.raises(access.Refused, match="not yours"):
        saved_views.remove(view=view, by=city.supervisor)
    saved_views.remove(view=view, by=city.detective)
    assert not SavedView.objects.exists()


def test_t01_ids_of_another_agency_are_not_there_for_any_page_of_people(client, city):
    other = factories.member(city.outsider_agency)
    membership = other.memberships.get()
    client.force_login(city.administrator)
    for name in ("membership", "membership_grant", "membership_place", "membership_end", "person_lock"):
        address = reverse(name, args=[membership.pk])
        assert client.get(address).status_code in (404, 405)
        assert client.post(address).status_code in (404, 405)
