"""A lead on the level of actions: notices of a few events, and parts that are worked from one end to the other."""

from datetime import date, timedelta

from agencies.models import Notification, User
from evidence.imports.notices import Notice, NoticeEvent
from leads.actions import activities, assignments, closings, notices
from leads.models import Lead
from tests.factories import NOW, incident

LATER = NOW + timedelta(days=3)
BOTH = (("PAPD", "26-018844"), ("Glenmoor PD", "26-004417"))


def system():
    return User.objects.system()


def told(person, verb):
    """How many notices of this verb a person has."""
    return Notification.objects.filter(user=person, verb=verb).count()


def notice(*cases, number="WCL-2026-00412", site="WCL", **values):
    """A notice of (agency, case number) or (agency, case number, {other values of the event})."""
    rows = [
        NoticeEvent(row, case, case.replace("-", ""), agency=agency, calibre="9 mm", **(rest[0] if rest else {}))
        for row, (agency, case, *rest) in enumerate(cases, 2)
    ]
    values.setdefault("notice_date", date(2026, 7, 15))
    return Notice(lead_number=number, lead_key=number, site=site, events=rows, **values)


def load(city, *made, now=NOW, by=None, center=None):
    return notices.load(notices=made, center=center or city.center, by=by or city.analyst, now=now)


def old(city):
    """A lead whose events are long past, so that its parts are in no hurry."""
    incident(city.papd, case_number="26-018844", occurred_at=NOW - timedelta(days=300))
    incident(city.gmpd, case_number="26-004417", occurred_at=NOW - timedelta(days=200))
    load(city, notice(*BOTH))
    return Lead.objects.get()


def joined_by_homicide(city, now):
    """The homicide of yesterday that a second notice adds to it."""
    incident(city.papd, case_number="26-9", kind="homicide", occurred_at=NOW - timedelta(days=1))
    load(city, notice(("PAPD", "26-9")), now=now)


def part(lead, agency):
    return lead.obligations.get(agency=agency)


def close(obligation, worker, supervisor, now=NOW):
    """An agency's part from assigned to closed."""
    assignments.assign(obligation=obligation, investigator=worker, by=supervisor, now=now)
    activities.log(obligation=obligation, kind="note", text="Read the file", by=worker, now=now)
    closings.propose(obligation=obligation, outcome="arrest_made", usefulness=5, by=worker, now=now)
    closings.approve(obligation=obligation, by=supervisor, now=now)


def close_all(city, lead, now=NOW):
    close(part(lead, city.papd), city.detective, city.supervisor, now)
    close(part(lead, city.gmpd), city.gm_detective, city.gm_supervisor, now)
    lead.refresh_from_db()
