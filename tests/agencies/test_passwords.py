"""One's own password: changed, or set anew through a mailed link."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from agencies import session, tasks
from agencies.actions import passwords, sign_ins
from agencies.models import AuditEvent, User
from tests.scenery import scene

OLD = "correct horse battery"
NEW = "staple river lantern"


@scene
def person(city):
    city.detective.set_password(OLD)
    city.detective.save(update_fields=["password"])
    return city.detective


def test_a_changed_password_keeps_this_session_and_ends_the_others(client, person):
    other = Client()
    other.force_login(person)
    client.force_login(person)
    client.post("/password/", {"present": OLD, "new_password": NEW, "again": NEW})
    assert client.get("/notifications/").status_code == 200
    assert other.get("/notifications/").status_code == 302
    assert User.objects.get(pk=person.pk).check_password(NEW)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"present": "wrong", "new_password": NEW, "again": NEW}, "not your present password"),
        ({"present": OLD, "new_password": NEW, "again": "other"}, "not the same"),
        ({"present": OLD, "new_password": "short", "again": "short"}, "at least 12"),
        ({"present": OLD, "new_password": "password1234", "again": "password1234"}, "too common"),
    ],
)
def test_a_password_that_will_not_do_is_refused_with_the_reason(client, person, typed, sentence):
    client.force_login(person)
    assert sentence in client.post("/password/", typed).content.decode()
    assert User.objects.get(pk=person.pk).check_password(OLD)


def link(person):
    passwords.ask(email=person.email, by=User.objects.system())
    tasks.mail_letters()
    return re.search(r"http://[^/]+(/password/\S+)", mail.outbox[-1].body).group(1)


def test_a_forgotten_password_is_set_through_a_link_that_works_once(client, person):
    address = link(person)
    opened = client.get(address)
    assert "/set/" in opened["Location"]
    client.post(opened["Location"], {"new_password": NEW, "again": NEW})
    assert User.objects.get(pk=person.pk).check_password(NEW)
    assert "used, or is too old" in Client().get(address).content.decode()
    verbs = AuditEvent.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["password.asked", "password.link_mailed", "password.reset"]


@pytest.mark.parametrize(
    "address",
    ["/password/x/y/", "/password/MQ/set/", "/password/////", "/password/OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk/a/"],
)
def test_a_link_that_was_made_up_is_too_old(client, person, address):
    answer = client.get(address)
    assert answer.status_code == 404 or "used, or is too old" in answer.content.decode()


def test_t29_a_reset_does_not_open_a_locked_account(client, person):
    User.objects.filter(pk=person.pk).update(locked_at=timezone.now())
    opened = client.get(link(person))
    client.post(opened["Location"], {"new_password": NEW, "again": NEW})
    answer = client.post("/sign-in/", {"username": person.email, "password": NEW, "acknowledged": "on"})
    assert answer.status_code == 200


def test_t31_asking_for_a_reset_answers_the_same_for_any_address(client, person, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as queued:
        known = client.post("/password/forgotten/", {"email": person.email})
        unknown = client.post("/password/forgotten/", {"email": "nobody@agency.invalid"})
    assert known["Location"] == unknown["Location"] == "/password/forgotten/sent/"
    assert len(queued) == 1
    assert mail.outbox == []


def test_t27_a_person_without_an_agency_gets_no_reset_link(client, person, django_capture_on_commit_callbacks):
    person.memberships.update(ended_at=timezone.now(), ended_by=person)
    with django_capture_on_commit_callbacks() as queued:
        client.post("/password/forgotten/", {"email": person.email})
    assert queued == []


TODAY = ["django.contrib.auth.hashers.ScryptPasswordHasher", "django.contrib.auth.hashers.MD5PasswordHasher"]


def test_a_stronger_hash_of_a_new_version_ends_nobodys_session_when_they_prove_who_they_are(client, person, settings):
    settings.PASSWORD_HASHERS = TODAY
    client.force_login(person)
    client.post("/session/lock/")
    client.post("/lock/", {"password": OLD, "next": "/notifications/"})
    client.post("/tokens/", {"name": "X", "days": "30", "password": OLD})
    client.post("/password/", {"present": OLD, "new_password": "short", "again": "short"})
    assert client.get("/notifications/").status_code == 200
    assert User.objects.get(pk=person.pk).password == person.password


def test_signing_in_keeps_the_password_by_the_stronger_hash(client, person, settings):
    settings.PASSWORD_HASHERS = TODAY
    form = {"username": person.email, "password": OLD, "acknowledged": "on"}
    assert client.post("/sign-in/", form).status_code == 302
    assert client.get("/notifications/").status_code == 200
    assert User.objects.get(pk=person.pk).password.startswith("scrypt$")


def test_the_stronger_hash_waits_while_the_person_may_be_at_work_elsewhere(client, person, settings):
    phone, form = Client(), {"username": person.email, "password": OLD, "acknowledged": "on"}
    phone.post("/sign-in/", form)
    settings.PASSWORD_HASHERS = TODAY
    client.post("/sign-in/", form)
    assert phone.get("/notifications/").status_code == client.get("/notifications/").status_code == 200
    over = timezone.now() + timedelta(seconds=session.ENDS_AFTER + 1)
    sign_ins.succeed(address="192.0.2.1", by=person, password=OLD, now=over)
    assert User.objects.get(pk=person.pk).password.startswith("scrypt$")
