"""Events of a lead, matched to the incidents they mean."""

import logging
from typing import NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from leads import policies, queries
from leads.actions._clusters import regroup
from leads.actions._directory import Directory
from leads.actions._events import can_merge, double_of, merge, tie
from leads.actions._leads import hold, hold_promises, settle
from leads.actions.closings import close_lead_if_done
from leads.models import Lead, LeadEvent

log = logging.getLogger(__name__)


class Looked(NamedTuple):
    """How many waiting events were tied, and the id after which to look on, None at the end."""

    tied: int
    last: int | None


def _locked(event):
    lead = Lead.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=event.lead_id)
    event = LeadEvent.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=event.pk)
    event.lead = lead
    return event


@transaction.atomic
def match(*, event, incident, by, now=None):
    """Say which incident an event of a notice means; its agency owes on the lead from now on. Returns the event, or
    the one of the same line that it turned out to name a second time.
    """
    now = now or timezone.now()
    event = _locked(event)
    access.enforce(policies.match, by, event)
    directory = Directory(event.lead.agency)
    if incident.agency_id not in directory.members:
        raise Refused("That incident belongs to an agency outside this center.", "events.match", event)
    if double_of(event, incident) and not can_merge(event.lead):
        raise Refused(
            "This lead has that incident already, and no third event: it would be left with one. Choose the incident "
            "that is meant, or tell the laboratory that its notice names one case twice.",
            "events.match",
            event,
        )
    event = _bind(event, incident, directory=directory, by=by, now=now)
    _group([event.lead_id], by, now)
    return event


def _bind(event, incident, *, directory, by, now):
    """Tie an event, or the one it is a double of, and settle what follows for the lead and its agencies."""
    lead, named, double = event.lead, event.agency_id, double_of(event, incident)
    if double:
        double.lead, named = lead, double.agency_id
        merge(event, double, by=by)
        event = double
    if not event.incident_id:
        tie(event, incident, by=by, now=now)
        audit.record("event.matched", event, by=by, agency=lead.agency, lead=lead.number, incident=incident.pk)
    gained = {incident.agency_id} - {named}
    settle(lead, directory=directory, by=by, now=now, gained=gained)
    # It may have been the last event for which an agency that returned its part still kept the lead open.
    event.lead = close_lead_if_done(lead=lead, by=by, now=now)
    return event


def _group(leads, by, now):
    """Once all of them are settled: what locks clusters comes last."""
    if leads:
        regroup(leads, by=by, now=now)


@transaction.atomic
def match_waiting(*, by, now=None, after=0, limit=500):
    """Look again for the incidents of waiting events: those loaded since are tied to their leads. One pass sees each
    event once, from the one after `after` on, so that those which cannot be tied stand in nobody's way.
    """
    now = now or timezone.now()
    waiting = queries.events_with_an_incident().filter(id__gt=after).order_by("id")[:limit]
    waiting = list(waiting.select_related("agency"))
    leads = {lead.pk: lead for lead in hold(Lead.objects.filter(pk__in={each.lead_id for each in waiting}))}
    directories = {lead.agency_id: Directory(lead.agency) for lead in leads.values()}
    tied = set()
    for event in waiting:
        directory = directories[leads[event.lead_id].agency_id]
        incident = directory.incident(event.agency, event.case_key, event.case_number)
        if incident and _try(event, incident, directory=directory, by=by, now=now):
            tied.add(event)
    _group({event.lead_id for event in tied}, by, now)
    return Looked(len(tied), waiting[-1].pk if len(waiting) == limit else None)


def _try(found, incident, *, directory, by, now):
    """Whether one waiting event was tied. What goes wrong with it is put into the log and stops no other."""
    event = LeadEvent.objects.filter(pk=found.pk, incident=None).first() and _locked(found)
    if not event or (double_of(event, incident) and not can_merge(event.lead)):
        return False
    try:
        with transaction.atomic():
            _bind(event, incident, directory=directory, by=by, now=now)
            hold_promises()
    except IntegrityError:
        log.exception("Event %s of lead %s cannot be matched to incident %s", event.pk, event.lead, incident.pk)
        return False
    return True
