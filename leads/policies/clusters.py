"""Why a person may not say that leads are of one gun, or that they are not; None if they may."""

from agencies.access import has_permission
from agencies.roles import Permission
from leads.models import LeadPair

Status = LeadPair.Status


def say(user, lead):
    """Say of a lead at all that it is of the same gun as another one."""
    if not has_permission(user, Permission.LEAD_TRIAGE, lead.agency):
        return "Only the center's analysts say which leads are of one gun."
    return "A lead that was withdrawn links nothing." if lead.is_withdrawn else None


def decide_pair(user, one, other, pair=None):
    """Join two leads, or say that they are not of one gun. `pair`: what was said of them before, None if nothing."""
    if one.pk == other.pk:
        return "A lead cannot be joined to itself. Give the number of another one."
    if not any(has_permission(user, Permission.LEAD_TRIAGE, lead.agency) for lead in (one, other)):
        return "Only the center's analysts say which leads are of one gun."
    if pair and not pair.can_move_to(Status.JOINED):
        return f"It was said of these two already: {pair.get_status_display().lower()}. Take that back first."
    if one.is_withdrawn or other.is_withdrawn:
        return "A lead that was withdrawn links nothing."
    return None


def take_back_pair(user, pair):
    if not any(has_permission(user, Permission.LEAD_TRIAGE, lead.agency) for lead in (pair.one, pair.other)):
        return "Only the center's analysts say which leads are of one gun."
    if not pair.can_move_to(Status.TAKEN_BACK):
        return "This was taken back already."
    return None


def arrange(user, cluster):
    if not has_permission(user, Permission.LEAD_TRIAGE, cluster.agency):
        return "Only the center's analysts keep how a chart is laid out."
    return None


def tell_changes(user):
    return None if user.is_system else "The portal itself tells of clusters that changed."
