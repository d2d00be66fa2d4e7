"""Why a person may not change how leads are scored, or None if they may."""

from agencies.access import has_permission
from agencies.roles import Permission
from leads.models import Lead, ScoreTable

State = ScoreTable.State


def draft(user, center):
    """Write a new version of a center's table of weights, or go on with its draft."""
    may = has_permission(user, Permission.LEAD_TRIAGE, center.pk)
    return None if may else "Only the center's analysts and its coordinator change the weights."


def agree(user, table):
    """Put a draft in force: somebody else than who wrote it."""
    if not has_permission(user, Permission.LEAD_TRIAGE, table.agency_id):
        return "Only the center's analysts and its coordinator change the weights."
    if not table.can_move_to(State.AGREED):
        return f"This version is decided already: {table.get_state_display().lower()}."
    if table.drafted_by_id == user.pk:
        return "Somebody else than the one who wrote it puts it in force."
    return None


def discard(user, table):
    if not has_permission(user, Permission.LEAD_TRIAGE, table.agency_id):
        return "Only the center's analysts and its coordinator change the weights."
    if not table.can_move_to(State.DISCARDED):
        return f"This version is decided already: {table.get_state_display().lower()}."
    return None


def flag(user, lead):
    """Set on a lead, or take back, what there is to work with."""
    if not has_permission(user, Permission.LEAD_TRIAGE, lead.agency_id):
        return "Only the center's analysts say what there is to work with."
    if lead.status != Lead.Status.OPEN:
        return "This lead is closed: its score stands as it was."
    return None
