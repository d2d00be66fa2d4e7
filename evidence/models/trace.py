from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies import access
from agencies.roles import Permission
from evidence.models.firearm import Firearm
from evidence.models.incident import Incident


class TraceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Trace data is the law's: only roles that may hold it, of agencies that see the firearm."""
        return self.filter(
            firearm__exhibit__incident__in=access.visible(Incident.objects.all(), user, Permission.TRACE_VIEW)
        )


class Trace(models.Model):
    """A request to the National Tracing Center for one firearm, and how far it came."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Submitted"
        ACCEPTED = "accepted", "Accepted, trace number given"
        COMPLETED_TO_PURCHASER = "completed_to_purchaser", "Completed to a purchaser"
        COMPLETED_TO_DEALER = "completed_to_dealer", "Completed to a dealer only"
        CLOSED_INCOMPLETE = "closed_incomplete", "Closed, incomplete"
        CANCELLED = "cancelled", "Cancelled"

    class Reason(models.TextChoices):
        SERIAL_INVALID = "serial_invalid", "Serial number invalid"
        SERIAL_OBLITERATED = "serial_obliterated", "Serial number obliterated"
        PRE_1968 = "pre_1968", "Made before 1968"
        PRIVATELY_MADE = "privately_made", "Privately made, no serial number"
        IMPORTER_UNKNOWN = "importer_unknown", "Importer unknown"
        RECORDS_LOST = "records_lost", "Dealer's records lost or destroyed"
        DEALER_NO_RESPONSE = "dealer_no_response", "Dealer did not answer"
        NEED_MORE = "need_more", "More information needed"

    TRANSITIONS = {
        Status.DRAFT: {Status.SUBMITTED, Status.CANCELLED},
        Status.SUBMITTED: {
            Status.ACCEPTED,
            Status.COMPLETED_TO_PURCHASER,
            Status.COMPLETED_TO_DEALER,
            Status.CLOSED_INCOMPLETE,
            Status.CANCELLED,
        },
        Status.ACCEPTED: {
            Status.COMPLETED_TO_PURCHASER,
            Status.COMPLETED_TO_DEALER,
            Status.CLOSED_INCOMPLETE,
            Status.CANCELLED,
        },
        Status.COMPLETED_TO_PURCHASER: set(),
        Status.COMPLETED_TO_DEALER: set(),
        Status.CLOSED_INCOMPLETE: {Status.SUBMITTED},
        Status.CANCELLED: set(),
    }

    firearm = models.ForeignKey(Firearm, models.PROTECT, related_name="traces")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="traces", editable=False)
    status = models.CharField(max_length=24, choices=Status, default=Status.DRAFT)
    trace_number = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=24, choices=Reason, blank=True)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(null=True)
    purchased_on = models.DateField(null=True, blank=True)

    objects = TraceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "draft",
                        "submitted",
                        "accepted",
                        "completed_to_purchaser",
                        "completed_to_dealer",
                        "closed_incomplete",
                        "cancelled",
                    ]
                ),
                name="trace_status_known",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed_incomplete") | ~Q(reason=""), name="trace_incomplete_says_why"
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["completed_to_purchaser", "completed_to_dealer", "closed_incomplete"],
                    completed_at__isnull=False,
                )
                | Q(status__in=["draft", "submitted", "accepted", "cancelled"], completed_at=None),
                name="trace_completed_at_when_done",
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "-requested_at"], name="trace_agency_new"),
            models.Index(fields=["agency", "status", "-requested_at", "-id"], name="trace_agency_status_new"),
        ]

    def __str__(self):
        return self.trace_number or f"Trace {self.pk}"

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
