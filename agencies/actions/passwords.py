"""Passwords: changed by their owner, or set anew through a link that is mailed and works once."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from agencies import access, audit, policies, queries, queueing, tasks
from agencies.models import SignInAttempt, User


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
        queueing.later(tasks.mail_password_link, person.pk)


@transaction.atomic
def send_link(*, person, by):
    """Mail the link; it dies with its use, with any sign-in and with time."""
    access.enforce(policies.reset_password, by, person)
    address = urlsplit(settings.SITE_URL)
    context = {
        "user": person,
        "protocol": address.scheme,
        "domain": address.netloc,
        "uid": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
    }
    subject = render_to_string("registration/password_reset_subject.txt", context).strip()
    audit.record("password.link_mailed", person, by=by, agency=queries.main_agency_id(person))
    send_mail(subject, render_to_string("registration/password_reset_email.html", context), None, [person.email])


@transaction.atomic
def reset(*, person, token, password, by):
    """Set a password with the token that was mailed; a locked account stays locked."""
    person = User.objects.select_for_update().get(pk=person.pk)
    access.enforce(policies.use_reset_link, by, person, token)
    person.set_password(password)
    person.save(update_fields=["password"])
    SignInAttempt.objects.filter(email=person.email.lower()).delete()
    audit.record("password.reset", person, by=by, agency=queries.main_agency_id(person))
