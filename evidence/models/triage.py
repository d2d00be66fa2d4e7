from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.models.exhibit import Exhibit


class CasingSheetQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exhibit__in=Exhibit.objects.visible_to(user))


class CasingSheet(models.Model):
    """The triage of one group of casings at the bench: what they are, where each lay, and which one goes into NIBIN."""

    class Condition(models.TextChoices):
        GOOD = "good", "Good"
        WORN = "worn", "Marks worn or faint"
        DAMAGED = "damaged", "Dented or crushed"
        CORRODED = "corroded", "Corroded"
        MIXED = "mixed", "Mixed"

    exhibit = models.OneToOneField(Exhibit, models.PROTECT, related_name="casing_sheet")
    headstamp = models.CharField(max_length=40, blank=True)
    condition = models.CharField(max_length=8, choices=Condition, default=Condition.GOOD)
    note = models.CharField(max_length=300, blank=True)
    filled_at = models.DateTimeField()
    filled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = CasingSheetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(condition__in=["good", "worn", "damaged", "corroded", "mixed"]),
                name="casing_condition_known",
            )
        ]

    def __str__(self):
        return f"Triage of {self.exhibit_id}"


class CasingMarkQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(sheet__in=CasingSheet.objects.visible_to(user))


class CasingMark(models.Model):
    """Casings of a group that lay at one marker. One marker of a sheet at most holds the representative, and says why.

    A trigger holds that a sheet never lists more casings than its exhibit counts.
    """

    sheet = models.ForeignKey(CasingSheet, models.PROTECT, related_name="marks")
    position = models.PositiveSmallIntegerField(help_text="1 for the first of the sheet.")
    marker = models.CharField(max_length=12, help_text="The number or letter on the marker at the scene.")
    count = models.PositiveSmallIntegerField(default=1)
    place = models.CharField(max_length=120, blank=True)
    headstamp = models.CharField(max_length=40, blank=True, help_text="Where it is not that of the group.")
    is_representative = models.BooleanField(default=False)
    reason = models.CharField(max_length=120, blank=True, help_text="Why this one goes into NIBIN.")

    objects = CasingMarkQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "position"], name="casing_mark_position_once"),
            models.UniqueConstraint(fields=["sheet", "marker"], name="casing_marker_once"),
            models.UniqueConstraint(
                fields=["sheet"], condition=Q(is_representative=True), name="casing_one_representative"
            ),
            models.CheckConstraint(condition=Q(count__gte=1), name="casing_mark_counts_from_one"),
            models.CheckConstraint(
                condition=Q(is_representative=False, reason="") | (Q(is_representative=True) & ~Q(reason="")),
                name="casing_representative_says_why",
            ),
        ]

    def __str__(self):
        return self.marker
