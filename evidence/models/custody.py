from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.models.exhibit import Exhibit


class CustodyEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exhibit__in=Exhibit.objects.visible_to(user))


class CustodyEvent(models.Model):
    """One leg of an exhibit's chain of custody. Rows are only ever added; triggers number and chain them by hash for
    each exhibit.
    """

    class Purpose(models.TextChoices):
        COLLECTED = "collected", "Collected"
        STORED = "stored", "Put into storage"
        TO_LABORATORY = "to_laboratory", "Sent to the laboratory"
        RECEIVED = "received", "Received"
        EXAMINED = "examined", "Examined"
        RETURNED = "returned", "Returned"
        TO_COURT = "to_court", "Taken to court"
        OTHER = "other", "Other"

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="custody")
    position = models.PositiveIntegerField(editable=False)
    purpose = models.CharField(max_length=16, choices=Purpose)
    from_whom = models.CharField(max_length=120, blank=True)
    to_whom = models.CharField(max_length=120)
    condition = models.CharField(max_length=120, blank=True)
    seal = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    previous_hash = models.CharField(max_length=64, editable=False)
    hash = models.CharField(max_length=64, editable=False)

    objects = CustodyEventQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "position"], name="custody_position_once"),
            models.CheckConstraint(
                condition=Q(
                    purpose__in=[
                        "collected",
                        "stored",
                        "to_laboratory",
                        "received",
                        "examined",
                        "returned",
                        "to_court",
                        "other",
                    ]
                ),
                name="custody_purpose_known",
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}, {self.to_whom}"
