"""Passwords: changed by their owner, or set anew through a link that is mailed and works once."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from agencies import access, audit, policies, queries, queueing, tasks
from agencies.models import ApiToken, Letter, SignInAttempt, User

ONE_LINK_IN = timedelta(minutes=10)


@transaction.atomic
def change(*, password, by):
    """Set one's own password; every other session of the person is over, and every key for programs."""
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    access.enforce(policies.change_password, by, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    SignInAttempt.objects.filter(email=person.email.lower()).delete()
    audit.record("password.changed", person, by=by, agency=queries.main_agency_id(person))
    _revoke_tokens(person, by)
    return person


def _revoke_tokens(person, by):
    """Who changes a password fears that somebody else has it: then whatever was made with it goes as well."""
    tokens = ApiToken.objects.select_for_update(of=["self"], no_key=True).filter(user=person, revoked_at=None)
    ids = list(tokens.values_list("pk", flat=True))
    ApiToken.objects.filter(pk__in=ids).update(revoked_at=timezone.now(), revoked_by=by)
    agency = queries.main_agency_id(person)
    audit.record_many("token.revoked", ApiToken, ids, by=by, agency=agency, why="the password is another")


@transaction.atomic
def ask(*, email, by):
    """Note that somebody forgot a password; the mail is sent in the background.

    The page answers the same, and as fast, whether there is such an account or not.
    """
    person = User.objects.by_email(email)
    audit.record("password.asked", person, by=by, agency=queries.main_agency_id(person) if person else None)
    if person and policies.reset_password(by, person) is None:
        # Anybody may ask for a link to anybody's mailbox: one in ten minutes.
        if not Letter.objects.filter(person=person, asked_at__gt=timezone.now() - ONE_LINK_IN).exists():
            Letter.objects.create(person=person)
        queueing.later(tasks.mail_letters)


@transaction.atomic
def reset(*, person, token, password, by):
    """Set a password with the token that was mailed; a locked account stays locked."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    access.enforce(policies.use_reset_link, by, person, token)
    person.set_password(password)
    person.save(update_fields=["password"])
    SignInAttempt.objects.filter(email=person.email.lower()).delete()
    audit.record("password.reset", person, by=by, agency=queries.main_agency_id(person))
    _revoke_tokens(person, by)
