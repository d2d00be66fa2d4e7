from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from agencies import access
from agencies.roles import Permission
from evidence.models import Incident
from leads import pairs


class LeadQuerySet(models.QuerySet):
    def visible_to(self, user):
        return access.visible(self, user, Permission.LEAD_VIEW)


class Lead(models.Model):
    """One NIBIN lead: two or more events in which one presumed gun was fired, under one number. Unconfirmed until an
    examiner says otherwise.
    """

    class Status(models.IntegerChoices):
        OPEN = 1, "Open"
        CLOSED = 2, "Closed"

    TRANSITIONS = {Status.OPEN: {Status.CLOSED}, Status.CLOSED: {Status.OPEN}}

    number = models.CharField(max_length=40, unique=True)
    agency = models.ForeignKey(
        "agencies.Agency", models.PROTECT, related_name="leads", help_text="The center that keeps the lead."
    )
    site = models.ForeignKey(
        "agencies.Agency", models.PROTECT, null=True, related_name="+", help_text="The NIBIN site that gave notice."
    )
    notice_on = models.DateField()
    reviewer_1 = models.CharField(
        max_length=120, blank=True, default="", db_default="", help_text="As the notice names them."
    )
    reviewer_2 = models.CharField(max_length=120, blank=True, default="", db_default="")
    status = models.PositiveSmallIntegerField(choices=Status, default=Status.OPEN)
    priority = models.PositiveSmallIntegerField(default=3)
    priority_reason = models.CharField(max_length=200, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    reasons = models.JSONField(default=list, help_text="The parts of the score: [points, sentence, letter].")
    scored_at = models.DateTimeField(null=True)
    score_version = models.PositiveSmallIntegerField(default=1, db_default=1)
    score_inputs = models.JSONField(default=dict, db_default={}, help_text="What was weighed: leads.triage.measure.")
    opened_inputs = models.JSONField(default=dict, db_default={}, help_text="The same as of when the lead was opened.")
    caliber = models.CharField(max_length=40, blank=True)
    events_count = models.PositiveSmallIntegerField(default=0)
    confirmed_count = models.PositiveSmallIntegerField(default=0)
    hits = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="Pairs of cases that an examiner confirmed on the specimens."
    )
    first_event_at = models.DateTimeField(null=True)
    last_event_at = models.DateTimeField(null=True)
    line = models.JSONField(
        default=list,
        help_text="The events for drawing in lists: [time, kind, agency code, agency mark, case, confirmed].",
    )
    due_at = models.DateTimeField(help_text="The earliest due time of an open obligation; kept by triggers.")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    objects = LeadQuerySet.as_manager()
    view_permission = Permission.LEAD_VIEW

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(status__in=[1, 2]), name="lead_status_known"),
            models.CheckConstraint(condition=Q(priority__gte=1, priority__lte=3), name="lead_priority_1_to_3"),
            models.CheckConstraint(
                condition=Q(status=1, closed_at=None) | Q(status=2, closed_at__isnull=False),
                name="lead_closed_at_when_closed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_count__lte=F("events_count")), name="lead_confirmed_within_events"
            ),
            models.CheckConstraint(condition=~Q(number=""), name="lead_has_a_number"),
        ]
        indexes = [
            models.Index(fields=["opened_at"], name="lead_opened"),
            models.Index(fields=["agency", "-closed_at"], condition=Q(status=2), name="lead_agency_closed"),
            models.Index(fields=["agency", "score_version"], condition=Q(status=1), name="lead_agency_version"),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("lead", args=[self.pk])

    def can_move_to(self, status):
        return status in self.TRANSITIONS[self.Status(self.status)]

    @property
    def is_confirmed(self):
        """Whether an examiner confirmed every event; one unconfirmed link makes the whole line unconfirmed."""
        return self.events_count > 0 and self.confirmed_count == self.events_count

    @property
    def link(self):
        """What the stamp says: True, False, or how far the line is confirmed ("2 of 10 pairs")."""
        return pairs.words(self.hits, self.confirmed_count, self.events_count)

    @property
    def link_words(self):
        """The same for lines that have no room for a stamp."""
        link = self.link
        return f"Confirmed in part, {link}" if isinstance(link, str) else "Confirmed" if link else "Unconfirmed"

    @property
    def is_withdrawn(self):
        """Whether the notice was taken back: no event is left on the line."""
        return self.status == self.Status.CLOSED and self.events_count == 0

    def has_event_of(self, agency_id):
        """Whether an agency has an event on the line. Only the times of some may be unknown, which are not drawn: no
        list asks the database for each of its rows.
        """
        if any(agency_id == of for *_drawn, of in self.line):
            return True
        return len(self.line) < self.events_count and self.events.filter(agency=agency_id).exists()


class LeadGrant(access.Grant):
    """An agency that may see a lead. The copies are its sort keys, kept by triggers; `due_at` is the agency's own
    obligation's, else the lead's.
    """

    content_object = models.ForeignKey(Lead, models.CASCADE, db_index=False, related_name="grants")
    status = models.PositiveSmallIntegerField(null=True, editable=False)
    due_at = models.DateTimeField(null=True, editable=False)
    opened_at = models.DateTimeField(null=True, editable=False)

    class Meta(access.Grant.Meta):
        abstract = False
        indexes = [
            models.Index(fields=["content_object", "group"], name="lead_grant_object"),
            models.Index(fields=["group", "due_at", "content_object"], condition=Q(status=1), name="lead_grant_due"),
            models.Index(F("group"), F("opened_at").desc(), F("content_object").desc(), name="lead_grant_new"),
            models.Index(
                F("group"), F("status"), F("opened_at").desc(), F("content_object").desc(), name="lead_grant_status_new"
            ),
        ]


class LeadEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(lead__in=Lead.objects.visible_to(user))

    def waiting(self):
        """Named in a notice and matched to no incident yet."""
        return self.filter(incident=None)


class Standing(models.Manager.from_queryset(LeadEventQuerySet)):
    """Events that stand: what was withdrawn stays on record and counts nowhere."""

    def get_queryset(self):
        return super().get_queryset().filter(withdrawn_at=None)


class LeadEvent(models.Model):
    """One event on a lead's line, as the notice names it, matched to the incident it means or waiting for that."""

    lead = models.ForeignKey(Lead, models.PROTECT, related_name="events")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    incident = models.ForeignKey("evidence.Incident", models.PROTECT, null=True, related_name="lead_events")
    agency_text = models.CharField(max_length=120, blank=True, help_text="The agency as the notice names it.")
    case_number = models.CharField(max_length=40)
    case_key = models.CharField(max_length=40)
    lab_number = models.CharField(max_length=40, blank=True)
    exhibit_number = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=24, choices=Incident.Kind, default=Incident.Kind.OTHER)
    offense = models.CharField(max_length=200, blank=True)
    occurred_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=200, blank=True)
    caliber = models.CharField(max_length=40, blank=True)
    casings = models.PositiveSmallIntegerField(null=True)
    contact = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField()
    matched_at = models.DateTimeField(null=True)
    matched_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    report = models.CharField(max_length=40, blank=True, help_text="The examiner's report number.")
    paired = models.BooleanField(
        default=False, db_default=False, help_text="Confirmed by pairs on record, and no longer than these stand."
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = Standing()
    every = LeadEventQuerySet.as_manager()

    class Meta:
        ordering = ["occurred_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["lead", "agency", "case_key"],
                condition=Q(withdrawn_at=None),
                nulls_distinct=False,
                name="lead_event_once",
            ),
            models.UniqueConstraint(
                fields=["lead", "incident"],
                condition=Q(incident__isnull=False, withdrawn_at=None),
                name="lead_incident_once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="lead_event_withdrawn_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(matched_at=None, matched_by=None) | Q(matched_at__isnull=False, matched_by__isnull=False),
                name="lead_event_matched_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(incident=None, matched_at=None) | Q(incident__isnull=False, matched_at__isnull=False),
                name="lead_event_matched_or_waiting",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="lead_event_confirmed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | ~Q(report=""), name="lead_event_confirmed_by_report"
            ),
            models.CheckConstraint(
                condition=Q(incident=None) | Q(agency__isnull=False), name="lead_event_matched_has_agency"
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "case_key"], name="lead_event_case"),
            models.Index(fields=["id"], condition=Q(incident=None), name="lead_event_waiting"),
            models.Index(fields=["added_at"], name="lead_event_added"),
        ]

    def __str__(self):
        return f"{self.agency_text} {self.case_number}"


class LeadSearch(models.Model):
    """What a lead is found by: its words, and tokens for the agencies that may see it. Kept by triggers, read by
    `leads.queries` alone.
    """

    lead = models.OneToOneField(Lead, models.CASCADE, primary_key=True, related_name="+")
    opened_at = models.DateTimeField()
    doc = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["doc"], name="lead_search_doc", fastupdate=True)]

    def __str__(self):
        return str(self.lead_id)
