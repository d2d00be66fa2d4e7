"""What somebody outside can make the portal do, and what their wrong passwords do to people inside."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from agencies import access, limits, mailing, tasks
from agencies.actions import invitations, passwords, people
from agencies.actions.sign_ins import fail
from agencies.forms import ACCOUNT_TOO_OFTEN, WRONG_PASSWORD
from agencies.models import AuditEvent, Letter, SignInAttempt, User
from agencies.roles import Role
from tests.apiclient import Program
from tests.scenery import scene

PASSWORD = "correct horse battery"
NEW = "staple river lantern"


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()


@scene
def person(city):
    city.detective.email = "ski.kim@agency.invalid"
    city.detective.set_password(PASSWORD)
    city.detective.save(update_fields=["email", "password"])
    return city.detective


def try_in(email, password="wrong"):  # noqa: S107
    form = {"username": email, "password": password, "acknowledged": "on"}
    return Client().post("/sign-in/", form)


# --- whose tries are counted ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["sk\u0131.k\u0131m@agency.invalid", "\u017fki.kim@agency.invalid", "s\u212ai.kim@agency.invalid"]
)
def test_t31_an_address_in_letters_that_look_alike_is_nobodys(person, typed):
    assert User.objects.by_email(typed) is None
    assert try_in(typed, PASSWORD).status_code == 200


def test_t31_tries_count_for_the_person_however_their_address_is_written(person):
    for typed in ("ski.kim@agency.invalid", "SKI.kim@agency.invalid", "Ski.Kim@AGENCY.invalid") * 2:
        fail(email=f" {typed} ", address=None, by=User.objects.system())
    person.refresh_from_db()
    assert person.locked_at


def test_nobody_is_invited_under_letters_that_look_alike(city):
    with pytest.raises(access.Refused, match="plain letters"):
        invitations.invite(
            agency=city.papd, email="n\u0131ck@agency.invalid", name="N", role=Role.DETECTIVE, by=city.administrator
        )


def test_what_is_tried_under_an_unknown_address_is_kept_nowhere(db):
    try_in("my.password@oops.invalid")
    assert not SignInAttempt.objects.exists()


# --- who is kept out ------------------------------------------------------------------------------------------------


def lock_from_outside(person):
    for _ in range(5):
        try_in(person.email)
    person.refresh_from_db()
    assert person.locked_at


def test_t31_wrong_passwords_from_outside_end_no_session_and_no_token(client, person):
    client.force_login(person)
    program = Program(person)
    lock_from_outside(person)
    assert client.get("/notifications/").status_code == 200
    assert program.get("me/").status_code == 200
    assert try_in(person.email, PASSWORD).status_code == 200


def test_who_was_locked_from_outside_unlocks_their_own_session(client, person):
    client.force_login(person)
    client.post("/session/lock/")
    lock_from_outside(person)
    assert client.post("/lock/", {"password": PASSWORD, "next": "/notifications/"}).status_code == 302
    assert client.get("/notifications/").status_code == 200


def test_who_guesses_inside_a_session_that_was_locked_from_outside_loses_it(client, person):
    client.force_login(person)
    client.post("/session/lock/")
    lock_from_outside(person)
    for _ in range(5):
        assert WRONG_PASSWORD in client.post("/lock/", {"password": "wrong"}).content.decode()
    assert client.post("/lock/", {"password": PASSWORD})["Location"] == "/sign-in/"


def test_t31_tries_from_outside_do_not_count_against_who_mistypes_inside(client, person):
    client.force_login(person)
    program = Program(person)
    client.post("/session/lock/")
    for _ in range(4):
        try_in(person.email)
    for _ in range(4):
        client.post("/lock/", {"password": "wrong"})
    person.refresh_from_db()
    assert person.locked_at
    assert program.get("me/").status_code == 200
    assert client.post("/lock/", {"password": PASSWORD, "next": "/notifications/"})["Location"] == "/notifications/"


def test_an_administrators_lock_ends_sessions_and_tokens_also_after_one_from_outside(client, person, city):
    client.force_login(person)
    program = Program(person)
    lock_from_outside(person)
    membership = person.memberships.get()
    administrator = Client()
    administrator.force_login(city.administrator)
    assert "End sessions and tokens" in administrator.get(f"/people/{membership.pk}/").content.decode()
    administrator.post(f"/people/{membership.pk}/lock/")
    assert client.get("/notifications/")["Location"] == "/sign-in/"
    assert program.get("me/").status_code == 401


def test_an_account_that_is_opened_again_is_whole(person, city):
    people.lock(person=person, by=city.administrator)
    people.release(person=person, by=city.administrator)
    person.refresh_from_db()
    assert (person.locked_at, person.is_shut) == (None, False)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=person.pk).update(is_shut=True)


def test_t31_an_invitation_opens_no_locked_account(client, person, city):
    made = invitations.invite(
        agency=city.gmpd, email=person.email, name="K", role=Role.ANALYST, by=User.objects.system()
    )
    lock_from_outside(person)
    link = urlsplit(mailing.invitation_link(made)).path
    assert client.post(link, {"password": PASSWORD, "acknowledged": "on"}).status_code == 200
    assert "_auth_user_id" not in client.session


def test_nobody_joins_without_acknowledging_the_notice(client, person, city):
    made = invitations.invite(
        agency=city.gmpd, email=person.email, name="K", role=Role.ANALYST, by=User.objects.system()
    )
    link = urlsplit(mailing.invitation_link(made)).path
    assert "system-use notice" in client.post(link, {"password": PASSWORD}).content.decode()
    assert "_auth_user_id" not in client.session


# --- how often, how much --------------------------------------------------------------------------------------------


def test_t32_a_network_that_tries_too_often_waits_and_its_passwords_are_not_looked_at(person, settings, monkeypatch):
    settings.SIGN_INS_PER_MINUTE = 3
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000)
    for number in range(3):
        assert try_in(f"nobody{number}@agency.invalid").status_code == 200
    monkeypatch.setattr("agencies.forms.authenticate", None)
    answer = try_in(person.email, PASSWORD)
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()
    assert not SignInAttempt.objects.exists()


def test_t32_right_passwords_are_not_counted(person, settings):
    settings.SIGN_INS_PER_MINUTE = 3
    assert [try_in(person.email, PASSWORD).status_code for _ in range(12)] == [302] * 12


def test_t32_an_account_is_tried_ten_times_a_minute_from_anywhere_whether_it_exists_or_not(db, monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000)
    assert [try_in("nobody@agency.invalid").status_code for _ in range(11)] == [200] * 10 + [429]


def test_t31_one_network_cannot_use_up_the_tries_of_an_account(person, settings, monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000)
    settings.SIGN_INS_PER_MINUTE = 3
    assert [try_in(person.email).status_code for _ in range(15)] == [200] * 3 + [429] * 12
    from_elsewhere = {"REMOTE_ADDR": "198.51.100.7"}
    form = {"username": person.email, "password": PASSWORD, "acknowledged": "on"}
    assert Client(**from_elsewhere).post("/sign-in/", form).status_code == 302


def test_an_account_that_was_tried_too_often_is_told_so_and_the_log_has_it_once(person, monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000)
    for email in (person.email, "nobody@agency.invalid"):
        answers = [try_in(email) for _ in range(14)]
        assert ACCOUNT_TOO_OFTEN in answers[-1].content.decode()
    known, unknown = AuditEvent.objects.filter(verb="sign_in.held_off").order_by("id")
    assert (known.object_id, unknown.object_id) == (person.pk, None)
    assert known.data == {"address": "127.0.0.1", "too_many_of": "account"}
    assert known.agency == person.memberships.get().agency
    assert "nobody" not in str(unknown.data)


def test_t31_an_invitation_that_is_tried_too_often_stands_in_the_log(client, person, city, settings, monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000)
    settings.SIGN_INS_PER_MINUTE = 1
    made = invitations.invite(
        agency=city.gmpd, email=person.email, name="K", role=Role.ANALYST, by=User.objects.system()
    )
    link = urlsplit(mailing.invitation_link(made)).path
    answers = [client.post(link, {"password": "wrong", "acknowledged": "on"}).status_code for _ in range(4)]
    assert answers == [200, 429, 429, 429]
    assert AuditEvent.objects.get(verb="sign_in.held_off").data["too_many_of"] == "network"


def test_signing_in_works_while_the_cache_is_away(person, settings):
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}}
    assert try_in(person.email).status_code == 200
    assert try_in(person.email, PASSWORD).status_code == 302


def test_t32_one_mailbox_gets_one_link_in_ten_minutes(client, person):
    for _ in range(3):
        client.post("/password/forgotten/", {"email": person.email})
        tasks.mail_letters()
    assert len(mail.outbox) == 1
    Letter.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    client.post("/password/forgotten/", {"email": person.email})
    tasks.mail_letters()
    assert len(mail.outbox) == 2


def test_t32_a_network_asks_for_so_many_links_only(client, db, monkeypatch):
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000)
    asked = [client.post("/password/forgotten/", {"email": f"n{n}@agency.invalid"}).status_code for n in range(21)]
    assert asked == [302] * 20 + [429]


def test_a_line_of_internet_has_more_addresses_than_one_and_counts_once():
    assert limits.network("2001:db8::1") == limits.network("2001:db8::ffff:2") != limits.network("2001:db8:0:1::1")
    assert limits.network("192.0.2.1") != limits.network("192.0.2.2")
    assert limits.network(None)


def test_t32_all_tokens_of_a_person_are_counted_together(person, settings, monkeypatch):
    settings.API_REQUESTS_PER_MINUTE = 2
    monkeypatch.setattr(limits.time, "time", lambda: 1_800_000_000)
    programs = [Program(person), Program(person), Program(person)]
    assert [program.get("me/").status_code for program in programs] == [200, 200, 429]


# --- what a password guards -----------------------------------------------------------------------------------------


def test_a_token_is_made_with_the_password_and_wrong_ones_are_counted(client, person):
    client.force_login(person)
    for _ in range(5):
        client.post("/tokens/", {"name": "X", "days": "30", "password": "wrong"})
    assert not person.api_tokens.exists()
    assert client.get("/tokens/")["Location"] == "/sign-in/"


def test_with_a_password_go_the_tokens_that_were_made_with_it(client, person):
    program = Program(person)
    passwords.change(password=NEW, by=person)
    assert program.get("me/").status_code == 401
    second = Program(person)
    token = default_token_generator.make_token(User.objects.get(pk=person.pk))
    passwords.reset(person=person, token=token, password=PASSWORD, by=User.objects.system())
    assert second.get("me/").status_code == 401
    assert AuditEvent.objects.filter(verb="token.revoked", agency=person.memberships.get().agency).count() == 2


def test_what_a_program_is_told_is_kept_out_of_caches(person):
    assert "no-store" in Program(person).get("me/")["Cache-Control"]
