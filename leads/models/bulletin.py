"""Intelligence bulletins: drafted from a lead, approved by a second person, sent to agencies, acknowledged by each."""

import hashlib
import json

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from leads.models.lead import Lead, LeadEvent


def _signed(name):
    """`name`_at and `name`_by stand together."""
    return Q(**{f"{name}_at": None, f"{name}_by": None}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class BulletinQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A draft is for those who draft or approve in its agency; what was sent for all of it and each recipient."""
        write = {*access.agencies_with(user, Permission.BULLETIN_DRAFT)}
        write |= {*access.agencies_with(user, Permission.BULLETIN_APPROVE)}
        read = access.agencies_with(user, Permission.BULLETIN_VIEW)
        got = BulletinRecipient.objects.filter(bulletin=OuterRef("pk"), agency__in=read, sent_at__isnull=False)
        return self.filter(Q(agency__in=write) | Q(agency__in=read, sent_at__isnull=False) | Exists(got))


class Bulletin(models.Model):
    """One bulletin of one version. What was sent is kept as it was (`body`), and never changes: a newer one supersedes
    it, or it is retracted.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        WAITING = "waiting", "Awaiting approval"
        SENT = "sent", "Sent"
        SUPERSEDED = "superseded", "Superseded"
        RETRACTED = "retracted", "Retracted"

    class Purpose(models.TextChoices):
        SAFETY = "safety", "Officer safety"
        INFORMATION = "information", "For information"
        REQUEST = "request", "Request for information"

    TRANSITIONS = {
        Status.DRAFT: {Status.WAITING},
        Status.WAITING: {Status.DRAFT, Status.SENT},
        Status.SENT: {Status.SUPERSEDED, Status.RETRACTED},
        Status.SUPERSEDED: set(),
        Status.RETRACTED: set(),
    }
    WRITTEN = ("whole_cluster", "purpose", "title", "sections", "summary", "asks", "contact", "handling")
    OUT = (Status.SENT, Status.SUPERSEDED, Status.RETRACTED)

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="bulletins")
    whole_cluster = models.BooleanField(default=False, help_text="All leads of the presumed gun, not this one alone.")
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, related_name="versions")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    purpose = models.CharField(max_length=12, choices=Purpose)
    title = models.CharField(max_length=120)
    sections = ArrayField(models.CharField(max_length=12))
    summary = models.TextField(max_length=2000, blank=True)
    asks = models.TextField(max_length=1000, blank=True, help_text="What readers are asked for.")
    contact = models.CharField(max_length=200)
    handling = models.CharField(max_length=300)
    body = models.JSONField(default=dict, help_text="What is read: put together when it was handed in for approval.")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, db_index=False, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    returned_why = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Who approved it."
    )
    stale_at = models.DateTimeField(null=True, help_text="When a link it tells of was taken back.")
    stale_why = models.CharField(max_length=200, blank=True)
    retracted_at = models.DateTimeField(null=True)
    retracted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    retracted_why = models.CharField(max_length=300, blank=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ["-drafted_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["draft", "waiting", "sent", "superseded", "retracted"]),
                name="bulletin_status_known",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["safety", "information", "request"]), name="bulletin_purpose_known"
            ),
            models.CheckConstraint(condition=_signed("submitted"), name="bulletin_submitted_at_and_by"),
            models.CheckConstraint(
                condition=Q(returned_at=None, returned_by=None, returned_why="")
                | Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(returned_why=""),
                name="bulletin_returned_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, sent_by=None, status__in=["draft", "waiting"])
                | Q(sent_at__isnull=False, sent_by__isnull=False, status__in=["sent", "superseded", "retracted"]),
                name="bulletin_sent_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(sent_by=None) | (~Q(sent_by=F("drafted_by")) & ~Q(sent_by=F("submitted_by"))),
                name="bulletin_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | (Q(submitted_at__isnull=False) & ~Q(body={})),
                name="bulletin_is_put_together",
            ),
            models.CheckConstraint(
                condition=Q(stale_at=None, stale_why="") | (Q(stale_at__isnull=False) & ~Q(stale_why="")),
                name="bulletin_stale_says_why",
            ),
            models.CheckConstraint(
                condition=(Q(retracted_at=None, retracted_by=None, retracted_why="") & ~Q(status="retracted"))
                | (Q(retracted_at__isnull=False, retracted_by__isnull=False, status="retracted")
                   & ~Q(retracted_why="")),
                name="bulletin_retracted_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(contact="") & ~Q(handling=""), name="bulletin_says"),
            models.UniqueConstraint(fields=["supersedes"], name="bulletin_superseded_once"),
        ]  # fmt: skip
        indexes = [
            models.Index(F("agency"), F("drafted_at").desc(), F("id").desc(), name="bulletin_agency_new"),
            models.Index(
                F("agency"), F("drafted_by"), F("drafted_at").desc(), F("id").desc(), name="bulletin_drafter_new"
            ),
            models.Index(
                F("agency"), F("submitted_at"), F("id"), condition=Q(status="waiting"), name="bulletin_to_approve"
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("bulletin", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]

    @property
    def number(self):
        return f"IB-{self.pk}"

    @property
    def version(self):
        """A fingerprint of what it says and to whom: another one says that somebody changed it."""
        said = [str(getattr(self, name)) for name in self.WRITTEN]
        to = sorted(self.recipients.values_list("agency", flat=True))
        return hashlib.sha256(json.dumps([said, to]).encode()).hexdigest()


class BulletinRecipientQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The row of one's own agency, once it was sent, and all of what one's agency sends: who else got a bulletin is
        not told.
        """
        read = access.agencies_with(user, Permission.BULLETIN_VIEW)
        write = {*access.agencies_with(user, Permission.BULLETIN_DRAFT)}
        write |= {*access.agencies_with(user, Permission.BULLETIN_APPROVE)}
        return self.filter(Q(agency__in=read, sent_at__isnull=False) | Q(source__in=write))

    def open(self):
        """Those whose acknowledgement is waited for: of the bulletin, or of what was said of it since."""
        return self.filter(due_at__isnull=False)


class BulletinRecipient(models.Model):
    """An agency that gets a bulletin: when it has to acknowledge it, or what was said of it since, and when it did.
    `source` is the agency that sends; `due_at` is empty when nothing is waited for.
    """

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, db_index=False, related_name="recipients")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    source = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    sent_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    warned_at = models.DateTimeField(null=True, help_text="When it was told not to rely on the bulletin any more.")
    heeded_at = models.DateTimeField(null=True)
    heeded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = BulletinRecipientQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "agency"], name="bulletin_recipient_once"),
            models.CheckConstraint(condition=_signed("acknowledged"), name="recipient_acknowledged_at_and_by"),
            models.CheckConstraint(
                condition=Q(heeded_at=None, heeded_by=None)
                | Q(heeded_at__isnull=False, heeded_by__isnull=False, warned_at__isnull=False),
                name="recipient_heeded_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=False)
                | Q(due_at=None, acknowledged_at=None, warned_at=None),
                name="recipient_owes_what_was_sent",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["agency", "due_at", "id"], condition=Q(due_at__isnull=False), name="recipient_to_acknowledge"
            ),
            models.Index(
                fields=["source", "due_at", "id"], condition=Q(due_at__isnull=False), name="recipient_source_due"
            ),
            models.Index(
                F("agency"), F("sent_at").desc(), F("id").desc(), condition=Q(sent_at__isnull=False),
                name="recipient_received",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.bulletin} to {self.agency}"

    @property
    def last_said_at(self):
        """When the agency was told the last of it."""
        return self.warned_at or self.sent_at


class BulletinEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(
            bulletin__in=Bulletin.objects.visible_to(user), event__lead__in=Lead.objects.visible_to(user)
        )


class BulletinEvent(models.Model):
    """An event that a bulletin tells of, and whether its link was confirmed then: what may go stale."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, db_index=False, related_name="told_of")
    event = models.ForeignKey(LeadEvent, models.PROTECT, related_name="bulletin_events")
    confirmed = models.BooleanField()

    objects = BulletinEventQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bulletin", "event"], name="bulletin_event_once")]

    def __str__(self):
        return f"{self.event} in {self.bulletin}"
