from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from evidence.models.exhibit import Exhibit
from evidence.models.place import Place


class ReceiptQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Who made it, whom it names, and who records evidence for the agency that gave or the one that got it."""
        mine = access.agencies_with(user, Permission.INCIDENT_EDIT)
        named = Q(made_by=user.pk) | Q(to_person=user.pk)
        return (
            self.filter(Q(agency__in=mine) | Q(to_agency__in=mine) | named) if access.is_member(user) else self.none()
        )


class Receipt(models.Model):
    """What was moved together at a bench: put into one place, or offered to one person. Its lines are the legs and the
    hand-overs that name it.
    """

    class Kind(models.TextChoices):
        CHECK_IN = "check_in", "Check-in"
        CHECK_OUT = "check_out", "Check-out"

    kind = models.CharField(max_length=10, choices=Kind)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+", help_text="Whose bench it was.")
    place = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    to_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    left_out = models.JSONField(default=list, help_text="[what was scanned, why it was not moved]")

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["check_in", "check_out"]), name="receipt_kind_known"),
        ]
        indexes = [models.Index(fields=["agency", "-made_at", "-id"], name="receipt_agency_new")]

    def __str__(self):
        return f"Receipt {self.pk}"

    def get_absolute_url(self):
        return reverse("receipt", args=[self.pk])


class HandOverQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(exhibit__in=Exhibit.objects.visible_to(user))

    def open(self):
        return self.filter(status=HandOver.Status.OFFERED)


class HandOver(models.Model):
    """One exhibit on its way: somebody gave it, somebody has to say that it arrived; in between it is in transit."""

    class Status(models.TextChoices):
        OFFERED = "offered", "In transit, unconfirmed"
        CONFIRMED = "confirmed", "Confirmed"
        REFUSED = "refused", "Refused"
        WITHDRAWN = "withdrawn", "Withdrawn"

    TRANSITIONS = {
        Status.OFFERED: {Status.CONFIRMED, Status.REFUSED, Status.WITHDRAWN},
        Status.CONFIRMED: set(),
        Status.REFUSED: set(),
        Status.WITHDRAWN: set(),
    }

    exhibit = models.ForeignKey(Exhibit, models.PROTECT, related_name="hand_overs")
    status = models.CharField(max_length=10, choices=Status, default=Status.OFFERED)
    purpose = models.CharField(max_length=16)
    from_agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    from_place = models.ForeignKey(Place, models.PROTECT, null=True, db_index=False, related_name="+")
    to_agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    to_unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, db_index=False, related_name="+")
    to_person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+")
    to_place = models.ForeignKey(Place, models.PROTECT, null=True, db_index=False, related_name="+")
    condition = models.CharField(max_length=120, blank=True)
    seal = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(help_text="When it was given.")
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="hand_overs")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, db_index=False, related_name="+"
    )
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was refused or withdrawn.")

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = "hand-over"
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit"], condition=Q(status="offered"), name="hand_over_one_open_per_exhibit"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["offered", "confirmed", "refused", "withdrawn"]), name="hand_over_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="offered", answered_at=None, answered_by=None)
                | Q(~Q(status="offered"), answered_at__isnull=False, answered_by__isnull=False),
                name="hand_over_answered_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(status="withdrawn") | ~Q(answered_by=F("offered_by")),
                name="hand_over_has_two_parties",
            ),
            models.CheckConstraint(condition=~Q(status="refused") | ~Q(reason=""), name="hand_over_refused_says_why"),
        ]
        indexes = [
            models.Index(fields=["to_agency", "offered_at", "id"], condition=Q(status="offered"), name="hand_over_to"),
            models.Index(
                fields=["from_agency", "offered_at", "id"], condition=Q(status="offered"), name="hand_over_from"
            ),
            models.Index(
                fields=["offered_by", "offered_at", "id"], condition=Q(status="offered"), name="hand_over_given"
            ),
            models.Index(
                fields=["to_person", "offered_at", "id"], condition=Q(status="offered"), name="hand_over_named"
            ),
            models.Index(fields=["to_unit", "offered_at", "id"], condition=Q(status="offered"), name="hand_over_unit"),
        ]

    def __str__(self):
        return f"{self.exhibit.incident.case_number}, exhibit {self.exhibit.number}"

    def get_absolute_url(self):
        return reverse("hand_over", args=[self.pk])

    @property
    def to_words(self):
        """Whom it goes to, in words: a person, a unit or a place of an agency, or the agency."""
        desk = self.to_person or self.to_unit or self.to_place
        return f"{desk}, {self.to_agency}" if desk else str(self.to_agency)
