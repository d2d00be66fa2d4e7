from django.utils import timezone

from agencies.roles import Permission
from evidence.models import Firearm, FirearmPair
from evidence.policies.standing import NOT_BEFORE_NOW, works_for


def why_not_described(given, gun=None):
    """Why a firearm cannot be described so: `given` is what is said now, the rest stands on the known `gun`."""
    said = {name: given.get(name, getattr(gun, name, "")) for name in Firearm.DESCRIBED}
    if said["restored_serial"] and not said["is_obliterated"]:
        return "Only an obliterated number is restored. Say that it was obliterated, or take the restored number away."
    if said["restored_serial"] and not said["restored_by"]:
        return "Say who restored the number."
    if said["restored_by"] and not said["restored_serial"]:
        return "Give the number that was restored, or take away who restored it."
    if said["restored_on"] and not said["restored_serial"]:
        return "Give the number that was restored, or take the date away."
    if said["conversion_kind"] and not said["has_conversion_device"]:
        return "Say that it has a conversion device, or take its kind away."
    return None


def check_theft(user, firearm, status="", reference="", checked_at=None):
    agency = firearm.exhibit.agency
    if not works_for(user, Permission.INCIDENT_EDIT, agency):
        return f"Only people who record evidence for {agency} record whether its firearms are stolen."
    if status == Firearm.Theft.STOLEN and not reference.strip():
        return "Give the NCIC number or the reference of the agency that reported it stolen."
    if checked_at and checked_at > timezone.now():
        return NOT_BEFORE_NOW
    return None


def decide_pair(user, pair, status=None):
    """Who records evidence for one of the two, and sees both."""
    if not any(works_for(user, Permission.INCIDENT_EDIT, each) for each in (pair.agency, pair.other_agency)):
        return f"Only people who record evidence for {pair.agency} or {pair.other_agency} can say so."
    if not FirearmPair.objects.visible_to(user).filter(pk=pair.pk).exists():
        return "You do not see both firearms."
    if status and not pair.can_move_to(status):
        then = FirearmPair.Status(status).label.lower()
        return f"This pair stands as: {pair.get_status_display().lower()}. It cannot become: {then}."
    return None
