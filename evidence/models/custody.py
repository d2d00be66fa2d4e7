from django.conf import settings
from django.db import models
from django.db.models import Q

from evidence.models.exhibit import Exhibit
from evidence.models.handover import HandOver, Receipt
from evidence.models.place import Place


class CustodyEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exhibit__in=Exhibit.objects.visible_to(user))


class CustodyEvent(models.Model):
    """One leg of an exhibit's chain of custody. Rows are only ever added; triggers number and chain them by hash for
    each exhibit.

    Who gave and who received are people where they have an account, and words always: an outside laboratory or a court
    has none, and then `paper` says what was signed. A leg with a `hand_over` was confirmed by its receiver.
    """

    class Purpose(models.TextChoices):
        COLLECTED = "collected", "Collected"
        STORED = "stored", "Put into storage"
        TO_LABORATORY = "to_laboratory", "Sent to the laboratory"
        RECEIVED = "received", "Received"
        EXAMINED = "examined", "Examined"
        RETURNED = "returned", "Returned"
        INVESTIGATION = "investigation", "For investigation"
        TO_COURT = "to_court", "Taken to court"
        DISPOSED = "disposed", "Disposed of"
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
    from_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    to_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, db_index=False, related_name="+")
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, db_index=False, related_name="+", help_text="Where it lies from then."
    )
    condition_seen = models.CharField(max_length=120, blank=True, help_text="By the receiver.")
    seal_seen = models.CharField(max_length=40, blank=True, help_text="By the receiver.")
    paper = models.CharField(max_length=120, blank=True, help_text="What was signed outside the portal, and by whom.")
    note = models.CharField(max_length=200, blank=True)
    hand_over = models.OneToOneField(HandOver, models.PROTECT, null=True, related_name="leg")
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="legs")
    hash_version = models.PositiveSmallIntegerField(
        default=1, editable=False, help_text="Which fields the hash is taken over; the trigger sets the newest."
    )
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
                        "investigation",
                        "to_court",
                        "disposed",
                        "other",
                    ]
                ),
                name="custody_purpose_known",
            ),
        ]

    def __str__(self):
        return f"{self.get_purpose_display()}, {self.to_whom}"
