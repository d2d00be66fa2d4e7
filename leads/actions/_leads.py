"""What becomes of a lead when its line changes: facts and score, sight, what each agency owes, open or closed."""

from collections import defaultdict

from django.db import connection

from agencies import access, audit
from agencies.notifications import notify
from leads.actions import _parts as parts
from leads.actions import _scored
from leads.actions._desk import keeps
from leads.actions._pairs import derive
from leads.models import Lead

REFRESHED = [
    "events_count",
    "confirmed_count",
    "hits",
    "first_event_at",
    "last_event_at",
    "caliber",
    "line",
    "updated_at",
]
# What the database promises of a lead once it is whole.
PROMISES = "lead_links_two_events, lead_keeps_two_events, event_has_obligation, sent_is_owed"


def hold(leads):
    """Lock many leads before the first of them is worked on, always in the same order, and return them: whoever holds
    some and waits for others would else block somebody who holds those and waits for these.
    """
    return list(leads.select_for_update(of=["self"], no_key=True).select_related("agency", "site").order_by("pk"))


def settle(lead, *, directory, by, now, gained=frozenset(), grew=False, opened=False, verb="", grown="lead.grew"):
    """After events were added, tied to incidents or moved. The one place that says what each agency owes by that.

    An agency on the line without a part gets one. A part that was closed begins anew when the line grew, and one that
    was closed or returned when its agency gained an event (`gained`: ids of agencies). Open ones go on and are told,
    those that were asked for as well; one that was asked for and is over stays so while its agency has no event.
    A lead on which somebody owes is open. `opened`: it is new. `verb` is what those who gained are told, if not the
    usual, `grown` what the others are.
    """
    events = refresh(lead, by=by, now=now, table=directory.weights)
    agencies = {event.agency_id: event.agency for event in events if event.agency_id}
    if keeps(lead, directory=directory, by=by, now=now, opened=opened, grew=grew):
        access.share(lead, directory.center, *filter(None, [lead.site]))
        return
    access.share(lead, directory.center, *agencies.values(), *filter(None, [lead.site]))
    owed = lead.obligations.select_for_update(of=["self"], no_key=True).order_by("pk")
    owed = owed.select_related("agency__calendar", "investigator")
    owed = {} if opened else {part.agency_id: part for part in owed}
    new = [agency for pk, agency in sorted(agencies.items()) if pk not in owed]
    news = defaultdict(set)
    if new:
        news[verb or "lead.sent"] = parts.send(lead, new, directory=directory, by=by, now=now)
    owes = bool(new)
    for pk, part in owed.items():
        # Nobody is left in an agency that is no longer active: what it owed would keep the lead open for ever.
        on_it = pk in agencies or (part.asked and part.is_open)
        if on_it and pk in directory.members and (grew or pk in gained):
            part.lead, word = lead, verb if pk in gained else ""
            worked = {part.investigator} - {None}
            again = parts.grow(part, pk in gained, by=by, now=now)
            if again or part.is_open:
                news[word or grown] |= worked | set(directory.told(part.agency))
            owes |= again
    _tell(news, lead, by, now)
    if owes and lead.status == Lead.Status.CLOSED:
        _open_again(lead, by)


def _tell(news, lead, by, now):
    """`news`: verb -> people, the most important first. Who answers for several agencies hears of one lead once."""
    told = set()
    for verb, people in news.items():
        notify(people - told, verb, lead, by=by, now=now)
        told |= people


def hold_promises():
    """Have the database look now whether a lead is whole, in the savepoint of who worked on it: a refusal then names
    that lead. Left to the end of the transaction it would take back everything and name nobody.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"set constraints {PROMISES} immediate")
        cursor.execute(f"set constraints {PROMISES} deferred")


def _open_again(lead, by):
    lead.status, lead.closed_at = Lead.Status.OPEN, None
    lead.save(update_fields=["status", "closed_at", "updated_at"])
    audit.record("lead.reopened", lead, by=by, number=lead.number)


def refresh(lead, *, by, now, table=None):
    """Recompute what a lead says of its events: counts, line, caliber, score and priority. A lead that became more
    urgent hastens what agencies owe on it. `table` is the center's in force, where it is known. Returns the events.
    """
    events = _as_they_are(lead)
    if lead.hits or any(event.paired for event in events):
        derive(lead, events)
    dated = [event for event in events if event.occurred_at]
    lead.events_count = len(events)
    lead.confirmed_count = sum(event.confirmed_at is not None for event in events)
    lead.first_event_at = dated[0].occurred_at if dated else None
    lead.last_event_at = dated[-1].occurred_at if dated else None
    lead.caliber = next((event.caliber for event in events if event.caliber), lead.caliber)
    lead.line = [drawn(event) for event in dated]
    before = lead.priority
    _scored.write(lead, dated, now=now, table=table)
    lead.save(update_fields=[*REFRESHED, *_scored.FIELDS])
    if lead.priority < before:
        parts.hasten(lead, by=by, now=now)
    return events


def _as_they_are(lead):
    """The events of a lead in the order of their times, those with an incident as their agency has it by now."""
    events = list(lead.events.select_related("agency", "incident"))
    for event in events:
        truth = event.incident
        if truth and (event.kind, event.occurred_at) != (truth.kind, truth.occurred_at):
            event.kind, event.occurred_at, event.address = truth.kind, truth.occurred_at, truth.address or event.address
            event.save(update_fields=["kind", "occurred_at", "address"])
    undated = [event for event in events if not event.occurred_at]
    dated = [event for event in events if event.occurred_at]
    return sorted(dated, key=lambda event: (event.occurred_at, event.pk)) + sorted(undated, key=lambda event: event.pk)


def drawn(event):
    """One event as lists draw it."""
    agency = event.agency
    return [
        event.occurred_at.isoformat(),
        event.kind,
        agency.code if agency else (event.agency_text or "Not given"),
        agency.mark if agency else 5,
        event.case_number,
        event.confirmed_at is not None,
        event.agency_id,
    ]
