import hashlib
import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission
from leads.models.activity import Activity
from leads.models.obligation import Obligation
from leads.models.referral import Referral

PERSON = settings.AUTH_USER_MODEL


class TaskTemplateQuerySet(models.QuerySet):
    def visible_to(self, user):
        """An agency's own lists and those of its center."""
        own = access.agencies_with(user, Permission.LEAD_VIEW)
        above = Agency.objects.filter(pk__in=own).values("parent")
        return self.filter(Q(agency_id__in=own) | Q(agency_id__in=above))

    def used(self):
        return self.filter(ended_at=None)


class TaskTemplate(models.Model):
    """A named list of tasks that a center, or an agency, does on leads of one sort."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")

    objects = TaskTemplateQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "name"], condition=Q(ended_at=None), name="task_template_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="task_template_has_a_name"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="task_template_ended_at_and_by",
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("task_template", args=[self.pk])

    @property
    def version(self):
        """A fingerprint of the list: another one says that somebody worded it anew."""
        steps = [(each.kind, each.what, each.days) for each in self.steps.all()]
        return hashlib.sha256(json.dumps([self.name, steps]).encode()).hexdigest()


class TaskStepQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(template__in=TaskTemplate.objects.visible_to(user))


class TaskStep(models.Model):
    """One line of a list: what, and in how many working days."""

    template = models.ForeignKey(TaskTemplate, models.PROTECT, related_name="steps")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=Activity.Kind)
    what = models.CharField(max_length=200)
    days = models.PositiveSmallIntegerField(help_text="Working days until it is due.")

    objects = TaskStepQuerySet.as_manager()

    class Meta:
        ordering = ["place", "id"]
        constraints = [
            models.UniqueConstraint(fields=["template", "place"], name="task_step_place_once"),
            models.CheckConstraint(condition=~Q(what=""), name="task_step_says_what"),
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=60), name="task_step_days_1_to_60"),
        ]

    def __str__(self):
        return self.what


class TaskQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of parts of visible leads; what a prosecutor asked for is for who sees the case."""
        of_parts = Q(obligation__in=Obligation.objects.visible_to(user))
        return self.filter(of_parts, Q(referral=None) | Q(referral__in=Referral.objects.visible_to(user)))

    def open(self):
        return self.filter(status=Task.Status.OPEN)


class Task(models.Model):
    """Something to do on an agency's part of a lead: for whoever has that part, and done by whoever did it. Given by a
    list, or asked for by a prosecutor: that is of the case then, and is no activity on the lead.
    """

    class Status(models.TextChoices):
        OPEN = "open", "Open"
        DONE = "done", "Done"
        DROPPED = "dropped", "Dropped"
        CLOSED = "closed", "Closed with its part"

    # What ended with its part is open again where the part begins anew.
    TRANSITIONS = {
        Status.OPEN: {Status.DONE, Status.DROPPED, Status.CLOSED},
        Status.DONE: set(),
        Status.DROPPED: set(),
        Status.CLOSED: {Status.OPEN},
    }

    obligation = models.ForeignKey(Obligation, models.PROTECT, db_index=False, related_name="tasks")
    template = models.ForeignKey(TaskTemplate, models.PROTECT, null=True, related_name="+")
    referral = models.ForeignKey(
        Referral, models.PROTECT, null=True, related_name="tasks", help_text="The case it was asked for."
    )
    kind = models.CharField(max_length=16, choices=Activity.Kind)
    what = models.CharField(max_length=200)
    status = models.CharField(max_length=8, choices=Status, default=Status.OPEN)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    # Computed once, as a calendar edited later moves nothing already promised; moved by what stops the part's clock.
    due_at = models.DateTimeField()
    late_told_at = models.DateTimeField(null=True, help_text="When the clock looked at it after it was due: once.")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, models.PROTECT, null=True, related_name="+")
    dropped_why = models.CharField(max_length=200, blank=True)
    came_of_it = models.CharField(max_length=1500, blank=True, help_text="What the prosecutor reads.")
    activity = models.OneToOneField(
        Activity, models.PROTECT, null=True, related_name="task", help_text="What was done."
    )

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["open", "done", "dropped", "closed"]), name="task_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status="open", ended_at=None, ended_by=None, activity=None, dropped_why="")
                | Q(
                    Q(activity__isnull=False, template__isnull=False) | Q(activity=None, referral__isnull=False),
                    status="done",
                    ended_at__isnull=False,
                    ended_by__isnull=False,
                    dropped_why="",
                )
                | Q(status="dropped", ended_at__isnull=False, ended_by__isnull=False, activity=None)
                & ~Q(dropped_why="")
                | Q(status="closed", ended_at__isnull=False, ended_by__isnull=False, activity=None, dropped_why=""),
                name="task_ended_at_and_by",
            ),
            models.CheckConstraint(condition=~Q(what=""), name="task_says_what"),
            models.CheckConstraint(
                condition=Q(template__isnull=False, referral=None, came_of_it="")
                | Q(template=None, referral__isnull=False),
                name="task_by_a_list_or_a_prosecutor",
            ),
            models.CheckConstraint(condition=Q(due_at__gt=models.F("given_at")), name="task_due_after_it_was_given"),
        ]
        indexes = [
            models.Index(fields=["obligation", "due_at", "id"], name="task_obligation_due"),
            models.Index(fields=["obligation", "due_at", "id"], condition=Q(status="open"), name="task_open_due"),
            models.Index(fields=["due_at"], condition=Q(status="open", late_told_at=None), name="task_late"),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return f"{reverse('obligation_tasks', args=[self.obligation_id])}#task-{self.pk}"

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]
