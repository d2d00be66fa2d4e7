import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies import access
from agencies.roles import Permission
from evidence import timetocrime, tracing
from evidence.models.firearm import Firearm
from evidence.models.incident import Incident
from evidence.models.restricted import TraceData
from evidence.models.trace_form import AskedGun, Recovery, Request


class TraceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Trace data is the law's: only roles that may hold it, of agencies that see the firearm."""
        return self.filter(
            firearm__exhibit__incident__in=access.visible(Incident.objects.all(), user, Permission.TRACE_VIEW)
        )


class Trace(TraceData, Request, AskedGun, Recovery):
    """A request to the National Tracing Center for one firearm, and how far it came."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        READY = "ready", "Ready to send"
        SUBMITTED = "submitted", "Submitted"
        ACCEPTED = "accepted", "Accepted, trace number given"
        IN_PROGRESS = "in_progress", "In progress"
        COMPLETED_TO_PURCHASER = "completed_to_purchaser", "Completed to a purchaser"
        COMPLETED_TO_DEALER_ONLY = "completed_to_dealer_only", "Completed to a dealer only"
        COMPLETED_OTHER = "completed_other", "Completed otherwise"
        CLOSED_INCOMPLETE = "closed_incomplete", "Closed, incomplete"
        CANCELLED = "cancelled", "Cancelled"
        REJECTED = "rejected", "Rejected"

    class Reason(models.TextChoices):
        SERIAL_INVALID = "serial_invalid", "Serial number invalid"
        SERIAL_OBLITERATED = "serial_obliterated", "Serial number obliterated"
        SERIAL_NOT_FOUND_MFR = "serial_not_found_mfr", "Manufacturer has no such serial number"
        PRE_1968 = "pre_1968", "Made before 1968"
        PMF_NO_SERIAL = "pmf_no_serial", "Privately made, no serial number"
        MFR_OUT_OF_BUSINESS = "mfr_out_of_business", "Manufacturer out of business"
        IMPORTER_UNKNOWN = "importer_unknown", "Importer unknown"
        RECORDS_LOST_OR_DESTROYED = "records_lost_or_destroyed", "Dealer's records lost or destroyed"
        RECORDS_EXPIRED = "records_expired", "Records older than they are kept"
        FFL_NO_RESPONSE = "ffl_no_response", "Dealer did not answer"
        STOLEN_FROM_FFL = "stolen_from_ffl", "Stolen from a dealer"
        STOLEN_IN_SHIPMENT = "stolen_in_shipment", "Stolen in shipment"
        SOLD_TO_LE_OR_GOV = "sold_to_le_or_gov", "Sold to law enforcement or government"
        EXPORTED = "exported", "Exported"
        NEED_MORE_INFO = "need_more_info", "More information needed"
        DUPLICATE_REQUEST = "duplicate_request", "Asked for twice"

    # Unsent; on its way; answered; answered with a reason beside.
    UNSENT = (Status.DRAFT, Status.READY)
    OPEN = (Status.SUBMITTED, Status.ACCEPTED, Status.IN_PROGRESS)
    COMPLETED = (Status.COMPLETED_TO_PURCHASER, Status.COMPLETED_TO_DEALER_ONLY, Status.COMPLETED_OTHER)
    SHORT_OF = (Status.CLOSED_INCOMPLETE, Status.REJECTED)
    ANSWERED = (*COMPLETED, *SHORT_OF)
    SAYS_WHY = (Status.COMPLETED_OTHER, *SHORT_OF)

    TRANSITIONS = {
        Status.DRAFT: {Status.READY, Status.CANCELLED},
        Status.READY: {Status.DRAFT, Status.SUBMITTED, Status.CANCELLED},
        Status.SUBMITTED: {Status.ACCEPTED, Status.IN_PROGRESS, *ANSWERED, Status.CANCELLED},
        Status.ACCEPTED: {Status.IN_PROGRESS, *ANSWERED, Status.CANCELLED},
        Status.IN_PROGRESS: {*ANSWERED, Status.CANCELLED},
        Status.COMPLETED_TO_PURCHASER: set(),
        Status.COMPLETED_TO_DEALER_ONLY: {Status.COMPLETED_TO_PURCHASER},
        Status.COMPLETED_OTHER: {Status.COMPLETED_TO_PURCHASER, Status.COMPLETED_TO_DEALER_ONLY},
        Status.CLOSED_INCOMPLETE: set(COMPLETED),
        Status.CANCELLED: set(),
        Status.REJECTED: set(),
    }

    firearm = models.ForeignKey(Firearm, models.PROTECT, related_name="traces")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="traces", editable=False)
    status = models.CharField(max_length=24, choices=Status, default=Status.DRAFT)
    trace_number = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=28, choices=Reason, blank=True)
    requested_at = models.DateTimeField(help_text="When the request was begun.")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    completed_at = models.DateTimeField(null=True)
    purchased_on = models.DateField(null=True, blank=True, help_text="First retail sale.")
    days_to_crime = models.PositiveIntegerField(null=True, help_text="From the first sale to the recovery.")
    first_use_days = models.PositiveIntegerField(null=True, help_text="To the first event that NIBIN links to it.")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    asked_again = models.BooleanField(default=False, help_text="A later request has taken its place.")

    objects = TraceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "draft", "ready", "submitted", "accepted", "in_progress", "completed_to_purchaser",
                        "completed_to_dealer_only", "completed_other", "closed_incomplete", "cancelled", "rejected",
                    ]
                ),
                name="trace_status_known",
            ),
            models.CheckConstraint(condition=Q(priority__in=["routine", "urgent"]), name="trace_priority_known"),
            models.CheckConstraint(
                condition=~Q(status__in=["completed_other", "closed_incomplete", "rejected"]) | ~Q(reason=""),
                name="trace_incomplete_says_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "completed_to_purchaser", "completed_to_dealer_only", "completed_other", "closed_incomplete",
                        "rejected",
                    ],
                    completed_at__isnull=False,
                )
                | Q(
                    status__in=["draft", "ready", "submitted", "accepted", "in_progress", "cancelled"],
                    completed_at=None,
                ),
                name="trace_completed_at_when_done",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None, submitted_by=None, status__in=["draft", "ready", "cancelled"])
                | Q(Q(submitted_at__isnull=False, submitted_by__isnull=False), ~Q(status__in=["draft", "ready"])),
                name="trace_submitted_at_and_by",
            ),
            models.UniqueConstraint(
                fields=["agency", "trace_number"], condition=~Q(trace_number=""), name="trace_number_once"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["trace_number"], condition=~Q(trace_number=""), name="trace_numbered"),
            models.Index(fields=["agency", "-requested_at"], name="trace_agency_new"),
            models.Index(fields=["agency", "status", "-requested_at", "-id"], name="trace_agency_status_new"),
            models.Index(
                fields=["agency", "submitted_at", "id"],
                condition=Q(status__in=["submitted", "accepted", "in_progress"]),
                name="trace_on_its_way",
            ),
            models.Index(
                fields=["agency", "completed_at", "id"],
                condition=Q(
                    status__in=["closed_incomplete", "rejected"], reason__in=list(tracing.ADDABLE), asked_again=False
                ),
                name="trace_to_add",
            ),
            models.Index(
                fields=["agency", "-requested_at", "-id"],
                condition=Q(days_to_crime__lt=timetocrime.SHORT_DAYS),
                name="trace_short_time",
            ),
        ]

    def __str__(self):
        return self.trace_number or f"Trace {self.pk}"

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]

    @property
    def version(self):
        """A fingerprint of the request with its people: another one says that somebody changed it."""
        said = [str(getattr(self, name)) for name in tracing.FIELDS]
        people = [[str(getattr(each, name)) for name in each.FORM] for each in self.people.all()]
        return hashlib.sha256(json.dumps([said, people]).encode()).hexdigest()

    def faults(self):
        """What keeps the request from being sent: see `tracing.faults`."""
        asked = {name: getattr(self, name) for name in tracing.FIELDS}
        return tracing.faults(asked | {"is_privately_made": self.firearm.is_privately_made})
