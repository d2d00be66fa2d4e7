"""What a file of notices brings is noted as it is written, so that it can be taken back."""

from django.db import connection

from evidence.loading import changes
from leads.models import HeldNotice, Lead, LeadEvent, Obligation


def remember(leads):
    """Keep what the leads are that may grow, with their events and what agencies owe on them."""
    known = [lead.pk for lead in leads]
    with connection.cursor() as cursor:
        for model, found in (
            (Lead, known),
            (Obligation, Obligation.objects.filter(lead__in=known).values_list("pk", flat=True)),
            (LeadEvent, LeadEvent.objects.filter(lead__in=known).values_list("pk", flat=True)),
            (HeldNotice, ()),
        ):
            changes.begin(cursor, model)
            changes.remember(cursor, model, found)


def note(batch, *, events, added, held):
    """events, held: {id: row of the file}; `added` are those of the events that the file brought."""
    with connection.cursor() as cursor:
        changes.note_since(cursor, batch, Lead, {})
        changes.note_since(cursor, batch, Obligation, {})
        changes.note_since(cursor, batch, LeadEvent, events, added)
        changes.note_since(cursor, batch, HeldNotice, held, held)
