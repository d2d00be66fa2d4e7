"""People kept on a list beyond one case, under 28 CFR Part 23: on what grounds, until when, and what is left after."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q
from django.urls import reverse

from leads import retention
from leads.models.entity import Person
from leads.models.part23 import reading
from leads.prolific import LABELS, Factor

PERSON, AGENCY = settings.AUTH_USER_MODEL, "agencies.Agency"


def _days(field, days):
    return ExpressionWrapper(F(field) + timedelta(days), models.DateField())


def _signed(name):
    """`name`_at and `name`_by stand together."""
    return Q(**{f"{name}_at": None, f"{name}_by": None}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class ListedPersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The center that keeps it, and what was approved to those agencies to which it was disseminated."""
        own = reading(user)
        if not own:
            return self.none()
        log = self.model.disseminations.rel.related_model
        given = log.objects.filter(listed=OuterRef("pk"), agency_id__in=own)
        return self.filter(Q(agency_id__in=own) | Q(Exists(given), approved_at__isnull=False))

    def standing(self):
        """Those on the list, and proposals."""
        return self.filter(status__in=ListedPerson.STANDING)


class ListedPerson(models.Model):
    """One person on a center's list. Proposed by one and approved by another, reviewed every 90 days, purged after five
    years at the latest: what remains then is that an entry was purged, when, and by which rule.
    """

    class Status(models.TextChoices):
        CANDIDATE = "candidate", "Candidate"
        ACTIVE = "active", "Active"
        CUSTODY = "custody", "In custody"
        REFERRED = "referred", "Referred to services"
        MONITORED = "monitored", "Monitored"
        REMOVED = "removed", "Removed"
        PURGED = "purged", "Purged"

    LISTED = (Status.ACTIVE, Status.CUSTODY, Status.REFERRED, Status.MONITORED)
    STANDING = (Status.CANDIDATE, *LISTED)
    TRANSITIONS = {
        Status.CANDIDATE: {Status.ACTIVE, Status.REMOVED, Status.PURGED},
        Status.ACTIVE: {Status.CUSTODY, Status.REFERRED, Status.MONITORED, Status.REMOVED, Status.PURGED},
        Status.CUSTODY: {Status.ACTIVE, Status.REFERRED, Status.MONITORED, Status.REMOVED, Status.PURGED},
        Status.REFERRED: {Status.ACTIVE, Status.CUSTODY, Status.MONITORED, Status.REMOVED, Status.PURGED},
        Status.MONITORED: {Status.ACTIVE, Status.CUSTODY, Status.REFERRED, Status.REMOVED, Status.PURGED},
        Status.REMOVED: {Status.PURGED},
        Status.PURGED: set(),
    }

    class Reliability(models.TextChoices):
        RELIABLE = "reliable", "Reliable"
        USUALLY = "usually", "Usually reliable"
        UNRELIABLE = "unreliable", "Unreliable"
        UNKNOWN = "unknown", "Unknown"

    class Validity(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        PROBABLE = "probable", "Probable"
        DOUBTFUL = "doubtful", "Doubtful"
        UNJUDGED = "unjudged", "Cannot be judged"

    class Sensitivity(models.TextChoices):
        SENSITIVE = "sensitive", "Law enforcement sensitive: found by those who name the person"
        RESTRICTED = "restricted", "Restricted: given by the center alone"

    class Removal(models.TextChoices):
        NOT_APPROVED = "not_approved", "Not approved"
        NOT_REVIEWED = "not_reviewed", "Not reviewed in time"
        PREDICATE = "predicate", "Nothing on record counts any more"
        UNFOUNDED = "unfounded", "Misleading, obsolete or unreliable"
        DESISTED = "desisted", "No further gun violence"
        DECEASED = "deceased", "Deceased"
        COURT = "court", "Order of a court"

    class Rule(models.TextChoices):
        RETENTION = "retention", "Five years without validation, 28 CFR 23.20(h)"
        REMOVED = "removed", "30 days after removal, 28 CFR 23.20(h)"

    agency = models.ForeignKey(AGENCY, models.PROTECT, db_index=False, related_name="+", help_text="The center.")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="listings")
    status = models.CharField(max_length=9, choices=Status, default=Status.CANDIDATE)
    criminal_predicate = models.CharField(max_length=1000, blank=True)
    reasonable_suspicion_basis = models.CharField(max_length=1000, blank=True)
    submitter = models.ForeignKey(
        AGENCY, models.PROTECT, db_index=False, related_name="+", help_text="The agency that submitted it."
    )
    source_reliability = models.CharField(max_length=10, choices=Reliability)
    content_validity = models.CharField(max_length=10, choices=Validity)
    sensitivity = models.CharField(max_length=10, choices=Sensitivity, default=Sensitivity.SENSITIVE)
    noncriminal = models.CharField(
        max_length=500,
        blank=True,
        help_text="Non-criminal identifying information: people who are suspected of nothing.",
    )
    entered_on = models.DateField()
    reviewed_on = models.DateField(help_text="The last review, or the day it was entered.")
    validated_on = models.DateField(help_text="When its grounds were last validated, or the day it was entered.")
    review_due = models.DateField()
    purge_on = models.DateField()
    due_told_at = models.DateTimeField(null=True, help_text="When the center was told that the review is due.")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    removal = models.CharField(max_length=12, choices=Removal, blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="What the last review or step says.")
    held_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    hold = models.CharField(max_length=200, blank=True, help_text="The order of a court that keeps it from purging.")
    purged_at = models.DateTimeField(null=True)
    rule = models.CharField(max_length=9, choices=Rule, blank=True, help_text="By which rule it was purged.")
    score = models.PositiveIntegerField(default=0, help_text="Tenths of a point, as last measured.")
    score_version = models.PositiveSmallIntegerField(default=0)
    score_inputs = models.JSONField(default=dict, help_text="What was measured: counted, and left out with why.")
    score_as_of = models.DateField(null=True)

    objects = ListedPersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "listed people"
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=["candidate", "active", "custody", "referred", "monitored", "removed", "purged"]
                ),
                name="listed_status_known",
            ),
            models.CheckConstraint(condition=_signed("approved"), name="listed_approved_at_and_by"),
            models.CheckConstraint(condition=~Q(approved_by=F("proposed_by")), name="listed_approved_by_another"),
            models.CheckConstraint(
                condition=Q(status__in=["candidate", "removed", "purged"]) | Q(approved_at__isnull=False),
                name="listed_after_approval",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removal="")
                & ~Q(status="removed")
                | Q(removed_at__isnull=False, removed_by__isnull=False, status__in=["removed", "purged"])
                & ~Q(removal=""),
                name="listed_removed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(held_at=None, held_by=None, hold="")
                | Q(held_at__isnull=False, held_by__isnull=False) & ~Q(hold="") & ~Q(status="purged"),
                name="listed_held_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(purged_at=None, rule="", person__isnull=False)
                & ~Q(status="purged")
                & ~Q(criminal_predicate="")
                & ~Q(reasonable_suspicion_basis="")
                | Q(
                    status="purged", purged_at__isnull=False, person=None, criminal_predicate="", note="",
                    reasonable_suspicion_basis="", noncriminal="", score=0, score_inputs={}, score_as_of=None,
                )
                & ~Q(rule=""),
                name="listed_purged_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(purge_on__lte=_days("validated_on", retention.RETENTION_DAYS)),
                name="listed_five_years_at_most",
            ),
            models.CheckConstraint(
                condition=Q(review_due__lte=_days("reviewed_on", retention.REVIEW_MOST)),
                name="listed_review_within_a_year",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_on__gte=F("entered_on"), validated_on__gte=F("entered_on")),
                name="listed_reviewed_after_entry",
            ),
            models.UniqueConstraint(
                fields=["agency", "person"],
                condition=Q(status__in=["candidate", "active", "custody", "referred", "monitored"]),
                name="listed_once",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["agency", "status", "review_due", "id"], name="listed_agency_review"),
            models.Index(
                fields=["agency", "review_due", "id"],
                condition=Q(status__in=["active", "custody", "referred", "monitored"]),
                name="listed_agency_due",
            ),
            models.Index(fields=["agency", "purge_on"], condition=~Q(status="purged"), name="listed_agency_purge"),
            models.Index(
                fields=["agency", "score_as_of"],
                condition=Q(status__in=["candidate", "active", "custody", "referred", "monitored"]),
                name="listed_agency_measured",
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("listed_person", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]

    @property
    def number(self):
        return f"L-{self.pk}"

    @property
    def stands(self):
        return self.status in self.STANDING


class ListedFactQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(listed__in=ListedPerson.objects.visible_to(user))

    def standing(self):
        return self.filter(withdrawn_at=None)


class ListedFact(models.Model):
    """An event that counts and is not an assertion about an event of a lead: an arrest, a charge, an order, each with
    where it can be read. It stands until it is withdrawn, and goes when its entry is purged.
    """

    BY_HAND = (Factor.SHOOTING, Factor.POSSESSION, Factor.SUPERVISION, Factor.PURCHASE)

    listed = models.ForeignKey(ListedPerson, models.PROTECT, related_name="facts")
    factor = models.CharField(max_length=11, choices=[(factor.value, LABELS[factor]) for factor in BY_HAND])
    on = models.DateField()
    source = models.CharField(max_length=200, help_text="Report, docket or trace number: where it can be read again.")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = ListedFactQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(factor__in=["shooting", "possession", "supervision", "purchase"]),
                name="listed_fact_counts",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="listed_fact_has_a_source"),
            models.CheckConstraint(condition=_signed("withdrawn"), name="listed_fact_withdrawn_at_and_by"),
            models.UniqueConstraint(
                fields=["listed", "factor", "on", "source"], condition=Q(withdrawn_at=None), name="listed_fact_once"
            ),
        ]

    def __str__(self):
        return f"{self.factor} {self.on}"
