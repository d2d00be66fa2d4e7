from django.db import models
from django.db.models import Q

from leads.models.obligation import Obligation


class EscalationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(obligation__in=Obligation.objects.visible_to(user))


class Escalation(models.Model):
    """One rung of the ladder reached in one stage of one obligation: exactly once, by constraint."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="escalations")
    stage = models.CharField(max_length=12)
    stage_started_at = models.DateTimeField()
    level = models.PositiveSmallIntegerField(
        help_text="1 due soon, 2 overdue, 3 supervisor, 4 commander, 5 coordinator."
    )
    due_at = models.DateTimeField(help_text="When the rung was due.")
    at = models.DateTimeField(help_text="When it was taken.")

    objects = EscalationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["obligation", "stage_started_at", "level"], name="escalation_once"),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=5), name="escalation_level_1_to_5"),
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(level=2), name="escalation_overdue")]

    def __str__(self):
        return f"{self.stage} {self.level}"
