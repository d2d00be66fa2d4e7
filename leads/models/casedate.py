"""What an office has to keep in mind of a case by a day, and what the clock told of such days."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from leads import ahead
from leads.models.referral import Referral

PERSON = settings.AUTH_USER_MODEL


class DeadlineQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Both sides of a referral: what is to be disclosed by a day is gathered by the agency that referred."""
        return self.filter(referral__in=Referral.objects.visible_to(user))

    def open(self):
        return self.filter(status=Deadline.Status.OPEN)


class Deadline(models.Model):
    """A day by which an office has to do something in a case. The day is the office's: no rule of court is computed."""

    class Kind(models.TextChoices):
        DISCOVERY = "discovery", "Discovery"
        MOTIONS = "motions", "Motions"
        EXPERT_NOTICE = "expert_notice", "Expert notice"
        SPEEDY_TRIAL = "speedy_trial", "Speedy trial"

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"

    TRANSITIONS = {Status.OPEN: {Status.DONE, Status.DROPPED}, Status.DONE: set(), Status.DROPPED: set()}

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="deadlines")
    # The office of the referral, beside the day: its list is walked by both.
    office = models.ForeignKey("agencies.Agency", models.PROTECT, db_index=False, related_name="+")
    kind = models.CharField(max_length=16, choices=Kind)
    due_on = models.DateField(help_text="A day of the office's calendar.")
    basis = models.CharField(max_length=160, blank=True, help_text="The order or the rule it follows, as typed.")
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(null=True)
    moved_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    ended_why = models.CharField(max_length=200, blank=True)

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=["open", "done", "dropped"]), name="deadline_status_known"),
            models.CheckConstraint(
                condition=Q(kind__in=["discovery", "motions", "expert_notice", "speedy_trial"]),
                name="deadline_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(moved_at=None, moved_by=None) | Q(moved_at__isnull=False, moved_by__isnull=False),
                name="deadline_moved_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(status="open", ended_at=None, ended_by=None, ended_why="")
                | Q(status="done", ended_at__isnull=False, ended_by__isnull=False)
                | Q(status="dropped", ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_why=""),
                name="deadline_ended_at_and_by",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "due_on", "id"], condition=Q(status="open"), name="deadline_office_open")
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.referral}"

    def get_absolute_url(self):
        return f"{reverse('referral', args=[self.referral_id])}#deadline-{self.pk}"

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]


class DateReminderQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(referral__in=Referral.objects.visible_to(user))


class DateReminder(models.Model):
    """One step told of one day of a case: exactly once, by constraint. `deadline` is empty for a day in court."""

    referral = models.ForeignKey(Referral, models.PROTECT, db_index=False, related_name="+")
    deadline = models.ForeignKey(Deadline, models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    step = models.PositiveSmallIntegerField(help_text="Working days before; 0 is overdue.")
    at = models.DateTimeField()

    objects = DateReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "deadline", "day", "step"], nulls_distinct=False, name="date_reminder_once"
            ),
            models.CheckConstraint(condition=Q(step__lte=ahead.MOST_DAYS), name="date_reminder_step_known"),
        ]

    def __str__(self):
        return f"{self.day}: {self.step}"


class ReminderRuleQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(office__in=access.agencies_with(user, Permission.REFERRAL_VIEW))


class ReminderRule(models.Model):
    """How many working days ahead an office is told of its dates. Without a row: `ahead.DAYS`."""

    office = models.OneToOneField("agencies.Agency", models.PROTECT, primary_key=True, related_name="reminder_rule")
    days = ArrayField(models.PositiveSmallIntegerField(), size=ahead.MOST_STEPS, help_text="Falling.")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    objects = ReminderRuleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(days__len__gte=1, days__len__lte=ahead.MOST_STEPS)
                & Q(days__contained_by=list(range(1, ahead.MOST_DAYS + 1))),
                name="reminder_rule_days",
            )
        ]

    def __str__(self):
        return f"{self.office}: {', '.join(map(str, self.days))}"
