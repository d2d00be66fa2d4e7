"""The interface for programs: tokens, rights, refusals, pages."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from agencies import access, walk
from agencies.actions import people, tokens
from agencies.api.paging import KeysetPagination
from agencies.api.permissions import Declared
from agencies.models import ApiToken, AuditEvent, User
from agencies.roles import Permission
from evidence.models import Incident
from tests import factories
from tests.apiclient import Program


@pytest.fixture
def token(city):
    return tokens.make(name="Dispatch", days=30, by=city.detective)


def ask(client, secret, path="/api/v1/me/"):
    return client.get(path, headers={"authorization": f"Bearer {secret}"})


def test_a_program_speaks_for_the_owner_of_its_token(client, token, city):
    answer = ask(client, token[1])
    assert answer.json() == {
        "name": "Det. Chidi Okafor",
        "email": city.detective.email,
        "roles": [{"agency": "PAPD", "role": "detective"}],
    }


def test_t30_a_token_is_kept_only_as_a_hash_and_shown_once(client, city):
    city.detective.set_password("correct horse battery")
    city.detective.save(update_fields=["password"])
    client.force_login(city.detective)
    form = {"name": "Dispatch", "days": "30", "password": "correct horse battery"}
    page = client.post("/tokens/", form).content.decode()
    secret = page.split("cgic_")[1][:43]
    again = client.get("/tokens/").content.decode()
    assert secret not in again
    assert secret not in str(ApiToken.objects.values().get())
    assert secret not in str(list(AuditEvent.objects.values()))
    assert ask(client, f"cgic_{secret}").status_code == 200


@pytest.mark.parametrize("spoil", ["expired", "revoked", "locked", "closed", "role ended", "agency closed"])
def test_t30_a_token_stops_working_at_once(client, token, city, spoil):
    row, secret = token
    person = city.detective
    if spoil == "expired":
        ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    elif spoil == "revoked":
        tokens.revoke(token=row, by=person)
    elif spoil == "locked":
        people.lock(person=person, by=city.administrator)
    elif spoil == "closed":
        User.objects.filter(pk=person.pk).update(is_active=False)
    elif spoil == "role ended":
        person.memberships.update(ended_at=timezone.now(), ended_by=person)
    else:
        city.papd.is_active = False
        city.papd.save(update_fields=["is_active"])
    answer = ask(client, secret)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer", "Bearer ", "Bearer a b", "Bearer \xff", "Basic eDp5", "Bearer cgic_"])
def test_t30_what_is_not_a_token_is_refused(client, city, header):
    assert client.get("/api/v1/me/", headers={"authorization": header}).status_code == 401


def test_t30_a_token_in_the_address_is_not_looked_at(client, token):
    assert client.get(f"/api/v1/me/?token={token[1]}").status_code == 401


def test_t30_an_administrator_sees_no_token_of_others_but_may_revoke_it(client, token, city):
    client.force_login(city.administrator)
    assert client.get("/tokens/").status_code == 403
    tokens.revoke(token=token[0], by=city.administrator)
    with pytest.raises(access.Refused, match="revoked already"):
        tokens.revoke(token=token[0], by=city.administrator)


def test_t30_a_token_of_somebody_else_is_not_there(client, token, city):
    client.force_login(city.gm_detective)
    assert client.post(f"/tokens/{token[0].pk}/revoke/").status_code == 404


def test_a_role_without_programs_makes_no_token(city):
    with pytest.raises(access.Refused, match="does not include"):
        tokens.make(name="x", days=30, by=city.researcher)


def test_the_description_of_the_interface_is_for_members_only(client, token):
    assert client.get("/api/schema/").status_code == 401
    assert "/api/v1/me/" in ask(client, token[1], "/api/schema/").content.decode()


def test_options_tell_nothing(client, token):
    assert client.options("/api/v1/me/", headers={"authorization": f"Bearer {token[1]}"}).status_code == 405


def test_a_view_that_declares_no_right_is_closed_to_everybody(city):
    request = SimpleNamespace(user=city.coordinator, method="GET")
    with pytest.raises(PermissionDenied):
        Declared().has_permission(request, SimpleNamespace())


def test_a_right_may_be_declared_by_method(city):
    view = SimpleNamespace(
        required_permission=Permission.INCIDENT_VIEW, required_permissions={"POST": Permission.INCIDENT_EDIT}
    )
    assert Declared().has_permission(SimpleNamespace(user=city.detective, method="GET"), view)
    with pytest.raises(access.Refused, match="record incidents"):
        Declared().has_permission(SimpleNamespace(user=city.detective, method="POST"), view)


def page(queryset, view=None, cursor=""):
    request = Request(APIRequestFactory().get("/x/", {"cursor": cursor} if cursor else {}))
    paging = KeysetPagination()
    rows = paging.paginate_queryset(queryset, request, view or SimpleNamespace())
    return rows, paging.get_paginated_response([]).data["next"], paging.cursor


def test_pages_by_id_meet_every_row_once(city, monkeypatch):
    monkeypatch.setattr(walk, "PAGE", 2)
    made = [factories.incident(city.papd).pk for _ in range(5)]
    seen, cursor = [], ""
    while True:
        rows, following, cursor = page(Incident.objects.visible_to(city.detective), cursor=cursor)
        seen += [row.pk for row in rows]
        if not following:
            break
    assert seen == made[::-1]


def test_pages_of_a_walk_meet_every_row_once_in_its_order(city, monkeypatch):
    monkeypatch.setattr(walk, "PAGE", 2)
    for days in (3, 1, 4, 1, 5):
        factories.incident(city.papd, occurred_at=factories.NOW - timedelta(days=days))
    factories.incident(city.outsider_agency)
    groups = access.groups_with(city.detective, Permission.INCIDENT_VIEW)
    order = walk.Order("occurred_at", True)
    view = SimpleNamespace(walk=lambda: ("evidence_incidentgrant", groups, order))
    seen, cursor = [], ""
    while True:
        rows, following, cursor = page(Incident.objects.visible_to(city.detective), view, cursor)
        seen += [row.pk for row in rows]
        if not following:
            break
    expected = Incident.objects.filter(agency=city.papd).order_by("-occurred_at", "-pk").values_list("pk", flat=True)
    assert seen == list(expected)


STRANGE = [
    "x",
    walk.encode("drop table", 1),
    walk.encode("", -1),
    walk.encode("", 2**64),
    walk.encode("", True),
    walk.encode("2026-13-01", 3),
    walk.encode("0001-01-01T00:00:00+14:00", 3),
    walk.encode("\ud800", 3),
    "W1" * 100,
    "é",
]


@pytest.mark.parametrize("cursor", STRANGE)
def test_t24_a_cursor_that_is_not_ours_is_refused_in_words(city, cursor):
    with pytest.raises(ValidationError, match="not one of ours"):
        page(Incident.objects.all(), cursor=cursor)


MOMENTS = ["2026-W47-7", "2026-01-01T00:00:00+23:59", "2026-01-01", "9999-12-31T23:59:59-23:00"]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("pk", [1, 2**63 - 1, True])
def test_t24_no_moment_of_a_cursor_breaks_a_list(client, city, moment, pk):
    """Asked of the database, where the shape of a cursor is decided in the end."""
    factories.incident(city.papd)
    assert Program(city.detective).get(f"incidents/?cursor={walk.encode(moment, pk)}").status_code in (200, 400)
    client.force_login(city.detective)
    assert client.get("/incidents/", {"after": walk.encode(moment, pk)}).status_code == 200


@pytest.mark.parametrize("name", ["\0", "\ud800", "Z" * 140, ""])
@pytest.mark.parametrize("pk", [1, 2**70, -1, True])
def test_t24_no_name_of_a_cursor_breaks_the_list_of_people(client, city, name, pk):
    client.force_login(city.administrator)
    assert client.get("/people/", {"after": walk.encode(name, pk)}).status_code == 200
