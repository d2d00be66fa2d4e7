"""Cases that a person may take out as a file."""

from django.db.models import Q

from agencies import access
from agencies.roles import Permission
from leads.queries import caselists

MOST_COUNTED = 1000
RELATED = ("lead", "office", "agency", "assigned_to", "revocation")


def _first(user, most, among=caselists.ANY):
    """The newest cases of one's office, and of those one's agency referred where one's role there takes lists out."""
    offices = access.agencies_with(user, Permission.REFERRAL_DECIDE)
    agencies = access.agencies_with(user, Permission.LEAD_EXPORT)
    sources = [Q(office=each) for each in offices] + [Q(agency=each) for each in agencies]
    return caselists.first(sources, "-referred_at", among=among, most=most).visible_to(user)


def cases(user, which, *, most):
    """The cases of some conditions, or all, the newest first, with their charges."""
    found = _first(user, most, which or caselists.ANY).select_related(*RELATED).prefetch_related("charges")
    return list(found[:most])


def count(user):
    """How many there are, exact to a thousand."""
    return _first(user, MOST_COUNTED + 1).order_by()[: MOST_COUNTED + 1].count()
