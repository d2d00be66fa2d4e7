"""Leads as the file of notices that brings them, a row for each event, and dockets as theirs; loaded back, each is the
same.
"""

from zoneinfo import ZoneInfo

from evidence.models import Incident
from leads.models import Docket, Lead, LeadEvent

COLUMNS = (
    "Lead Number", "Notice Date", "Agency", "ORI", "Case Number", "Lab Number", "Exhibit", "Offense", "Date",
    "Location", "Caliber", "Confirmed", "Contact", "Reviewer 1", "Reviewer 2",
)  # fmt: skip
DOCKET_COLUMNS = (
    "Case Number", "Docket Number", "Status", "Filed", "Court", "Court Level", "County", "Booking Number",
    "Defendant ID",
)  # fmt: skip


def export(agency, user, most):
    """(Lead, ids, names of columns, rows) of the leads that a center keeps, or a laboratory gave notice of, as far as a
    person sees them.
    """
    leads = Lead.objects.visible_to(user).filter(agency=agency) | Lead.objects.visible_to(user).filter(site=agency)
    ids = list(leads.order_by("pk").values_list("pk", flat=True)[:most])
    events = LeadEvent.objects.filter(lead__in=ids).select_related("lead", "agency").prefetch_related("agency__oris")
    zone = ZoneInfo(agency.zone)
    return Lead, ids, COLUMNS, [_row(each, zone) for each in events.order_by("lead_id", "pk")[:most]]


def _row(event, zone):
    oris = sorted(each.ori for each in event.agency.oris.all()) if event.agency else []
    return [
        event.lead.number,
        event.lead.notice_on.isoformat(),
        event.agency.name if event.agency else event.agency_text,
        oris[0] if oris else "",
        "" if event.case_number == "not given" else event.case_number,
        event.lab_number,
        event.exhibit_number,
        event.offense,
        event.occurred_at.astimezone(zone).isoformat(" ") if event.occurred_at else "",
        event.address,
        event.caliber,
        "yes" if event.confirmed_at else "no",
        event.contact,
        event.lead.reviewer_1,
        event.lead.reviewer_2,
    ]


def export_dockets(agency, user, most):
    """(Docket, ids, names of columns, rows) of the dockets of an agency's incidents that a person sees, each as the
    last file had it.
    """
    cases = Incident.objects.visible_to(user).filter(agency=agency)
    found = list(Docket.objects.filter(incident__in=cases).select_related("incident").order_by("pk")[:most])
    return Docket, [each.pk for each in found], DOCKET_COLUMNS, [_docket(each) for each in found]


def _docket(one):
    filed = one.filed_on.isoformat() if one.filed_on else ""
    court = (one.court, one.court_level, one.county, one.booking, one.defendant)
    return [one.incident.case_number, one.number, one.status_raw, filed, *court]
