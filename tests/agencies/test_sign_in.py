"""Signing in and out, the lock, and the end of a session."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from agencies.actions import sign_ins
from agencies.forms import NOT_RIGHT
from agencies.models import AuditEvent, Notification, SignInAttempt, User
from agencies.roles import Role
from tests import factories

PASSWORD = "correct horse battery"
SIGN_IN = "/sign-in/"


@pytest.fixture
def person(city):
    city.detective.set_password(PASSWORD)
    city.detective.save(update_fields=["password"])
    return city.detective


def try_in(client, email, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"username": email, "password": password, "acknowledged": "on", **more})


def verbs(**where):
    return list(AuditEvent.objects.filter(**where).order_by("id").values_list("verb", flat=True))


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


def test_signing_out_is_a_post_and_ends_the_session(client, person):
    client.force_login(person)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 200
    assert "_auth_user_id" not in client.session
    assert verbs(by=person) == ["sign_out"]


def idle(client, seconds):
    session = client.session
    session["seen"] = int(time.time()) - seconds
    session.save()


def test_after_half_an_hour_without_work_the_session_is_locked(client, person):
    client.force_login(person)
    idle(client, 31 * 60)
    answer = client.get("/notifications/")
    assert answer["Location"] == "/lock/?next=%2Fnotifications%2F"
    assert client.get("/")["Location"].startswith("/lock/")
    assert verbs(by=person) == ["session.locked"]


def test_the_lock_page_shows_no_record_and_no_menu(client, person, city):
    client.force_login(person)
    client.post("/session/lock/")
    page = client.get("/lock/").content.decode()
    assert "Chidi Okafor" in page
    assert "/notifications/" not in page


def test_only_the_password_unlocks_and_leads_back(client, person):
    client.force_login(person)
    client.post("/session/lock/")
    assert client.post("/lock/", {"password": "wrong", "next": "/notifications/"}).status_code == 200
    assert client.get("/notifications/").status_code == 302
    answer = client.post("/lock/", {"password": PASSWORD, "next": "/notifications/"})
    assert answer["Location"] == "/notifications/"
    assert client.get("/notifications/").status_code == 200
    assert verbs(by=person) == ["session.locked", "sign_in.failed", "session.unlocked"]


def test_t26_the_way_on_after_unlocking_never_leaves_the_portal(client, person):
    client.force_login(person)
    client.post("/session/lock/")
    assert client.post("/lock/", {"password": PASSWORD, "next": "//evil.example"})["Location"] == "/"


def test_five_wrong_passwords_at_the_lock_lock_the_account_too(client, person):
    client.force_login(person)
    client.post("/session/lock/")
    for _ in range(5):
        client.post("/lock/", {"password": "wrong"})
    person.refresh_from_db()
    assert person.locked_at
    assert client.post("/lock/", {"password": PASSWORD})["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_a_locked_session_answers_programs_with_a_sentence(client, person):
    client.force_login(person)
    client.post("/session/lock/")
    answer = client.get("/notifications/", headers={"accept": "application/json"})
    assert answer.status_code == 401
    assert "locked" in answer.json()["detail"]


def test_work_stamps_the_session_at_most_once_a_minute(client, person):
    client.force_login(person)
    idle(client, 30)
    before = client.session["seen"]
    client.get("/notifications/")
    assert client.session["seen"] == before
    idle(client, 90)
    client.get("/notifications/")
    assert time.time() - client.session["seen"] < 5


def test_a_page_that_asks_by_itself_does_not_keep_the_session_awake(client, person):
    client.force_login(person)
    idle(client, 90)
    client.get("/notifications/", headers={"accept": "application/json"})
    assert time.time() - client.session["seen"] > 60


def test_the_session_can_be_extended(client, person):
    client.force_login(person)
    idle(client, 20 * 60)
    assert client.post("/session/extend/").status_code == 204
    assert time.time() - client.session["seen"] < 5


def test_after_twelve_hours_the_session_is_over(client, person):
    client.force_login(person)
    session = client.session
    session["began"] = int(time.time()) - 12 * 3600 - 5
    session.save()
    assert client.get("/notifications/")["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_t09_with_the_last_membership_the_session_ends_at_the_next_page(client, person):
    client.force_login(person)
    membership = person.memberships.get()
    membership.ended_at, membership.ended_by = timezone.now(), person
    membership.save(update_fields=["ended_at", "ended_by"])
    assert client.get("/notifications/")["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_t09_a_closed_account_is_out_at_the_next_page(client, person):
    client.force_login(person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get("/notifications/")["Location"].startswith("/sign-in/")


def test_pages_of_a_signed_in_person_are_kept_out_of_caches(client, person):
    client.force_login(person)
    assert "no-store" in client.get("/notifications/")["Cache-Control"]


def test_a_person_of_two_agencies_can_work_as_one_of_them(client, city):
    both = factories.member(city.gmpd, Role.SUPERVISOR, user=city.detective)
    own = factories.incident(city.papd)
    other = factories.incident(city.gmpd)
    client.force_login(both)
    assert "All my agencies" in client.get("/notifications/").content.decode()
    client.post("/agency/", {"agency": city.gmpd.pk})
    page = client.get("/notifications/")
    assert "Glenmoor PD" in page.content.decode()
    seen = page.wsgi_request.user
    assert list(type(own).objects.visible_to(seen)) == [other]
    client.post("/agency/", {"agency": ""})
    assert client.session["agency"] is None


def test_nobody_works_as_an_agency_they_do_not_belong_to(client, city):
    client.force_login(city.detective)
    for chosen in (str(city.gmpd.pk), "x", "-1", "9" * 40):
        client.post("/agency/", {"agency": chosen})
        assert client.session["agency"] is None


def test_a_session_past_its_date_is_nobodys(client, person):
    client.force_login(person)
    assert client.get(reverse("notifications")).status_code == 200
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse("notifications")).status_code == 302


def test_a_page_costs_four_statements_before_its_own(client, person, django_assert_num_queries):
    client.force_login(person)
    client.get("/notifications/")
    with django_assert_num_queries(5):  # session, person, memberships, count of the unread; and the list
        client.get(reverse("notifications"))


def test_health_says_whether_the_portal_lives_and_can_work(client, db):
    assert client.get("/health/live").json() == {"ok": True}
    assert client.get("/health/ready").json() == {"ok": True, "failing": []}


def test_an_address_that_does_not_exist_says_what_to_do(client, person):
    client.force_login(person)
    answer = client.get("/nothing/here/")
    assert answer.status_code == 404
    assert "Check the number" in answer.content.decode()
    assert client.get("/api/nothing/").json()["detail"].startswith("There is no such record")


def test_wrong_tries_and_sessions_that_are_over_are_tidied_away(client, person):
    try_in(client, person.email, "wrong")
    client.force_login(person)
    later = timezone.now() + timedelta(days=2)
    sign_ins.tidy(by=User.objects.system(), now=later)
    assert not SignInAttempt.objects.exists()
    assert client.get("/notifications/").status_code == 302
    assert verbs()[-1] == "sign_ins.tidied"
