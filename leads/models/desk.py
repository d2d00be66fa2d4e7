from django.conf import settings
from django.db import models
from django.db.models import F, Q

from agencies import access
from agencies.roles import Permission
from leads.models.lead import Lead


class TriageRule(models.Model):
    """Whether a center looks at a lead before it goes to the agencies. Without a row it goes out at once."""

    agency = models.OneToOneField("agencies.Agency", models.PROTECT, primary_key=True, related_name="+")
    first = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self):
        return "Triage first" if self.first else "Sent at once"


class DeskItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(agency__in=access.agencies_with(user, Permission.LEAD_TRIAGE))


class DeskItem(models.Model):
    """A lead on the analyst's desk, before its agencies are told. Until it is sent nobody owes on it, and once it is
    sent it never comes back here: the database holds both. A lead that went out at once has no such row.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "To triage"
        ACCEPTED = "accepted", "Accepted"
        DEFERRED = "deferred", "Deferred"
        PROPOSED = "proposed", "Decline proposed"
        DECLINED = "declined", "Declined"
        SENT = "sent", "Sent"

    class Why(models.TextChoices):
        DUPLICATE = "duplicate", "Duplicate of another lead"
        NO_AGENCY = "no_agency", "No agency of this center has jurisdiction"
        NOTHING_LEFT = "nothing_left", "Cases closed, nothing left to work"
        ERROR = "error", "Notice in error"

    TRANSITIONS = {
        State.WAITING: {State.ACCEPTED, State.SENT, State.DEFERRED, State.PROPOSED},
        State.ACCEPTED: {State.SENT, State.DEFERRED, State.PROPOSED},
        State.DEFERRED: {State.WAITING, State.ACCEPTED, State.SENT, State.DEFERRED, State.PROPOSED},
        State.PROPOSED: {State.DECLINED, State.WAITING},
        State.DECLINED: {State.WAITING},
        State.SENT: set(),
    }
    UNDECIDED = (State.WAITING, State.ACCEPTED, State.DEFERRED)

    lead = models.OneToOneField(Lead, models.PROTECT, primary_key=True, related_name="desk")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    score = models.PositiveSmallIntegerField(default=0, help_text="The lead's own; kept by a trigger.")
    came_at = models.DateTimeField(help_text="When it came here, or came back.")
    until_on = models.DateField(null=True, help_text="The day a deferred lead comes back.")
    why = models.CharField(max_length=12, choices=Why, blank=True)
    note = models.CharField(max_length=300, blank=True)
    twin = models.ForeignKey(Lead, models.PROTECT, null=True, related_name="+", help_text="Of which it is a duplicate.")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    deferred_at = models.DateTimeField(null=True)
    deferred_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DeskItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "accepted", "deferred", "proposed", "declined", "sent"]),
                name="desk_state_known",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{verb}_at": None, f"{verb}_by": None})
                    | Q(**{f"{verb}_at__isnull": False, f"{verb}_by__isnull": False}),
                    name=f"desk_{verb}_at_and_by",
                )
                for verb in ("accepted", "proposed", "reviewed", "deferred", "sent")
            ),
            models.CheckConstraint(
                condition=Q(state="deferred", until_on__isnull=False, deferred_at__isnull=False)
                | (~Q(state="deferred") & Q(until_on=None)),
                name="desk_deferred_to_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "declined"]) | (Q(proposed_at__isnull=False) & ~Q(why="")),
                name="desk_declined_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(reviewed_at__isnull=False), name="desk_declined_by_two"
            ),
            models.CheckConstraint(condition=~Q(reviewed_by=F("proposed_by")), name="desk_reviewed_by_another"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
                name="desk_sent_when_sent",
            ),
            models.CheckConstraint(
                condition=~Q(why="duplicate", state__in=["proposed", "declined"]) | Q(twin__isnull=False),
                name="desk_duplicate_of_something",
            ),
            models.CheckConstraint(condition=~Q(twin=F("lead")), name="desk_twin_is_another"),
        ]
        indexes = [
            models.Index("agency", "state", F("score").desc(), F("lead").desc(), name="desk_agency_score"),
            models.Index(fields=["until_on"], condition=Q(state="deferred"), name="desk_comes_back"),
        ]

    def __str__(self):
        return str(self.lead)

    def can_move_to(self, state):
        return state in self.TRANSITIONS[self.State(self.state)]
