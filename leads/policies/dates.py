"""Why a person may not keep the days of a case, say whose case it is or have a calendar of them; None if they may."""

from agencies.access import has_permission
from agencies.models import Agency
from agencies.roles import Permission
from leads.models import Deadline, Referral

NOT_YOURS = "Only a prosecutor of the office keeps the days of its cases."


def keep(user, referral):
    """Set a deadline in a case."""
    if not has_permission(user, Permission.REFERRAL_DECIDE, referral.office_id):
        return NOT_YOURS
    return None if referral.status in Referral.OPEN else "A case that is not before the office has no deadlines."


def change(user, deadline):
    """Move it, say that it is done, or take it off."""
    if not has_permission(user, Permission.REFERRAL_DECIDE, deadline.office_id):
        return NOT_YOURS
    if deadline.status != Deadline.Status.OPEN:
        return f"This deadline is {deadline.get_status_display().lower()} already."
    return None


def give(user, referral):
    """Say whose case it is."""
    if not has_permission(user, Permission.REFERRAL_DECIDE, referral.office_id):
        return "Only a prosecutor of the office says whose case it is."
    return None


def set_rule(user, office):
    if office.kind not in Agency.PROSECUTORS or not has_permission(user, Permission.REFERRAL_DECIDE, office):
        return "Only a prosecutor of the office says how long ahead it is told of its dates."
    return None


def tell(user):
    return None if user.is_system else "The clock tells of dates by itself."


def have_feed(user, membership):
    """Have a secret address of one's dates in one agency."""
    if membership.user_id != user.pk:
        return "A calendar address is made by the person it is for."
    if membership.ended_at or not has_permission(user, Permission.REFERRAL_VIEW, membership.agency_id):
        return "Only who sees cases of an agency has a calendar of their dates."
    return None


def revoke_feed(user, feed):
    if feed.membership.user_id != user.pk:
        return "Only the person it is for revokes a calendar address."
    return "This address is revoked already." if feed.revoked_at else None
