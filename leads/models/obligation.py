from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce

from agencies.models import Membership
from agencies.roles import Permission, roles_with
from leads.models.lead import Lead


class ObligationQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))

    def open(self):
        return self.filter(state__in=Obligation.OPEN)

    def with_deciders(self):
        """Asked once for a whole list, what a policy else asks for each."""
        proposer = Coalesce(OuterRef("proposed_by"), 0)
        return self.annotate(has_decider=Exists(deciders(OuterRef("agency"), proposer)))


def deciders(agency, proposer):
    """Memberships of those who may decide in an agency on a closing that `proposer` proposed."""
    decide = roles_with(Permission.OBLIGATION_APPROVE)
    return Membership.objects.active().filter(agency=agency, role__in=decide).exclude(user=proposer)


class Obligation(models.Model):
    """What one agency owes on one lead, from the notice to an outcome. Each state runs a clock in the agency's
    working time.
    """

    class State(models.TextChoices):
        SENT = "sent", "Sent"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        ASSIGNED = "assigned", "Assigned"
        IN_PROGRESS = "in_progress", "In progress"
        PROPOSED = "proposed", "Closing proposed"
        CLOSED = "closed", "Closed"
        RETURNED = "returned", "Returned"

    class Outcome(models.TextChoices):
        ARREST_MADE = "arrest_made", "Arrest made"
        ARREST_WARRANT = "arrest_warrant", "Arrest warrant issued"
        SUSPECT_IDENTIFIED_NO_CHARGE = "suspect_identified_no_charge", "Suspect identified, no charge"
        SUSPECT_ALREADY_IN_CUSTODY = "suspect_already_in_custody", "Suspect already in custody"
        SUSPECT_DECEASED = "suspect_deceased", "Suspect deceased"
        FIREARM_RECOVERED = "firearm_recovered", "Firearm recovered"
        CASE_LINKED_INTEL_ONLY = "case_linked_intel_only", "Cases linked, intelligence only"
        EXCEPTIONALLY_CLEARED = "exceptionally_cleared", "Exceptionally cleared"
        REFERRED_OTHER_AGENCY = "referred_other_agency", "Referred to another agency"
        REFERRED_FEDERAL = "referred_federal", "Referred for federal prosecution"
        VICTIM_UNCOOPERATIVE = "victim_uncooperative", "Victim or witness does not cooperate"
        EXHAUSTED_NO_SUSPECT = "exhausted_no_suspect", "Exhausted, no suspect"
        LEAD_NOT_CONFIRMED = "lead_not_confirmed", "Lead not confirmed or withdrawn"
        DUPLICATE = "duplicate", "Duplicate"
        NO_INVESTIGATIVE_VALUE = "no_investigative_value", "No investigative value"

    class ReturnReason(models.TextChoices):
        WRONG_AGENCY = "wrong_agency", "Not our case"
        NO_SUCH_CASE = "no_such_case", "We have no such case number"
        OTHER_JURISDICTION = "other_jurisdiction", "Another agency has jurisdiction"
        DUPLICATE = "duplicate", "We hold this already under another lead"
        WITHDRAWN = "withdrawn", "The notice was withdrawn"

    # What an agency gives as its reason; the last is said by who takes back a file of notices alone.
    OWN_REASONS = ReturnReason.choices[:-1]
    OPEN = (State.SENT, State.ACKNOWLEDGED, State.ASSIGNED, State.IN_PROGRESS, State.PROPOSED)
    TRANSITIONS = {
        State.SENT: {State.ACKNOWLEDGED, State.ASSIGNED, State.RETURNED},
        State.ACKNOWLEDGED: {State.ASSIGNED, State.RETURNED},
        State.ASSIGNED: {State.ASSIGNED, State.IN_PROGRESS, State.RETURNED},
        State.IN_PROGRESS: {State.ASSIGNED, State.IN_PROGRESS, State.PROPOSED, State.RETURNED},
        State.PROPOSED: {State.CLOSED, State.IN_PROGRESS, State.RETURNED},
        State.CLOSED: {State.SENT},
        State.RETURNED: {State.SENT},
    }
    STAGES = {
        State.SENT: "acknowledge",
        State.ACKNOWLEDGED: "assign",
        State.ASSIGNED: "start",
        State.IN_PROGRESS: "update",
        State.PROPOSED: "approve",
    }
    LEVELS = ("due_soon", "overdue", "supervisor", "commander", "coordinator")

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="obligations")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="obligations")
    state = models.CharField(max_length=12, choices=State, default=State.SENT)
    priority = models.PositiveSmallIntegerField(default=3)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="obligations")
    investigator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="obligations")
    partner = models.ForeignKey(
        "agencies.Agency",
        models.PROTECT,
        null=True,
        related_name="partner_obligations",
        help_text="Whose person the investigator is, if of another agency on the lead.",
    )
    asked = models.CharField(
        max_length=300,
        blank=True,
        default="",
        db_default="",
        help_text="Why the center asked an agency without an event of its own to take part.",
    )
    sent_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField(null=True)
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    last_activity_at = models.DateTimeField(null=True)
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=32, choices=Outcome, blank=True)
    named_outcome = models.ForeignKey(
        "leads.Outcome", models.PROTECT, null=True, related_name="obligations", help_text="Which arrest, which gun."
    )
    usefulness = models.PositiveSmallIntegerField(null=True, help_text="1 no help to 5 decisive.")
    closing_note = models.CharField(max_length=500, blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    return_reason = models.CharField(max_length=20, choices=ReturnReason, blank=True)
    # The clock of the current stage, computed once when the stage began, so that a calendar edited later moves
    # nothing already promised.
    stage_started_at = models.DateTimeField()
    steps = ArrayField(
        models.DateTimeField(), null=True, help_text="Due soon, due, supervisor, commander, coordinator."
    )
    due_at = models.DateTimeField(null=True)
    receipt = models.JSONField(default=list, help_text="The sum that led to the due time: [label, value] lines.")
    level = models.PositiveSmallIntegerField(default=0, help_text="Steps of this stage already taken, 0 to 5.")
    next_step_at = models.DateTimeField(null=True)
    # Of this stage's last pause: `due_at` reckons with all of it, so that what stands still is not late.
    paused_at = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    extra_minutes = models.PositiveIntegerField(default=0, db_default=0, help_text="By which this stage was extended.")
    stale_at = models.DateTimeField(null=True, help_text="Since when it is marked: nothing was done for days.")

    objects = ObligationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lead", "agency"], name="obligation_once_per_agency"),
            models.CheckConstraint(
                condition=Q(
                    state__in=["sent", "acknowledged", "assigned", "in_progress", "proposed", "closed", "returned"]
                ),
                name="obligation_state_known",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{verb}_at": None, f"{verb}_by": None})
                    | Q(**{f"{verb}_at__isnull": False, f"{verb}_by__isnull": False}),
                    name=f"obligation_{verb}_at_and_by",
                )
                for verb in ("acknowledged", "assigned", "started", "proposed", "closed", "returned")
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(closed_at__isnull=False, usefulness__isnull=False) & ~Q(outcome="")),
                name="obligation_closes_with_outcome",
            ),
            models.CheckConstraint(
                condition=Q(named_outcome=None)
                | Q(
                    outcome__in=["arrest_made", "arrest_warrant", "firearm_recovered"], state__in=["proposed", "closed"]
                ),
                name="obligation_names_an_outcome_at_its_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed", outcome__in=["arrest_made", "arrest_warrant", "firearm_recovered"])
                | Q(named_outcome__isnull=False),
                name="obligation_yields_by_name",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | (Q(returned_at__isnull=False) & ~Q(return_reason="")),
                name="obligation_returns_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "returned"], due_at=None, steps=None, next_step_at=None)
                | (
                    Q(state__in=["sent", "acknowledged", "assigned", "in_progress", "proposed"])
                    & Q(due_at__isnull=False, steps__len=5)
                ),
                name="obligation_open_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["assigned", "in_progress", "proposed"]) | Q(investigator__isnull=False),
                name="obligation_worked_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(partner=None) | Q(investigator__isnull=False) & ~Q(partner=F("agency")),
                name="obligation_partner_lends_somebody",
            ),
            models.CheckConstraint(
                condition=Q(usefulness=None) | Q(usefulness__gte=1, usefulness__lte=5),
                name="obligation_usefulness_1_to_5",
            ),
            models.CheckConstraint(condition=Q(level__lte=5), name="obligation_level_to_5"),
            models.CheckConstraint(
                condition=Q(paused_at=None, paused_until=None)
                | Q(paused_at__isnull=False, paused_until__gte=F("paused_at"), due_at__gte=F("paused_until")),
                name="obligation_paused_is_not_late",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=False) | Q(extra_minutes=0, stale_at=None),
                name="obligation_over_is_not_stale",
            ),
            models.CheckConstraint(condition=Q(priority__gte=1, priority__lte=3), name="obligation_priority_1_to_3"),
        ]
        indexes = [
            models.Index(
                fields=["agency", "due_at", "id"], condition=Q(due_at__isnull=False), name="obligation_agency_due"
            ),
            models.Index(
                fields=["investigator", "due_at", "id"],
                condition=Q(due_at__isnull=False),
                name="obligation_investigator_due",
            ),
            # The parts of one lead whose steps fall due together go up together, so that nobody hears of it twice.
            models.Index(
                fields=["next_step_at", "lead", "id"],
                condition=Q(next_step_at__isnull=False),
                name="obligation_next_steps",
            ),
            models.Index(fields=["agency", "sent_at"], name="obligation_agency_sent"),
            models.Index(
                fields=["agency", "paused_until"], condition=Q(paused_until__isnull=False), name="obligation_paused"
            ),
            models.Index(
                fields=["agency", "-closed_at"], condition=Q(closed_at__isnull=False), name="obligation_agency_closed"
            ),
            models.Index(
                fields=["closed_at"],
                condition=Q(state="closed", outcome__in=["arrest_made", "arrest_warrant", "firearm_recovered"]),
                name="obligation_yielded",
            ),
        ]

    def __str__(self):
        return f"{self.lead} {self.agency.code}"

    def get_absolute_url(self):
        return f"{self.lead.get_absolute_url()}#obligation-{self.pk}"

    @property
    def is_open(self):
        return self.state in self.OPEN

    @property
    def is_stranded(self):
        """Owed by an agency that takes no part any more: nobody there can take a step."""
        return self.is_open and not self.agency.is_active

    def is_paused(self, now):
        return self.paused_until is not None and now < self.paused_until

    @property
    def stage(self):
        return self.STAGES.get(self.State(self.state), "")

    def can_move_to(self, state):
        return state in self.TRANSITIONS[self.State(self.state)]


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(obligation__in=Obligation.objects.visible_to(user))


class Assignment(models.Model):
    """Who had an obligation from when to when."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="assignments")
    investigator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["obligation"], condition=Q(ended_at=None), name="assignment_one_at_a_time")
        ]

    def __str__(self):
        return f"{self.investigator} from {self.assigned_at:%Y-%m-%d}"
