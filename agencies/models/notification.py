from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.models.outbox import Outbox, OutboxQuerySet


class NotificationQuerySet(OutboxQuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()

    def free(self, now):
        """Of those nobody has in hand what does not wait for the hour its person chose."""
        return super().free(now).filter(Q(mail_after=None) | Q(mail_after__lte=now))

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
    mail_after = models.DateTimeField(null=True, help_text="Until then its mail waits, as the person chose.")

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


class NoticeChoiceQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user) if user.is_authenticated else self.none()


class NoticeChoice(models.Model):
    """How a person wants to be mailed about one kind of matter; without a row, as `notices.KINDS` has it."""

    class How(models.TextChoices):
        AT_ONCE = "at_once", "At once"
        HOURS = "hours", "In working hours"
        DIGEST = "digest", "Once a day"
        PAGE = "page", "No mail"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="notice_choices")
    kind = models.CharField(max_length=16)
    how = models.CharField(max_length=8, choices=How)
    chosen_at = models.DateTimeField()

    objects = NoticeChoiceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once"),
            models.CheckConstraint(
                condition=Q(how__in=["at_once", "hours", "digest", "page"]), name="notice_choice_known"
            ),
            models.CheckConstraint(
                condition=~Q(how="page") | ~Q(kind__in=["duty", "late", "custody"]), name="notice_choice_keeps_duties"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.how}"
