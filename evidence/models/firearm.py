from django.db import models
from django.db.models import Q

from agencies.roles import Permission
from evidence.models.exhibit import Exhibit


class FirearmQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exhibit__in=Exhibit.objects.visible_to(user))


class Firearm(models.Model):
    """The description of a firearm exhibit, read from the weapon."""

    DESCRIBED = (
        "make", "model", "caliber", "type_code", "serial", "importer", "country", "is_obliterated",
        "is_privately_made", "has_conversion_device",
    )  # fmt: skip

    exhibit = models.OneToOneField(Exhibit, models.PROTECT, related_name="firearm")
    make = models.CharField(max_length=60, blank=True)
    model = models.CharField(max_length=60, blank=True)
    caliber = models.CharField(max_length=40, blank=True)
    type_code = models.CharField(
        max_length=2, blank=True, help_text="NCIC type, such as PI for a semi-automatic pistol."
    )
    serial = models.CharField(max_length=40, blank=True)
    serial_key = models.CharField(
        max_length=40, blank=True, editable=False, help_text="Upper case, no blanks or hyphens, O read as 0."
    )
    importer = models.CharField(max_length=60, blank=True)
    country = models.CharField(max_length=2, blank=True)
    is_obliterated = models.BooleanField(default=False)
    is_privately_made = models.BooleanField(default=False)
    has_conversion_device = models.BooleanField(default=False)

    objects = FirearmQuerySet.as_manager()
    view_permission = Permission.INCIDENT_VIEW

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(serial="") | Q(is_privately_made=False) | ~Q(serial_key=""), name="firearm_serial_has_a_key"
            ),
        ]
        indexes = [models.Index(fields=["serial_key"], condition=~Q(serial_key=""), name="firearm_serial_key")]

    def __str__(self):
        return " ".join(filter(None, [self.make, self.model, self.caliber])) or "Firearm"
