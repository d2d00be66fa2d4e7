"""What an examiner found of one pair of cases."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from leads.models.confirmation import ConfirmationRequest
from leads.models.lead import Lead, LeadEvent


class ComparisonQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))

    def standing(self):
        return self.filter(status=Comparison.Status.STANDING)

    def confirmed(self):
        """Hits: each is a pair of cases that an examiner confirmed on the specimens."""
        return self.standing().filter(result=Comparison.Result.CONFIRMED)


class Comparison(models.Model):
    """The result of comparing the specimens of two events under the microscope, under the number of a report. It is
    never changed: a correction is a row of its own that another person agrees to, and the former stays on record.
    """

    class Result(models.TextChoices):
        CONFIRMED = "confirmed", "Confirmed"
        INCONCLUSIVE = "inconclusive", "Inconclusive"
        ELIMINATED = "eliminated", "Eliminated"
        UNSUITABLE = "unsuitable", "Unsuitable"

    class Status(models.TextChoices):
        STANDING = "standing", "Stands"
        PROPOSED = "proposed", "Correction proposed"
        SUPERSEDED = "superseded", "Corrected since"
        REFUSED = "refused", "Correction refused"

    TRANSITIONS = {
        Status.PROPOSED: {Status.STANDING, Status.REFUSED},
        Status.STANDING: {Status.SUPERSEDED},
        Status.SUPERSEDED: set(),
        Status.REFUSED: set(),
    }
    # Of these a second examiner verifies; another result of the same pair is a correction.
    FINAL = (Result.CONFIRMED, Result.ELIMINATED)

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="comparisons")
    request = models.ForeignKey(ConfirmationRequest, models.PROTECT, null=True, related_name="comparisons")
    first = models.ForeignKey(LeadEvent, models.PROTECT, related_name="+")
    second = models.ForeignKey(LeadEvent, models.PROTECT, related_name="+")
    result = models.CharField(max_length=12, choices=Result)
    report = models.CharField(max_length=40)
    reported_on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    off = models.ForeignKey(
        LeadEvent, models.PROTECT, null=True, related_name="+", help_text="The event that it takes off the line."
    )
    also_off = models.ForeignKey(
        LeadEvent, models.PROTECT, null=True, related_name="+", help_text="The last other one: alone it links nothing."
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PROPOSED)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", help_text="The examiner who compared."
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="The second examiner."
    )
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    reason = models.CharField(max_length=200, blank=True, help_text="Why the result before was corrected.")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Who agreed or refused."
    )

    objects = ComparisonQuerySet.as_manager()

    class Meta:
        ordering = ["reported_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["standing", "proposed", "superseded", "refused"]),
                name="comparison_status_known",
            ),
            models.CheckConstraint(
                condition=Q(result__in=["confirmed", "inconclusive", "eliminated", "unsuitable"]),
                name="comparison_result_known",
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="comparison_of_two_events"),
            models.CheckConstraint(condition=~Q(report=""), name="comparison_has_a_report"),
            models.CheckConstraint(
                condition=Q(off=None)
                | Q(result="eliminated", off=F("first"))
                | Q(result="eliminated", off=F("second")),
                name="comparison_takes_off_one_of_its_events",
            ),
            models.CheckConstraint(
                condition=Q(also_off=None) | Q(off__isnull=False), name="comparison_also_off_beside_off"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["standing", "superseded"]) | Q(replaces__isnull=False) & ~Q(reason=""),
                name="comparison_correction_says_why",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="comparison_settled_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", settled_at=None)
                | Q(status="refused", settled_at__isnull=False)
                | Q(status__in=["standing", "superseded"]),
                name="comparison_proposal_waits",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None) | ~Q(settled_by=F("recorded_by")), name="comparison_settled_by_another"
            ),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("recorded_by")), name="comparison_verified_by_another"
            ),
            models.UniqueConstraint(
                fields=["first", "second"], condition=Q(status="standing"), name="comparison_one_stands"
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=Q(status="proposed"), name="comparison_one_proposal"
            ),
        ]
        indexes = [
            models.Index(
                F("reported_on").desc(), F("id").desc(), condition=Q(status="standing"), name="comparison_reported"
            ),
        ]

    def __str__(self):
        return f"Pair {self.pk}"

    def get_absolute_url(self):
        return f"{self.lead.get_absolute_url()}#pairs"

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
