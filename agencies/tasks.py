import logging

from celery import shared_task


@shared_task
def mail_letters():
    """Invitations and links for new passwords; run each minute as well, so that a lost call loses nothing."""
    from agencies.models import Letter

    _mail(Letter)


@shared_task
def mail_notifications():
    """What people are told; run each minute as well."""
    from agencies.models import Notification

    _mail(Notification)


def _mail(model):
    """Lot by lot: claimed in one transaction, mailed outside of any, settled in another."""
    from agencies import mailing
    from agencies.actions import outbox
    from agencies.models import User

    system = User.objects.system()
    while rows := outbox.claim(model=model, by=system):
        if not outbox.settle(model=model, rows=rows, done=mailing.deliver(rows), by=system):
            break


@shared_task
def tell_end_of_log():
    """Into the worker's log, which lies elsewhere: `verify_audit --kept` asks later whether that row is still there."""
    from agencies import audit

    if last := audit.last_link():
        logging.getLogger("agencies.audit").info("The audit log ends at row %s, hash %s", last.position, last.hash)


@shared_task
def tidy_sign_ins():
    from agencies.actions import sign_ins
    from agencies.models import User

    sign_ins.tidy(by=User.objects.system())
