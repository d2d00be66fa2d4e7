"""What people are told: read marks, and the mail that says so with a number and a link alone."""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone

from agencies import access, audit, policies
from agencies.models import Notification
from agencies.notifications import SENTENCES, target_of

BATCH = 50
log = logging.getLogger(__name__)


@transaction.atomic
def read(*, notification, by):
    """Mark one notice as read."""
    notification = Notification.objects.select_for_update().get(pk=notification.pk)
    access.enforce(policies.own, by, notification)
    if notification.read_at is None:
        notification.read_at = timezone.now()
        notification.save(update_fields=["read_at"])


@transaction.atomic
def read_all(*, by):
    """Mark everything the person was told as read."""
    return Notification.objects.visible_to(by).unread().update(read_at=timezone.now())


@transaction.atomic
def mail_due(*, by, now=None):
    """Mail the oldest notices that wait; returns how many were dealt with, 0 when nothing is left to do now.

    Two workers never take the same rows. Whether the recipient may see the record is asked again now, not when the
    notice was written. A server that refuses the mail leaves its rows for the next round.
    """
    now = now or timezone.now()
    due = list(
        Notification.objects.to_mail()
        .select_related("user")
        .select_for_update(of=["self"], skip_locked=True)
        .order_by("id")[:BATCH]
    )
    allowed = [row for row in due if row.user.is_active and target_of(row, row.user) is not None]
    sent, bounced = _send(allowed)
    refused = [row.pk for row in due if row not in allowed] + bounced
    Notification.objects.filter(pk__in=sent).update(mailed_at=now)
    Notification.objects.filter(pk__in=refused).update(mail_refused_at=now)
    audit.record_many("notice.mailed", Notification, sent, by=by)
    audit.record_many("notice.not_mailed", Notification, refused, by=by)
    return len(sent) + len(refused)


def _send(rows):
    """Ids that were sent, and ids whose address the server refuses; a server that is gone ends the round."""
    sent, bounced, server = [], [], get_connection()
    for row in rows:
        try:
            server.send_messages([_mail(row)])
        except SMTPRecipientsRefused:
            bounced.append(row.pk)
        except (SMTPException, OSError) as error:
            log.warning("Mail waits for the next round: %s", error)
            break
        else:
            sent.append(row.pk)
    return sent, bounced


def _mail(notification):
    """Subject and body name a number and nothing of what is in the record."""
    sentence = SENTENCES[notification.verb]
    link = f"{settings.SITE_URL}/notifications/{notification.pk}/"
    body = f"{sentence}: {notification.label}\n\nSign in to read it:\n{link}\n"
    return EmailMessage(f"{sentence}: {notification.label}", body, None, [notification.user.email])
