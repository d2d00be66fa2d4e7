"""The part of each agency on a lead that came, grew or became more urgent: sent, opened again, hastened."""

from agencies import audit
from leads.actions._steps import enter, lapse
from leads.models import Obligation
from leads.stages import FRESH, clock_values

State = Obligation.State
STAMPS = ("acknowledged", "assigned", "started", "proposed", "closed", "returned")
# A part that begins anew has no past: what is left of the first round would lie before the day it was sent, and its
# investigator would hold a lead that waits for their supervisor. The log keeps how the round before ended.
ANEW = {f"{verb}_{what}": None for verb in STAMPS for what in ("at", "by")} | {
    "investigator": None,
    "partner": None,
    "last_activity_at": None,
    "outcome": "",
    "named_outcome": None,
    "usefulness": None,
    "closing_note": "",
    "return_reason": "",
}


def send(lead, agencies, *, directory, by, now, asked=""):
    """Agencies owe on a lead for the first time; `asked` says why, of those that have no event on it. Returns who has
    to hear of it.
    """
    limits = {"priority": lead.priority, "started_at": now}
    sent = [
        Obligation(
            lead=lead,
            agency=agency,
            priority=lead.priority,
            asked=asked,
            sent_at=now,
            **clock_values("acknowledge", calendar=directory.calendar(agency), **limits),
        )
        for agency in agencies
    ]
    for obligation in Obligation.objects.bulk_create(sent):
        deed, why = ("obligation.asked", {"reason": asked}) if asked else ("obligation.sent", {})
        audit.record(deed, obligation, by=by, agency=obligation.agency_id, lead=lead.number, **why)
    return {person for agency in agencies for person in directory.told(agency)}


def grow(obligation, gained, *, by, now):
    """The line of an agency's lead grew, by an event of its own if it `gained`: a part that was over begins anew where
    that may change how it ended. Whether it did.
    """
    again = obligation.state == State.CLOSED or (gained and obligation.state == State.RETURNED)
    if again:
        _begin_anew(obligation, by, now)
    return again


def _begin_anew(obligation, by, now):
    lead = obligation.lead
    ended = obligation.closed_at if obligation.state == State.CLOSED else obligation.returned_at
    audit.record(
        "obligation.reopened",
        obligation,
        by=by,
        lead=lead.number,
        was=obligation.state,
        ended=ended.isoformat(),
        outcome=obligation.outcome,
        named=obligation.named_outcome_id,
        usefulness=obligation.usefulness,
        investigator=obligation.investigator_id,
    )
    obligation.priority = lead.priority
    enter(obligation, State.SENT, now=now, sent_at=now, **ANEW)


def hasten(lead, *, by, now):
    """Open parts less urgent than their lead take its priority, whose clock counts from now. Where the running one ends
    sooner it stays and the part keeps the priority that explains it until its next stage: nothing promised moves later.
    """
    parts = lead.obligations.open().filter(priority__gt=lead.priority).order_by("pk")
    for part in parts.select_for_update(of=["self"], no_key=True).select_related("agency__calendar"):
        calendar = part.agency.working_calendar
        clock = clock_values(part.stage, priority=lead.priority, started_at=now, calendar=calendar)
        if clock["due_at"] < part.due_at:
            audit.record("obligation.hastened", part, by=by, lead=lead.number, before=part.priority, now=lead.priority)
            lapse(part, now)
            Obligation.objects.filter(pk=part.pk).update(priority=lead.priority, **clock, **FRESH)


def withdraw(obligation, *, by, now):
    """Release an agency from a part that it has not begun: it has no event on the line any more."""
    reason = Obligation.ReturnReason.WITHDRAWN
    enter(obligation, State.RETURNED, now=now, returned_at=now, returned_by=by, return_reason=reason)
    audit.record("obligation.withdrawn", obligation, by=by, agency=obligation.agency_id, lead=obligation.lead.number)
