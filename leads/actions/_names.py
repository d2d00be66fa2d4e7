"""How notices name events, and which event of a lead a name means."""

from datetime import UTC
from hashlib import sha256
from typing import NamedTuple

from agencies.models import Agency
from evidence.imports.notices import NoticeEvent
from evidence.models import Incident
from leads.models import EventName, Specimen

KEY = 40
GIVEN = ("agency_id", "agency_text", "ori", "case_number", "key", "lab_number", "exhibit_number")


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
    def name(self):
        """The name itself, to be kept."""
        item = self.item
        return EventName(
            agency_id=self.agency.pk if self.agency else None,
            agency_text=(item.agency or item.ori)[:120],
            ori=item.ori[:20],
            case_number=item.case_number[:KEY],
            key=self.key,
            lab_number=item.lab_number[:40],
            exhibit_number=item.exhibit[:40],
        )

    def of(self, events, names):
        """This event among those of a lead and their names, or None. What a notice named so before it is still,
        whichever incident or agency somebody has said since. Of an event that turned out to be another incident than
        the one with this number, that holds for the very same evidence alone.
        """
        mine = self.name
        called = [name for name in names if _same_agency(mine, name) and _same_case(mine, name, names)]
        for name in sorted(called, key=lambda name: (not _same_evidence(mine, name), mine.key != name.key)):
            if _same_evidence(mine, name) or not self._is_elsewhere(name.event):
                return name.event
        for event in events:
            if (event.agency_id, event.case_key) == self.identity:
                return event
            if self.incident and event.incident_id == self.incident.pk:
                return event
        return None

    def is_as(self, other):
        """Whether both name one event by themselves, whatever somebody has said of it."""
        mine, name = self.name, other.name
        same = self.identity == other.identity or (self.incident and self.incident == other.incident)
        return bool(same or (_same_agency(mine, name) and _same_case(mine, name, ())))

    def _is_elsewhere(self, event):
        return bool(self.incident and event.incident_id and event.incident_id != self.incident.pk)


def _same_agency(mine, name):
    """As it was understood, or as it is written: the center may know a name or an ORI otherwise by now."""
    if mine.agency_id and mine.agency_id == name.agency_id:
        return True
    if mine.ori and name.ori:
        return mine.ori == name.ori
    text = _plain(mine.agency_text)
    return text == _plain(name.agency_text) and bool(text or not (mine.agency_id and name.agency_id))


def _same_case(mine, name, names):
    """Another laboratory number is another piece of evidence: it may well be of the case that was mistaken for this."""
    if not name.key:
        return _may_be(mine, name, names)
    if mine.lab_number and name.lab_number and mine.lab_number != name.lab_number:
        return False
    return mine.key == name.key or bool(mine.case_number and mine.case_number == name.case_number)


def _same_evidence(mine, name):
    return (mine.lab_number, _plain(mine.exhibit_number)) == (name.lab_number, _plain(name.exhibit_number))


def _may_be(mine, name, names):
    """Of an event without numbers that was matched before names were kept, only the evidence is known. Each such name
    is good for one event of a notice, whose name is kept beside it.
    """
    if mine.case_number or not _same_evidence(mine, name):
        return False
    here = [each for each in names if each.event is name.event and not each.case_number]
    alike = [each for each in here if _same_agency(mine, each) and _same_evidence(mine, each)]
    return 2 * sum(not each.key for each in alike) > len(alike)


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
    mine = named.name
    here = (name for name in names if name.event is event)
    if any(all(getattr(name, what) == getattr(mine, what) for what in GIVEN) for name in here):
        return None
    mine.event = event
    return mine


def move(double, into):
    """The names of an event that is taken off its line go to the one that stays."""
    double.names.update(event=into)
    Specimen.objects.filter(event=into, exhibit__in=double.specimens.values("exhibit")).delete()
    double.specimens.update(event=into)
