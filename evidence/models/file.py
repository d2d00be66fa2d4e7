from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agencies.access import agencies_with
from agencies.roles import Permission


class StoredFile(models.Model):
    """A file kept under its own hash outside any web root. It is reached only through the record it hangs on, which
    decides who sees it.
    """

    class Damage(models.TextChoices):
        NONE = "", "Whole"
        CHANGED = "changed", "Changed since it was stored"
        LOST = "lost", "Missing from the store"
        INFECTED = "infected", "A virus was found in it"

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200, help_text="As it was called when it came; never used as a path.")
    kind = models.CharField(max_length=80, help_text="Media type read from the content.")
    size = models.PositiveBigIntegerField()
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", help_text="Who is told when it is damaged."
    )
    stored_at = models.DateTimeField(auto_now_add=True)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    scanned_at = models.DateTimeField(null=True, help_text="When the virus scanner found nothing in it.")
    checked_at = models.DateTimeField(null=True, help_text="When its content was last compared with its hash.")
    damage = models.CharField(max_length=8, choices=Damage, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(damage__in=["", "changed", "lost", "infected"]), name="file_damage_known"
            )
        ]
        indexes = [
            models.Index(fields=["sha256"], name="file_sha256"),
            models.Index(F("checked_at").asc(nulls_first=True), F("id"), name="file_to_check"),
            models.Index(fields=["checked_at", "id"], condition=Q(damage__in=["changed", "lost"]), name="file_damaged"),
            models.Index(fields=["id"], condition=Q(scanned_at=None), name="file_to_scan"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_photo(self):
        return self.kind.startswith("image/")


class PictureQuerySet(models.QuerySet):
    def unattended(self, before):
        """Photos that should long have been drawn: their worker or their place in the queue may be lost."""
        return self.filter(status=Picture.Status.WAITING, queued_at__lt=before)


class Picture(models.Model):
    """What is shown of a photo: copies drawn anew, and what the camera wrote into the original kept aside."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Being prepared"
        READY = "ready", "Ready"
        FAILED = "failed", "Cannot be shown"

    TRANSITIONS = {Status.WAITING: {Status.READY, Status.FAILED}, Status.READY: set(), Status.FAILED: set()}

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="picture")
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    queued_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    shown = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    thumbnail = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    device = models.CharField(max_length=120, blank=True)
    clock = models.CharField(max_length=32, blank=True, help_text="When it was taken, by the camera's own clock.")
    problem = models.CharField(max_length=200, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["waiting", "ready", "failed"]), name="picture_status_known"),
            models.CheckConstraint(
                condition=~Q(status="ready") | Q(shown__isnull=False, thumbnail__isnull=False),
                name="picture_ready_has_copies",
            ),
            models.CheckConstraint(condition=~Q(status="failed") | ~Q(problem=""), name="picture_failed_says_why"),
            models.CheckConstraint(
                condition=Q(lat=None, lng=None)
                | Q(lat__isnull=False, lat__gte=-90, lat__lte=90, lng__isnull=False, lng__gte=-180, lng__lte=180),
                name="picture_point_whole_or_absent",
            ),
        ]
        indexes = [models.Index(fields=["queued_at"], condition=Q(status="waiting"), name="picture_waiting")]

    def __str__(self):
        return f"Photo {self.file_id}"


class FileAlarmQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who keeps the accounts and who reads the log: of the agency, and of its center."""
        agencies = {*agencies_with(user, Permission.AGENCY_MANAGE), *agencies_with(user, Permission.AUDIT_VIEW)}
        return self.filter(Q(agency__in=agencies) | Q(agency__parent__in=agencies))


class FileAlarm(models.Model):
    """A file that is not what was stored, or that was refused because the scanner found something in it."""

    class Kind(models.TextChoices):
        CHANGED = "changed", "Changed since it was stored"
        LOST = "lost", "Missing from the store"
        INFECTED = "infected", "A virus was found"

    kind = models.CharField(max_length=8, choices=Kind)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="file_alarms")
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="alarms")
    sha256 = models.CharField(max_length=64)
    detail = models.CharField(
        max_length=200, blank=True, help_text="What the scanner called it; what is there instead."
    )
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When the file was found whole again.")

    objects = FileAlarmQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["changed", "lost", "infected"]), name="alarm_kind_known"),
            models.CheckConstraint(condition=Q(kind="infected") | Q(file__isnull=False), name="alarm_names_its_file"),
            models.UniqueConstraint(
                fields=["file", "kind"],
                condition=Q(ended_at=None, file__isnull=False),
                name="alarm_once_while_it_lasts",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-id"], name="alarm_agency_new")]

    def __str__(self):
        return f"Alarm {self.pk}"

    def get_absolute_url(self):
        return reverse("file_alarms")
