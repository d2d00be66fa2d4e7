from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models.outbox import Outbox, OutboxQuerySet


class NotificationQuerySet(OutboxQuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self):
        return self.filter(read_at=None)


class Notification(Outbox):
    """What a person is told: an outbox row first, shown in the page, then mailed. It names a record by number and
    never says what is in it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notifications")
    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    label = models.CharField(max_length=80, help_text="The record's number, nothing more.")
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="notification_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notification_unread"),
            models.Index(fields=["id"], condition=Q(mailed_at=None, mail_refused_at=None), name="notification_to_mail"),
        ]

    def __str__(self):
        return f"{self.verb} {self.label}"
