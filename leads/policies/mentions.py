"""Why a person may not say which lead a notice means by a number, or None if they may."""

from agencies.access import has_permission
from agencies.roles import Permission


def _keeps(user, mention):
    if not has_permission(user, Permission.LEAD_TRIAGE, mention.lead.agency_id):
        return "Only the center's analysts say which lead a notice means."
    return "The notice that named it was taken back." if mention.withdrawn_at else None


def settle(user, mention):
    """Say which lead is meant, or that there is none."""
    if reason := _keeps(user, mention):
        return reason
    return "This is settled already. Take that back first." if mention.named_id or mention.absent_at else None


def take_back(user, mention):
    """Have a number that was settled wait again."""
    if reason := _keeps(user, mention):
        return reason
    return None if mention.named_id or mention.absent_at else "Nobody has settled this number yet."
