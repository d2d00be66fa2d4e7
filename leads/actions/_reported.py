"""One row for what a report says of one pair, and what follows for the line and for who owes on it."""

from typing import NamedTuple

from agencies import audit
from agencies.access import Refused
from agencies.notifications import notify
from leads import pairs, queries
from leads.actions._bulletins import look_for_stale
from leads.actions._clusters import regroup
from leads.actions._directory import Directory
from leads.actions._leads import refresh, settle
from leads.actions._pairs import bring_in_accord, doubt
from leads.actions._parts import withdraw
from leads.actions.closings import close_lead_if_done
from leads.models import Comparison, LeadEvent, Obligation

Status, Result = Comparison.Status, Comparison.Result
RECORD = "comparisons.record"
# What is told, where an event leaves the line by it.
GONE = dict.fromkeys(("lead.compared", "lead.corrected"), "lead.event_eliminated") | {
    "lead.confirmed": "lead.confirmed_in_part"
}


class Found(NamedTuple):
    """What was found of two events; `off` is the one that an elimination takes off the line, None for neither yet."""

    first: LeadEvent
    second: LeadEvent
    result: str
    off: LeadEvent | None = None


def write(lead, found, *, by, now, **values):
    """One row for one pair. What was left open before is superseded; what two people signed is corrected instead."""
    first, second = pairs.ordered(found.first.pk, found.second.pk)
    if lead.events.filter(pk__in=[first, second]).count() < 2:
        raise Refused("Both events of a pair have to be on this lead.", RECORD, lead)
    if found.off and found.off.pk not in (first, second):
        raise Refused("Take off one of the two events that were compared.", RECORD, lead)
    before = Comparison.objects.standing().filter(first=first, second=second).select_for_update(no_key=True).first()
    if before and before.result in Comparison.FINAL:
        raise Refused("This pair has a result already. Correct that, with a reason.", RECORD, lead)
    if before:
        before.status = Status.SUPERSEDED
        before.save(update_fields=["status"])
    off = found.off if found.result == Result.ELIMINATED else None
    made = Comparison.objects.create(
        lead=lead, first_id=first, second_id=second, result=found.result, off=off, status=Status.STANDING,
        recorded_at=now, recorded_by=by, replaces=before, **values,
    )  # fmt: skip
    if found.result != Result.CONFIRMED:
        doubt(first, second)
    told = {"lead": lead.number, "result": found.result, "report": made.report, "events": [first, second]}
    audit.record("comparison.recorded", made, by=by, agency=lead.agency, off=off and off.pk, **told)
    return made


def follow(lead, verb, *, by, now, also=()):
    """Bring the line in accord with what stands, give back or release what agencies owe by that, and tell everybody at
    work on the lead once.
    """
    told = {*queries.involved(lead), *also}
    lead.hits = Comparison.objects.confirmed().filter(lead=lead).count()
    gone, back = bring_in_accord(lead, by=by, now=now)
    directory = Directory(lead.agency)
    # A lead that a center looks at first has no parts yet: its agencies do not know of it.
    owing = set(lead.obligations.values_list("agency", flat=True))
    for said, events in (("event.eliminated", gone), ("event.restored", back)):
        for event in events:
            audit.record(said, event, by=by, agency=lead.agency, lead=lead.number, case=event.case_number)
            told |= set(directory.told(event.agency)) if event.agency_id in owing else set()
    if back:
        told -= _put_back(lead, back, directory, by, now)
    left = {event.agency_id for event in refresh(lead, by=by, now=now)}
    if gone:
        verb = GONE[verb]
        _release(lead, left, by=by, now=now)
        close_lead_if_done(lead=lead, by=by, now=now)
    changed = regroup([lead.pk], by=by, now=now, lost=bool(gone)) if gone or back else {lead.pk}
    look_for_stale(changed, by=by, now=now)
    notify(told, "lead.event_restored" if back and not gone else verb, lead, by=by, now=now)


def _put_back(lead, events, directory, by, now):
    """Their agencies owe again, and hear of it by that: returns who did."""
    gained = {event.agency_id for event in events if event.agency_id}
    settle(lead, directory=directory, by=by, now=now, gained=gained, verb="lead.event_restored")
    parts = lead.obligations.filter(agency__in=gained).select_related("agency", "investigator")
    return {person for part in parts for person in (part.investigator, *directory.told(part.agency)) if person}


def _release(lead, left, *, by, now):
    """An agency whose only event is off owes nothing any more, if it had not begun; who had ends its part itself."""
    for part in lead.obligations.select_related("agency__calendar").order_by("pk"):
        if part.state == Obligation.State.SENT and not part.asked and part.agency_id not in left:
            part.lead = lead
            withdraw(part, by=by, now=now)
