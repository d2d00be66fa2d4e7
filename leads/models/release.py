"""What becomes of a version of a packet: sealed, released to named people, opened by them, taken back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from leads.models.lead import LeadEvent
from leads.models.packet import Packet, PacketVersion

PERSON = settings.AUTH_USER_MODEL
HASH = r"^[0-9a-f]{64}$"
# Retracted, and not acknowledged yet.
OWED = Q(due_at__isnull=False)


def _signed(name):
    """`name`_at and `name`_by stand together."""
    return Q(**{f"{name}_at": None, f"{name}_by": None}) | Q(
        **{f"{name}_at__isnull": False, f"{name}_by__isnull": False}
    )


class OfVersions(models.QuerySet):
    def visible_to(self, user):
        return self.filter(version__in=PacketVersion.objects.visible_to(user))


class OfPackets(models.QuerySet):
    def visible_to(self, user):
        return self.filter(packet__in=Packet.objects.visible_to(user))


class PacketSeal(models.Model):
    """The original of a built version under the center's signature. Its agency reads it; each recipient has a copy."""

    version = models.OneToOneField(PacketVersion, models.PROTECT, related_name="seal")
    pdf_sha256 = models.CharField(max_length=64, unique=True, help_text="Of the sealed pages, as in the vault.")
    pdf_size = models.PositiveIntegerField()
    items_sha256 = models.CharField(max_length=64, help_text="Of the list of all items with their hashes.")
    certificate = models.CharField(max_length=64, help_text="SHA-256 of the certificate that it was sealed with.")
    timed = models.BooleanField(help_text="Whether an authority for time stamped it.")
    sealed_at = models.DateTimeField()
    sealed_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = OfVersions.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(pdf_sha256__regex=HASH, items_sha256__regex=HASH, certificate__regex=HASH),
                name="packet_seal_has_hashes",
            )
        ]

    def __str__(self):
        return f"Seal of {self.version}"


class PacketEvent(models.Model):
    """An event that a version tells of, and whether its link was confirmed then: what may be taken back since."""

    version = models.ForeignKey(PacketVersion, models.PROTECT, db_index=False, related_name="told_of")
    event = models.ForeignKey(LeadEvent, models.PROTECT, related_name="packet_events")
    confirmed = models.BooleanField()

    objects = OfVersions.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "event"], name="packet_event_once")]

    def __str__(self):
        return f"{self.event} in {self.version}"


class PacketRetraction(models.Model):
    """A version that is not to be relied on, and why."""

    version = models.OneToOneField(PacketVersion, models.PROTECT, related_name="retraction")
    why = models.CharField(max_length=300)
    retracted_at = models.DateTimeField()
    retracted_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = OfVersions.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="packet_retraction_says_why")]

    def __str__(self):
        return f"{self.version} retracted"


class PacketUnmasking(models.Model):
    """A name that is masked by default and stands in the versions of one packet from then on, by whom and why."""

    packet = models.ForeignKey(Packet, models.PROTECT, db_index=False, related_name="unmaskings")
    person = models.ForeignKey("leads.Entity", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    unmasked_at = models.DateTimeField()
    unmasked_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = OfPackets.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["packet", "person"], name="packet_unmasked_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="packet_unmasking_says_why"),
        ]

    def __str__(self):
        return f"{self.person} in {self.packet}"


class PacketReleaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whom it is released to, as long as they are of that office, and who makes packets for the agency it is of."""
        got = Q(to=user, office__in=access.agencies_with(user, Permission.PACKET_VIEW))
        return self.filter(got | Q(source__in=access.agencies_with(user, Permission.PACKET_MAKE)))

    def unmade(self):
        """Copies to prepare, or to give up where their version failed. What was revoked before reaches nobody, and what
        is not built yet waits for that.
        """
        over = (PacketVersion.State.BUILT, PacketVersion.State.FAILED)
        return self.filter(state=PacketRelease.State.PREPARING, revoked_at=None, version__state__in=over)

    def unbagged(self):
        return self.filter(state=PacketRelease.State.READY, bag__isnull=True, bag_why="")


class PacketRelease(models.Model):
    """A version in the hands of one person of an office until a day: a copy with their name on every page."""

    class State(models.TextChoices):
        PREPARING = "preparing", "Being prepared"
        READY = "ready", "Ready"
        FAILED = "failed", "Not prepared"

    TRANSITIONS = {
        State.PREPARING: {State.READY, State.FAILED},
        State.READY: set(),
        State.FAILED: {State.PREPARING},
    }

    version = models.ForeignKey(PacketVersion, models.PROTECT, db_index=False, related_name="releases")
    source = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    office = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    to = models.ForeignKey(PERSON, models.PROTECT, db_index=False, related_name="+")
    duty = models.CharField(max_length=10)
    letter = models.TextField(max_length=4000, blank=True, help_text="The letter that goes before the pages.")
    files = models.JSONField(default=list, help_text="Files that go along: [{file, name, sha256, size}].")
    ends_at = models.DateTimeField(help_text="When the link ends: the end of a day of the office.")
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING)
    failed_why = models.CharField(max_length=300, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    copy_sha256 = models.CharField(max_length=64, blank=True, help_text="Of the copy of this person, in the vault.")
    copy_size = models.PositiveIntegerField(null=True)
    ready_at = models.DateTimeField(null=True)
    bag = models.JSONField(null=True, help_text="Tag files of the bag of the copy, and their signature: {name: text}.")
    bag_why = models.CharField(max_length=300, blank=True, help_text="Why no bag can be made.")
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    received_at = models.DateTimeField(null=True)
    received_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    revoked_why = models.CharField(max_length=300, blank=True)
    warned_at = models.DateTimeField(null=True, help_text="When they were told not to rely on it.")
    due_at = models.DateTimeField(null=True, help_text="By when they acknowledge that.")
    heeded_at = models.DateTimeField(null=True)
    heeded_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    escalated_at = models.DateTimeField(null=True)

    objects = PacketReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-released_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["preparing", "ready", "failed"]), name="packet_release_state_known"
            ),
            models.CheckConstraint(
                condition=Q(duty__in=["none", "brady", "giglio", "rule16", "jencks"]), name="packet_release_duty_known"
            ),
            models.CheckConstraint(
                condition=Q(state="ready", ready_at__isnull=False, copy_size__gte=1, copy_sha256__regex=HASH)
                | (~Q(state="ready") & Q(ready_at=None, copy_size=None, copy_sha256="")),
                name="packet_release_ready_has_its_copy",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(failed_why="")) | (~Q(state="failed") & Q(failed_why="")),
                name="packet_release_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(bag__isnull=True, bag_why="") | (Q(state="ready") & (Q(bag__isnull=True) | Q(bag_why=""))),
                name="packet_release_bag_of_its_copy",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("released_at")), name="packet_release_ends_after_it_began"
            ),
            models.CheckConstraint(condition=_signed("received"), name="packet_release_received_at_and_by"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_why="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_why="")),
                name="packet_release_revoked_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(heeded_at=None, heeded_by=None) | Q(heeded_at__isnull=False, heeded_by__isnull=False),
                name="packet_release_heeded_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(warned_at=None, due_at=None, heeded_at=None, escalated_at=None)
                | Q(warned_at__isnull=False, due_at__isnull=False, heeded_at=None)
                | Q(warned_at__isnull=False, due_at=None, heeded_at__isnull=False),
                name="packet_release_warned_until_heeded",
            ),
            models.UniqueConstraint(
                fields=["version", "to"], condition=Q(revoked_at=None), name="packet_released_once_to_one"
            ),
        ]
        indexes = [
            models.Index(F("to"), F("office"), F("released_at").desc(), F("id").desc(), name="packet_release_to_at"),
            models.Index(F("source"), F("released_at").desc(), F("id").desc(), name="packet_release_source_new"),
            models.Index(F("due_at"), F("id"), condition=OWED, name="packet_release_owed"),
            models.Index(fields=["to", "office", "released_at", "id"], condition=OWED, name="packet_release_to_owed"),
            models.Index(fields=["source", "released_at", "id"], condition=OWED, name="packet_release_source_owed"),
            # Those that were revoked as well, of which the constraint knows nothing.
            models.Index(fields=["version"], name="packet_release_version"),
            models.Index(fields=["id"], condition=Q(state="preparing"), name="packet_release_to_make"),
            models.Index(
                fields=["id"], condition=Q(state="ready", bag__isnull=True, bag_why=""), name="packet_release_to_bag"
            ),
            models.Index(fields=["copy_sha256"], condition=~Q(copy_sha256=""), name="packet_release_copy"),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.version.packet.number} version {self.version.version}"

    def get_absolute_url(self):
        return reverse("packet_release", args=[self.pk])

    def can_move_to(self, state):
        return state in self.TRANSITIONS[self.State(self.state)]
