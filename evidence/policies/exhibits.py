from django.db.models import Sum

from agencies.roles import Permission
from evidence.models import CasingSheet, Exhibit, FirearmPair
from evidence.policies.standing import works_for


def record_incident(user, agency):
    if not works_for(user, Permission.INCIDENT_EDIT, agency):
        return f"Only people who record evidence for {agency} can add an incident to it."
    return None


def correct_incident(user, incident):
    if not works_for(user, Permission.INCIDENT_EDIT, incident.agency):
        return f"Only people who record evidence for {incident.agency} can correct its incidents."
    return None


def add_exhibit(user, incident):
    if not works_for(user, Permission.INCIDENT_EDIT, incident.agency):
        return f"Only people who record evidence for {incident.agency} can add exhibits to its incidents."
    return None


def _against_the_sheet(exhibit, kind, count):
    """What the triage sheet of casings does not let change."""
    changes = count not in (None, exhibit.count) or kind not in (None, exhibit.kind)
    sheet = CasingSheet.objects.filter(exhibit=exhibit).first() if changes else None
    if sheet is None:
        return None
    if kind and kind != Exhibit.Kind.CASING_GROUP:
        return "This exhibit has a triage sheet of casings, so it stays cartridge cases."
    listed = sheet.marks.aggregate(listed=Sum("count"))["listed"] or 0
    if count and count < listed:
        return f"Its triage sheet lists {listed} casings at the markers. Correct the sheet first."
    return None


def _stays_a_firearm(gun):
    if gun.traces.exists():
        return "Work on this firearm has begun, so it stays a firearm."
    if FirearmPair.objects.decided(gun).exists():
        return "Somebody said whether this firearm is the same gun as another. Take that back, then correct it."
    return None


def correct_exhibit(user, exhibit, kind=None, nibin_eligible=True, collected_at=None, **others):
    if not works_for(user, Permission.INCIDENT_EDIT, exhibit.agency):
        return f"Only people who record evidence for {exhibit.agency} can correct its exhibits."
    if kind and kind != exhibit.kind == Exhibit.Kind.FIREARM and (reason := _stays_a_firearm(exhibit.firearm)):
        return reason
    if reason := _against_the_sheet(exhibit, kind, others.get("count")):
        return reason
    if not nibin_eligible and exhibit.acquisitions.exists():
        return "A NIBIN site has received this exhibit already, so it stays one for NIBIN."
    if collected_at and exhibit.custody.filter(position=2, at__lt=collected_at).exists():
        return "This is later than the first hand-over in the chain of custody. Check the date and the time."
    return None
