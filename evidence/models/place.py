from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.urls import reverse

from agencies import access
from agencies.roles import Permission


class PlaceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Where an agency keeps evidence is its own people's to know, and its center's who record evidence."""
        own, center = access.agencies_with(user, Permission.INCIDENT_VIEW), access.agencies_with(user, RECORDS)
        return self.filter(Q(agency_id__in=own) | Q(agency__parent_id__in=center))


RECORDS = Permission.INCIDENT_EDIT


class Place(models.Model):
    """One place of an agency's tree of storage: a building, a room in it, a shelf in that, a bin on it."""

    class Kind(models.TextChoices):
        BUILDING = "building", "Building"
        ROOM = "room", "Room"
        CABINET = "cabinet", "Cabinet or safe"
        SHELF = "shelf", "Shelf"
        BIN = "bin", "Bin"
        LOCKER = "locker", "Locker"
        OTHER = "other", "Other"

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="places")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="inside")
    kind = models.CharField(max_length=10, choices=Kind)
    code = models.CharField(max_length=20, help_text="What its label says.")
    label = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint("agency", Upper("code"), name="place_code_once_per_agency"),
            models.CheckConstraint(
                condition=Q(kind__in=["building", "room", "cabinet", "shelf", "bin", "locker", "other"]),
                name="place_kind_known",
            ),
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Za-z0-9][A-Za-z0-9._-]*$"), name="place_code_plain"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None) | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="place_closed_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["parent", "code"], name="place_parent_code")]

    def __str__(self):
        return f"{self.code}, {self.label}" if self.label else self.code

    def get_absolute_url(self):
        return reverse("place", args=[self.pk])
