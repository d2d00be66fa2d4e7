"""A session: its lock and its end, as whom one works in it, and what every page of it has."""

import time
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.urls import reverse
from django.utils import timezone

from agencies.models import User
from agencies.roles import Role
from tests import factories
from tests.agencies.signing_in import PASSWORD, verbs


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
