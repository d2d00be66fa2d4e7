"""What a side holds beside its cases: gunshot alerts, work of the laboratory, confirmation of its lead."""

from datetime import timedelta

from evidence.actions import acquisitions, alerts, exhibits, lab_requests
from evidence.imports.alerts import AlertRow
from evidence.models import Detection
from leads.actions import comparisons, confirmation_requests
from leads.actions._reported import Found


def alerts_of(side):
    """Shots that an alert of the side tells of, at a place of its own."""
    where = {"at": side.earlier, "time_known": True, "lat": None, "lng": None, "rounds": 3}
    words = {"heard": f"{side.marker} shots", "address": f"7 {side.marker} St", "case_number": ""}
    row = AlertRow(row_number=2, source="GDS", key=f"{side.marker}-A", number=f"{side.marker}-A", **where, **words)
    alerts.load(agency=side.police, rows=[row], by=side["evidence_technician"])
    return Detection.objects.get(alerts__key=row.key)


def laboratory_of(side):
    """(a request for casings of their own, the review of what another exhibit's entry found)."""
    by, marker = side["evidence_technician"], side.marker
    casings = {"kind": "casing_group", "collected_at": side.earlier, "caliber": "9 mm", "incident": side.incident}
    asked, entered = (exhibits.add(by=by, number=f"{marker}-L{place}", **casings) for place in (1, 2))
    request = lab_requests.send(
        incident=side.incident, exhibits=[asked], laboratory=side.lab, asked="comparison", note=f"{marker} note",
        needed_on=side.now.date() + timedelta(days=9), at=side.earlier, by=by,
    )  # fmt: skip
    made = acquisitions.receive(exhibit=entered, site=side.lab, received_at=side.earlier, by=by)
    made = acquisitions.enter(
        acquisition=made, reference=f"{marker}-N", entered_at=side.now, by=side["examiner"], representative=marker
    )
    return request, made.correlation


def confirmation_of(side):
    """(a request, what came of a pair of it, the correction of that which waits for a second person)."""
    marker, lead, examiner = side.marker, side.lead, side["examiner"]
    one, two = lead.events.order_by("pk")
    when = {"needed_on": side.now.date() + timedelta(days=9), "note": f"{marker} jury"}
    asked = confirmation_requests.ask(
        lead=lead, agency=side.police, laboratory=side.lab, events=[one, two], by=side["detective"],
        evidence={one.pk: f"{marker} casings"}, **when,
    )  # fmt: skip
    confirmation_requests.assign(request=asked, examiner=examiner, by=examiner)
    under = {"report": f"{marker}-R", "reported_on": side.now.date(), "by": examiner}
    found = [Found(one, two, "inconclusive")]
    comparisons.record(lead=lead, request=asked, results=found, ends=False, note=f"{marker} marks", **under)
    result = lead.comparisons.get()
    why = {"result": "unsuitable", "reason": f"{marker} again"}
    return asked, result, comparisons.correct(comparison=result, **why, **under)
