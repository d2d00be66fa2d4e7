from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from evidence.models.exhibit import Exhibit

PERSON = settings.AUTH_USER_MODEL


def together(name):
    """`{name}_at` and `{name}_by` stand together or not at all."""
    at, by = f"{name}_at", f"{name}_by"
    return Q(**{at: None, by: None}) | Q(**{f"{at}__isnull": False, f"{by}__isnull": False})


class OfExhibitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exhibit__in=Exhibit.objects.visible_to(user))


class RetentionRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        own, center = access.agencies_with(user, Permission.INCIDENT_VIEW), access.agencies_with(user, RECORDS)
        return self.filter(Q(agency__in=own) | Q(agency__parent__in=center))


RECORDS = Permission.INCIDENT_EDIT


class RetentionRule(models.Model):
    """How long an agency keeps exhibits of one kind before somebody reviews whether it still has to."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="retention_rules")
    kind = models.CharField(max_length=12, choices=Exhibit.Kind)
    months = models.PositiveSmallIntegerField()

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "kind"], name="retention_rule_once_per_kind"),
            models.CheckConstraint(
                condition=Q(kind__in=["casing_group", "firearm", "projectile", "magazine", "test_fire", "other"]),
                name="retention_rule_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(months__gte=1, months__lte=1200), name="retention_rule_months_1_to_1200"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.months} months"


class LegalHold(models.Model):
    """Why an exhibit must be kept whatever its review says, until who set it lifts it."""

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="holds")
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, db_index=False, related_name="+", help_text="Whose people set it."
    )
    reason = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.PROTECT, db_index=False, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(PERSON, models.PROTECT, null=True, db_index=False, related_name="+")
    lifted_because = models.CharField(max_length=200, blank=True)

    objects = OfExhibitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="hold_says_why"),
            models.CheckConstraint(condition=together("lifted"), name="hold_lifted_at_and_by"),
            models.CheckConstraint(condition=Q(lifted_at=None) | ~Q(lifted_because=""), name="hold_lifted_says_why"),
        ]
        indexes = [models.Index(fields=["agency", "-set_at", "-id"], condition=Q(lifted_at=None), name="hold_open_new")]

    def __str__(self):
        return self.reason

    def get_absolute_url(self):
        return self.exhibit.get_absolute_url()


class Disposal(models.Model):
    """One exhibit on its way out: proposed by one person, approved by another, carried out before a witness.

    `gaps` are what stood against it when it was approved (see `GAPS`): two different people said that it may go all
    the same, and why.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Proposed"
        APPROVED = "approved", "Approved"
        DONE = "done", "Disposed of"
        SENT_BACK = "sent_back", "Sent back"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Method(models.TextChoices):
        DESTROY = "destroy", "Destroy"
        RETURN = "return", "Return to the owner"
        TRANSFER = "transfer", "Transfer to another agency"
        USE = "use", "Agency use"

    TRANSITIONS = {
        Status.PROPOSED: {Status.APPROVED, Status.SENT_BACK, Status.WITHDRAWN},
        Status.APPROVED: {Status.DONE, Status.WITHDRAWN},
        Status.DONE: set(),
        Status.SENT_BACK: set(),
        Status.WITHDRAWN: set(),
    }
    LIVE = (Status.PROPOSED, Status.APPROVED)
    # What the database looks for: code, words.
    GAPS = {
        "test_fire": "never test-fired",
        "nibin": "never entered into NIBIN",
        "trace": "never traced",
        "hold": "on legal hold",
    }

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="disposals")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+", editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    method = models.CharField(max_length=10, choices=Method)
    reason = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(PERSON, models.PROTECT, db_index=False, related_name="+")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, db_index=False, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="Disposed of, sent back or withdrawn.")
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, db_index=False, related_name="+")
    ended_because = models.CharField(max_length=200, blank=True)
    witness = models.CharField(max_length=120, blank=True)
    gaps = models.CharField(max_length=40, blank=True)
    waived_at = models.DateTimeField(null=True)
    waived_by = models.ForeignKey(PERSON, models.PROTECT, null=True, db_index=False, related_name="+")
    waived_because = models.CharField(max_length=200, blank=True)
    seconded_at = models.DateTimeField(null=True)
    seconded_by = models.ForeignKey(PERSON, models.PROTECT, null=True, db_index=False, related_name="+")
    seconded_because = models.CharField(max_length=200, blank=True)

    objects = OfExhibitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit"],
                condition=Q(status__in=["proposed", "approved", "done"]),
                name="disposal_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "approved", "done", "sent_back", "withdrawn"]),
                name="disposal_status_known",
            ),
            models.CheckConstraint(
                condition=Q(method__in=["destroy", "return", "transfer", "use"]), name="disposal_method_known"
            ),
            models.CheckConstraint(condition=together("approved"), name="disposal_approved_at_and_by"),
            models.CheckConstraint(condition=together("ended"), name="disposal_ended_at_and_by"),
            models.CheckConstraint(condition=together("waived"), name="disposal_waived_at_and_by"),
            models.CheckConstraint(condition=together("seconded"), name="disposal_seconded_at_and_by"),
            models.CheckConstraint(
                condition=Q(status__in=["proposed", "sent_back", "withdrawn"]) | Q(approved_at__isnull=False),
                name="disposal_approved_first",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="disposal_approved_by_another"
            ),
            models.CheckConstraint(
                condition=Q(seconded_by=None)
                | Q(waived_by__isnull=False) & ~Q(waived_by=F("seconded_by")) & ~Q(seconded_because=""),
                name="disposal_waived_by_two",
            ),
            models.CheckConstraint(
                condition=Q(waived_by=None) | ~Q(waived_because=""), name="disposal_waived_says_why"
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(gaps="") | Q(waived_by__isnull=False, seconded_by__isnull=False),
                name="disposal_gaps_are_waived",
            ),
        ]
        indexes = [models.Index(fields=["agency", "status", "-proposed_at", "-id"], name="disposal_agency_status_new")]

    def __str__(self):
        return f"{self.exhibit.incident.case_number}, exhibit {self.exhibit.number}"

    def get_absolute_url(self):
        return reverse("disposal", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
