"""A file of notices is taken back: what it brought is withdrawn, and stays on record. An obligation is never removed,
and those who were told of it hear that it is over. Where anybody went on with what it brought, nothing is withdrawn.
"""

from django.db import connection, transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from evidence.loading import undo
from leads import policies, queries
from leads.actions import _mentions as mentions
from leads.actions._bulletins import look_for_stale
from leads.actions._clusters import regroup
from leads.actions._directory import Directory
from leads.actions._held import write_decision
from leads.actions._leads import hold, hold_promises, refresh
from leads.actions._pairs import bring_in_accord, taken_off
from leads.actions._parts import withdraw
from leads.actions.closings import close_lead_if_done
from leads.brought import Brought
from leads.models import HeldNotice, Lead, LeadEvent, Obligation

UNDONE = "The file that brought it was undone."
State = Obligation.State


@transaction.atomic
def take_back(*, batch, by, now=None, progress=lambda _rows: None):
    """Withdraw the events that a file brought, take back what it confirmed, and put what agencies owe as it was:
    {table: how many records}. progress: as in evidence.loading.undo.
    """
    now = now or timezone.now()
    center = batch.agency.center
    access.enforce(policies.load_notices, by, center)
    brought, directory = Brought(batch), Directory(center)
    leads = hold(Lead.objects.filter(pk__in=brought.leads))
    parts = Obligation.objects.filter(lead__in=leads).select_for_update(of=["self"], no_key=True).order_by("pk")
    held = list(parts.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        undo.put_back(cursor, batch, Obligation._meta.db_table)
    restored = {pk for change in _changes(batch, Obligation) for pk in change.ids if pk in set(held)}
    was = {each["id"]: each for change in _changes(batch, Lead) for each in change.before}
    for at, lead in enumerate(leads):
        progress((batch.rows_total or 0) * at // len(leads))
        mine = [event for event in brought.events.values() if event.lead_id == lead.pk]
        _take_back(lead, mine, brought, restored, was.get(lead.pk), directory, by, now)
    untied = mentions.withdraw(batch, by=by, now=now)
    for each in HeldNotice.objects.filter(pk__in=brought.held).select_for_update(of=["self"], no_key=True):
        write_decision(each, HeldNotice.Status.DECLINED, by=by, reason=UNDONE)
    hold_promises()
    if leads or untied:
        apart = regroup({*(lead.pk for lead in leads), *untied}, by=by, now=now, lost=True)
        look_for_stale(apart, by=by, now=now)
    return {LeadEvent._meta.db_table: len(brought.added), Lead._meta.db_table: len(leads)}


def _changes(batch, model):
    return batch.changes.filter(relation=model._meta.db_table, is_new=False)


def _take_back(lead, events, brought, restored, was, directory, by, now):
    """Take back what a file brought to one lead; `was` is what the lead was before, None where the file opened it."""
    gone = [event for event in events if event.pk in brought.added]
    LeadEvent.objects.filter(pk__in=[event.pk for event in gone]).update(withdrawn_at=now, withdrawn_by=by)
    unsaid = [event for event in events if event.pk in brought.confirmed]
    LeadEvent.objects.filter(pk__in=[event.pk for event in unsaid]).update(
        confirmed_at=None, confirmed_by=None, report=""
    )
    for verb, found in (("event.withdrawn", gone), ("event.unconfirmed", unsaid)):
        for event in found:
            audit.record(verb, event, by=by, agency=lead.agency, lead=lead.number, case=event.case_number)
    if taken_off(lead):
        bring_in_accord(lead, by=by, now=now)
    told = set(queries.involved(lead))
    left = {event.agency_id for event in refresh(lead, by=by, now=now)}
    parts = lead.obligations.select_related("agency__calendar").order_by("pk")
    for part in parts:
        part.lead = lead
        if part.pk in restored:
            audit.record("obligation.put_back", part, by=by, lead=lead.number)
        elif part.state == State.SENT and not part.asked and part.agency_id not in left:
            withdraw(part, by=by, now=now)
        told |= set(directory.told(part.agency))
    _end(lead, was, left, gone, told, by, now)


def _end(lead, was, left, gone, told, by, now):
    """Close what nobody owes on any more, as of when it was closed before, and tell those who were told of it."""
    if not left:
        lead.status, lead.closed_at = Lead.Status.CLOSED, now
        lead.save(update_fields=["status", "closed_at", "updated_at"])
        audit.record("lead.withdrawn", lead, by=by, number=lead.number)
        verb = "lead.withdrawn"
    elif was and was["closed_at"] and lead.status == Lead.Status.OPEN and not queries.still_owed(lead).exists():
        lead.status, lead.closed_at = Lead.Status.CLOSED, was["closed_at"]
        lead.save(update_fields=["status", "closed_at", "updated_at"])
        audit.record("lead.closed", lead, by=by, number=lead.number)
        verb = "lead.event_withdrawn"
    else:
        close_lead_if_done(lead=lead, by=by, now=now)
        verb = "lead.event_withdrawn" if gone else "lead.unconfirmed"
    notify(told, verb, lead, by=by, now=now)
