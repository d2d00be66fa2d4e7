"""Packets for a prosecutor or a court: what was on record at one moment, set as pages, version by version."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission

PERSON = settings.AUTH_USER_MODEL


class PacketQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The agency that makes it."""
        return self.filter(agency__in=access.agencies_with(user, Permission.PACKET_VIEW))


class Packet(models.Model):
    """What an agency puts together from one lead and its presumed gun, for one purpose. What it says stands in its
    versions.
    """

    class Purpose(models.TextChoices):
        SCREENING = "screening", "Screening"
        CHARGING = "charging", "Charging"
        DISCOVERY = "discovery", "Discovery"
        TRIAL = "trial", "Trial"

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    lead = models.ForeignKey("leads.Lead", models.PROTECT, related_name="packets")
    referral = models.ForeignKey("leads.Referral", models.PROTECT, null=True, related_name="packets")
    purpose = models.CharField(max_length=12, choices=Purpose)
    title = models.CharField(max_length=120)
    bates_prefix = models.CharField(max_length=16, help_text="What the number of every page begins with.")
    summary = models.TextField(max_length=4000, blank=True, help_text="The maker's own words.")
    sections = ArrayField(models.CharField(max_length=12), help_text="What the next version is made of.")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(PERSON, models.PROTECT, db_index=False, related_name="+")

    objects = PacketQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["screening", "charging", "discovery", "trial"]), name="packet_purpose_known"
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(bates_prefix=""), name="packet_says"),
            models.CheckConstraint(condition=Q(sections__len__gt=0), name="packet_has_a_section"),
        ]
        indexes = [
            models.Index(F("agency"), F("created_at").desc(), F("id").desc(), name="packet_agency_new"),
            models.Index(
                F("agency"), F("purpose"), F("created_at").desc(), F("id").desc(), name="packet_agency_purpose"
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("packet", args=[self.pk])

    @property
    def number(self):
        return f"PK-{self.pk}"


class PacketVersionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(packet__in=Packet.objects.visible_to(user))

    def unbuilt(self):
        return self.filter(state__in=[PacketVersion.State.QUEUED, PacketVersion.State.BUILDING])


class PacketVersion(models.Model):
    """A packet as it was at one moment: what was on record (`snapshot`, kept by a trigger), and the pages that a worker
    sets from nothing else.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting to be built"
        BUILDING = "building", "Being built"
        BUILT = "built", "Built"
        FAILED = "failed", "Not built"

    TRANSITIONS = {
        State.QUEUED: {State.BUILDING},
        State.BUILDING: {State.BUILT, State.FAILED, State.QUEUED},
        State.BUILT: set(),
        State.FAILED: {State.QUEUED},
    }

    packet = models.ForeignKey(Packet, models.PROTECT, db_index=False, related_name="versions")
    version = models.PositiveSmallIntegerField()
    as_of = models.DateTimeField(help_text="What was on record at this moment.")
    sections = ArrayField(models.CharField(max_length=12))
    snapshot = models.JSONField(help_text="What was on record: leads.packets.snapshot.")
    snapshot_sha256 = models.CharField(max_length=64, help_text="Of its canonical form.")
    state = models.CharField(max_length=8, choices=State, default=State.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0, help_text="Percent.")
    failed_why = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(null=True, help_text="When a worker last took it up.")
    pages = models.PositiveIntegerField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the pages, as they lie in the vault.")
    pdf_size = models.PositiveIntegerField(null=True)
    built_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = PacketVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["packet", "version"], name="packet_version_once"),
            models.CheckConstraint(condition=Q(version__gte=1), name="packet_version_from_one"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "building", "built", "failed"]), name="packet_state_known"
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="packet_progress_percent"),
            models.CheckConstraint(
                condition=(Q(state="built", built_at__isnull=False, pages__gte=1, pdf_size__gte=1, progress=100)
                           & Q(pdf_sha256__regex=r"^[0-9a-f]{64}$"))
                | (~Q(state="built") & Q(built_at=None, pages=None, pdf_size=None, pdf_sha256="")),
                name="packet_built_has_pages",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(failed_why="")) | (~Q(state="failed") & Q(failed_why="")),
                name="packet_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="queued") | Q(begun_at__isnull=False), name="packet_begun_before_built"
            ),
            models.CheckConstraint(
                condition=Q(snapshot_sha256__regex=r"^[0-9a-f]{64}$"), name="packet_snapshot_has_its_hash"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=["queued", "building"]), name="packet_to_build"),
        ]

    def __str__(self):
        return f"{self.packet}, version {self.version}"

    def get_absolute_url(self):
        return reverse("packet_version", args=[self.pk])

    def can_move_to(self, state):
        return state in self.TRANSITIONS[self.State(self.state)]
