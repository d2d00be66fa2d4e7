"""Every address asks who is there."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.converters import IntConverter

from agencies.roles import GRANTS, Role
from tests.factories import member
from tests.scenery import scene

PUBLIC = {
    "sign_in",
    "sign_out",
    "lock",
    "password_reset",
    "password_reset_done",
    "password_reset_confirm",
    "password_reset_complete",
    "invitation_accept",
    "health_live",
    "health_ready",
    "gallery",
    "logged_out",
    "notice_off",
    "calendar_feed",
    "packet_verify",
    "packet_certificate",
}


def patterns(resolver=None, prefix=""):
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver):
            yield from patterns(item, prefix + str(item.pattern))
        elif isinstance(item, URLPattern):
            yield prefix + str(item.pattern), item


ALL = [(route, item) for route, item in patterns() if not route.startswith("api/")]


@pytest.mark.parametrize(("route", "item"), ALL, ids=[route or "/" for route, _ in ALL])
def test_every_view_declares_a_permission_or_is_on_the_list_of_public_ones(route, item):
    declared = getattr(item.callback, "required_permission", None)
    public = getattr(item.callback, "is_public", False)
    assert bool(declared) != bool(public), route
    assert not public or item.name in PUBLIC, f"{item.name} is public and not on the list"


CLOSED = [(route, item) for route, item in ALL if not getattr(item.callback, "is_public", False)]


@pytest.mark.parametrize(("route", "item"), CLOSED, ids=[route or "/" for route, _ in CLOSED])
def test_a_stranger_is_sent_to_sign_in(client, db, route, item):
    address = "/" + _filled(route, item)
    response = client.get(address)
    if response.status_code == 405:
        response = client.post(address)
    assert response.status_code == 302
    assert response.url.startswith("/sign-in") or "sign_in" in response.url or "next=" in response.url


@scene
def person(city):
    """Somebody who worked for an agency once."""
    made = member(city.papd)
    made.memberships.update(ended_at="2026-01-01T00:00Z", ended_by=made)
    return made


@pytest.mark.parametrize(("route", "item"), CLOSED, ids=[route or "/" for route, _ in CLOSED])
def test_somebody_without_an_agency_gets_nothing(client, person, route, item):
    client.force_login(person)
    response = client.get("/" + _filled(route, item))
    if response.status_code == 405:
        response = client.post("/" + _filled(route, item))
    assert response.status_code == 403 or response.url.startswith("/sign-in")


def _filled(route, item):
    for key, converter in item.pattern.converters.items():
        value = "999999999" if isinstance(converter, IntConverter) else "nothing"
        for shape in (f"<int:{key}>", f"<str:{key}>", f"<slug:{key}>", f"<{key}>", f"<uuid:{key}>"):
            route = route.replace(shape, value)
    return route


WITH_IDS = [(route, item) for route, item in CLOSED if "<int:" in route]


@pytest.mark.parametrize(("route", "item"), WITH_IDS, ids=[route for route, _ in WITH_IDS])
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_id_is_not_found(client, people, route, item, method):
    """Signed in as somebody whose role has the permission, so that the id alone decides."""
    client.force_login(_holder(people, item.callback.required_permission))
    status = getattr(client, method)("/" + _filled(route, item)).status_code
    assert status in (404, 405)


@scene
def people(city):
    """{role: who has it}; of several whose role opens an address the first here asks for it."""
    cast = {
        Role.CENTER_COORDINATOR: city.coordinator,
        Role.ANALYST: city.analyst,
        Role.SUPERVISOR: city.supervisor,
        Role.EVIDENCE_TECHNICIAN: city.technician,
        Role.EXAMINER: city.examiner,
        Role.PROSECUTOR: city.prosecutor,
        Role.AGENCY_ADMINISTRATOR: city.administrator,
        Role.AUDITOR: city.auditor,
    }
    return cast | {Role.SUPERVISION_OFFICER: member(city.papd, Role.SUPERVISION_OFFICER)}


def _holder(people, permission):
    return next((people[role] for role in people if permission in GRANTS[role]), people[Role.SUPERVISION_OFFICER])
