"""Why a person may not say that two outcomes are one, or None if they may."""

from agencies.access import has_permission
from agencies.roles import Permission


def _keeps(user, outcome):
    center = outcome.agency.parent_id or outcome.agency_id
    if has_permission(user, Permission.LEAD_TRIAGE, center):
        return None
    return "Only an analyst or the coordinator of the center says which outcomes are one."


def merge(user, outcome, into=None):
    """into: the other one, once it is chosen. Both are of one's center."""
    if reason := _keeps(user, outcome) or (into and _keeps(user, into)):
        return reason
    if outcome.merged_into_id:
        return "This was found to be another one already."
    return "Others were found to be this one: it stays. Merge the other into it." if outcome.merged.exists() else None


def part(user, outcome):
    """Take apart again what was found to be one."""
    if reason := _keeps(user, outcome):
        return reason
    return None if outcome.merged_into_id else "This counts by itself already."
