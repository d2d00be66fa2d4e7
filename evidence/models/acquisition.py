from django.conf import settings
from django.db import models
from django.db.models import F, Q

from evidence.models.exhibit import Exhibit


class AcquisitionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exhibit__in=Exhibit.objects.visible_to(user))


class Acquisition(models.Model):
    """The imaging of one exhibit into NIBIN at a site, owed within two business days of receipt (MROS)."""

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="acquisitions")
    site = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="acquisitions")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(help_text="End of the second business day after receipt, by the site's calendar.")
    entered_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reference = models.CharField(max_length=40, blank=True)
    late_reason = models.CharField(max_length=200, blank=True)

    objects = AcquisitionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "site"], name="acquisition_once_per_site"),
            models.CheckConstraint(
                condition=Q(entered_at=None, entered_by=None) | Q(entered_at__isnull=False, entered_by__isnull=False),
                name="acquisition_entered_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None) | Q(entered_at__gte=F("received_at")),
                name="acquisition_entered_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None) | Q(entered_at__lte=F("due_at")) | ~Q(late_reason=""),
                name="acquisition_late_says_why",
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None) | ~Q(reference=""), name="acquisition_entered_has_a_reference"
            ),
        ]
        indexes = [
            models.Index(fields=["site", "due_at", "id"], condition=Q(entered_at=None), name="acquisition_waiting"),
            models.Index(fields=["entered_at"], name="acquisition_entered"),
        ]

    def __str__(self):
        return self.reference or f"{self.exhibit} waiting"
