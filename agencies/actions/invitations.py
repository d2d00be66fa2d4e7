"""Invitations: one role in one agency, offered by mail; the link works once and for three days."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import access, audit, keys, policies, queueing, tasks
from agencies.access import Refused
from agencies.actions._enrolment import enrol
from agencies.models import Agency, Invitation, Letter, Membership, User
from agencies.notifications import notify

VALID_FOR = timedelta(hours=72)


@transaction.atomic
def invite(*, agency, email, name, role, unit=None, by):
    """Offer a role to an address, whether it has an account or not: the inviter does not learn which.

    One offer of a role at a time: the link of the one before stops working.
    """
    agency = Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=agency.pk)
    access.enforce(policies.invite, by, agency, email, role, unit)
    _replace(agency, email.strip().lower(), role, by)
    nonce, secret_hash = _secret()
    invitation = Invitation.objects.create(
        email=email.strip().lower(),
        name=name.strip(),
        agency=agency,
        unit=unit,
        role=role,
        nonce=nonce,
        secret_hash=secret_hash,
        invited_by=by,
        expires_at=timezone.now() + VALID_FOR,
    )
    audit.record("invitation.made", invitation, by=by, role=role, email=invitation.email)
    _mail(invitation)
    return invitation


def _replace(agency, email, role, by):
    before = Invitation.objects.filter(agency=agency, email=email, role=role, accepted_at=None, withdrawn_at=None)
    for invitation in before.select_for_update(no_key=True):
        withdraw(invitation=invitation, by=by)


@transaction.atomic
def renew(*, invitation, by):
    """Offer again, by a mail with a new link; the one before stops working."""
    invitation = Invitation.objects.select_for_update(of=["self"], no_key=True).get(pk=invitation.pk)
    access.enforce(policies.keep_invitation, by, invitation)
    invitation.nonce, invitation.secret_hash = _secret()
    invitation.expires_at = timezone.now() + VALID_FOR
    invitation.save(update_fields=["nonce", "secret_hash", "expires_at"])
    audit.record("invitation.renewed", invitation, by=by)
    _mail(invitation)
    return invitation


def _secret():
    """What is kept of a link: the nonce that the key of the portal makes it of, and its hash."""
    nonce = keys.new()
    return nonce, keys.hashed(keys.derived(nonce))


def _mail(invitation):
    Letter.objects.create(invitation=invitation)
    queueing.later(tasks.mail_letters)


@transaction.atomic
def withdraw(*, invitation, by):
    invitation = Invitation.objects.select_for_update(of=["self"], no_key=True).get(pk=invitation.pk)
    access.enforce(policies.keep_invitation, by, invitation)
    invitation.withdrawn_at, invitation.withdrawn_by = timezone.now(), by
    invitation.save(update_fields=["withdrawn_at", "withdrawn_by"])
    audit.record("invitation.withdrawn", invitation, by=by)


@transaction.atomic
def accept(*, invitation, by, person=None, name="", title="", password=""):
    """Take the offered role: as `person`, who has an account, or as a new one with a name and a password.

    `by` is the system's actor: who accepts has shown the secret and is nobody yet.
    """
    invitation = Invitation.objects.select_for_update(of=["self"], no_key=True).get(pk=invitation.pk)
    access.enforce(policies.accept, by, invitation)
    person = _lock(person) if person else _new(invitation.email, name, title, password)
    access.enforce(policies.accept_as, by, invitation, person)
    if not Membership.objects.active().filter(user=person, agency=invitation.agency, role=invitation.role).exists():
        enrol(person, invitation.agency, invitation.role, invitation.unit, invitation.invited_by)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    audit.record("invitation.accepted", invitation, by=person)
    _tell_inviter(invitation)
    return User.objects.get(pk=person.pk)  # read anew: what they may do was looked up before the role was theirs


def _lock(person):
    return User.objects.select_for_update(no_key=True).get(pk=person.pk)


def _new(email, name, title, password):
    person = User(email=email.lower(), name=name.strip(), title=title.strip())
    person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError as error:
        raise Refused("There is an account for this address by now: open the link again.", "accept") from error
    return person


def _tell_inviter(invitation):
    if not invitation.invited_by.is_system:
        notify([invitation.invited_by], "invitation.accepted", invitation, label=f"Invitation {invitation.pk}")
        queueing.later(tasks.mail_notifications)
