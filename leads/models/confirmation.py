"""What is asked of a laboratory: to compare the specimens of events of a line under the microscope."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from leads.models.lead import Lead, LeadEvent


def _signed(name):
    """`name`_at and `name`_by stand together."""
    return Q(**{f"{name}_at": None, f"{name}_by": None}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class ConfirmationRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who sees the lead sees what was asked about it."""
        return self.filter(lead__in=Lead.objects.visible_to(user))


class ConfirmationRequest(models.Model):
    """Two or more events of a line that an examiner is asked to compare, by when, and what became of that."""

    class Status(models.TextChoices):
        ASKED = "asked", "Asked"
        RECEIVED = "received", "At the laboratory"
        ASSIGNED = "assigned", "With an examiner"
        REPORTED = "reported", "Reported"
        RETURNED = "returned", "Sent back"
        CANCELLED = "cancelled", "Cancelled"

    TRANSITIONS = {
        Status.ASKED: {Status.RECEIVED, Status.ASSIGNED, Status.RETURNED, Status.CANCELLED},
        Status.RECEIVED: {Status.ASSIGNED, Status.RETURNED, Status.CANCELLED},
        Status.ASSIGNED: {Status.REPORTED, Status.RETURNED, Status.CANCELLED},
        Status.REPORTED: set(),
        Status.RETURNED: {Status.ASKED, Status.CANCELLED},
        Status.CANCELLED: set(),
    }
    OPEN = (Status.ASKED, Status.RECEIVED, Status.ASSIGNED)

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="confirmation_requests")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    laboratory = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    status = models.CharField(max_length=9, choices=Status, default=Status.ASKED)
    needed_on = models.DateField()
    court_on = models.DateField(null=True, help_text="The court date, if there is one.")
    note = models.CharField(max_length=300, blank=True, help_text="What it is for.")
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    examiner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reported_at = models.DateTimeField(null=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was sent back or cancelled.")

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["asked", "received", "assigned", "reported", "returned", "cancelled"]),
                name="confirmation_status_known",
            ),
            models.CheckConstraint(condition=_signed("received"), name="confirmation_received_at_and_by"),
            models.CheckConstraint(
                condition=Q(assigned_at=None, assigned_by=None, examiner=None)
                | Q(assigned_at__isnull=False, assigned_by__isnull=False, examiner__isnull=False),
                name="confirmation_assigned_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(reported_at=None, reported_by=None)
                | Q(reported_at__isnull=False, reported_by__isnull=False, status="reported"),
                name="confirmation_reported_at_and_by",
            ),
            models.CheckConstraint(condition=_signed("returned"), name="confirmation_returned_at_and_by"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None)
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False, status="cancelled"),
                name="confirmation_cancelled_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(status="assigned") | Q(examiner__isnull=False, received_at__isnull=False),
                name="confirmation_assigned_has_an_examiner",
            ),
            models.CheckConstraint(
                condition=~Q(status="reported") | Q(reported_at__isnull=False, received_at__isnull=False),
                name="confirmation_reported_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["returned", "cancelled"]) | ~Q(reason=""), name="confirmation_says_why_not"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "needed_on", "id"],
                condition=Q(status__in=["asked", "received", "assigned"]),
                name="confirmation_agency_open",
            ),
            models.Index(
                fields=["laboratory", "needed_on", "id"],
                condition=Q(status__in=["asked", "received", "assigned"]),
                name="confirmation_lab_open",
            ),
            models.Index(F("agency"), F("status"), F("requested_at").desc(), F("id").desc(),
                         name="confirmation_agency_new"),
            models.Index(F("laboratory"), F("status"), F("requested_at").desc(), F("id").desc(),
                         name="confirmation_lab_new"),
            models.Index(F("requested_by"), F("requested_at").desc(), F("id").desc(), name="confirmation_asker_new"),
            models.Index(
                F("examiner"), F("requested_at").desc(), F("id").desc(),
                condition=Q(examiner__isnull=False), name="confirmation_examiner_new",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Confirmation {self.pk}"

    def get_absolute_url(self):
        return reverse("confirmation", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]

    @property
    def is_open(self):
        return self.status in self.OPEN


class ConfirmationItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(request__in=ConfirmationRequest.objects.visible_to(user))


class ConfirmationItem(models.Model):
    """One event of a request, and the evidence of it that goes to the laboratory."""

    request = models.ForeignKey(ConfirmationRequest, models.PROTECT, db_index=False, related_name="items")
    event = models.ForeignKey(LeadEvent, models.PROTECT, related_name="confirmation_items")
    evidence = models.CharField(max_length=120, blank=True)

    objects = ConfirmationItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "event"], name="confirmation_item_once")]

    def __str__(self):
        return f"{self.event_id} in {self.request_id}"
