from datetime import timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from agencies import access
from agencies.roles import Permission


class ImportMappingQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(_worked_for(user, Permission.IMPORT))


class ImportMapping(models.Model):
    """How one agency's files name their columns; found again by the file's header."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="import_mappings")
    kind = models.CharField(max_length=12)
    name = models.CharField(max_length=80)
    signature = models.CharField(max_length=64, help_text="Hash of the file's header.")
    mapping = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ImportMappingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agency", "kind", "signature"], name="mapping_once_per_header")]

    def __str__(self):
        return self.name


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of an agency are seen by those of it, or of its center, who may load files of that kind; its people are
        its own administrators' alone.
        """
        return self.filter(
            reduce(or_, (_worked_for(user, needed) & Q(kind=kind) for kind, needed in ImportBatch.PERMISSIONS.items())),
        ).exclude(~Q(agency_id__in=access.agencies_with(user, Permission.AGENCY_MANAGE)), kind=ImportBatch.Kind.PEOPLE)

    def unattended(self, now=None):
        """Batches whose work should long have begun: their worker or their place in the queue may be lost."""
        long_ago = (now or timezone.now()) - timedelta(seconds=45)
        return self.filter(status__in=ImportBatch.WORKING, started_at__lt=long_ago)


def _worked_for(user, permission):
    agencies = access.agencies_with(user, permission)
    return Q(agency_id__in=agencies) | Q(agency__parent_id__in=agencies)


class ImportBatch(models.Model):
    """One file on its way in: uploaded, checked without writing, loaded as a whole or not at all."""

    class Kind(models.TextChoices):
        INCIDENTS = "incidents", "Incidents"
        EXHIBITS = "exhibits", "Exhibits"
        FIREARMS = "firearms", "Firearms"
        ACQUISITIONS = "acquisitions", "NIBIN entries"
        LEADS = "leads", "NIBIN lead notices"
        ALERTS = "alerts", "Gunshot alerts"
        TRACES = "traces", "Trace results"
        DOCKETS = "dockets", "Court dockets"
        AGENCIES = "agencies", "Agencies"
        PEOPLE = "people", "People"

    # What loading a file of each kind takes, and seeing one.
    PERMISSIONS = {
        Kind.INCIDENTS: Permission.IMPORT,
        Kind.EXHIBITS: Permission.IMPORT,
        Kind.FIREARMS: Permission.IMPORT,
        Kind.ACQUISITIONS: Permission.ACQUISITION_RECORD,
        Kind.LEADS: Permission.LEAD_IMPORT,
        Kind.ALERTS: Permission.IMPORT,
        Kind.TRACES: Permission.TRACE_EDIT,
        Kind.DOCKETS: Permission.IMPORT,
        Kind.AGENCIES: Permission.AGENCY_MANAGE,
        Kind.PEOPLE: Permission.AGENCY_MANAGE,
    }

    class Status(models.TextChoices):
        UPLOADED = "uploaded", "Uploaded"
        CHECKING = "checking", "Checking"
        CHECKED = "checked", "Checked"
        LOADING = "loading", "Loading"
        LOADED = "loaded", "Loaded"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"
        UNDOING = "undoing", "Undoing"
        UNDONE = "undone", "Undone"

    TRANSITIONS = {
        Status.UPLOADED: {Status.CHECKING, Status.CANCELLED},
        Status.CHECKING: {Status.CHECKED, Status.FAILED, Status.CANCELLED},
        Status.CHECKED: {Status.UPLOADED, Status.CHECKING, Status.LOADING, Status.CANCELLED},
        Status.LOADING: {Status.LOADED, Status.FAILED, Status.CANCELLED},
        Status.LOADED: {Status.UNDOING},
        Status.FAILED: {Status.UPLOADED, Status.CHECKING, Status.CANCELLED},
        # Who stopped it by mistake goes on with the columns that were chosen.
        Status.CANCELLED: {Status.UPLOADED, Status.CHECKING},
        # What cannot be undone stays loaded, and says why.
        Status.UNDOING: {Status.UNDONE, Status.LOADED},
        Status.UNDONE: set(),
    }
    WORKING = (Status.CHECKING, Status.LOADING, Status.UNDOING)

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="import_batches")
    kind = models.CharField(max_length=12, choices=Kind)
    file = models.ForeignKey("evidence.StoredFile", models.PROTECT, related_name="+")
    mapping = models.JSONField(default=dict)
    status = models.CharField(max_length=12, choices=Status, default=Status.UPLOADED)
    rows_total = models.PositiveIntegerField(null=True)
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict, help_text="new, updated, unchanged, review, errors, rows, victims")
    problem = models.CharField(max_length=500, blank=True, help_text="Why the whole file was refused.")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "uploaded",
                        "checking",
                        "checked",
                        "loading",
                        "loaded",
                        "failed",
                        "cancelled",
                        "undoing",
                        "undone",
                    ]
                ),
                name="batch_status_known",
            ),
            models.CheckConstraint(condition=~Q(status="failed") | ~Q(problem=""), name="batch_failed_says_why"),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="batch_agency_new")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.file_id}"

    def get_absolute_url(self):
        return reverse("import", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]


class ImportFinding(models.Model):
    """Something a person should see about one cell of a file."""

    class Level(models.TextChoices):
        ERROR = "error", "Error"
        REVIEW = "review", "Review"
        NOTE = "note", "Note"
        UNDO = "undo", "Built on since"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="findings")
    row = models.PositiveIntegerField(null=True)
    column_letter = models.CharField(max_length=4, blank=True)
    column_name = models.CharField(max_length=120, blank=True)
    value = models.CharField(max_length=120, blank=True)
    level = models.CharField(max_length=8, choices=Level)
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=300)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["batch", "level", "id"], name="finding_batch_level")]
        constraints = [
            models.CheckConstraint(
                condition=Q(level__in=["error", "review", "note", "undo"]), name="finding_level_known"
            )
        ]

    def __str__(self):
        return f"{self.row}{self.column_letter}: {self.message}"
