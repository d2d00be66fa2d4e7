"""Why a person may not decide on a lead on the desk, or None if they may."""

from agencies.access import has_permission
from agencies.roles import Permission
from leads.models import DeskItem

State = DeskItem.State


def change_rule(user, center):
    """Choose whether leads of a center go out at once."""
    may = has_permission(user, Permission.OBLIGATION_APPROVE, center.pk)
    return None if may else "Only the center's coordinator chooses whether leads go out at once."


def _works(user, item, state, verb):
    if not has_permission(user, Permission.LEAD_TRIAGE, item.agency_id):
        return "Only the center's analysts and its coordinator decide on leads that were not sent yet."
    if item.state == State.SENT:
        return "This lead was sent: its agencies owe on it, and each closes or returns its own part."
    if not item.can_move_to(state):
        return f"A lead that is {item.get_state_display().lower()} cannot be {verb}."
    return None


def accept(user, item):
    return _works(user, item, State.ACCEPTED, "accepted")


def send(user, item):
    return _works(user, item, State.SENT, "sent")


def defer(user, item):
    return _works(user, item, State.DEFERRED, "deferred")


def decline(user, item):
    return _works(user, item, State.PROPOSED, "declined")


def review(user, item):
    """Agree to decline, or bring the lead back instead."""
    if item.state == State.PROPOSED and item.proposed_by_id == user.pk:
        return "Somebody else than the one who proposed to decline has to review it."
    if item.state == State.WAITING:
        return "Nobody proposes to decline this lead."
    return _works(user, item, State.DECLINED, "declined")


def bring_back(user, item):
    """To the desk, from what was declined, proposed or deferred. Who proposed to decline may think better of it."""
    return _works(user, item, State.WAITING, "brought back")


def remember(user):
    return None if user.is_system else "The portal itself brings back what was deferred."
