"""Events of a line: found in a notice, added, tied to the incidents they mean, and doubles taken off."""

from typing import NamedTuple

from django.utils import timezone

from agencies import audit
from evidence.models import Exhibit, Incident
from leads.actions import _names as names
from leads.actions import _pairs
from leads.actions._names import KEY
from leads.actions._pairs import taken_off
from leads.models import EventName, LeadEvent


class Joined(NamedTuple):
    """A row taken as one with the row `other`: by what both say, or because one was matched or routed since."""

    row: int
    case: str
    other: int
    by_name: bool


class Taken(NamedTuple):
    """What a notice brought to a lead: the events added, or standing again that were withdrawn, each with its row;
    those the lead had and the notice confirms, with theirs; and rows that name an event of another row.
    """

    added: list
    confirmed: list
    joined: list


def take(lead, named, there, *, by, now):
    """Bring the events of a notice to a lead that has `there`, and keep how it names them."""
    there, taken, rows, new = list(there), Taken([], [], []), {}, []
    gone = [event for event in there if event.withdrawn_at]
    # What an examiner took off the line a notice does not put back: only a correction of the result does.
    off = taken_off(lead) if gone else set()
    there = [event for event in there if not event.withdrawn_at]
    known, once = names.kept(there), names.kept(gone)
    for each in named:
        item = each.item
        event = each.of(there, known)
        if event is None:
            event = each.of(gone, once)
            if event and event.pk in off:
                continue
            if event:
                _stand_again(lead, event, each, by, now)
                gone.remove(event)
                known += [name for name in once if name.event is event]
                once = [name for name in once if name.event is not event]
            event = event or _new(lead, each, by, now)
            there.append(event)
            taken.added.append((event, item.row_number))
        elif item.confirmed and not event.confirmed_at:
            event.confirmed_at, event.confirmed_by, event.report = now, by, _report(lead)
            if event.pk:
                event.save(update_fields=["confirmed_at", "confirmed_by", "report"])
                taken.confirmed.append((event, item.row_number))
        before = rows.setdefault(id(event), [])
        if before:
            taken.joined.append(_joined(each, before))
        before.append(each)
        if name := names.missing(event, each, known):
            known.append(name)
            new.append(name)
    LeadEvent.objects.bulk_create([event for event, _row in taken.added if not event.pk])
    EventName.objects.bulk_create(new)
    return taken


def _joined(named, before):
    alike = next((each for each in before if named.is_as(each)), None)
    other = (alike or before[0]).item.row_number
    return Joined(named.item.row_number, named.item.case_number, other, alike is not None)


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


def _stand_again(lead, event, named, by, now):
    """An event that was withdrawn is named by a notice again, and no second one stands beside it."""
    event.withdrawn_at = event.withdrawn_by = None
    event.added_at, event.confirmed_at, event.confirmed_by, event.report = now, None, None, ""
    if named.item.confirmed:
        event.confirmed_at, event.confirmed_by, event.report = now, by, _report(lead)
    event.save(update_fields=["withdrawn_at", "withdrawn_by", "added_at", "confirmed_at", "confirmed_by", "report"])
    if named.incident and not event.incident_id:
        tie(event, named.incident, by=by, now=now)


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
    either holds; the one that stays takes on how notices named the double, and the log keeps it.
    """
    if double.confirmed_at and not into.confirmed_at:
        for name in ("confirmed_at", "confirmed_by_id", "report", "paired"):
            setattr(into, name, getattr(double, name))
        into.save(update_fields=["confirmed_at", "confirmed_by", "report", "paired"])
    named = {"case_number": double.case_number, "agency_text": double.agency_text, "lab_number": double.lab_number}
    named |= {"exhibit_number": double.exhibit_number, "event": double.pk}
    audit.record("event.merged", into, by=by, agency=into.agency, lead=into.lead.number, **named)
    names.move(double, into)
    if _pairs.move(double, into):
        double.withdrawn_at, double.withdrawn_by = timezone.now(), by
        double.save(update_fields=["withdrawn_at", "withdrawn_by"])
    else:
        double.delete()
