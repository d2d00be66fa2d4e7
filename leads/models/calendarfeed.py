from django.conf import settings
from django.db import models
from django.db.models import Q

PERSON = settings.AUTH_USER_MODEL


class CalendarFeedQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(membership__user=user) if user.is_authenticated else self.none()

    def standing(self):
        return self.filter(revoked_at=None)


class CalendarFeed(models.Model):
    """The secret address of one person's dates in one agency: shown once and stored as a hash. It dies with the
    membership it was made for.
    """

    class Scope(models.TextChoices):
        MINE = "mine", "My cases"
        AGENCY = "agency", "Every case of my agency"

    membership = models.ForeignKey("agencies.Membership", models.PROTECT, db_index=False, related_name="+")
    scope = models.CharField(max_length=8, choices=Scope, default=Scope.MINE)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(max_length=8, editable=False, help_text="The last characters, to tell addresses apart.")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["membership"], condition=Q(revoked_at=None), name="calendar_feed_once"),
            models.CheckConstraint(condition=Q(scope__in=["mine", "agency"]), name="calendar_feed_scope_known"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="calendar_feed_revoked_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["membership", "-made_at"], name="calendar_feed_membership")]

    def __str__(self):
        return f"Calendar address ...{self.hint}"
