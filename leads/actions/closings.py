"""How an obligation ends: an investigator proposes an outcome, a supervisor approves it or asks for more."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads import policies, queries
from leads.actions._leads import hold
from leads.actions._named import name
from leads.actions._seen import as_seen
from leads.actions._steps import enter, locked
from leads.models import Lead, Obligation
from leads.queries import desk as queries_desk

State = Obligation.State


@transaction.atomic
def propose(
    *, obligation, outcome, usefulness, by, note="", named=None, agency=None, number="", happened_on=None, now=None
):
    """Say how it came out and how useful the lead was. An arrest, a warrant or a gun is one that is `named`, or has a
    `number` of an `agency` and a day; without any it is one of its own.
    """
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.propose, by, obligation)
    which = {"named": named, "agency": agency, "number": number, "happened_on": happened_on}
    named = name(obligation, outcome, by=by, now=now, **which)
    enter(
        obligation,
        State.PROPOSED,
        now=now,
        proposed_at=now,
        proposed_by=by,
        outcome=outcome,
        named_outcome=named,
        usefulness=usefulness,
        closing_note=note,
    )
    audit.record(
        "obligation.proposed",
        obligation,
        by=by,
        lead=obligation.lead.number,
        outcome=outcome,
        usefulness=usefulness,
        note=note,
    )
    notify(queries.deciding(obligation), "obligation.proposed", obligation.lead, by=by, now=now)
    return obligation


@transaction.atomic
def approve(*, obligation, by, seen="", now=None):
    """Close the agency's part by what was read (`seen`, `_seen.as_seen`); the lead closes with the last one."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.decide_closing, by, obligation)
    as_seen(seen, obligation.proposed_at, "closings.approve", obligation)
    obligation.assignments.filter(ended_at=None).update(ended_at=now)
    enter(obligation, State.CLOSED, now=now, closed_at=now, closed_by=by)
    audit.record("obligation.closed", obligation, by=by, lead=obligation.lead.number, outcome=obligation.outcome)
    if obligation.investigator:
        notify([obligation.investigator], "obligation.closed", obligation.lead, by=by, now=now)
    close_lead_if_done(lead=obligation.lead, by=by, now=now)
    return obligation


@transaction.atomic
def send_back(*, obligation, note, by, now=None):
    """Not yet: the investigator reads why and goes on."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.decide_closing, by, obligation)
    enter(obligation, State.IN_PROGRESS, now=now, closing_note=note, outcome="", named_outcome=None, usefulness=None)
    audit.record("obligation.sent_back", obligation, by=by, lead=obligation.lead.number, note=note)
    if obligation.investigator:
        notify([obligation.investigator], "obligation.sent_back", obligation.lead, by=by, now=now)
    return obligation


@transaction.atomic
def close_lead_if_done(*, lead, by, now=None):
    """Close a lead when no agency on its line owes anything any more."""
    now = now or timezone.now()
    lead = Lead.objects.select_for_update(of=["self"], no_key=True).get(pk=lead.pk)
    if lead.status != Lead.Status.OPEN or queries.still_owed(lead).exists() or queries_desk.is_on_desk(lead):
        return lead
    lead.status, lead.closed_at = Lead.Status.CLOSED, now
    lead.save(update_fields=["status", "closed_at", "updated_at"])
    audit.record("lead.closed", lead, by=by, number=lead.number)
    notify(queries.involved(lead), "lead.closed", lead, by=by, now=now)
    return lead


@transaction.atomic
def close_done(*, by, now=None, limit=500):
    """Close open leads on which nobody owes any more but that no step of anybody closed; returns how many. Call again
    until none are left.
    """
    access.enforce(policies.escalate, by)
    leads = hold(Lead.objects.filter(pk__in=queries.leads_done().order_by("pk").values("pk")[:limit]))
    closed = [close_lead_if_done(lead=lead, by=by, now=now) for lead in leads]
    return sum(lead.status == Lead.Status.CLOSED for lead in closed)
