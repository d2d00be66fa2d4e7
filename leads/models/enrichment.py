from django.conf import settings
from django.db import models
from django.db.models import Q

from leads import enriching
from leads.models.entity import OfLeads
from leads.models.lead import Lead


class EnrichmentRule(models.Model):
    """What a center looks for on leads of each type: what is built in for a type that it does not name."""

    agency = models.OneToOneField("agencies.Agency", models.PROTECT, primary_key=True, related_name="enrichment")
    chosen = models.JSONField(default=dict, help_text="{type of leads.enriching.TYPES: [items of enriching.ITEMS]}.")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self):
        return f"Checklists of {self.agency}"


class EnrichmentItem(models.Model):
    """Something that was looked for on a lead: asked for, done with what it gave, or not to be had. What nobody began
    has no row: a million leads that wait cost nothing.
    """

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ASKED = "asked", "Asked for"
        DONE = "done", "Done"
        NOT_AVAILABLE = "not_available", "Not available"

    TRANSITIONS = {
        State.OPEN: {State.ASKED, State.DONE, State.NOT_AVAILABLE},
        State.ASKED: {State.OPEN, State.DONE, State.NOT_AVAILABLE},
        State.DONE: {State.OPEN},
        State.NOT_AVAILABLE: {State.OPEN},
    }
    ANSWERED = (State.DONE, State.NOT_AVAILABLE)

    lead = models.ForeignKey(Lead, models.PROTECT, db_index=False, related_name="enrichment")
    kind = models.CharField(max_length=12, choices=list(enriching.ITEMS.items()))
    state = models.CharField(max_length=13, choices=State, default=State.OPEN)
    result = models.CharField(max_length=500, blank=True)
    link = models.URLField(max_length=300, blank=True, help_text="Where it is kept, in a system of the agency.")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = OfLeads.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lead", "kind"], name="enrichment_once_per_kind"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "asked", "done", "not_available"]), name="enrichment_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "not_available"]) | ~Q(result=""), name="enrichment_answer_says_what"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_state_display().lower()}"

    def can_move_to(self, state):
        return state in self.TRANSITIONS[self.State(self.state)]
