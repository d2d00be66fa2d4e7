from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.moments import EARLIEST
from leads.models.lead import Lead


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))


class Activity(models.Model):
    """What somebody did on a lead. Part of the investigative record: written once, discoverable."""

    class Kind(models.TextChoices):
        INTERVIEW = "interview", "Interview"
        VIDEO = "video", "Video"
        CANVASS = "canvass", "Canvass"
        RECORDS = "records", "Records check"
        PLATE_READER = "plate_reader", "Plate reader"
        PHONE = "phone", "Phone data"
        SEARCH_WARRANT = "search_warrant", "Search warrant"
        ARREST = "arrest", "Arrest"
        LABORATORY = "laboratory", "Laboratory"
        NOTE = "note", "Note"

    class Result(models.TextChoices):
        NOTHING = "nothing", "Nothing found"
        PARTIAL = "partial", "Something, more to do"
        USEFUL = "useful", "Useful"

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="activities")
    obligation = models.ForeignKey("leads.Obligation", models.PROTECT, null=True, related_name="activities")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    result = models.CharField(max_length=8, choices=Result, blank=True)
    text = models.CharField(max_length=2000)
    minutes = models.PositiveSmallIntegerField(null=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="activity_says_something"),
            models.CheckConstraint(condition=Q(at__gte=EARLIEST), name="activity_at_in_our_time"),
        ]
        indexes = [models.Index(fields=["lead", "-at", "-id"], name="activity_lead_new")]

    def __str__(self):
        return self.get_kind_display()


class LeadFileQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))


class LeadFile(models.Model):
    """A file hung on a lead, seen by those who see the lead."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="files")
    file = models.ForeignKey("evidence.StoredFile", models.PROTECT, related_name="+")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    note = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = LeadFileQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return self.file.name
