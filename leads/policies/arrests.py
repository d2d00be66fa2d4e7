"""Why a person may not look through arrests for an office, or let an office do so; None if they may."""

from agencies.access import has_permission
from agencies.models import Agency
from agencies.roles import Permission


def answer(user, arrest):
    if not has_permission(user, Permission.REFERRAL_DECIDE, arrest.office_id):
        return "Only a prosecutor of the office answers for an arrest."
    return "This arrest counts as another one: answer that." if arrest.outcome.merged_into_id else None


def set_rule(user, office):
    """Whether an office is shown arrests is its center's to say, not the office's."""
    if office.kind != Agency.Kind.US_ATTORNEY:
        return "Arrests are looked through by a federal office, for what it would take."
    if not has_permission(user, Permission.AGENCY_MANAGE, office.parent_id):
        return "Only a coordinator of the center says whether an office is shown arrests."
    return None


def collect(user):
    return None if user.is_system else "The portal itself puts new arrests on the list."
