import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Upper
from django.urls import reverse

from agencies.roles import Permission
from evidence.models.incident import Incident

PARTED = " -./#"


def numbered(field):
    """A number under which an exhibit is looked for: without what tells its parts from each other, in capitals."""
    return Upper(Func(field, Value(PARTED), Value(""), function="translate"))


def plain(value):
    """A value as JSON holds it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


class ExhibitQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(incident__in=Incident.objects.visible_to(user))


class Exhibit(models.Model):
    """One physical item, or a group of casings kept together, under one number of its incident."""

    class Kind(models.TextChoices):
        CASING_GROUP = "casing_group", "Cartridge cases"
        FIREARM = "firearm", "Firearm"
        PROJECTILE = "projectile", "Projectile"
        MAGAZINE = "magazine", "Magazine"
        TEST_FIRE = "test_fire", "Test fire"
        OTHER = "other", "Other"

    CORRECTABLE = (
        "number", "kind", "caliber", "count", "description", "property_number", "storage", "nibin_eligible",
        "not_eligible_reason", "collected_at", "collected_by",
    )  # fmt: skip

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="exhibits")
    agency = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        related_name="exhibits",
        editable=False,
        help_text="The incident's agency, which owns the item.",
    )
    number = models.CharField(max_length=30)
    kind = models.CharField(max_length=12, choices=Kind)
    caliber = models.CharField(max_length=40, blank=True)
    count = models.PositiveSmallIntegerField(default=1)
    description = models.CharField(max_length=300, blank=True)
    property_number = models.CharField(max_length=40, blank=True)
    storage = models.CharField(
        max_length=80, blank=True, help_text="Where it lies now; empty while it is in somebody's hands."
    )
    was_in = models.CharField(
        max_length=80, blank=True, default="", db_default="", editable=False, help_text="Where it lay before that."
    )
    place = models.ForeignKey(
        "evidence.Place", models.PROTECT, null=True, editable=False, db_index=False, related_name="exhibits"
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text="In whose hands it is by the last leg of its chain, when they have an account.",
    )
    held_by = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        editable=False,
        db_index=False,
        related_name="+",
        help_text="Which agency has it by the last leg of its chain, when that names one of the portal.",
    )
    review_on = models.DateField(
        null=True, blank=True, help_text="When somebody looks whether it still has to be kept."
    )
    review_told_on = models.DateField(
        null=True, editable=False, help_text="The day of review of which its agency was told."
    )
    disposed_at = models.DateTimeField(null=True, editable=False)
    disposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, db_index=False, related_name="+"
    )
    lab_number = models.CharField(max_length=40, blank=True)
    nibin_eligible = models.BooleanField(default=True)
    not_eligible_reason = models.CharField(max_length=120, blank=True)
    fired_from = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="test_fires", help_text="The gun it came from."
    )
    in_nibin = models.BooleanField(
        default=False, db_default=False, editable=False, help_text="It, or a test fire of it; kept by triggers."
    )
    collected_at = models.DateTimeField()
    collected_by = models.CharField(
        max_length=120, blank=True, help_text="The officer who picked it up; feedback goes to them."
    )
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ExhibitQuerySet.as_manager()
    view_permission = Permission.INCIDENT_VIEW

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="exhibit_number_once_per_incident"),
            models.CheckConstraint(
                condition=Q(disposed_at=None, disposed_by=None)
                | Q(disposed_at__isnull=False, disposed_by__isnull=False),
                name="exhibit_disposed_at_and_by",
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="exhibit_counts_from_one"),
            models.CheckConstraint(
                condition=Q(nibin_eligible=True) | ~Q(not_eligible_reason=""), name="exhibit_says_why_not_eligible"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["casing_group", "firearm", "projectile", "magazine", "test_fire", "other"]),
                name="exhibit_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(fired_from=None) | Q(kind="test_fire"), name="exhibit_fired_from_a_gun_is_a_test_fire"
            ),
        ]
        indexes = [
            models.Index(
                fields=["agency", "collected_at", "id"],
                condition=Q(nibin_eligible=True, in_nibin=False, kind__in=["casing_group", "firearm"]),
                name="exhibit_not_in_nibin",
            ),
            models.Index(fields=["agency", "-created_at", "-id"], name="exhibit_agency_new"),
            models.Index(fields=["agency", "kind", "-created_at", "-id"], name="exhibit_agency_kind_new"),
            models.Index(
                fields=["agency", "review_on", "id"],
                condition=Q(disposed_at=None, review_on__isnull=False),
                name="exhibit_to_review",
            ),
            models.Index(
                fields=["agency", "review_on", "id"],
                condition=Q(disposed_at=None, review_on__isnull=False)
                & (Q(review_told_on=None) | ~Q(review_told_on=F("review_on"))),
                name="exhibit_review_to_tell",
            ),
            models.Index(numbered("property_number"), condition=~Q(property_number=""), name="exhibit_property_number"),
            models.Index(numbered("lab_number"), condition=~Q(lab_number=""), name="exhibit_lab_number"),
            models.Index(
                fields=["place", "-created_at", "-id"], condition=Q(place__isnull=False), name="exhibit_place_new"
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("exhibit", args=[self.pk])

    @property
    def version(self):
        """A fingerprint of what can be corrected, its firearm included: another one says that somebody did."""
        gun = getattr(self, "firearm", None)
        values = [plain(getattr(self, name)) for name in self.CORRECTABLE]
        values += [plain(getattr(gun, name)) for name in gun.DESCRIBED] if gun else []
        return hashlib.sha256(json.dumps(values).encode()).hexdigest()
