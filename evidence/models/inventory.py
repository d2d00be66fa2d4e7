from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from evidence.models.exhibit import Exhibit
from evidence.models.place import Place

PERSON = settings.AUTH_USER_MODEL


class InventoryQuerySet(models.QuerySet):
    def visible_to(self, user):
        mine = access.agencies_with(user, Permission.INCIDENT_EDIT)
        return self.filter(Q(agency__in=mine) | Q(agency__parent__in=mine))


class Inventory(models.Model):
    """One count of a place and all places in it: what was expected when it began, and what was scanned since. It moves
    nothing.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Under way"
        FINISHED = "finished", "Finished"

    TRANSITIONS = {Status.OPEN: {Status.FINISHED}, Status.FINISHED: set()}

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", db_index=False)
    place = models.ForeignKey(Place, models.PROTECT, related_name="inventories")
    status = models.CharField(max_length=10, choices=Status, default=Status.OPEN)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(PERSON, models.PROTECT, db_index=False, related_name="+")
    finished_at = models.DateTimeField(null=True)
    finished_by = models.ForeignKey(PERSON, models.PROTECT, null=True, db_index=False, related_name="+")

    objects = InventoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "inventories"
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(status="open"), name="inventory_one_open_per_place"),
            models.CheckConstraint(condition=Q(status__in=["open", "finished"]), name="inventory_status_known"),
            models.CheckConstraint(
                condition=Q(status="open", finished_at=None, finished_by=None)
                | Q(status="finished", finished_at__isnull=False, finished_by__isnull=False),
                name="inventory_finished_at_and_by",
            ),
        ]
        indexes = [models.Index(fields=["agency", "-started_at", "-id"], name="inventory_agency_new")]

    def __str__(self):
        return f"Inventory of {self.place.code}"

    def get_absolute_url(self):
        return reverse("inventory", args=[self.pk])


class InventoryLineQuerySet(models.QuerySet):
    def visible_to(self, user):
        mine = self.filter(inventory__in=Inventory.objects.visible_to(user))
        return mine.filter(Q(exhibit=None) | Q(exhibit__in=Exhibit.objects.visible_to(user)))


class InventoryLine(models.Model):
    """An exhibit that was expected or found, or a label that is nobody's."""

    class Outcome(models.TextChoices):
        MISSING = "missing", "Missing"
        MISPLACED = "misplaced", "Belongs elsewhere"
        UNKNOWN = "unknown", "Unknown"
        MOVED = "moved", "Moved meanwhile"
        TRANSIT = "transit", "In transit"
        FOUND = "found", "Found"

    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="lines")
    exhibit = models.ForeignKey(Exhibit, models.PROTECT, null=True, related_name="+")
    text = models.CharField(max_length=200, blank=True, help_text="What was scanned, when it is no exhibit.")
    expected = models.BooleanField(default=False)
    belongs_to = models.ForeignKey(Place, models.PROTECT, null=True, db_index=False, related_name="+")
    found_at = models.DateTimeField(null=True)
    found_by = models.ForeignKey(PERSON, models.PROTECT, null=True, db_index=False, related_name="+")
    settled_at = models.DateTimeField(null=True, help_text="When it was taken home, or kept where it was found.")
    settled_by = models.ForeignKey(PERSON, models.PROTECT, null=True, db_index=False, related_name="+")
    outcome = models.CharField(
        max_length=10, choices=Outcome, blank=True, help_text="As the inventory ended; while it is under way, nothing."
    )

    objects = InventoryLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inventory", "exhibit"], name="inventory_line_once_per_exhibit"),
            models.CheckConstraint(
                condition=Q(exhibit__isnull=False) | Q(expected=False) & ~Q(text=""), name="inventory_line_of_something"
            ),
            models.CheckConstraint(
                condition=Q(found_at=None, found_by=None) | Q(found_at__isnull=False, found_by__isnull=False),
                name="inventory_line_found_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="inventory_line_settled_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "missing", "misplaced", "unknown", "moved", "transit", "found"]),
                name="inventory_line_outcome_known",
            ),
        ]
        indexes = [
            models.Index(fields=["inventory", "outcome", "id"], name="inventory_line_outcome"),
        ]

    def __str__(self):
        return str(self.exhibit) if self.exhibit_id else self.text
