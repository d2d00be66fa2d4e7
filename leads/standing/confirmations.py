"""Confirmation: in whose name it is asked for, and who compares specimens."""

from django.db.models import Q

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission
from evidence import queries as evidence

ASKS = (Permission.REFERRAL_MAKE, Permission.LEAD_TRIAGE, Permission.REFERRAL_DECIDE)


def asking_ids(user):
    """The agencies in whose name a person asks at all."""
    return {pk for right in ASKS for pk in access.agencies_with(user, right)}


def asking_agencies(user, lead):
    """The agencies in whose name a person asks for confirmation: those of theirs that have a part in the lead or keep
    it, and a prosecutor's office to which a case on it was referred.
    """
    parts = Q(obligations__lead=lead) | Q(pk=lead.agency_id) | Q(referrals_received__lead=lead)
    return Agency.objects.filter(parts, pk__in=asking_ids(user)).order_by("name").distinct()


def examiners(laboratory):
    """Who compares specimens there."""
    return evidence.people_with(Permission.LEAD_CONFIRM, laboratory)
