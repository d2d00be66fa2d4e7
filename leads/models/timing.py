from datetime import timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from leads.models.obligation import Obligation

STALE_DAYS, PAUSE_DAYS = 14, 30


class TimeRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(obligation__in=Obligation.objects.visible_to(user))


class TimeRequest(models.Model):
    """A pause of the running stage's clock, or more time for that stage: asked, decided, over. A pause is over at
    `until` at the latest, whether or not anybody writes that down.
    """

    class Kind(models.TextChoices):
        PAUSE = "pause", "Pause"
        MORE = "more", "More time"

    class Reason(models.TextChoices):
        LABORATORY = "laboratory", "waiting for the laboratory"
        OTHER_AGENCY = "other_agency", "waiting for another agency"
        COURT = "court", "waiting for a court"
        VICTIM = "victim", "waiting for the victim"

    class Status(models.TextChoices):
        ASKED = "asked", "Asked"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"
        LAPSED = "lapsed", "Lapsed with its stage"
        ENDED = "ended", "Over"

    TRANSITIONS = {
        Status.ASKED: {Status.GRANTED, Status.REFUSED, Status.LAPSED},
        Status.GRANTED: {Status.ENDED},
        Status.REFUSED: set(),
        Status.LAPSED: set(),
        Status.ENDED: set(),
    }

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="time_requests")
    stage = models.CharField(max_length=12)
    stage_started_at = models.DateTimeField()
    kind = models.CharField(max_length=5, choices=Kind)
    status = models.CharField(max_length=7, choices=Status, default=Status.ASKED)
    reason = models.CharField(max_length=12, choices=Reason, blank=True, help_text="Of a pause.")
    note = models.CharField(max_length=300, blank=True)
    until = models.DateTimeField(null=True, help_text="When a pause ends by itself.")
    days = models.PositiveSmallIntegerField(null=True, help_text="Of more time: business days.")
    minutes = models.PositiveIntegerField(default=0, help_text="Of more time: what the stage's limit grows by.")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = TimeRequestQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["asked", "granted", "refused", "lapsed", "ended"]),
                name="time_request_status_known",
            ),
            models.CheckConstraint(
                condition=Q(kind="pause", until__isnull=False, days=None, minutes=0) & ~Q(reason="")
                | Q(kind="more", until=None, days__gte=1, minutes__gte=1, reason="") & ~Q(note=""),
                name="time_request_says_how_long_and_why",
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None)
                | Q(Q(decided_at__isnull=False, decided_by__isnull=False), ~Q(decided_by=F("asked_by"))),
                name="time_request_decided_at_and_by_another",
            ),
            models.CheckConstraint(
                condition=Q(status="asked", decided_at=None)
                | Q(status="lapsed")
                | Q(status__in=["granted", "ended"], kind="pause")
                | Q(status__in=["granted", "refused"], decided_at__isnull=False),
                name="time_request_is_decided",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="time_request_ended_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status="ended", kind="pause", started_at__isnull=False, ended_at__isnull=False)
                | Q(status="granted", kind="pause", started_at__isnull=False, ended_at=None)
                | Q(Q(kind="more") | Q(status__in=["asked", "refused", "lapsed"]), started_at=None, ended_at=None),
                name="time_request_pause_has_its_stretch",
            ),
            models.CheckConstraint(
                condition=Q(started_at=None) | Q(until__gt=F("started_at")), name="time_request_pause_begins_first"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at"), ended_at__lte=F("until")),
                name="time_request_pause_ends_in_it",
            ),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(status="asked"), name="time_request_one_is_asked"
            ),
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(status="granted", kind="pause"), name="time_request_one_pause_runs"
            ),
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(status="granted", kind="pause"), name="time_request_runs_out"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} of {self.obligation}"

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]


class AbsenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, those in which one stands in, and of those who work in an agency where one assigns."""
        mine = access.agencies_with(user, Permission.OBLIGATION_ASSIGN)
        return self.filter(
            Q(person=user)
            | Q(deputy=user)
            | Q(person__memberships__agency__in=mine, person__memberships__ended_at=None)
        ).distinct()

    def to_come(self, now):
        """Those that hold or will."""
        return self.filter(withdrawn_at=None, ends_at__gt=now)


class Absence(models.Model):
    """When a person is out of office, and who hears in their place."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences")
    deputy = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(deputy=None) | ~Q(deputy=F("person")), name="absence_deputy_is_another"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="absence_withdrawn_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "ends_at"], condition=Q(withdrawn_at=None), name="absence_person_to_come"),
        ]

    def __str__(self):
        return f"{self.person} from {self.starts_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("absences")

    def span(self, zone):
        """From the first day to the last, both included: "13 Jul to 24 Jul"."""
        ends = (self.starts_at, self.ends_at - timedelta(minutes=1))
        first, last = (f"{at.astimezone(ZoneInfo(zone)):%-d %b}" for at in ends)
        return first if first == last else f"{first} to {last}"

    def words(self, zone, now):
        """What stands beside a name: "away 13 Jul to 24 Jul, deputy Mara Quist"."""
        when = "away" if self.starts_at <= now else "goes away"
        deputy = f", deputy {self.deputy}" if self.deputy else ", no deputy"
        return f"{when} {self.span(zone)}{deputy}"


class ClockRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(agency__in=access.agencies_with(user, Permission.LEAD_VIEW))


class ClockRule(models.Model):
    """What an agency says of its clocks where the usual does not suit it."""

    agency = models.OneToOneField("agencies.Agency", models.PROTECT, related_name="clock_rule")
    stale_days = models.PositiveSmallIntegerField(
        default=STALE_DAYS, validators=[MinValueValidator(3), MaxValueValidator(90)]
    )
    pause_days = models.PositiveSmallIntegerField(
        default=PAUSE_DAYS, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )

    objects = ClockRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(stale_days__gte=3, stale_days__lte=90), name="clock_rule_stale_days"),
            models.CheckConstraint(condition=Q(pause_days__gte=1, pause_days__lte=90), name="clock_rule_pause_days"),
        ]

    def __str__(self):
        return f"{self.agency}: stale after {self.stale_days} days"
