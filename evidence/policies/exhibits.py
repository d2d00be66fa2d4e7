from django.utils import timezone

from agencies.access import groups_with
from agencies.roles import Permission
from evidence.models import Exhibit
from evidence.policies.standing import NOT_BEFORE_NOW, works_for


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


def correct_exhibit(user, exhibit, kind=None, nibin_eligible=True, collected_at=None, **_others):
    if not works_for(user, Permission.INCIDENT_EDIT, exhibit.agency):
        return f"Only people who record evidence for {exhibit.agency} can correct its exhibits."
    if kind and kind != exhibit.kind == Exhibit.Kind.FIREARM and exhibit.firearm.traces.exists():
        return "A trace of this firearm was asked for, so it stays a firearm."
    if not nibin_eligible and exhibit.acquisitions.exists():
        return "A NIBIN site has received this exhibit already, so it stays one for NIBIN."
    if collected_at and exhibit.custody.filter(position=2, at__lt=collected_at).exists():
        return "This is later than the first hand-over in the chain of custody. Check the date and the time."
    return None


def record_custody(user, exhibit, at=None, last_at=None):
    groups = groups_with(user, Permission.INCIDENT_EDIT)
    if not groups or not exhibit.incident.grants.filter(group_id__in=groups).exists():
        return "Only people who record evidence for an agency that holds this exhibit can hand it over."
    if at and at > timezone.now():
        return NOT_BEFORE_NOW
    if at and last_at and at < last_at:
        return "This is earlier than the last entry of the chain. A chain of custody only goes forward: check the time."
    return None
