"""Events of a lead: matched to the incidents they mean, confirmed by an examiner."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads import policies, queries
from leads.actions._leads import Directory, find_incident, refresh, settle
from leads.models import Lead, LeadEvent


def _locked(event):
    lead = Lead.objects.select_for_update(of=["self"]).get(pk=event.lead_id)
    event = LeadEvent.objects.select_for_update(of=["self"]).select_related("agency").get(pk=event.pk)
    event.lead = lead
    return event


@transaction.atomic
def match(*, event, incident, by, now=None):
    """Say which incident an event of a notice means; its agency owes on the lead from now on."""
    now = now or timezone.now()
    event = _locked(event)
    access.enforce(policies.match, by, event)
    directory = Directory(event.lead.agency)
    if incident.agency_id not in directory.members:
        raise Refused("That incident belongs to an agency outside this center.", "events.match", event)
    if event.lead.events.filter(incident=incident).exists():
        raise Refused("This lead has that incident already: the notice names it twice.", "events.match", event)
    _tie(event, incident, by, now)
    settle(event.lead, directory=directory, by=by, now=now)
    audit.record("event.matched", event, by=by, agency=event.lead.agency, lead=event.lead.number, incident=incident.pk)
    return event


def _tie(event, incident, by, now):
    event.incident, event.agency = incident, incident.agency
    event.matched_at, event.matched_by = now, by
    event.case_key, event.kind, event.occurred_at = incident.case_key, incident.kind, incident.occurred_at
    event.address = incident.address or event.address
    event.save(
        update_fields=[
            "incident",
            "agency",
            "matched_at",
            "matched_by",
            "case_key",
            "kind",
            "occurred_at",
            "address",
        ]
    )


@transaction.atomic
def match_waiting(*, by, now=None, limit=500):
    """Look again for the incidents of waiting events: those loaded since are tied to their leads. Returns how many."""
    now = now or timezone.now()
    waiting = queries.events_with_an_incident().order_by("id")[:limit]
    directories, tied = {}, 0
    for found in list(waiting.select_related("lead__agency", "agency")):
        center = found.lead.agency
        directory = directories.setdefault(center.pk, Directory(center))
        incident = find_incident(found.agency, found.case_key, directory)
        event = incident and _locked(found)
        if not event or event.incident_id or event.lead.events.filter(incident=incident).exists():
            continue
        _tie(event, incident, by, now)
        settle(event.lead, directory=directory, by=by, now=now)
        audit.record("event.matched", event, by=by, agency=center, lead=event.lead.number, incident=incident.pk)
        tied += 1
    return tied


@transaction.atomic
def confirm(*, event, report, by, now=None):
    """An examiner compared the specimens under the microscope and confirms that the event belongs to the line."""
    now = now or timezone.now()
    event = _locked(event)
    access.enforce(policies.confirm, by, event)
    event.confirmed_at, event.confirmed_by, event.report = now, by, report
    event.save(update_fields=["confirmed_at", "confirmed_by", "report"])
    refresh(event.lead, now=now)
    audit.record("event.confirmed", event, by=by, agency=event.lead.agency, lead=event.lead.number, report=report)
    notify(queries.involved(event.lead), "lead.confirmed", event.lead, now=now)
    return event
