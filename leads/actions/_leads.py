"""Opening and growing a lead: events found among incidents, one obligation per agency, sight for those involved."""

from datetime import timedelta

from agencies import access, audit
from agencies.models import Agency, AgencyOri
from agencies.notifications import notify
from agencies.roles import Role
from evidence.models import Exhibit, Incident
from leads import queries, triage
from leads.actions._steps import enter
from leads.models import Lead, LeadEvent, Obligation
from leads.stages import clock_values

REFRESHED = [
    "events_count",
    "confirmed_count",
    "first_event_at",
    "last_event_at",
    "caliber",
    "line",
    "score",
    "reasons",
    "scored_at",
    "priority",
    "priority_reason",
    "status",
    "closed_at",
    "updated_at",
]
TOLD = (Role.SUPERVISOR, Role.ANALYST, Role.CENTER_COORDINATOR)


class Directory:
    """The agencies of one center by ORI, code and name, and their calendars, read once for a load."""

    def __init__(self, center):
        self.center = center
        members = Agency.objects.filter(parent=center, is_active=True).select_related("calendar")
        self.members = {agency.pk: agency for agency in [center, *members]}
        self._by_text = {}
        for agency in self.members.values():
            self._by_text[_plain(agency.name)] = self._by_text[_plain(agency.code)] = agency
        oris = AgencyOri.objects.filter(agency__in=self.members)
        self._by_ori = {row.ori: self.members[row.agency_id] for row in oris}
        self._calendars = {}

    def agency(self, text, ori):
        """The agency a notice names, or None for one the center does not know."""
        return self._by_ori.get((ori or "").strip().upper()) or self._by_text.get(_plain(text))

    def calendar(self, agency):
        if agency.pk not in self._calendars:
            self._calendars[agency.pk] = agency.working_calendar
        return self._calendars[agency.pk]

    def number(self, notice, site):
        """The lead's number; a bare one such as 17-077 gets the site's code before it, so that sites never collide."""
        number = notice.lead_number.strip().upper()
        owner = self.agency(notice.site, "") or site
        if number[:1].isdigit() and owner:
            return f"{owner.code}-{number}"
        return number


def _plain(text):
    return "".join(character for character in (text or "").casefold() if character.isalnum())


def find_or_open(notice, *, directory, site, by, now):
    """The lead of a notice and whether it was there before; None when a new one would have a single event."""
    number = directory.number(notice, site)
    lead = Lead.objects.select_for_update(of=["self"]).filter(number=number, agency=directory.center).first()
    if lead:
        return lead, True
    if len({(event.agency, event.ori, event.case_key or event.row_number) for event in notice.events}) < 2:
        return None, False
    lead = Lead.objects.create(
        number=number,
        agency=directory.center,
        site=site,
        notice_on=notice.notice_date or now.date(),
        due_at=now + timedelta(days=1),
        opened_at=now,
        created_by=by,
    )
    return lead, False


def add_event(lead, item, directory, by, now):
    """Add one event of a notice to a lead, unless the lead has it; matched to its incident if there is exactly one."""
    agency = directory.agency(item.agency, item.ori)
    key = item.case_key or f"?{item.lab_number or item.exhibit or item.row_number}"
    incident = find_incident(agency, item.case_key, directory)
    agency = incident.agency if incident else agency
    known = lead.events.filter(case_key=key, agency=agency).first()
    if known or (incident and lead.events.filter(incident=incident).exists()):
        if known and item.confirmed and not known.confirmed_at:
            known.confirmed_at, known.confirmed_by, known.report = now, by, f"Notice {lead.number}"
            known.save(update_fields=["confirmed_at", "confirmed_by", "report"])
            return known
        return None
    confirmed = {"confirmed_at": now, "confirmed_by": by, "report": f"Notice {lead.number}"} if item.confirmed else {}
    return LeadEvent.objects.create(
        lead=lead,
        agency=agency,
        incident=incident,
        agency_text=item.agency[:120],
        case_number=(item.case_number or "not given")[:40],
        case_key=key[:40],
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


def find_incident(agency, case_key, directory):
    """The one incident under this case key: of the named agency, else of the only agency of the center that has it."""
    if not case_key:
        return None
    among = Incident.objects.select_related("agency").filter(case_key=case_key)
    found = among.filter(agency=agency) if agency else among.filter(agency__in=directory.members)
    found = list(found[:2])
    return found[0] if len(found) == 1 else None


def _casings(incident, item):
    if incident is None or not item.exhibit:
        return None
    exhibit = Exhibit.objects.filter(incident=incident, number=item.exhibit).first()
    return exhibit.count if exhibit else None


def settle(lead, *, directory, by, now, grew=False):
    """After events came or changed: facts and score, one obligation for each agency, sight, and everybody told."""
    refresh(lead, now=now)
    agencies = {event.agency_id: directory.members[event.agency_id] for event in lead.events.all() if event.agency_id}
    access.share(lead, *{directory.center, *agencies.values(), *filter(None, [lead.site])})
    owed = {row.agency_id: row for row in lead.obligations.select_for_update().select_related("agency__calendar")}
    for agency_id, agency in agencies.items():
        if agency_id not in owed:
            _send(lead, agency, directory.calendar(agency), by, now)
        elif grew:
            _tell_growth(lead, owed[agency_id], by, now)


def _send(lead, agency, calendar, by, now):
    obligation = Obligation.objects.create(
        lead=lead,
        agency=agency,
        priority=lead.priority,
        sent_at=now,
        **clock_values("acknowledge", priority=lead.priority, started_at=now, calendar=calendar),
    )
    audit.record("obligation.sent", obligation, by=by, agency=agency, lead=lead.number)
    notify(queries.holders(agency, *TOLD), "lead.sent", lead, now=now)


def _tell_growth(lead, obligation, by, now):
    """An agency that has closed its part owes again when the line grows: the new event may change the outcome."""
    if obligation.state == Obligation.State.CLOSED:
        audit.record("obligation.reopened", obligation, by=by, lead=lead.number, outcome=obligation.outcome)
        gone = {"closed_at": None, "closed_by": None, "proposed_at": None, "proposed_by": None}
        enter(obligation, Obligation.State.SENT, now=now, sent_at=now, outcome="", usefulness=None, **gone)
    people = queries.holders(obligation.agency, *TOLD)
    notify([*people, *filter(None, [obligation.investigator])], "lead.grew", lead, now=now)


def refresh(lead, *, now):
    """Recompute what a lead says of its events: counts, line, calibre, score and priority; reopen one that grew."""
    events = list(lead.events.select_related("agency").order_by("occurred_at", "id"))
    dated = [event for event in events if event.occurred_at]
    lead.events_count = len(events)
    lead.confirmed_count = sum(event.confirmed_at is not None for event in events)
    lead.first_event_at = dated[0].occurred_at if dated else None
    lead.last_event_at = dated[-1].occurred_at if dated else None
    lead.caliber = next((event.caliber for event in events if event.caliber), lead.caliber)
    lead.line = [drawn(event) for event in dated]
    facts = triage.Facts(
        events=tuple(triage.Event(e.kind, e.occurred_at, e.agency_id or 0, e.confirmed_at is not None) for e in dated),
        gun_recovered=False,
        as_of=now,
    )
    score = triage.score(facts)
    lead.score, lead.reasons, lead.scored_at = score.total, [list(reason) for reason in score.reasons], now
    lead.priority, lead.priority_reason = triage.priority(facts)
    if any(event.added_at == now for event in events):
        lead.status, lead.closed_at = Lead.Status.OPEN, None
    lead.save(update_fields=REFRESHED)


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
