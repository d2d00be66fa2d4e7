from django.conf import settings
from django.db import models
from django.db.models import F, Q

from leads.models.lead import Lead


class LeadMentionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """What a notice of a lead says is seen by who sees that lead; whether the lead it names is shown is asked of
        that one.
        """
        return self.filter(lead__in=Lead.objects.visible_to(user))

    def standing(self):
        return self.filter(withdrawn_at=None)

    def unknown(self):
        """Those of which nobody has said which lead is meant, nor that there is none."""
        return self.filter(withdrawn_at=None, named=None, absent_at=None)


class LeadMention(models.Model):
    """A notice of one lead names another one by its number: both are of one gun as long as the notice stands. A number
    that no lead has waits for the notice of that lead, or for an analyst, who says which one is meant or that there is
    none (`absent_at`): until it comes after all.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="mentions", help_text="Whose notice it is.")
    number = models.CharField(max_length=40, help_text="As it is written.")
    named = models.ForeignKey(Lead, models.PROTECT, null=True, related_name="mentioned_by")
    supersedes = models.BooleanField(default=False, help_text="The notice takes the place of the other's.")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    batch = models.ForeignKey("evidence.ImportBatch", models.PROTECT, null=True, related_name="+")
    named_at = models.DateTimeField(null=True, help_text="When it was known which lead is meant.")
    named_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    absent_at = models.DateTimeField(null=True, help_text="When an analyst said that there is no such lead.")
    absent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    absent_why = models.CharField(max_length=200, blank=True, default="", db_default="")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )

    objects = LeadMentionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "number"], condition=Q(withdrawn_at=None), name="lead_mention_once"
            ),
            models.CheckConstraint(condition=~Q(named=F("lead")), name="lead_mention_of_another"),
            models.CheckConstraint(
                condition=Q(named=None, named_at=None, named_by=None)
                | Q(named__isnull=False, named_at__isnull=False, named_by__isnull=False),
                name="lead_mention_named_by_at",
            ),
            models.CheckConstraint(
                condition=Q(absent_at=None, absent_by=None, absent_why="")
                | Q(absent_at__isnull=False, absent_by__isnull=False, named=None) & ~Q(absent_why=""),
                name="lead_mention_absent_by_at_why",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="lead_mention_withdrawn_by_at",
            ),
        ]
        indexes = [
            models.Index(fields=["number"], condition=Q(named=None, withdrawn_at=None), name="lead_mention_not_found"),
            models.Index(
                fields=["-id"], condition=Q(named=None, withdrawn_at=None, absent_at=None), name="lead_mention_unknown"
            ),
        ]

    def __str__(self):
        return f"{self.number} in the notice of {self.lead}"
