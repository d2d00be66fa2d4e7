from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies.roles import Permission
from evidence.models.firearm import Firearm


class FirearmPairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of pairs of which the user sees both: whoever sees one alone is told nothing."""
        seen = Firearm.objects.visible_to(user)
        return self.filter(first__in=seen, second__in=seen)

    def of(self, firearm):
        return self.filter(Q(first=firearm) | Q(second=firearm))

    def decided(self, firearm):
        return self.of(firearm).exclude(decided_at=None)


class FirearmPair(models.Model):
    """Two firearm records that may be one gun recovered twice. People decide; what they decided stays, nothing is
    merged or deleted.
    """

    class Status(models.TextChoices):
        SUGGESTED = "suggested", "May be the same gun"
        SAME = "same", "The same gun"
        DIFFERENT = "different", "Not the same"
        WITHDRAWN = "withdrawn", "No longer alike"

    class Basis(models.TextChoices):
        SERIAL = "serial", "Same serial number"
        MISREAD = "misread", "Serial numbers that look alike"
        FRAME = "frame", "Same serial number without embedded letters"

    TRANSITIONS = {
        Status.SUGGESTED: {Status.SAME, Status.DIFFERENT, Status.WITHDRAWN},
        Status.SAME: {Status.SUGGESTED, Status.DIFFERENT},
        Status.DIFFERENT: {Status.SUGGESTED, Status.SAME},
        Status.WITHDRAWN: {Status.SUGGESTED},
    }

    first = models.ForeignKey(Firearm, models.PROTECT, related_name="pairs_first")
    second = models.ForeignKey(Firearm, models.PROTECT, related_name="pairs_second")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Of the first.")
    other_agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Of the second.")
    status = models.CharField(max_length=12, choices=Status, default=Status.SUGGESTED)
    basis = models.CharField(max_length=8, choices=Basis)
    suggested_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = FirearmPairQuerySet.as_manager()
    view_permission = Permission.INCIDENT_VIEW

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="firearm_pair_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="firearm_pair_in_order"),
            models.CheckConstraint(
                condition=Q(status__in=["suggested", "same", "different", "withdrawn"]),
                name="firearm_pair_status_known",
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["serial", "misread", "frame"]), name="firearm_pair_basis_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["suggested", "withdrawn"], decided_at=None, decided_by=None)
                | Q(status__in=["same", "different"], decided_at__isnull=False, decided_by__isnull=False),
                name="firearm_pair_decided_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "status", "-suggested_at", "-id"], name="firearm_pair_agency_new"),
            models.Index(fields=["other_agency", "status", "-suggested_at", "-id"], name="firearm_pair_other_new"),
        ]

    def __str__(self):
        return f"{self.first} and {self.second}"

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
