from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission

PERSON = settings.AUTH_USER_MODEL


class OutcomeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The agency that did it, those of its center who say which are one, and who sees a lead that names it: as
        itself, or as one it was found to be.
        """
        parts = self.model.obligations.rel.related_model.objects.visible_to(user)
        own = access.agencies_with(user, Permission.LEAD_VIEW)
        keeps = access.agencies_with(user, Permission.LEAD_TRIAGE)
        # Asked of each row: of all parts that a person sees there may be a million.
        return self.filter(
            Q(agency_id__in=own)
            | Q(agency__parent_id__in=keeps)
            | Exists(parts.filter(named_outcome=OuterRef("pk")))
            | Exists(parts.filter(named_outcome__merged_into=OuterRef("pk")))
        )


class Outcome(models.Model):
    """One arrest, one warrant, one recovered gun: once, however many parts of many leads it closes. No names."""

    class Kind(models.TextChoices):
        ARREST = "arrest", "Arrest"
        WARRANT = "warrant", "Arrest warrant"
        GUN = "gun", "Recovered gun"

    kind = models.CharField(max_length=8, choices=Kind)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Which did it.")
    number = models.CharField(max_length=40, blank=True, help_text="That agency's number of the arrest or property.")
    key = models.CharField(max_length=40, blank=True, help_text="The number apart from blanks, hyphens and case.")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    # What turned out to be another one stays, with its number, and counts as that one until this is taken back.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    merged_at = models.DateTimeField(null=True)
    merged_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    merged_why = models.CharField(max_length=200, blank=True)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["arrest", "warrant", "gun"]), name="outcome_kind_known"),
            models.CheckConstraint(
                condition=Q(number="", key="") | ~Q(number="") & ~Q(key=""), name="outcome_number_and_key"
            ),
            models.UniqueConstraint(
                fields=["agency", "kind", "key"], condition=~Q(key=""), name="outcome_once_per_number"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None, merged_by=None, merged_why="")
                | Q(merged_into__isnull=False, merged_at__isnull=False, merged_by__isnull=False) & ~Q(merged_why=""),
                name="outcome_merged_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")), name="outcome_merged_into_another"
            ),
        ]
        indexes = [models.Index(fields=["agency", "kind", "-happened_on", "-id"], name="outcome_agency_new")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.number}".strip()

    def get_absolute_url(self):
        return reverse("outcome", args=[self.pk])
