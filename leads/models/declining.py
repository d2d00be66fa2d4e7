"""The reasons for which an office declines, beside the usual ones of offices of its kind (`Referral.usual_reasons`)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies import access
from agencies.roles import Permission

PERSON = settings.AUTH_USER_MODEL


class DeclinationReasonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office that keeps it, and nobody else."""
        return self.filter(office__in=access.agencies_with(user, Permission.REFERRAL_DECIDE))


class DeclinationReason(models.Model):
    """A reason of an office's own, or that it does not use one of the usual ones. Retired, never deleted: what was
    declined for it keeps its words.
    """

    office = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    code = models.CharField(max_length=24)
    label = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = DeclinationReasonQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(code="") & ~Q(label=""), name="declination_reason_says_what"),
            models.CheckConstraint(
                condition=Q(retired_at=None, retired_by=None) | Q(retired_at__isnull=False, retired_by__isnull=False),
                name="declination_reason_retired_at_and_by",
            ),
            models.UniqueConstraint(fields=["office", "code"], name="declination_reason_once"),
        ]

    def __str__(self):
        return self.label
