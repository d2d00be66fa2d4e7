from celery import shared_task


@shared_task
def mail_password_link(person_id):
    from agencies.actions import passwords
    from agencies.models import User

    passwords.send_link(person=User.objects.get(pk=person_id), by=User.objects.system())


@shared_task
def mail_invitation(invitation_id):
    from agencies.actions import invitations
    from agencies.models import Invitation, User

    invitations.send(invitation=Invitation.objects.get(pk=invitation_id), by=User.objects.system())


@shared_task
def mail_notifications():
    """What is due now; run each minute as well, so that a lost call loses nothing."""
    from agencies.actions import notices
    from agencies.models import User

    while notices.mail_due(by=User.objects.system()):
        pass


@shared_task
def tidy_sign_ins():
    from agencies.actions import sign_ins
    from agencies.models import User

    sign_ins.tidy(by=User.objects.system())
