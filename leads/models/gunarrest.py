"""Arrests that an office looks through each day for those it would take, as its center lets it."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from leads.models.obligation import Obligation
from leads.models.outcome import Outcome
from leads.models.referral import Referral

PERSON = settings.AUTH_USER_MODEL


class ArrestRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        own = access.agencies_with(user, Permission.REFERRAL_DECIDE)
        keeps = access.agencies_with(user, Permission.AGENCY_MANAGE)
        return self.filter(Q(office__in=own) | Q(office__parent__in=keeps))


class ArrestRule(models.Model):
    """Whether a center shows an office the arrests its leads came to before they are referred. Without a row: no."""

    office = models.OneToOneField("agencies.Agency", models.PROTECT, primary_key=True, related_name="arrest_rule")
    shown = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = ArrestRuleQuerySet.as_manager()

    def __str__(self):
        return f"{self.office}: {'shown' if self.shown else 'not shown'}"


def _referred(names):
    """A lead that names the arrest, by itself or as one that was found to be it (`names`), is before the office."""
    named = Obligation.objects.filter(**{names: OuterRef(OuterRef("outcome"))}).values("lead")
    return Q(Exists(Referral.objects.filter(office=OuterRef("office"), lead__in=named)))


class GunArrestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The office, while its center's rule stands or a lead of the arrest is referred to it; and, once it is
        answered otherwise than left, the agency that made the arrest: it is asked for something.
        """
        offices = access.agencies_with(user, Permission.REFERRAL_DECIDE)
        makes = access.agencies_with(user, Permission.REFERRAL_MAKE)
        rule = ArrestRule.objects.filter(office=OuterRef("office"), shown=True)
        shown = Q(Exists(rule)) | _referred("named_outcome") | _referred("named_outcome__merged_into")
        asked = Q(status__in=[GunArrest.Status.TAKE, GunArrest.Status.ASKED])
        return self.filter(Q(office__in=offices) & shown | Q(outcome__agency__in=makes) & asked)

    def of_office(self, user):
        """Those that a person answers for an office."""
        return self.visible_to(user).filter(office__in=access.agencies_with(user, Permission.REFERRAL_DECIDE))

    def to_answer(self):
        """What is carried from day to day; what was found to be another arrest counts as that one."""
        open_ = [GunArrest.Status.WAITING, GunArrest.Status.ASKED]
        return self.filter(status__in=open_, outcome__merged_into=None)


class GunArrest(models.Model):
    """One arrest before one office: answered by a person, or carried to the next day."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waits for an answer"
        ASKED = "asked", "Asked the agency"
        TAKE = "take", "We would take it"
        LEFT = "left", "Left to the state"

    TRANSITIONS = {
        Status.WAITING: {Status.ASKED, Status.TAKE, Status.LEFT},
        Status.ASKED: {Status.ASKED, Status.TAKE, Status.LEFT},
        Status.TAKE: {Status.LEFT},
        Status.LEFT: {Status.TAKE},
    }

    office = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    outcome = models.ForeignKey(Outcome, models.PROTECT, related_name="gun_arrests")
    came_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True, help_text="Why, or what is asked.")

    objects = GunArrestQuerySet.as_manager()

    class Meta:
        ordering = ["came_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["office", "outcome"], name="gun_arrest_once"),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "asked", "take", "left"]), name="gun_arrest_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="waiting", answered_at=None, answered_by=None, reason="")
                | ~Q(status="waiting") & Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(reason=""),
                name="gun_arrest_answered_at_and_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["office", "came_at", "id"],
                condition=Q(status__in=["waiting", "asked"]),
                name="gun_arrest_to_answer",
            ),
            models.Index(fields=["office", "-answered_at", "-id"], name="gun_arrest_answered"),
        ]

    def __str__(self):
        return f"{self.outcome}, {self.office.code}"

    def get_absolute_url(self):
        return reverse("gun_arrest", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
