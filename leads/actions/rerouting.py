"""A returned lead goes on to the agency it concerns."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from leads import policies
from leads.actions._directory import Directory
from leads.actions._events import can_merge, merge
from leads.actions._leads import settle
from leads.actions._steps import locked
from leads.actions.closings import close_lead_if_done


@transaction.atomic
def reroute(*, obligation, to, by, now=None):
    """Give the events of the agency that returned a lead to another one, or send them back to the same agency. It owes
    on them from now on, also when its own part was over.
    """
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.reroute, by, obligation)
    lead, directory = obligation.lead, Directory(obligation.lead.agency)
    if to.pk not in directory.members:
        raise Refused("Choose an agency of this center.", "rerouting.reroute", obligation)
    events = list(lead.events.filter(agency=obligation.agency).order_by("pk"))
    same = to.pk == obligation.agency_id
    gained = {to.pk} if same or _move(lead, events, to, obligation, by) else set()
    settle(lead, directory=directory, by=by, now=now, gained=gained, verb="obligation.rerouted")
    audit.record("obligation.rerouted", obligation, by=by, lead=lead.number, to=to.code)
    close_lead_if_done(lead=lead, by=by, now=now)
    return obligation


def _move(lead, events, to, obligation, by):
    """Put events on another agency's part of the line; a case it has there already becomes one. How many were new."""
    there, moved = {event.case_key: event for event in lead.events.filter(agency=to)}, 0
    for event in events:
        event.lead, double = lead, there.get(event.case_key)
        if double is None:
            event.agency, event.incident, event.matched_at, event.matched_by = to, None, None, None
            event.save(update_fields=["agency", "incident", "matched_at", "matched_by"])
            there[event.case_key] = event
            moved += 1
        elif can_merge(lead):
            double.lead = lead
            merge(event, double, by=by)
        else:
            back = f"Send it back to {obligation.agency.code}, to be closed as a duplicate."
            back = back if obligation.agency.is_active else "Route it to another agency, to be closed as a duplicate."
            why = f"{to.code} has this case on the lead already, which would be left with one event. {back}"
            raise Refused(why, "rerouting.reroute", obligation)
    return moved
