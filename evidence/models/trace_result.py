from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies import access
from agencies.roles import Permission
from evidence.models.firearm import Firearm
from evidence.models.incident import Incident
from evidence.models.restricted import TraceData
from evidence.models.trace import Trace


class TraceResultQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(trace__in=Trace.objects.visible_to(user))


class TraceResult(TraceData):
    """Whom a trace led to: the dealer of the first retail sale, and who bought the gun there."""

    class Theft(models.TextChoices):
        NONE = "none", "No theft record"
        DEALER = "dealer", "Lost by or stolen from a dealer"
        SHIPMENT = "shipment", "Lost or stolen in shipment"
        OWNER = "owner", "Stolen from its owner"

    NAMED = (
        "dealer_name", "dealer_license", "dealer_city", "dealer_state", "purchaser_name", "purchaser_born_on",
        "purchaser_id_kind", "is_multiple_sale", "theft", "remarks",
    )  # fmt: skip

    trace = models.OneToOneField(Trace, models.PROTECT, related_name="result")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", editable=False)
    dealer_name = models.CharField(max_length=120, blank=True)
    dealer_license = models.CharField(max_length=30, blank=True)
    dealer_city = models.CharField(max_length=60, blank=True)
    dealer_state = models.CharField(max_length=2, blank=True)
    dealer_key = models.CharField(max_length=120, blank=True, editable=False)
    purchaser_name = models.CharField(max_length=120, blank=True)
    purchaser_born_on = models.DateField(null=True, blank=True)
    purchaser_id_kind = models.CharField(max_length=40, blank=True)
    purchaser_key = models.CharField(max_length=120, blank=True, editable=False)
    is_multiple_sale = models.BooleanField(null=True, blank=True)
    theft = models.CharField(max_length=8, choices=Theft, blank=True)
    remarks = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    batch = models.ForeignKey("evidence.ImportBatch", models.PROTECT, null=True, editable=False, related_name="+")

    objects = TraceResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(theft__in=["", "none", "dealer", "shipment", "owner"]), name="trace_result_theft_known"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "dealer_key"], condition=~Q(dealer_key=""), name="trace_result_dealer"),
            models.Index(
                fields=["agency", "purchaser_key"], condition=~Q(purchaser_key=""), name="trace_result_purchaser"
            ),
            # Whom the newest results name again is read from the index alone.
            models.Index(fields=["agency", "-id"], include=["dealer_key", "purchaser_key"], name="trace_result_new"),
        ]

    def __str__(self):
        return f"Result of {self.trace_id}"


class TraceRowQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Nobody knows yet which gun it is of: it is for those who record the results of the agency's traces."""
        agencies = access.agencies_with(user, Permission.TRACE_EDIT)
        return self.filter(Q(agency_id__in=agencies) | Q(agency__parent_id__in=agencies))


class TraceRow(TraceData):
    """A row of a file of results that a person has to look at: it matches no trace, several, or says what is not
    certain.
    """

    class Status(models.TextChoices):
        OPEN = "open", "To review"
        TAKEN = "taken", "Taken as a result"
        LEFT = "left", "Left out"

    TRANSITIONS = {Status.OPEN: {Status.TAKEN, Status.LEFT}, Status.TAKEN: set(), Status.LEFT: set()}

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", editable=False)
    batch = models.ForeignKey("evidence.ImportBatch", models.PROTECT, editable=False, related_name="+")
    row = models.PositiveIntegerField(help_text="As a person counts it in the file.")
    fingerprint = models.CharField(max_length=64, help_text="Hash of what it says: the same row comes once.")
    values = models.JSONField(help_text="What was read, by the names of the target fields.")
    why = models.CharField(max_length=400)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    trace = models.ForeignKey(Trace, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = TraceRowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "fingerprint"], name="trace_row_once"),
            models.CheckConstraint(condition=Q(status__in=["open", "taken", "left"]), name="trace_row_status_known"),
            models.CheckConstraint(
                condition=Q(status="open", settled_at=None, settled_by=None)
                | Q(~Q(status="open"), settled_at__isnull=False, settled_by__isnull=False),
                name="trace_row_settled_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status="taken", trace__isnull=False) | Q(~Q(status="taken"), trace=None),
                name="trace_row_taken_as",
            ),
        ]
        indexes = [models.Index(fields=["agency", "id"], condition=Q(status="open"), name="trace_row_open")]

    def __str__(self):
        return f"Row {self.row}"


class TraceLimit(models.Model):
    """In how many days an agency expects the tracing center's answer; without a row, in 14."""

    DAYS = 14

    agency = models.OneToOneField("agencies.Agency", models.PROTECT, related_name="trace_limit")
    days = models.PositiveSmallIntegerField(default=DAYS)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(days__gte=1, days__lte=365), name="trace_limit_is_days")]

    def __str__(self):
        return f"{self.days} days"


class UntracedGunQuerySet(models.QuerySet):
    def visible_to(self, user):
        incidents = access.visible(Incident.objects.all(), user, Permission.TRACE_VIEW)
        return self.filter(firearm__exhibit__incident__in=incidents)


class UntracedGun(TraceData):
    """A firearm of which no trace was ever sent. Kept by triggers alone, so that the list of what was forgotten is as
    short to read as it is; `can_be_traced` is false for a gun made at home without a number.
    """

    firearm = models.OneToOneField(Firearm, models.CASCADE, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    recovered_at = models.DateTimeField()
    can_be_traced = models.BooleanField()

    objects = UntracedGunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["agency", "can_be_traced", "recovered_at", "id"], name="untraced_gun_oldest")]

    def __str__(self):
        return f"Firearm {self.firearm_id}"
