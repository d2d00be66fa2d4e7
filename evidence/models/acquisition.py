from django.conf import settings
from django.db import models
from django.db.models import F, Q

from evidence.models.exhibit import Exhibit


class AcquisitionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exhibit__in=Exhibit.objects.visible_to(user))


class Acquisition(models.Model):
    """The imaging of one exhibit into NIBIN at a site, owed within two business days of receipt (MROS)."""

    class LateCode(models.TextChoices):
        BACKLOG = "backlog", "Backlog at the site"
        EQUIPMENT = "equipment", "Equipment down"
        TEST_FIRE = "test_fire", "Test fire came late"
        OTHER_EXAM = "other_exam", "DNA or prints came first"
        CLEANING = "cleaning", "Sent back for cleaning"
        STAFF = "staff", "Staff absent"
        OTHER = "other", "Other"

    class Rejection(models.TextChoices):
        NO_MARKS = "no_marks", "No usable marks"
        DAMAGED = "damaged", "Damaged or corroded"
        NOT_ENTERED = "not_entered", "Caliber is not entered here"
        WRONG_ITEM = "wrong_item", "Not what its label says"
        SEAL = "seal", "Seal broken"
        DUPLICATE = "duplicate", "Same gun is in already"
        OTHER = "other", "Other"

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="acquisitions")
    site = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="acquisitions")
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_at = models.DateTimeField(help_text="End of the second business day after receipt, by the site's calendar.")
    entered_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    operator = models.CharField(max_length=120, blank=True, default="", db_default="", help_text="Who imaged it.")
    reference = models.CharField(max_length=40, blank=True)
    representative = models.CharField(
        max_length=200, blank=True, default="", db_default="", help_text="Which piece of the group was imaged."
    )
    late_code = models.CharField(max_length=12, choices=LateCode, blank=True, default="", db_default="")
    late_reason = models.CharField(max_length=200, blank=True)
    rejected_at = models.DateTimeField(null=True)
    rejected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    rejection = models.CharField(max_length=12, choices=Rejection, blank=True, default="", db_default="")
    rejection_note = models.CharField(max_length=200, blank=True, default="", db_default="")

    objects = AcquisitionQuerySet.as_manager()

    class Meta:
        constraints = [
            # What was rejected may come again, cleaned or test-fired anew.
            models.UniqueConstraint(
                fields=["exhibit", "site"], condition=Q(rejected_at=None), name="acquisition_once_per_site"
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None, entered_by=None) | Q(entered_at__isnull=False, entered_by__isnull=False),
                name="acquisition_entered_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None) | Q(entered_at__gte=F("received_at")),
                name="acquisition_entered_after_receipt",
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None) | Q(entered_at__lte=F("due_at")) | ~Q(late_code=""),
                name="acquisition_late_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(late_code="other") | ~Q(late_reason=""), name="acquisition_late_other_says_what"
            ),
            models.CheckConstraint(
                condition=Q(entered_at=None) | ~Q(reference=""), name="acquisition_entered_has_a_reference"
            ),
            models.CheckConstraint(
                condition=Q(rejected_at=None, rejected_by=None, rejection="")
                | Q(rejected_at__isnull=False, rejected_by__isnull=False, entered_at=None) & ~Q(rejection=""),
                name="acquisition_rejected_at_and_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["site", "due_at", "id"],
                condition=Q(entered_at=None, rejected_at=None),
                name="acquisition_waits",
            ),
            models.Index(fields=["entered_at"], name="acquisition_entered"),
            models.Index(fields=["site", "entered_at"], name="acquisition_site_entered"),
        ]

    def __str__(self):
        return self.reference or f"{self.exhibit} waiting"
