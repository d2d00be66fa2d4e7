"""Gunshot alerts of sensors and dispatch, and the shots that several of them tell of."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission


def _seen(user):
    mine = access.agencies_with(user, Permission.INCIDENT_VIEW)
    return Q(agency__in=mine) | Q(agency__parent__in=mine)


class DetectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of an agency's own lists see its people and those of its center: they are no cases yet, and not shared."""
        return self.filter(_seen(user))


class Detection(models.Model):
    """The shots that one alert or several within 50 m and two minutes tell of, and what became of them."""

    class State(models.TextChoices):
        OPEN = "open", "No incident"
        MATCHED = "matched", "Became an incident"
        DISMISSED = "dismissed", "Not gunfire"

    TRANSITIONS = {
        State.OPEN: {State.MATCHED, State.DISMISSED},
        State.MATCHED: {State.OPEN, State.DISMISSED},
        State.DISMISSED: {State.OPEN, State.MATCHED},
    }

    class How(models.TextChoices):
        NUMBER = "number", "By number"
        PLACE = "place", "By time and place"
        PERSON = "person", "By a person"
        MADE = "made", "Recorded from the alert"

    class Dismissal(models.TextChoices):
        FIREWORKS = "fireworks", "Fireworks"
        VEHICLE = "vehicle", "Vehicle or machine"
        CONSTRUCTION = "construction", "Construction"
        RANGE = "range", "Range or training"
        TEST = "test", "Test of the system"
        DUPLICATE = "duplicate", "Same shots as another"
        OTHER = "other", "Other"

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="detections")
    at = models.DateTimeField()
    time_known = models.BooleanField(default=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    address = models.CharField(max_length=200, blank=True)
    rounds = models.PositiveSmallIntegerField(null=True)
    alerts_count = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    incident = models.ForeignKey("evidence.Incident", models.PROTECT, null=True, related_name="detections")
    how = models.CharField(max_length=8, choices=How, blank=True)
    meters = models.PositiveIntegerField(null=True, help_text="From the incident's point.")
    nearby = models.PositiveSmallIntegerField(default=0, help_text="Incidents it may be, among which a person decides.")
    has_evidence = models.BooleanField(default=False, help_text="Of its incident; a copy kept by triggers.")
    dismissal = models.CharField(max_length=16, choices=Dismissal, blank=True)
    note = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DetectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "matched", "dismissed"]), name="detection_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="matched", incident__isnull=False) & ~Q(how="")
                | Q(state__in=["open", "dismissed"], incident=None, how=""),
                name="detection_matched_has_an_incident",
            ),
            models.CheckConstraint(
                condition=Q(state="dismissed") & ~Q(dismissal="") | Q(state__in=["open", "matched"], dismissal=""),
                name="detection_dismissed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None) | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="detection_decided_at_and_by",
            ),
            models.CheckConstraint(condition=Q(state="matched") | Q(has_evidence=False), name="detection_evidence"),
        ]
        indexes = [
            models.Index(F("agency"), F("state"), F("at").desc(), F("id").desc(), name="detection_state_new"),
            models.Index(
                F("agency"),
                F("at").desc(),
                F("id").desc(),
                condition=Q(state="matched", has_evidence=False),
                name="detection_bare",
            ),
        ]

    def __str__(self):
        return f"Alert {self.pk}"

    def get_absolute_url(self):
        return reverse("detection", args=[self.pk])

    def can_move_to(self, state):
        return state in self.TRANSITIONS[self.State(self.state)]


class GunshotAlert(models.Model):
    """One line of a list that a sensor or dispatch gave."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    detection = models.ForeignKey(Detection, models.PROTECT, related_name="alerts")
    source = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=60, blank=True, help_text="As the source writes it.")
    key = models.CharField(max_length=64, help_text="Its number, or a fingerprint of its time, place and words.")
    at = models.DateTimeField()
    time_known = models.BooleanField(default=True)
    lat = models.FloatField(null=True)
    lng = models.FloatField(null=True)
    rounds = models.PositiveSmallIntegerField(null=True)
    heard = models.CharField(max_length=120, blank=True, help_text="Such as: multiple gunshots.")
    address = models.CharField(max_length=200, blank=True)
    case_number = models.CharField(max_length=40, blank=True, help_text="That dispatch gave it.")
    case_key = models.CharField(max_length=40, blank=True)
    batch = models.ForeignKey("evidence.ImportBatch", models.PROTECT, null=True, related_name="+")

    objects = DetectionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "source", "key"], name="alert_once_per_source"),
            models.CheckConstraint(condition=~Q(key=""), name="alert_has_a_key"),
        ]
        indexes = [models.Index(fields=["agency", "at"], name="alert_agency_at")]

    def __str__(self):
        return self.number or f"Alert {self.pk}"
