"""Whose address the log keeps, when the installation's proxies stand between."""

import pytest
from django.test import RequestFactory

from agencies import addresses, limits
from agencies.models import AuditEvent

PROXY, INNER, PERSON, LIE = "10.0.0.1", "10.0.0.2", "203.0.113.7", "198.51.100.9"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "found"),
    [
        (0, PERSON, PROXY),
        (1, PERSON, PERSON),
        (1, f"{LIE}, {PERSON}", PERSON),
        (2, f"{LIE}, {PERSON}, {INNER}", PERSON),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "[2001:db8::7]:443", "2001:db8::7"),
        (1, f"{PERSON}:51234", PERSON),
        (1, f"::ffff:{PERSON}", PERSON),
        (1, f"[::ffff:{PERSON}]:443", PERSON),
        (1, "", PROXY),
        (1, "<script>", PROXY),
        (3, PERSON, PERSON),
    ],
)
def test_the_outermost_trusted_proxy_says_who_asked(settings, proxies, forwarded, found):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR=PROXY, headers={"x-forwarded-for": forwarded})
    assert addresses.of(request) == found


def test_two_people_are_two_networks_also_behind_a_listener_for_both_kinds_of_address():
    seen = [addresses.of(RequestFactory().get("/", REMOTE_ADDR=f"::ffff:{each}")) for each in (PERSON, LIE)]
    assert seen == [PERSON, LIE]
    assert limits.network(seen[0]) != limits.network(seen[1])


def test_a_server_on_a_socket_knows_no_address(settings):
    assert addresses.of(RequestFactory().get("/", REMOTE_ADDR="")) is None


def test_a_wrong_password_is_recorded_with_the_address_of_the_person(client, db, settings):
    settings.TRUSTED_PROXIES = 1
    sent = {"username": "x@agency.invalid", "password": "wrong", "acknowledged": "on"}
    client.post("/sign-in/", sent, REMOTE_ADDR=PROXY, headers={"x-forwarded-for": PERSON})
    assert AuditEvent.objects.get(verb="sign_in.failed").data["address"] == PERSON
