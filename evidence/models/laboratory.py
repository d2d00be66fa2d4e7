"""What an agency asks of a laboratory, and the review of what NIBIN correlated."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from evidence.models.acquisition import Acquisition
from evidence.models.exhibit import Exhibit
from evidence.models.incident import Incident


class LabRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(incident__in=Incident.objects.visible_to(user))


class LabRequest(models.Model):
    """Exhibits of one case that go to a laboratory, what is asked of it and by when, and how they come back."""

    class Asked(models.TextChoices):
        ENTRY = "entry", "NIBIN entry"
        TEST_FIRE_ENTRY = "test_fire_entry", "Test fire and NIBIN entry"
        TEST_FIRE = "test_fire", "Test fire"
        COMPARISON = "comparison", "Comparison under the microscope"
        OTHER = "other", "Other examination"

    class Priority(models.IntegerChoices):
        URGENT = 1, "Urgent"
        SOON = 2, "Soon"
        ROUTINE = 3, "Routine"

    class Status(models.TextChoices):
        SENT = "sent", "Sent"
        RECEIVED = "received", "At the laboratory"
        DONE = "done", "Done, to be returned"
        RETURNED = "returned", "Returned"
        DECLINED = "declined", "Declined"
        CANCELLED = "cancelled", "Cancelled"

    TRANSITIONS = {
        Status.SENT: {Status.RECEIVED, Status.DECLINED, Status.CANCELLED},
        Status.RECEIVED: {Status.DONE, Status.RETURNED, Status.DECLINED},
        Status.DONE: {Status.RETURNED},
        Status.RETURNED: set(),
        Status.DECLINED: {Status.RETURNED},
        Status.CANCELLED: set(),
    }
    NIBIN = (Asked.ENTRY, Asked.TEST_FIRE_ENTRY)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="lab_requests")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="lab_requests", editable=False)
    laboratory = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="lab_work")
    asked = models.CharField(max_length=16, choices=Asked)
    note = models.CharField(max_length=300, blank=True)
    priority = models.PositiveSmallIntegerField(choices=Priority, default=Priority.ROUTINE)
    needed_on = models.DateField()
    status = models.CharField(max_length=10, choices=Status, default=Status.SENT)
    requested_at = models.DateTimeField()
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=300, blank=True, help_text="In words, with the report's number.")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was declined or cancelled.")

    objects = LabRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["sent", "received", "done", "returned", "declined", "cancelled"]),
                name="lab_request_status_known",
            ),
            models.CheckConstraint(
                condition=Q(asked__in=["entry", "test_fire_entry", "test_fire", "comparison", "other"]),
                name="lab_request_asks_for_something",
            ),
            models.CheckConstraint(condition=Q(priority__gte=1, priority__lte=3), name="lab_request_priority_1_to_3"),
            models.CheckConstraint(
                condition=Q(received_at=None, received_by=None)
                | Q(received_at__isnull=False, received_by__isnull=False, received_at__gte=F("requested_at")),
                name="lab_request_received_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False, done_at__gte=F("received_at")),
                name="lab_request_done_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None)
                | Q(returned_at__isnull=False, returned_by__isnull=False, status="returned"),
                name="lab_request_returned_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["declined", "cancelled"]) | ~Q(reason=""), name="lab_request_says_why_not"
            ),
            models.CheckConstraint(condition=~Q(asked="other") | ~Q(note=""), name="lab_request_other_says_what"),
        ]
        indexes = [
            models.Index(
                fields=["agency", "needed_on", "id"],
                condition=Q(status__in=["sent", "received"]),
                name="lab_request_agency_open",
            ),
            models.Index(
                fields=["laboratory", "needed_on", "id"],
                condition=Q(status__in=["sent", "received"]),
                name="lab_request_lab_open",
            ),
            models.Index(fields=["agency", "-requested_at", "-id"], name="lab_request_agency_new"),
            models.Index(fields=["laboratory", "-requested_at", "-id"], name="lab_request_lab_new"),
        ]

    def __str__(self):
        return f"Request {self.pk}"

    def get_absolute_url(self):
        return reverse("lab_request", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]


class LabRequestItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exhibit__in=Exhibit.objects.visible_to(user))


class LabRequestItem(models.Model):
    """One exhibit of a request."""

    request = models.ForeignKey(LabRequest, models.PROTECT, related_name="items")
    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="lab_items")

    objects = LabRequestItemQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "exhibit"], name="lab_request_item_once")]

    def __str__(self):
        return f"{self.exhibit} in {self.request}"


class CorrelationReviewQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(acquisition__in=Acquisition.objects.visible_to(user))


class CorrelationReview(models.Model):
    """What NIBIN's list of candidates showed for one entry: one person reviews it, and before a lead goes out a second
    one, who is another.
    """

    class Status(models.TextChoices):
        FIRST = "first", "Waits for reviewer 1"
        SECOND = "second", "Waits for reviewer 2"
        CLEARED = "cleared", "No candidate"
        RELEASED = "released", "Lead released"
        REFUSED = "refused", "Not released"

    TRANSITIONS = {
        Status.FIRST: {Status.SECOND, Status.CLEARED},
        Status.SECOND: {Status.RELEASED, Status.REFUSED},
        Status.CLEARED: {Status.FIRST},
        Status.RELEASED: set(),
        Status.REFUSED: {Status.FIRST},
    }

    acquisition = models.OneToOneField(Acquisition, models.PROTECT, related_name="correlation")
    site = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="correlations", editable=False)
    status = models.CharField(max_length=10, choices=Status, default=Status.FIRST)
    due_at = models.DateTimeField(help_text="End of the second business day after the entry, by the site's calendar.")
    lead_number = models.CharField(max_length=40, blank=True)
    candidate = models.CharField(max_length=200, blank=True, help_text="What it may match: case and exhibit.")
    first_at = models.DateTimeField(null=True)
    first_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    objects = CorrelationReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["first", "second", "cleared", "released", "refused"]),
                name="correlation_status_known",
            ),
            models.CheckConstraint(
                condition=Q(first_at=None, first_by=None, status="first")
                | Q(first_at__isnull=False, first_by__isnull=False) & ~Q(status="first"),
                name="correlation_first_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(second_at=None, second_by=None, status__in=["first", "second", "cleared"])
                | Q(second_at__isnull=False, second_by__isnull=False, status__in=["released", "refused"]),
                name="correlation_second_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(second_by=None) | ~Q(second_by=F("first_by")), name="correlation_reviewers_differ"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["first", "cleared"]) | ~Q(lead_number=""), name="correlation_names_its_lead"
            ),
        ]
        indexes = [
            models.Index(fields=["site", "status", "due_at", "id"], name="correlation_queue"),
            models.Index(fields=["lead_number"], condition=~Q(lead_number=""), name="correlation_lead"),
        ]

    def __str__(self):
        return self.lead_number or f"Review {self.pk}"

    def get_absolute_url(self):
        return reverse("correlation", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
