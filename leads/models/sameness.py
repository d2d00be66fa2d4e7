from django.conf import settings
from django.db import models
from django.db.models import F, Q

from leads.models.entity import Entity


class SamenessQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who sees both sees what was said of them."""
        seen = Entity.objects.visible_to(user)
        return self.filter(one__in=seen, other__in=seen)

    def standing(self):
        return self.filter(taken_back_at=None)


class Sameness(models.Model):
    """That two entities are the same, or are not: what a person decided, until it is taken back. Each decision is a row
    of its own, so that what was ever said stays on record.
    """

    class Verdict(models.TextChoices):
        SAME = "same", "The same"
        APART = "apart", "Not the same"

    one = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    other = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=5, choices=Verdict)
    reason = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_back_why = models.CharField(max_length=200, blank=True)

    objects = SamenessQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=["same", "apart"]), name="sameness_verdict_known"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="sameness_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="sameness_has_a_reason"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_why="")
                | (Q(taken_back_at__isnull=False, taken_back_by__isnull=False) & ~Q(taken_back_why="")),
                name="sameness_taken_back_at_and_by",
            ),
            models.UniqueConstraint(
                fields=["one", "other"], condition=Q(taken_back_at=None), name="sameness_once_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.one} and {self.other}: {self.get_verdict_display().lower()}"
