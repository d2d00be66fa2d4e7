from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies import access
from agencies.roles import Permission
from leads.models.lead import LeadEvent
from leads.models.referral import Referral

PERSON = settings.AUTH_USER_MODEL


class OfReferrals(models.QuerySet):
    def visible_to(self, user):
        return self.filter(referral__in=Referral.objects.visible_to(user))


class ReferralEvent(models.Model):
    """An event that is asserted about the person of a case, by the agency that refers it."""

    referral = models.ForeignKey(Referral, models.PROTECT, db_index=False, related_name="asserted")
    event = models.ForeignKey(LeadEvent, models.PROTECT, related_name="asserted")

    objects = OfReferrals.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "event"], name="referral_event_once")]

    def __str__(self):
        return f"{self.referral}: {self.event}"


class ReferralDecision(models.Model):
    """What became of a case, step by step: decided, asked anew, moved to another office. Rows are only ever added."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="decisions")
    became = models.CharField(max_length=12, choices=Referral.Status, help_text="What it was from then on.")
    reason = models.CharField(max_length=24, choices=Referral.DeclineReason, blank=True)
    reason_said = models.CharField(
        max_length=80, blank=True, default="", db_default="", help_text="In the words of the office's list then."
    )
    note = models.CharField(max_length=1000, blank=True)
    other = models.ForeignKey(
        Referral, models.PROTECT, null=True, related_name="+", help_text="The case that it goes on as."
    )
    summary_before = models.CharField(max_length=4000, blank=True, help_text="What it said until it was asked anew.")
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = OfReferrals.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(became__in=["referred", "more_asked", "accepted", "declined", "transferred", "adopted"]),
                name="referral_decision_became_known",
            ),
            models.CheckConstraint(
                condition=~Q(became="declined") | ~Q(reason=""), name="referral_decision_declined_says_why"
            ),
            models.CheckConstraint(
                condition=Q(became__in=["transferred", "adopted"], other__isnull=False)
                | (~Q(became__in=["transferred", "adopted"]) & Q(other=None)),
                name="referral_decision_goes_on",
            ),
        ]

    def __str__(self):
        return f"{self.referral}: {self.get_became_display()}"

    def get_reason_display(self):
        return self.reason_said or dict(Referral.DeclineReason.choices).get(self.reason, self.reason)


class OfOneOffice(models.QuerySet):
    def visible_to(self, user):
        """The prosecutors of the office alone: neither who referred the case, nor the center, nor another office."""
        return self.filter(referral__office__in=access.agencies_with(user, Permission.REFERRAL_DECIDE))


class WorkNote(models.Model):
    """Work product of one office on one case: a note, or that somebody ran the Giglio check, of which nothing but the
    day is kept. In no packet, export, search or count of anybody else. What was wrong is struck, and stays.
    """

    class Kind(models.TextChoices):
        NOTE = "note", "Note"
        GIGLIO = "giglio", "Giglio check"

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="work_notes")
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.NOTE)
    text = models.CharField(max_length=4000, blank=True)
    checked_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    struck_why = models.CharField(max_length=300, blank=True)

    objects = OfOneOffice.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="note", checked_on=None) & ~Q(text=""))
                | Q(kind="giglio", checked_on__isnull=False, text=""),
                name="work_note_or_a_day",
            ),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None, struck_why="")
                | (Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_why="")),
                name="work_note_struck_at_by_and_why",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()
