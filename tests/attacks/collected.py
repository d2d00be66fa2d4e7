"""What a side holds beside its cases: gunshot alerts."""

from evidence.actions import alerts
from evidence.imports.alerts import AlertRow
from evidence.models import Detection


def alerts_of(side):
    """Shots that an alert of the side tells of, at a place of its own."""
    where = {"at": side.earlier, "time_known": True, "lat": None, "lng": None, "rounds": 3}
    words = {"heard": f"{side.marker} shots", "address": f"7 {side.marker} St", "case_number": ""}
    row = AlertRow(row_number=2, source="GDS", key=f"{side.marker}-A", number=f"{side.marker}-A", **where, **words)
    alerts.load(agency=side.police, rows=[row], by=side["evidence_technician"])
    return Detection.objects.get(alerts__key=row.key)
