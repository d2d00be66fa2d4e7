"""Accounts: closed against sign-in and opened again by an administrator."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit, policies, queries
from agencies.models import SignInAttempt, User


@transaction.atomic
def release(*, person, by):
    """Open a locked account again; its password stays what it was."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    access.enforce(policies.release, by, person)
    person.locked_at, person.is_shut = None, False
    person.save(update_fields=["locked_at", "is_shut"])
    SignInAttempt.objects.filter(email=person.email.lower()).delete()
    audit.record("person.released", person, by=by, agency=queries.main_agency_id(person))


@transaction.atomic
def lock(*, person, by, now=None):
    """Keep a person out at once: the account is locked, and every session and token of theirs ends."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    access.enforce(policies.lock, by, person)
    person.locked_at, person.is_shut = person.locked_at or now or timezone.now(), True
    person.save(update_fields=["locked_at", "is_shut"])
    audit.record("person.locked", person, by=by, agency=queries.main_agency_id(person))
