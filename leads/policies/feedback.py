"""Who may give feedback and print it: the reason why not, or None."""

from agencies.access import has_permission
from agencies.roles import Permission


def give(user):
    return None if user.is_system else "Feedback is given by the portal itself, when a lead yields."


def print_letters(user):
    if has_permission(user, Permission.OBLIGATION_ASSIGN):
        return None
    return "Letters of thanks are printed by supervisors, commanders and the center's coordinator."
