"""Passwords: changed by their owner, or set anew through a link that is mailed and works once."""

from django.db import transaction

from agencies import access, audit, policies, queries, queueing, tasks
from agencies.models import Letter, SignInAttempt, User


@transaction.atomic
def change(*, password, by):
    """Set one's own password; every other session of the person is over."""
    person = User.objects.select_for_update().get(pk=by.pk)
    access.enforce(policies.change_password, by, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    SignInAttempt.objects.filter(email=person.email.lower()).delete()
    audit.record("password.changed", person, by=by, agency=queries.main_agency_id(person))
    return person


@transaction.atomic
def ask(*, email, by):
    """Note that somebody forgot a password; the mail is sent in the background.

    The page answers the same, and as fast, whether there is such an account or not.
    """
    person = queries.person_by_email(email)
    audit.record("password.asked", person, by=by, agency=queries.main_agency_id(person) if person else None)
    if person and policies.reset_password(by, person) is None:
        if not Letter.objects.to_mail().filter(person=person).exists():
            Letter.objects.create(person=person)
        queueing.later(tasks.mail_letters)


@transaction.atomic
def reset(*, person, token, password, by):
    """Set a password with the token that was mailed; a locked account stays locked."""
    person = User.objects.select_for_update().get(pk=person.pk)
    access.enforce(policies.use_reset_link, by, person, token)
    person.set_password(password)
    person.save(update_fields=["password"])
    SignInAttempt.objects.filter(email=person.email.lower()).delete()
    audit.record("password.reset", person, by=by, agency=queries.main_agency_id(person))
