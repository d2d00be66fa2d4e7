"""Signing in and out: each success and failure is recorded, and five wrong passwords lock the account."""

from datetime import timedelta

from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from agencies import audit, queries, queueing, tasks
from agencies.models import SignInAttempt, User
from agencies.notifications import notify

KEEP_ATTEMPTS = timedelta(days=1)


@transaction.atomic
def fail(*, email, address, by, now=None):
    """Count a wrong password of a person, however their address was written, and lock the account at the fifth within
    fifteen minutes. Five guesses inside a session (`by` is the person) end it; others do not end somebody's work.

    For an unknown address the log keeps no more than that somebody tried: what was typed may be a password.
    """
    now = now or timezone.now()
    found = User.objects.by_email(email)
    person = User.objects.select_for_update(no_key=True).get(pk=found.pk) if found else None
    agency = queries.main_agency_id(person) if person else None
    audit.record("sign_in.failed", person, by=by, agency=agency, address=address)
    if person is None:
        return
    inside = by.pk == person.pk
    SignInAttempt.objects.create(email=person.email.lower(), address=address, is_inside=inside)
    shuts = inside and not person.is_shut and queries.has_too_many_tries(person, now, is_inside=True)
    if shuts or (not person.locked_at and queries.has_too_many_tries(person, now)):
        _lock(person, shuts, now)
        audit.record("person.locked", person, by=by, agency=agency, address=address, sessions_ended=shuts)


@transaction.atomic
def hold_off(*, flood, email, address, by):
    """Note that a network or an account ("network", "account") has used up its tries of this minute: what else is
    tried in it is not looked at.
    """
    person = User.objects.by_email(email)
    agency = queries.main_agency_id(person) if person else None
    audit.record("sign_in.held_off", person, by=by, agency=agency, address=address, too_many_of=flood)


def _lock(person, shuts, now):
    if not person.locked_at:
        _tell_administrators(person)
    person.locked_at, person.is_shut = person.locked_at or now, shuts
    person.save(update_fields=["locked_at", "is_shut"])


def _tell_administrators(person):
    membership = person.memberships.active().order_by("id").first()
    if membership:
        notify(queries.administrators_of(person), "person.locked", membership, label=f"Membership {membership.pk}")
        queueing.later(tasks.mail_notifications)


@transaction.atomic
def succeed(*, address, by, password="", now=None):
    """Record a sign-in; the wrong passwords before it no longer count. The right one is kept by the hash of today, as
    soon as no other session can end by that.
    """
    SignInAttempt.objects.filter(email=by.email.lower()).delete()
    if password and _is_outdated(by.password) and not queries.may_have_a_session(by, now or timezone.now()):
        _hash_anew(by, password)
    audit.record("sign_in", by, by=by, agency=queries.main_agency_id(by), address=address)


def _is_outdated(encoded):
    today = hashers.get_hasher()
    return hashers.identify_hasher(encoded).algorithm != today.algorithm or today.must_update(encoded)


def _hash_anew(person, password):
    # A session holds what the hash was made into: it may become another only while none is open. Unless the password
    # itself was changed since it was looked at.
    anew = hashers.make_password(password)
    if User.objects.filter(pk=person.pk, password=person.password).update(password=anew):
        person.password = anew


@transaction.atomic
def end(*, by, why=""):
    audit.record("sign_out", by, by=by, agency=queries.main_agency_id(by), why=why)


@transaction.atomic
def lock(*, by):
    audit.record("session.locked", by, by=by, agency=queries.main_agency_id(by))


@transaction.atomic
def unlock(*, by):
    """Record that somebody proved again who they are."""
    SignInAttempt.objects.filter(email=by.email.lower()).delete()
    audit.record("session.unlocked", by, by=by, agency=queries.main_agency_id(by))


@transaction.atomic
def tidy(*, by, now=None):
    """Delete wrong tries that no longer count, and sessions that are over; the log of both stays."""
    now = now or timezone.now()
    attempts, _ = SignInAttempt.objects.filter(at__lt=now - KEEP_ATTEMPTS).delete()
    sessions, _ = Session.objects.filter(expire_date__lt=now).delete()
    if attempts or sessions:
        audit.record("sign_ins.tidied", None, by=by, attempts=attempts, sessions=sessions)
