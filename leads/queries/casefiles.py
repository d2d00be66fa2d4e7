"""Cases that a person may take out as a file."""

from django.db.models import Q

from agencies import access
from agencies.roles import Permission
from leads.models import Referral

MOST_COUNTED = 1000
RELATED = ("lead", "office", "agency", "assigned_to", "revocation")


def _seen(user):
    """The cases of one's office, and those one's agency referred where one's role there takes lists out."""
    offices = access.agencies_with(user, Permission.REFERRAL_DECIDE)
    agencies = access.agencies_with(user, Permission.LEAD_EXPORT)
    found = Referral.objects.visible_to(user)
    return found.filter(Q(office__in=offices) | Q(agency__in=agencies))


def cases(user, which, *, most):
    """The cases of a condition, or all, the newest first, with their charges."""
    found = _seen(user).filter(which) if which is not None else _seen(user)
    found = found.select_related(*RELATED).prefetch_related("charges")
    return list(found.order_by("-referred_at", "-id")[:most])


def count(user):
    """How many there are, exact to a thousand."""
    return _seen(user).order_by()[: MOST_COUNTED + 1].count()
