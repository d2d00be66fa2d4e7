from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from leads.models.lead import Lead


class YieldQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))


class Yield(models.Model):
    """What a lead led to, once for each kind: from then on those whose work it was are told."""

    class Kind(models.TextChoices):
        ARREST = "arrest", "Arrest made"
        WARRANT = "warrant", "Arrest warrant issued"
        GUN = "gun", "Firearm recovered"
        CHARGE = "charge", "Charge filed"
        CONVICTION = "conviction", "Conviction"

    lead = models.ForeignKey(Lead, models.PROTECT, db_index=False, related_name="yields")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField(help_text="When it was found that the lead had yielded.")

    objects = YieldQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "kind"], name="yield_once")]

    def __str__(self):
        return f"{self.lead} {self.get_kind_display()}"


class FeedbackQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The person, while they work in the agency; its supervisors; the coordinator of its center, as a laboratory
        has no supervisor.
        """
        own, above = (
            access.agencies_with(user, Permission.HOME),
            access.agencies_with(user, Permission.OBLIGATION_ASSIGN),
        )
        return self.filter(
            Q(person_id=user.pk, agency_id__in=own) | Q(agency_id__in=above) | Q(agency__parent_id__in=above)
        )


class Feedback(models.Model):
    """One person told that a lead they had a part in has yielded: a number and an outcome, nothing of the case."""

    class Part(models.TextChoices):
        COLLECTED = "collected", "Collected"
        ENTERED = "entered", "Entered in NIBIN"
        REVIEWED = "reviewed", "Reviewed"
        ANALYZED = "analyzed", "Analyzed"

    gave = models.ForeignKey(Yield, models.PROTECT, db_index=False, related_name="feedback")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    parts = ArrayField(models.CharField(max_length=10, choices=Part), help_text="What the person did for it.")
    told_at = models.DateTimeField()

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [models.UniqueConstraint(fields=["gave", "person"], name="feedback_once")]
        indexes = [
            models.Index(fields=["person", "-told_at", "-id"], name="feedback_person"),
            models.Index(fields=["agency", "-told_at", "-id"], name="feedback_agency"),
        ]

    def __str__(self):
        return f"{self.person}, {self.gave}"

    def get_absolute_url(self):
        return reverse("feedback_one", args=[self.pk])
