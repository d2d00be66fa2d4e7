from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from leads.models.entity import Entity
from leads.models.lead import Lead

PERSON = settings.AUTH_USER_MODEL


class ScreeningQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The offices before which this person's case is, and nobody else: what lawyers weigh is theirs. The number of
        one that was merged leads them to the one that goes on.
        """
        offices = access.agencies_with(user, Permission.REFERRAL_DECIDE)
        referrals = self.model._meta.get_field("referrals").related_model
        goes_on = Coalesce(OuterRef("merged_into"), OuterRef("pk"))
        return self.filter(Exists(referrals.objects.filter(screening=goes_on, office__in=offices)))


class Screening(models.Model):
    """One person's case on one presumed gun, whichever offices it is before: what they weigh together."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="screenings")
    person = models.ForeignKey(Entity, models.PROTECT, null=True, related_name="+")
    defendant = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged",
        help_text="The worksheet of the same person that goes on, where both turned out to be of one gun.",
    )  # fmt: skip
    merged_at = models.DateTimeField(null=True)

    objects = ScreeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(defendant=""), name="screening_is_of_a_person"),
            models.CheckConstraint(
                condition=Q(merged_at=None, merged_into=None)
                | (Q(merged_at__isnull=False, merged_into__isnull=False) & ~Q(merged_into=F("id"))),
                name="screening_merged_at_into",
            ),
        ]

    def __str__(self):
        return f"{self.defendant}, {self.lead.number}"

    def get_absolute_url(self):
        return reverse("screening", args=[self.pk])


class OfScreenings(models.QuerySet):
    def visible_to(self, user):
        return self.filter(screening__in=Screening.objects.visible_to(user))


class ScreeningVersion(models.Model):
    """What the worksheet said from then on. Each time it is saved is a row of its own, which never changes."""

    class Category(models.TextChoices):
        FIRST = "I", "I"
        SECOND = "II", "II"
        THIRD = "III", "III"
        FOURTH = "IV", "IV"
        FIFTH = "V", "V"
        SIXTH = "VI", "VI"

    class Risk(models.TextChoices):
        NONE = "none", "None seen"
        SOME = "some", "Some"
        SERIOUS = "serious", "Serious"

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="versions")
    office = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    federal_offenses = models.CharField(max_length=1000, blank=True)
    federal_exposure = models.CharField(max_length=400, blank=True)
    federal_months = models.PositiveSmallIntegerField(null=True)
    state_offenses = models.CharField(max_length=1000, blank=True)
    state_exposure = models.CharField(max_length=400, blank=True)
    state_months = models.PositiveSmallIntegerField(null=True)
    category = models.CharField(max_length=3, choices=Category, blank=True)
    prior_record = models.CharField(max_length=400, blank=True, help_text="In the words of the state.")
    witnesses = models.PositiveSmallIntegerField(null=True)
    witness_needs = models.CharField(max_length=400, blank=True)
    suppression = models.CharField(max_length=7, choices=Risk, blank=True)
    suppression_words = models.CharField(max_length=1000, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = OfScreenings.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=["", "I", "II", "III", "IV", "V", "VI"]), name="screening_category_known"
            ),
            models.CheckConstraint(
                condition=Q(suppression__in=["", "none", "some", "serious"]), name="screening_risk_known"
            ),
        ]

    def __str__(self):
        return f"{self.screening}: {self.saved_at:%Y-%m-%d}"


class VenueView(models.Model):
    """Which office should have the case, as one of those asked says, and why. The last of each office stands."""

    screening = models.ForeignKey(Screening, models.PROTECT, related_name="views")
    office = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Which says so.")
    chosen = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Which should have it.")
    why = models.CharField(max_length=1000)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = OfScreenings.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="venue_view_says_why")]

    def __str__(self):
        return f"{self.office}: {self.chosen}"
