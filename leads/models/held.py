from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission


class HeldNoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        own = access.agencies_with(user, Permission.LEAD_VIEW)
        return self.filter(Q(agency__in=own) | Q(site__in=own))

    def waiting(self):
        return self.filter(status=HeldNotice.Status.WAITING)


class HeldNotice(models.Model):
    """A notice that came before two different people had reviewed its images. It is no lead yet: no agency is told of
    it and no clock runs until it is released, and then it is taken in as it came.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Waits for reviewer 2"
        RELEASED = "released", "Released"
        DECLINED = "declined", "Not released"

    class Why(models.TextChoices):
        SECOND = "second", "No second review on record"
        SAME = "same", "One person is named as both reviewers"

    TRANSITIONS = {
        Status.WAITING: {Status.RELEASED, Status.DECLINED},
        Status.RELEASED: set(),
        Status.DECLINED: set(),
    }

    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, db_index=False, related_name="+", help_text="The center."
    )
    site = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, db_index=False, related_name="+")
    number = models.CharField(max_length=40, help_text="The number that the lead will have.")
    why = models.CharField(max_length=8, choices=Why)
    notice = models.JSONField(help_text="The whole notice as it was read.")
    digest = models.CharField(max_length=64, help_text="Of the notice: the same one is held once.")
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    held_at = models.DateTimeField()
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    review = models.ForeignKey("evidence.CorrelationReview", models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it went out without a review, or not at all.")

    objects = HeldNoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "released", "declined"]), name="held_notice_status_known"
            ),
            models.CheckConstraint(condition=Q(why__in=["second", "same"]), name="held_notice_says_what_is_missing"),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at=None, decided_by=None)
                | Q(~Q(status="waiting"), decided_at__isnull=False, decided_by__isnull=False),
                name="held_notice_decided_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status="waiting") | Q(status="released", review__isnull=False) | ~Q(reason=""),
                name="held_notice_released_by_review_or_reason",
            ),
            models.UniqueConstraint(
                fields=["agency", "number", "digest"], condition=Q(status="waiting"), name="held_notice_once"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "status", "-held_at", "-id"], name="held_notice_agency_new"),
            models.Index(fields=["site", "status", "-held_at", "-id"], name="held_notice_site_new"),
            models.Index(fields=["number"], name="held_notice_number"),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("held_notice", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
