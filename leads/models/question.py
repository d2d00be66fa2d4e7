from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from leads.models.lead import Lead
from leads.models.obligation import Obligation

PERSON = settings.AUTH_USER_MODEL
AGENCY = "agencies.Agency"


class QuestionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The agency that asked, and the center it asked; of both, those who see the lead."""
        own = access.agencies_with(user, Permission.LEAD_VIEW)
        found = self.filter(Q(agency_id__in=own) | Q(center_id__in=own) | Q(asked_by=user))
        return found.filter(lead__in=Lead.objects.visible_to(user))


class Question(models.Model):
    """What somebody at work on a lead asks the center's analysts, and what they say. Asked again it is another one."""

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        ANSWERED = "answered", "Answered"
        WITHDRAWN = "withdrawn", "Withdrawn"

    TRANSITIONS = {Status.OPEN: {Status.ANSWERED, Status.WITHDRAWN}, Status.ANSWERED: set(), Status.WITHDRAWN: set()}

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="questions")
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="questions")
    agency = models.ForeignKey(AGENCY, models.PROTECT, db_index=False, related_name="+", help_text="Which asks.")
    center = models.ForeignKey(AGENCY, models.PROTECT, db_index=False, related_name="+")
    text = models.CharField(max_length=1000)
    status = models.CharField(max_length=9, choices=Status, default=Status.OPEN)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(help_text="In the center's working time.")
    late_told_at = models.DateTimeField(null=True, help_text="When the center was told that it is due: once.")
    answer = models.CharField(max_length=2000, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["open", "answered", "withdrawn"]), name="question_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="open", ended_at=None, ended_by=None, answer="")
                | Q(status="answered", ended_at__isnull=False, ended_by__isnull=False) & ~Q(answer="")
                | Q(status="withdrawn", ended_at__isnull=False, ended_by__isnull=False, answer=""),
                name="question_ended_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="question_says_something"),
        ]
        indexes = [
            models.Index(fields=["center", "due_at", "id"], condition=Q(status="open"), name="question_center_due"),
            models.Index(fields=["agency", "due_at", "id"], condition=Q(status="open"), name="question_agency_due"),
            models.Index(fields=["center", "-ended_at", "-id"], name="question_center_ended"),
            models.Index(fields=["agency", "-ended_at", "-id"], name="question_agency_ended"),
            models.Index(fields=["due_at"], condition=Q(status="open", late_told_at=None), name="question_late"),
        ]

    def __str__(self):
        return str(self.lead)

    def get_absolute_url(self):
        return reverse("question", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
