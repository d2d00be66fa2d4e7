from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from leads.models.lead import Lead


class ClusterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those with a lead that the user sees, now or once: an old number says what became of it. One
        of which all leads but one wait for triage, out of the user's sight, is not there yet.
        """
        seen = Lead.objects.visible_to(user)
        member = ClusterLead.objects.filter(cluster=OuterRef("pk"), lead__in=seen)
        was = ClusterChange.objects.filter(cluster=OuterRef("pk"), lead__in=seen)
        inside = ClusterLead.objects.filter(cluster=OuterRef("pk"))
        out = Q(lead__desk=None) | Q(lead__desk__state="sent")
        known = inside.filter(out | Q(lead__in=seen)).order_by().values("cluster").annotate(n=Count("pk")).values("n")
        found = self.filter(Exists(member) | Exists(was)).annotate(known_leads=Coalesce(Subquery(known), 0))
        return found.exclude(known_leads=1)


class Cluster(models.Model):
    """The leads that are of one presumed gun, two or more. A lead that shares no specimen with another has none. Its
    number is kept for ever: one that was joined to another leads there, one that fell apart says so.
    """

    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="+", help_text="The center of the lead that came first."
    )
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    layout = models.JSONField(default=dict, help_text="Where a person put the nodes of the chart: {node: [x, y]}.")

    objects = ClusterQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(merged_into=F("id")), name="cluster_is_not_in_itself")]
        indexes = [models.Index(fields=["agency", "-changed_at", "-id"], name="cluster_agency_new")]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("cluster", args=[self.pk])

    @property
    def number(self):
        return f"GC-{self.pk}"


class SpecimenQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(event__lead__in=Lead.objects.visible_to(user))


class Specimen(models.Model):
    """Which exhibit a notice means by an event: what was compared. A test fire stands for its firearm, so that each of
    them is the same specimen.
    """

    event = models.ForeignKey("leads.LeadEvent", models.PROTECT, related_name="specimens")
    exhibit = models.ForeignKey("evidence.Exhibit", models.PROTECT, db_index=False, related_name="+")
    of = models.ForeignKey(
        "evidence.Exhibit", models.PROTECT, related_name="lead_specimens", help_text="Itself, or the gun that fired it."
    )

    objects = SpecimenQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "exhibit"], name="specimen_once_on_an_event")]

    def __str__(self):
        return f"{self.exhibit} on {self.event}"


class ClusterLeadQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))

    def out(self):
        """Those whose leads went out: what waits for triage is told of to nobody who does not see it."""
        return self.filter(Q(lead__desk=None) | Q(lead__desk__state="sent"))


class ClusterLead(models.Model):
    """A lead in its cluster, in one at most. Beside the lead and not in it: who works on one lead and who joins another
    to its cluster do not wait for each other.
    """

    lead = models.OneToOneField(Lead, models.PROTECT, primary_key=True, related_name="in_cluster")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="members")

    objects = ClusterLeadQuerySet.as_manager()

    def __str__(self):
        return f"{self.lead} in {self.cluster}"


class ClusterChangeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))


class ClusterChange(models.Model):
    """What happened to a cluster: written once. Those concerned are told by a task, which finds what is untold."""

    class Kind(models.TextChoices):
        JOINED = "joined", "Joined"
        LEFT = "left", "Left"
        MERGED = "merged", "Moved to another cluster"
        PARTED = "parted", "Parted into a cluster of its own"

    GROWS = (Kind.JOINED, Kind.MERGED)

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="changes")
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="cluster_changes")
    kind = models.CharField(max_length=8, choices=Kind)
    other = models.ForeignKey(Cluster, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    told_at = models.DateTimeField(null=True)

    objects = ClusterChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["joined", "left", "merged", "parted"]), name="cluster_change_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["merged", "parted"], other__isnull=False)
                | Q(kind__in=["joined", "left"], other=None),
                name="cluster_change_names_the_other",
            ),
        ]
        indexes = [models.Index(fields=["id"], condition=Q(told_at=None), name="cluster_change_untold")]

    def __str__(self):
        return f"{self.lead} {self.kind}"


class LeadPairQuerySet(models.QuerySet):
    def visible_to(self, user):
        seen = Lead.objects.visible_to(user)
        return self.filter(one__in=seen, other__in=seen)

    def joined(self):
        return self.filter(status=LeadPair.Status.JOINED)


class LeadPair(models.Model):
    """Two leads of which a person, or a notice, said that they are of one gun, or that they are not. What was said is
    taken back by saying so, and may be said again.
    """

    class Status(models.TextChoices):
        JOINED = "joined", "One gun"
        APART = "apart", "Not the same gun"
        TAKEN_BACK = "taken_back", "Taken back"

    TRANSITIONS = {
        Status.JOINED: {Status.TAKEN_BACK},
        Status.APART: {Status.TAKEN_BACK},
        Status.TAKEN_BACK: {Status.JOINED, Status.APART},
    }

    one = models.ForeignKey(Lead, models.PROTECT, related_name="+")
    other = models.ForeignKey(Lead, models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=Status, default=Status.JOINED)
    reason = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = LeadPairQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="lead_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="lead_pair_in_order"),
            models.CheckConstraint(
                condition=Q(status__in=["joined", "apart", "taken_back"]), name="lead_pair_status_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="lead_pair_has_a_reason"),
        ]

    def __str__(self):
        return f"{self.one} and {self.other}"

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
