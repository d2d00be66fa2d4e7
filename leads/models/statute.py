from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from agencies import access
from agencies.roles import Permission
from leads import statutes

PERSON = settings.AUTH_USER_MODEL


class StatuteQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office that keeps it, and nobody else: another office reads the code for itself."""
        return self.filter(office_id__in=access.agencies_with(user, Permission.REFERRAL_DECIDE))

    def used(self):
        return self.filter(ended_at=None)


class Statute(models.Model):
    """One statute as an office has it in its table, beside ours of the federal ones (`leads/statutes.py`)."""

    class Jurisdiction(models.TextChoices):
        FEDERAL = "federal", "Federal"
        STATE = "state", "State"

    office = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="statutes")
    citation = models.CharField(max_length=40)
    key = models.CharField(max_length=40, help_text="The citation apart from how it is written.")
    title = models.CharField(max_length=160)
    jurisdiction = models.CharField(max_length=8, choices=Jurisdiction)
    elements = ArrayField(models.CharField(max_length=200), default=list, help_text="What has to be shown.")
    max_months = models.PositiveSmallIntegerField(null=True, blank=True)
    min_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="The mandatory minimum.")
    consecutive = models.BooleanField(default=False)
    since_on = models.DateField(null=True, blank=True, help_text="The first day of offense it holds for.")
    until_on = models.DateField(null=True, blank=True, help_text="The first day it does not hold any more.")
    source = models.CharField(max_length=200, blank=True, help_text="Where the office read it.")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = StatuteQuerySet.as_manager()

    class Meta:
        ordering = ["citation", "since_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(jurisdiction__in=["federal", "state"]), name="statute_jurisdiction_known"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="statute_has_a_citation"),
            models.CheckConstraint(
                condition=Q(max_months=None) | Q(max_months__lte=statutes.LIFE), name="statute_up_to_life"
            ),
            models.CheckConstraint(
                condition=Q(min_months=None)
                | Q(min_months__lte=statutes.LIFE) & (Q(max_months=None) | Q(max_months__gte=F("min_months"))),
                name="statute_minimum_below_maximum",
            ),
            models.CheckConstraint(
                condition=Q(since_on=None) | Q(until_on=None) | Q(until_on__gt=F("since_on")),
                name="statute_until_after_since",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="statute_ended_at_and_by",
            ),
            models.UniqueConstraint(
                fields=["office", "key", "since_on"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="statute_once_from_a_day",
            ),
        ]

    def __str__(self):
        return self.citation

    @property
    def line(self):
        """As the pure lookup takes it."""
        return statutes.Line(
            self.citation, self.title, tuple(self.elements), self.max_months, self.min_months, self.consecutive,
            self.since_on, self.until_on, self.jurisdiction, "O", self.pk,
        )  # fmt: skip
