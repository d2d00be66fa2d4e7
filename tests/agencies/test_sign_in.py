"""Signing in: who gets in, what is counted and recorded, and where one comes out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from agencies.actions import sign_ins
from agencies.forms import NOT_RIGHT
from agencies.models import AuditEvent, Notification, SignInAttempt, User
from tests.agencies.signing_in import PASSWORD, SIGN_IN, try_in, verbs


def test_a_person_signs_in_with_their_address_in_any_case_and_it_is_recorded(client, person):
    answer = try_in(client, person.email.upper())
    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)
    assert verbs(by=person) == ["sign_in"]


def test_nobody_signs_in_without_acknowledging_the_notice(client, person):
    answer = client.post(SIGN_IN, {"username": person.email, "password": PASSWORD})
    assert "system-use notice" in answer.content.decode()
    assert "_auth_user_id" not in client.session
    assert not SignInAttempt.objects.exists()


def test_the_sign_in_page_shows_the_notice_before_anything_else(client, db):
    page = client.get(SIGN_IN).content.decode()
    for words in ("restricted information system", "monitored", "criminal", "consent"):
        assert words in page


def test_signing_in_gives_the_session_a_new_key(client, person):
    client.get(f"/password/{'x' * 4}/set/")
    session = client.session
    session["planted"] = "1"
    session.save()
    before = session.session_key
    try_in(client, person.email)
    assert client.session.session_key != before


def test_t31_an_unknown_address_a_wrong_password_and_a_locked_account_are_told_the_same(client, person):
    unknown = try_in(client, "nobody@agency.invalid")
    wrong = try_in(client, person.email, "wrong")
    User.objects.filter(pk=person.pk).update(locked_at=timezone.now())
    locked = try_in(client, person.email)
    assert all(NOT_RIGHT in answer.content.decode() for answer in (unknown, wrong, locked))


def test_t31_five_wrong_passwords_lock_the_account_and_its_administrators_are_told(client, person, city):
    for _ in range(5):
        try_in(client, person.email, "wrong")
    person.refresh_from_db()
    assert person.locked_at
    assert try_in(client, person.email).status_code == 200
    assert Notification.objects.get(verb="person.locked").user == city.administrator
    assert verbs(object_id=person.pk) == [*["sign_in.failed"] * 5, "person.locked", "sign_in.failed"]


def test_wrong_passwords_of_half_an_hour_ago_no_longer_count(client, person):
    for _ in range(4):
        try_in(client, person.email, "wrong")
    SignInAttempt.objects.update(at=timezone.now() - timedelta(minutes=16))
    try_in(client, person.email, "wrong")
    person.refresh_from_db()
    assert person.locked_at is None


def test_a_right_password_forgives_the_wrong_ones_before_it(client, person):
    for _ in range(4):
        try_in(client, person.email, "wrong")
    try_in(client, person.email)
    assert not SignInAttempt.objects.exists()


def test_what_was_typed_as_an_unknown_address_is_not_kept_in_the_log(client, db):
    try_in(client, "my.password@oops.invalid")
    event = AuditEvent.objects.get(verb="sign_in.failed")
    assert event.object_id is None
    assert "oops" not in str(event.data)


@pytest.mark.parametrize("password", ["", " ", "\x00", PASSWORD + " ", " " + PASSWORD])
def test_t27_an_empty_or_padded_password_is_not_the_password(client, person, password):
    answer = try_in(client, person.email, password)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_t27_an_account_without_a_password_cannot_be_entered_with_an_empty_one(client, city):
    for password in ("", "!", "None"):
        assert try_in(client, city.analyst.email, password).status_code == 200


def test_t27_the_actor_of_periodic_jobs_cannot_sign_in(client, db):
    system = User.objects.system()
    system.set_password(PASSWORD)
    system.save(update_fields=["password"])
    assert try_in(client, system.email).status_code == 200


def test_a_person_without_a_membership_cannot_sign_in(client, person):
    membership = person.memberships.get()
    membership.ended_at, membership.ended_by = timezone.now(), person
    membership.save(update_fields=["ended_at", "ended_by"])
    assert NOT_RIGHT in try_in(client, person.email).content.decode()


HOSTILE = [
    "//evil.example",
    "/\\evil.example",
    "\\/evil.example",
    "https://evil.example/",
    "http:evil.example",
    "javascript:alert(1)",
    "///evil.example",
    "https:///evil.example",
    "%2F%2Fevil.example\r\nX: y",
    "\x00//evil.example",
]


@pytest.mark.parametrize("address", HOSTILE)
def test_t26_the_way_on_after_signing_in_never_leaves_the_portal(client, person, address):
    assert try_in(client, person.email, next=address)["Location"] == "/"


def test_after_signing_in_the_page_that_was_asked_for_comes(client, person):
    asked = client.get("/notifications/?after=5")
    assert asked["Location"] == "/sign-in/?next=%2Fnotifications%2F%3Fafter%3D5"
    assert try_in(client, person.email, next="/notifications/?after=5")["Location"] == "/notifications/?after=5"


def test_wrong_tries_and_sessions_that_are_over_are_tidied_away(client, person):
    try_in(client, person.email, "wrong")
    client.force_login(person)
    later = timezone.now() + timedelta(days=2)
    sign_ins.tidy(by=User.objects.system(), now=later)
    assert not SignInAttempt.objects.exists()
    assert client.get("/notifications/").status_code == 302
    assert verbs()[-1] == "sign_ins.tidied"
