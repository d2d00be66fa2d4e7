"""Events of a line: found in a notice, added, tied to the incidents they mean, and doubles taken off."""

from typing import NamedTuple

from agencies import audit
from agencies.models import Agency
from evidence.imports.notices import NoticeEvent
from evidence.models import Exhibit, Incident
from leads.models import LeadEvent

KEY = 40


class Named(NamedTuple):
    """What one event of a notice means here: an agency and incident, as far as the center knows them, and its key."""

    item: NoticeEvent
    agency: Agency | None
    incident: Incident | None
    key: str

    @property
    def identity(self):
        """One event of a line, however often and however spelt a notice names it."""
        return (self.agency.pk if self.agency else None, self.key)

    def of(self, events):
        """This event among those of a lead, or None. Somebody may have said since which incident or agency is meant:
        how a notice named it then still tells.
        """
        for event in events:
            if (event.agency_id, event.case_key) == self.identity:
                return event
            if self.incident and event.incident_id == self.incident.pk:
                return event
        item = self.item
        named = (item.case_number[:KEY], item.agency[:120], item.lab_number[:40], item.exhibit[:40])
        return next((each for each in events if each.pk and item.case_number and _named(each) == named), None)


def _named(event):
    return (event.case_number, event.agency_text, event.lab_number, event.exhibit_number)


def understand(item, directory):
    """The agency and the incident that an event of a notice means."""
    agency = directory.agency(item.agency, item.ori)
    incident = directory.incident(agency, item.case_key, item.case_number)
    key = item.case_key or f"?{item.lab_number or item.exhibit or item.row_number}"[:KEY]
    return Named(item, incident.agency if incident else agency, incident, key)


def take(lead, named, there, *, by, now):
    """Bring the events of a notice to a lead that has `there`: (those added, those it had and this confirms)."""
    there, added, confirmed = list(there), [], []
    for each in named:
        known = each.of(there)
        if known is None:
            event = _new(lead, each, by, now)
            there.append(event)
            added.append(event)
        elif each.item.confirmed and not known.confirmed_at:
            known.confirmed_at, known.confirmed_by, known.report = now, by, _report(lead)
            if known.pk:
                known.save(update_fields=["confirmed_at", "confirmed_by", "report"])
                confirmed.append(known)
    LeadEvent.objects.bulk_create(added)
    return added, confirmed


def _report(lead):
    return f"Notice {lead.number}"[:KEY]


def _new(lead, named, by, now):
    item, incident = named.item, named.incident
    confirmed = {"confirmed_at": now, "confirmed_by": by, "report": _report(lead)} if item.confirmed else {}
    return LeadEvent(
        lead=lead,
        agency=named.agency,
        incident=incident,
        agency_text=item.agency[:120],
        case_number=(item.case_number or "not given")[:KEY],
        case_key=named.key,
        lab_number=item.lab_number[:40],
        exhibit_number=item.exhibit[:40],
        kind=incident.kind if incident else (item.event_type or Incident.Kind.OTHER),
        offense=item.offense[:200],
        occurred_at=incident.occurred_at if incident else item.occurred_at,
        address=(incident.address if incident else item.location)[:200],
        caliber=item.calibre[:40],
        casings=_casings(incident, item),
        contact=" ".join(filter(None, [item.detective, item.contact]))[:200],
        added_at=now,
        matched_at=now if incident else None,
        matched_by=by if incident else None,
        **confirmed,
    )


def _casings(incident, item):
    if incident is None or not item.exhibit:
        return None
    exhibit = Exhibit.objects.filter(incident=incident, number=item.exhibit).first()
    return exhibit.count if exhibit else None


def double_of(event, incident):
    """The other event of the same line that already stands for this incident, matched or waiting; None if none does."""
    others = event.lead.events.exclude(pk=event.pk).select_related("agency")
    found = others.filter(incident=incident).first()
    return found or others.filter(agency=incident.agency, case_key=incident.case_key).first()


def tie(event, incident, *, by, now):
    """Say that an event is this incident. The line must not have it yet: see `double_of`."""
    event.incident, event.agency = incident, incident.agency
    event.matched_at, event.matched_by = now, by
    event.case_key, event.kind, event.occurred_at = incident.case_key, incident.kind, incident.occurred_at
    event.address = incident.address or event.address
    names = ["incident", "agency", "matched_at", "matched_by", "case_key", "kind", "occurred_at", "address"]
    event.save(update_fields=names)


def can_merge(lead):
    """Whether a line keeps two events when one is taken off."""
    return lead.events.count() > 2


def merge(double, into, *, by):
    """Take an event off a line that has it already: the notice named one case twice. What an examiner confirmed of
    either holds, and the log keeps how the double was named.
    """
    if double.confirmed_at and not into.confirmed_at:
        for name in ("confirmed_at", "confirmed_by_id", "report"):
            setattr(into, name, getattr(double, name))
        into.save(update_fields=["confirmed_at", "confirmed_by", "report"])
    named = {"case_number": double.case_number, "agency_text": double.agency_text, "lab_number": double.lab_number}
    named |= {"exhibit_number": double.exhibit_number, "event": double.pk}
    audit.record("event.merged", into, by=by, agency=into.agency, lead=into.lead.number, **named)
    double.delete()
