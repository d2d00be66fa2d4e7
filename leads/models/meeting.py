from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from leads.models.lead import Lead

PERSON = settings.AUTH_USER_MODEL
AGENCY = "agencies.Agency"


class MeetingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The center that holds it and the agencies it invites; what each sees of an item is for the item."""
        own = access.agencies_with(user, Permission.LEAD_VIEW)
        invited = Invited.objects.filter(meeting=OuterRef("pk"), agency_id__in=own)
        return self.filter(Q(agency_id__in=own) | Q(Exists(invited))) if own else self.none()


class Meeting(models.Model):
    """A review of leads that a center holds with its agencies. Its agenda is built when it is opened, and nothing of it
    changes once the chair has closed it.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", "Planned"
        OPEN = "open", "Open"
        CLOSED = "closed", "Closed"
        CANCELED = "canceled", "Canceled"

    TRANSITIONS = {
        Status.PLANNED: {Status.OPEN, Status.CANCELED},
        Status.OPEN: {Status.CLOSED},
        Status.CLOSED: set(),
        Status.CANCELED: set(),
    }

    agency = models.ForeignKey(AGENCY, models.PROTECT, db_index=False, related_name="+", help_text="The center.")
    held_at = models.DateTimeField()
    where = models.CharField(max_length=120, blank=True)
    chair = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    status = models.CharField(max_length=8, choices=Status, default=Status.PLANNED)
    since = models.DateTimeField(null=True, help_text="From when on what came in was new, as the agenda was built.")
    left_out = models.JSONField(default=dict, help_text="By rule, how many leads did not fit on the agenda.")
    summary = models.CharField(max_length=2000, blank=True, help_text="The chair's words at the end.")
    planned_at = models.DateTimeField()
    planned_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["planned", "open", "closed", "canceled"]), name="meeting_status_known"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None, status__in=["planned", "canceled"])
                | Q(opened_at__isnull=False, opened_by__isnull=False, status__in=["open", "closed"]),
                name="meeting_opened_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None, status__in=["planned", "open"])
                | Q(ended_at__isnull=False, ended_by__isnull=False, status__in=["closed", "canceled"]),
                name="meeting_ended_at_and_by",
            ),
            models.UniqueConstraint(fields=["agency"], condition=Q(status="open"), name="meeting_one_is_open"),
        ]
        indexes = [models.Index(fields=["agency", "-held_at", "-id"], name="meeting_agency_new")]

    def __str__(self):
        return f"Lead review {self.held_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("meeting", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]


class InvitedQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(meeting__in=Meeting.objects.visible_to(user))


class Invited(models.Model):
    """An agency asked to a meeting."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, db_index=False, related_name="invited")
    agency = models.ForeignKey(AGENCY, models.PROTECT, related_name="+")

    objects = InvitedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "invited"
        constraints = [models.UniqueConstraint(fields=["meeting", "agency"], name="invited_once")]

    def __str__(self):
        return self.agency.code


class AgendaItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of a meeting that a person may see, the leads that they may see."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user), lead__in=Lead.objects.visible_to(user))

    def standing(self):
        return self.filter(removed_at=None)


class AgendaItem(models.Model):
    """One lead on an agenda, and why it is there: by rules, or by somebody's word."""

    class Reason(models.TextChoices):
        CARRIED = "carried", "Action items not done"
        OVERDUE = "overdue", "Overdue"
        UNACKNOWLEDGED = "unacknowledged", "Not acknowledged"
        REFERRAL = "referral", "Ready for referral"
        GUN = "gun", "Gun recovered"
        LINE = "line", "Three events or more"
        NEW = "new", "New"
        ADDED = "added", "Added by hand"

    meeting = models.ForeignKey(Meeting, models.PROTECT, db_index=False, related_name="items")
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="agenda_items")
    place = models.PositiveSmallIntegerField()
    reasons = models.JSONField(help_text="Why it is there: [rule, words].")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    removed_why = models.CharField(max_length=200, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "lead"], name="agenda_lead_once"),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removed_why="")
                | Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_why=""),
                name="agenda_removed_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(reasons=[]), name="agenda_item_says_why"),
        ]

    def __str__(self):
        return str(self.lead)

    def get_absolute_url(self):
        return reverse("agenda_item", args=[self.pk])


class DecisionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(item__in=AgendaItem.objects.visible_to(user))


class Decision(models.Model):
    """What a meeting decided on one lead: written once."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    text = models.CharField(max_length=500)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+", help_text="Who wrote it down.")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="decision_says_what")]

    def __str__(self):
        return self.text


class ActionItemQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The agency that has to do it and who sees the meeting; of both, those who see the lead."""
        own = access.agencies_with(user, Permission.LEAD_VIEW)
        meetings = Meeting.objects.visible_to(user).filter(pk=OuterRef("meeting"))
        found = self.filter(Q(agency_id__in=own) | Q(Exists(meetings)))
        return found.filter(lead__in=Lead.objects.visible_to(user))

    def open(self):
        return self.filter(status=ActionItem.Status.OPEN)


class ActionItem(models.Model):
    """What somebody has to do by a day since a meeting decided it. Its clock runs in the working time of the owner's
    agency, and it stands on each meeting until it is done.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    TRANSITIONS = {Status.OPEN: {Status.DONE, Status.DROPPED}, Status.DONE: set(), Status.DROPPED: set()}

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="actions")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="actions")
    lead = models.ForeignKey(Lead, models.PROTECT, related_name="action_items")
    center = models.ForeignKey(AGENCY, models.PROTECT, db_index=False, related_name="+")
    agency = models.ForeignKey(AGENCY, models.PROTECT, db_index=False, related_name="+", help_text="The owner's.")
    owner = models.ForeignKey(PERSON, models.PROTECT, db_index=False, related_name="+")
    what = models.CharField(max_length=300)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    # Computed once, as a calendar edited later moves nothing already promised.
    soon_at = models.DateTimeField()
    due_at = models.DateTimeField()
    level = models.PositiveSmallIntegerField(default=0, help_text="Told of: 1 due soon, 2 overdue.")
    next_step_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    result = models.CharField(max_length=500, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["open", "done", "dropped"]), name="action_status_known"),
            models.CheckConstraint(
                condition=Q(status="open", ended_at=None, ended_by=None, result="")
                | Q(status__in=["done", "dropped"], ended_at__isnull=False, ended_by__isnull=False, next_step_at=None)
                & ~Q(result=""),
                name="action_ended_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="action_says_what"),
            models.CheckConstraint(condition=Q(soon_at__lt=models.F("due_at")), name="action_due_soon_before_due"),
            models.CheckConstraint(condition=Q(level__lte=2), name="action_level_to_2"),
        ]
        indexes = [
            models.Index(fields=["owner", "due_at", "id"], condition=Q(status="open"), name="action_owner_due"),
            models.Index(fields=["agency", "due_at", "id"], condition=Q(status="open"), name="action_agency_due"),
            models.Index(fields=["center", "due_at", "id"], condition=Q(status="open"), name="action_center_due"),
            models.Index(fields=["owner", "-ended_at", "-id"], name="action_owner_ended"),
            models.Index(fields=["agency", "-ended_at", "-id"], name="action_agency_ended"),
            models.Index(fields=["center", "-ended_at", "-id"], name="action_center_ended"),
            models.Index(fields=["next_step_at"], condition=Q(next_step_at__isnull=False), name="action_next_step"),
        ]

    def __str__(self):
        return str(self.lead)

    def get_absolute_url(self):
        return reverse("action_item", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
