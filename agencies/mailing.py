"""The outbox on its way: each row is written out, asked again whether it may go, and handed to the mail server.

No transaction is open meanwhile: a slow server keeps nobody waiting, and nothing that was sent is rolled back.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass, field
from smtplib import SMTPDataError, SMTPException, SMTPNotSupportedError, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from agencies import keys, policies
from agencies.kinds_of_notice import KINDS, kind_of
from agencies.models import Notification, User
from agencies.notifications import SENTENCES, target_of

log = logging.getLogger(__name__)


@dataclass
class Round:
    """What became of some rows: sent; refused for good; put off, to be tried again when their lease ends. The others
    the server never saw, because it was `gone`.
    """

    sent: list = field(default_factory=list)
    refused: list = field(default_factory=list)
    put_off: list = field(default_factory=list)
    gone: bool = False


def deliver(rows):
    """Hand rows of the outbox to the mail server over one connection, and say what became of them."""
    done, mails = Round(), []
    digests = defaultdict(list)
    for row in rows:
        if getattr(row, "in_digest", False):
            digests[row.user].append(row)
            continue
        mail = _written(row)
        mails.append(([row], mail)) if mail else done.refused.append(row)
    for person, told in digests.items():
        may = [row for row in told if _may_go(row)]
        done.refused += [row for row in told if row not in may]
        mails += [(may, _digest(person, may))] if may else []
    try:
        if mails:
            with get_connection() as server:
                _hand_over(server, mails, done)
    except (SMTPException, OSError) as error:
        log.warning("Mail waits for the next round: %s", error)
        done.gone = True
    return done


def _hand_over(server, mails, done):
    for rows, mail in mails:
        try:
            server.send_messages([mail])
        except (SMTPRecipientsRefused, SMTPDataError, SMTPNotSupportedError, ValueError) as error:
            log.warning("Mail %s is not taken: %s", rows[0].pk, error)
            (done.refused if _is_final(error) else done.put_off).extend(rows)
        except (SMTPException, OSError):
            # If it is this mail that the server cannot bear, the next round must not begin with it.
            done.put_off.extend(rows)
            raise
        else:
            done.sent.extend(rows)


def _is_final(error):
    """5xx is for ever, 4xx for now; what cannot be written as a mail at all never will be."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return not isinstance(error, SMTPDataError) or error.smtp_code >= 500


def _written(row):
    """The mail of a row, or None if it may not go any more."""
    if isinstance(row, Notification):
        return _notice(row)
    return _invitation(row.invitation) if row.invitation else _password(row.person)


def _may_go(notification):
    """Asked at the moment of mailing: whether the person may still see what it is about."""
    return notification.user.is_active and target_of(notification, notification.user) is not None


def _said(notification):
    # A line break in a number would be a header.
    return f"{SENTENCES[notification.verb]}: {' '.join(notification.label.split())}"


def _notice(notification):
    """Subject and body name a number and nothing of what is in the record."""
    if not _may_go(notification):
        return None
    link = f"{settings.SITE_URL}/notifications/{notification.pk}/"
    subject = _said(notification)
    text = f"{subject}\n\nSign in to read it:\n{link}\n{_foot(notification.user, kind_of(notification.verb))}"
    return EmailMessage(subject, text, None, [notification.user.email])


def _digest(person, rows):
    """What a person was told since the last one, each with its number alone."""
    lines = "\n".join(_said(row) for row in rows)
    many = f"{len(rows)} notice{'' if len(rows) == 1 else 's'} since yesterday"
    foot = "".join(_foot(person, kind) for kind in sorted({kind_of(row.verb) for row in rows}))
    link = settings.SITE_URL + reverse("notifications")
    return EmailMessage(many, f"{lines}\n\nSign in to read them:\n{link}\n{foot}", None, [person.email])


def _foot(person, kind):
    """How to have no more mail of this kind, unless it is a duty."""
    if KINDS[kind].is_duty:
        return ""
    link = settings.SITE_URL + reverse("notice_off", args=[keys.off_token(person.pk, kind)])
    return f"\nNo more mail of this kind ({KINDS[kind].label.lower()}):\n{link}\n"


def _invitation(invitation):
    link = invitation_link(invitation)
    if link is None or policies.accept(User.objects.system(), invitation):
        return None
    text = render_to_string("agencies/mail/invitation.txt", {"invitation": invitation, "link": link})
    return EmailMessage("You are invited to the Crime Gun Portal", text, None, [invitation.email])


def invitation_link(invitation):
    """The same each time, so that a mail sent twice kills no link; None for one whose key is not ours any more."""
    secret = keys.derived(invitation.nonce, invitation.secret_hash)
    return secret and settings.SITE_URL + reverse("invitation_accept", args=[secret])


def _password(person):
    """The link dies with its use, with any sign-in and with time."""
    if policies.reset_password(User.objects.system(), person):
        return None
    address = urlsplit(settings.SITE_URL)
    context = {
        "user": person,
        "protocol": address.scheme,
        "domain": address.netloc,
        "uid": urlsafe_base64_encode(force_bytes(person.pk)),
        "token": default_token_generator.make_token(person),
    }
    subject = render_to_string("registration/password_reset_subject.txt", context).strip()
    body = render_to_string("registration/password_reset_email.html", context)
    return EmailMessage(subject, body, None, [person.email])
