from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast, Concat, Left

from agencies.roles import Permission
from evidence.models.exhibit import Exhibit

# What two records are compared by.
COMPARED_AS = Left(
    Concat(
        "serial_key",
        Value("|"),
        "make",
        Value("|"),
        "caliber",
        Value("|"),
        Cast("is_privately_made", models.CharField()),
        Cast("is_obliterated", models.CharField()),
    ),
    160,
)


class FirearmQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exhibit__in=Exhibit.objects.visible_to(user))


class Firearm(models.Model):
    """The description of a firearm exhibit, read from the weapon. `typed` keeps the words it was described in."""

    class Conversion(models.TextChoices):
        SWITCH = "switch", "Switch on the slide"
        AUTO_SEAR = "auto_sear", "Auto sear"
        LINK = "link", "Lightning or swift link"
        OTHER = "other", "Other device"

    class Theft(models.TextChoices):
        NOT_CHECKED = "not_checked", "Not checked"
        NOT_STOLEN = "not_stolen", "Not reported stolen"
        STOLEN = "stolen", "Reported stolen"

    # What a person says of a firearm; make_code, caliber_code and serial_key follow from it.
    DESCRIBED = (
        "make", "model", "caliber", "type_code", "serial", "importer", "country", "is_obliterated",
        "is_privately_made", "has_conversion_device", "conversion_kind", "restored_serial", "restored_by",
        "restored_on", "markings",
    )  # fmt: skip
    FOLLOWING = ("make_code", "caliber_code", "serial_key", "typed")

    exhibit = models.OneToOneField(Exhibit, models.PROTECT, related_name="firearm")
    make = models.CharField(max_length=60, blank=True)
    make_code = models.CharField(max_length=4, blank=True, default="", db_default="", help_text="NCIC, such as GLC.")
    model = models.CharField(max_length=60, blank=True)
    caliber = models.CharField(max_length=40, blank=True)
    caliber_code = models.CharField(max_length=4, blank=True, default="", db_default="", help_text="NCIC, such as 9.")
    type_code = models.CharField(
        max_length=2, blank=True, help_text="NCIC type, such as PI for a semi-automatic pistol."
    )
    serial = models.CharField(max_length=40, blank=True, help_text="Where not readable: ? one character, * several.")
    serial_key = models.CharField(
        max_length=40, blank=True, editable=False, help_text="Upper case, no blanks or hyphens, O read as 0."
    )
    importer = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    markings = models.JSONField(default=list, db_default=[], blank=True, help_text="[{where, text}]")
    is_obliterated = models.BooleanField(default=False)
    restored_serial = models.CharField(max_length=40, blank=True, default="", db_default="")
    restored_by = models.CharField(max_length=120, blank=True, default="", db_default="", help_text="Who restored it.")
    restored_on = models.DateField(null=True, blank=True)
    is_privately_made = models.BooleanField(default=False)
    has_conversion_device = models.BooleanField(default=False)
    conversion_kind = models.CharField(max_length=12, choices=Conversion, blank=True, default="", db_default="")
    stolen_status = models.CharField(
        max_length=12, choices=Theft, default=Theft.NOT_CHECKED, db_default=Theft.NOT_CHECKED, editable=False
    )
    stolen_reference = models.CharField(max_length=60, blank=True, default="", db_default="", editable=False)
    stolen_checked_at = models.DateTimeField(null=True, editable=False)
    stolen_checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    typed = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        editable=False,
        help_text="{field: {words, confidence, reason, kept}} of what was typed.",
    )
    corrected = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="Names of the fields that a person set right, with commas between: no file changes them again.",
    )
    compared_as = models.CharField(
        max_length=160,
        blank=True,
        default="",
        db_default="",
        editable=False,
        help_text="As what it was looked for among the others last; another than now: it is looked for again.",
    )

    objects = FirearmQuerySet.as_manager()
    view_permission = Permission.INCIDENT_VIEW

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(serial="") | Q(is_privately_made=False) | ~Q(serial_key=""), name="firearm_serial_has_a_key"
            ),
            models.CheckConstraint(
                condition=Q(conversion_kind__in=["", "switch", "auto_sear", "link", "other"]),
                name="firearm_conversion_known",
            ),
            models.CheckConstraint(
                condition=Q(conversion_kind="") | Q(has_conversion_device=True), name="firearm_conversion_is_there"
            ),
            models.CheckConstraint(
                condition=Q(restored_serial="", restored_by="", restored_on=None)
                | Q(~Q(restored_serial=""), ~Q(restored_by=""), is_obliterated=True),
                name="firearm_restored_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(stolen_status="not_checked", stolen_checked_at=None, stolen_checked_by=None)
                | Q(
                    stolen_status__in=["not_stolen", "stolen"],
                    stolen_checked_at__isnull=False,
                    stolen_checked_by__isnull=False,
                ),
                name="firearm_stolen_checked_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(stolen_status="stolen") | ~Q(stolen_reference=""), name="firearm_stolen_has_a_reference"
            ),
        ]
        indexes = [
            models.Index(fields=["serial_key"], condition=~Q(serial_key=""), name="firearm_serial_key"),
            models.Index(fields=["id"], condition=~Q(compared_as=COMPARED_AS), name="firearm_to_compare"),
        ]

    def __str__(self):
        gun = f"{self.make} {self.model}".strip()
        return ", ".join(filter(None, [gun, self.caliber])) or "Firearm"

    @property
    def number(self):
        """The serial number it is known by: the restored one where there is one."""
        return self.restored_serial or self.serial


class FirearmSight(models.Model):
    """That an agency's group may see a firearm, with what lists and the serial search walk by. Kept by triggers on
    firearms, grants and traces; read by `evidence.queries` alone.
    """

    group = models.ForeignKey("auth.Group", models.CASCADE, db_index=False, related_name="+")
    content_object = models.ForeignKey(Firearm, models.CASCADE, db_index=False, related_name="sights")
    created_at = models.DateTimeField()
    key = models.CharField(
        max_length=40, help_text="guns.serials.misread_key, or the same of a partly readable number with its ? and *."
    )
    frame = models.CharField(max_length=40, help_text="The key without embedded letters, where that is another.")
    words = ArrayField(models.TextField(), help_text="What the list is filtered by.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "content_object"], name="firearm_sight_once")]
        indexes = [
            models.Index(F("group"), F("created_at").desc(), F("content_object").desc(), name="firearm_sight_new"),
            models.Index(fields=["content_object"], name="firearm_sight_object"),
            models.Index(F("group"), OpClass(F("key"), "text_pattern_ops"), name="firearm_sight_key"),
            models.Index(fields=["group", "frame"], condition=~Q(frame=""), name="firearm_sight_frame"),
            models.Index(fields=["group", "key"], condition=Q(key__regex="[?*]"), name="firearm_sight_partial"),
            GinIndex(F("group"), OpClass(F("key"), "gin_trgm_ops"), F("words"), name="firearm_sight_find"),
        ]

    def __str__(self):
        return self.key
