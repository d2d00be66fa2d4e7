"""What a file of notices brought to leads, and what people did with it since."""

from django.db.models import Q

from agencies.models import Agency, User
from leads.models import (
    Activity,
    Comparison,
    ConfirmationRequest,
    HeldNotice,
    Lead,
    LeadEvent,
    LeadFile,
    Obligation,
    Referral,
)

STEPS = ("acknowledged_at", "assigned_at", "started_at", "proposed_at", "closed_at", "returned_at")
JOINED = "This event was taken as one with another since."
MATCHED = "Somebody matched this event to its case since."
CONFIRMED = "An examiner confirmed a link of this lead since."
LATER = "A later notice added to this lead since. Undo its file first."
ANSWERED = "An agency took a step on this lead since."
ASKED = "Another agency was asked to take part in this lead since."
LOGGED = "Work on this lead was logged since."
REFERRED = "A case on this lead was referred to a prosecutor since."
DECIDED = "This notice was released or declined since."
COMPARED = "Confirmation of this lead was asked or answered since."
HUNG = "A file was added to this lead since."


class Brought:
    """What a file brought: rows by the ids of the events it `added` or `confirmed`, and when."""

    def __init__(self, batch):
        self.added, self.confirmed = {}, {}
        for change in batch.changes.filter(relation=LeadEvent._meta.db_table):
            here = dict(zip(change.ids, change.rows, strict=True))
            if change.is_new:
                self.added |= here
            else:
                unsaid = {was["id"] for was in change.before if was["confirmed_at"] is None}
                self.confirmed |= {pk: row for pk, row in here.items() if pk in unsaid}
        self.events = {event.pk: event for event in LeadEvent.objects.filter(pk__in=self.rows)}
        moments = {self.events[pk].added_at for pk in self.added if pk in self.events}
        moments |= {self.events[pk].confirmed_at for pk in self.confirmed if pk in self.events}
        self.at = max((each for each in moments if each), default=None)
        self.confirmed = {
            pk: row
            for pk, row in self.confirmed.items()
            if pk not in self.events or self.events[pk].confirmed_at == self.at
        }

        self.held = {
            pk: row
            for change in batch.changes.filter(relation=HeldNotice._meta.db_table, is_new=True)
            for pk, row in zip(change.ids, change.rows, strict=True)
        }

    @property
    def rows(self):
        return self.confirmed | self.added

    @property
    def leads(self):
        """{lead: the first row of the file that brought something to it}."""
        found = {}
        for pk, row in sorted(self.rows.items(), key=lambda each: each[1]):
            if pk in self.events:
                found.setdefault(self.events[pk].lead_id, row)
        return found


def built_on(batch, limit):
    """[(row of the file, sentence)] of what keeps a file from being taken back, the first `limit`."""
    Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=batch.agency.center.pk)
    brought = Brought(batch)
    list(Lead.objects.filter(pk__in=brought.leads).select_for_update(of=["self"], no_key=True).order_by("pk"))
    found = {(row, JOINED) for pk, row in brought.rows.items() if pk not in brought.events}
    decided = HeldNotice.objects.filter(pk__in=brought.held).exclude(status=HeldNotice.Status.WAITING)
    found |= {(brought.held[pk], DECIDED) for pk in decided.values_list("pk", flat=True)}
    if brought.at:
        leads = brought.leads
        found |= {(leads[lead], sentence) for lead, sentence in _on_leads(leads, brought.at)}
        matched = LeadEvent.objects.filter(pk__in=brought.rows, matched_at__gt=brought.at)
        matched = matched.exclude(matched_by=User.objects.system()).values_list("pk", flat=True)
        found |= {(brought.rows[pk], MATCHED) for pk in matched}
    return sorted(found)[:limit]


def _on_leads(leads, at):
    """(lead, sentence) of what people did on leads after a moment."""
    parts = Obligation.objects.filter(lead__in=leads)
    step = Q()
    for name in STEPS:
        step |= Q(**{f"{name}__gt": at})
    events = LeadEvent.objects.filter(lead__in=leads)
    for rows, sentence in (
        (parts.filter(step).exclude(return_reason=Obligation.ReturnReason.WITHDRAWN), ANSWERED),
        (parts.filter(sent_at__gt=at).exclude(asked=""), ASKED),
        (events.filter(added_at__gt=at), LATER),
        (events.filter(confirmed_at__gt=at), CONFIRMED),
        (Activity.objects.filter(lead__in=leads, recorded_at__gt=at), LOGGED),
        (Referral.objects.filter(lead__in=leads, referred_at__gt=at), REFERRED),
        (ConfirmationRequest.objects.filter(lead__in=leads, requested_at__gt=at), COMPARED),
        (Comparison.objects.filter(lead__in=leads, recorded_at__gt=at), COMPARED),
        (LeadFile.objects.filter(lead__in=leads, added_at__gt=at), HUNG),
    ):
        for lead in rows.values_list("lead", flat=True).distinct():
            yield lead, sentence
