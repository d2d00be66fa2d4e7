from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from leads import weights
from leads.models.lead import Lead


class ScoreTableQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(agency__in=access.agencies_with(user, Permission.LEAD_TRIAGE))

    def agreed(self):
        return self.filter(state__in=[ScoreTable.State.AGREED, ScoreTable.State.SUPERSEDED])


class ScoreTable(models.Model):
    """One version of a center's table of weights. Version 1 is built in and has no row. A second person puts a draft
    in force from a time on; from then it never changes.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        AGREED = "agreed", "In force"
        SUPERSEDED = "superseded", "Superseded"
        DISCARDED = "discarded", "Discarded"

    TRANSITIONS = {
        State.DRAFT: {State.AGREED, State.DISCARDED},
        State.AGREED: {State.SUPERSEDED},
        State.SUPERSEDED: set(),
        State.DISCARDED: set(),
    }

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    version = models.PositiveSmallIntegerField()
    points = models.JSONField(help_text="{key of leads.weights.LINES: points}.")
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    reason = models.CharField(max_length=300, help_text="Why the weights are to change.")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    in_force_from = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)
    rescored_at = models.DateTimeField(null=True, help_text="When the last open lead was scored by it.")

    objects = ScoreTableQuerySet.as_manager()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "version"], name="score_table_version_once"),
            models.UniqueConstraint(fields=["agency"], condition=Q(state="draft"), name="score_table_one_draft"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "agreed", "superseded", "discarded"]), name="score_table_state_known"
            ),
            models.CheckConstraint(condition=Q(version__gte=2), name="score_table_after_the_built_in"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "discarded"], agreed_at=None, agreed_by=None, in_force_from=None)
                | Q(
                    state__in=["agreed", "superseded"],
                    agreed_at__isnull=False,
                    agreed_by__isnull=False,
                    in_force_from__gte=F("agreed_at"),
                ),
                name="score_table_agreed_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(agreed_by=F("drafted_by")), name="score_table_agreed_by_another"),
            models.CheckConstraint(
                condition=Q(state="superseded", superseded_at__isnull=False)
                | (~Q(state="superseded") & Q(superseded_at=None)),
                name="score_table_superseded_at",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="score_table_has_a_reason"),
        ]

    def __str__(self):
        return f"Version {self.version}"

    def get_absolute_url(self):
        return reverse("score_table", args=[self.pk])

    def can_move_to(self, state):
        return state in self.TRANSITIONS[self.State(self.state)]

    @property
    def table(self):
        return weights.Table(self.version, self.points)


class OfLeads(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))


class LeadScore(models.Model):
    """A score that a lead had before the one it has now: what it said, by which version, of what was known when.
    Written by a trigger when it is replaced by another, and never changed.
    """

    lead = models.ForeignKey(Lead, models.PROTECT, db_index=False, related_name="scores")
    version = models.PositiveSmallIntegerField()
    score = models.PositiveSmallIntegerField()
    reasons = models.JSONField()
    inputs = models.JSONField()
    as_of = models.DateTimeField()
    until = models.DateTimeField(help_text="When another one took its place.")

    objects = OfLeads.as_manager()

    class Meta:
        indexes = [models.Index(fields=["lead", "-as_of"], name="lead_score_lead")]

    def __str__(self):
        return f"{self.score}, version {self.version}"


class LeadFlag(models.Model):
    """Something to work with that the portal does not hold itself, as an analyst has it from a source. It counts in the
    score until it is taken back, and stays on record.
    """

    class Kind(models.TextChoices):
        NAMED_PERSON = "named_person", "Person named"
        VIDEO = "video", "Video"
        LPR = "lpr", "License plate reads"
        GUNSHOT = "gunshot", "Gunshot detection data"
        SUPERVISION = "supervision", "Under supervision"
        RECOVERED = "recovered", "Gun recovered elsewhere"

    lead = models.ForeignKey(Lead, models.PROTECT, db_index=False, related_name="flags")
    kind = models.CharField(max_length=14, choices=Kind)
    source = models.CharField(max_length=200, help_text="Who or what says so: report number, agency, system.")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = OfLeads.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "kind"], condition=Q(withdrawn_at=None), name="lead_flag_once_per_kind"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="lead_flag_withdrawn_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="lead_flag_has_a_source"),
        ]
        indexes = [models.Index(fields=["lead", "set_at"], name="lead_flag_lead")]

    def __str__(self):
        return self.get_kind_display()
