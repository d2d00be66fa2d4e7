"""How notices name events, and which event of a lead a name means."""

from datetime import UTC
from hashlib import sha256
from typing import NamedTuple

from agencies.models import Agency
from evidence.imports.notices import NoticeEvent
from evidence.models import Incident
from leads.models import EventName

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

    @property
    def written(self):
        """The name itself, as `EventName` keeps it."""
        item = self.item
        return {
            "agency_id": self.agency.pk if self.agency else None,
            "agency_text": (item.agency or item.ori)[:120],
            "case_number": item.case_number[:KEY],
            "key": self.key,
            "lab_number": item.lab_number[:40],
            "exhibit_number": item.exhibit[:40],
        }

    def of(self, events, names):
        """This event among those of a lead and their names, or None. What a notice named so before it is still,
        whichever incident or agency somebody has said since.
        """
        mine = self.written
        for name in names:
            if _same_agency(mine, name) and _same_case(mine, name):
                return name.event
        for event in events:
            if (event.agency_id, event.case_key) == self.identity:
                return event
            if self.incident and event.incident_id == self.incident.pk:
                return event
        return None


def _same_agency(mine, name):
    if mine["agency_id"] and name.agency_id:
        return mine["agency_id"] == name.agency_id
    return _plain(mine["agency_text"]) == _plain(name.agency_text)


def _same_case(mine, name):
    """Another laboratory number is another piece of evidence: it may well be of the case that was mistaken for this."""
    if mine["lab_number"] and name.lab_number and mine["lab_number"] != name.lab_number:
        return False
    return mine["key"] == name.key or (mine["case_number"] and mine["case_number"] == name.case_number)


def understand(item, directory):
    """The agency and the incident that an event of a notice means."""
    agency = directory.agency(item.agency, item.ori)
    incident = directory.incident(agency, item.case_key, item.case_number)
    return Named(item, incident.agency if incident else agency, incident, _key(item))


def _key(item):
    """The case; without one the laboratory's number, without that what was found, when and where."""
    if item.case_key or item.lab_number:
        return (item.case_key or f"?{item.lab_number}")[:KEY]
    at = item.occurred_at.astimezone(UTC).isoformat() if item.occurred_at else ""
    told = "|".join((_plain(item.exhibit), at, _plain(item.location)))
    return f"?{sha256(told.encode()).hexdigest()[:24]}"


def _plain(text):
    return "".join(character for character in text.casefold() if character.isalnum())


def kept(events):
    """The names of some events of a lead, each with its event as it is among them."""
    of = {event.pk: event for event in events}
    names = list(EventName.objects.filter(event__in=of).order_by("pk")) if of else []
    for name in names:
        name.event = of[name.event_id]
    return names


def missing(event, named, names):
    """The name a notice gave an event, to be kept; None if it is among `names` already."""
    written = named.written
    here = (name for name in names if name.event is event)
    if any(all(getattr(name, what) == value for what, value in written.items()) for name in here):
        return None
    return EventName(event=event, **written)


def move(double, into):
    """The names of an event that is taken off its line go to the one that stays."""
    double.names.update(event=into)
