from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

# A worker that died leaves its rows to the others after this; what a server puts off is tried again as late.
LEASE = timedelta(minutes=10)


class OutboxQuerySet(models.QuerySet):
    def to_mail(self):
        return self.filter(mailed_at=None, mail_refused_at=None)

    def free(self, now):
        """Rows to mail that no worker has in hand."""
        return self.to_mail().filter(Q(mail_claimed_at=None) | Q(mail_claimed_at__lt=now - LEASE))


class Outbox(models.Model):
    """A row that is mailed: claimed by a worker, handed to the server outside of any transaction, then settled."""

    mail_claimed_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)
    mail_refused_at = models.DateTimeField(
        null=True, help_text="The right to it was gone when the mail was due, or the server will never take it."
    )

    class Meta:
        abstract = True


class Letter(Outbox):
    """A mail to somebody who may be nobody here yet: the link of an invitation, or of a new password."""

    invitation = models.ForeignKey("agencies.Invitation", models.PROTECT, null=True, related_name="letters")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="letters")
    asked_at = models.DateTimeField(auto_now_add=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(invitation=None, person__isnull=False) | Q(invitation__isnull=False, person=None),
                name="letter_is_about_one",
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(mailed_at=None, mail_refused_at=None), name="letter_to_mail")
        ]

    def __str__(self):
        return f"Letter {self.pk} about {self.about}"

    @property
    def about(self):
        return self.invitation or self.person
