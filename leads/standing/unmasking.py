"""Before which prosecutors a masked name may be read: those of an office that has a case on the lead now."""

from django.db.models import Exists, OuterRef, Q

from agencies.access import agencies_with
from agencies.roles import Permission
from leads.models import Referral, ReferralEvent


def offices(user):
    """The ids of the offices for which a person decides on cases and may have names unmasked."""
    return sorted({*agencies_with(user, Permission.PERSON_UNMASK)} & {*agencies_with(user, Permission.REFERRAL_DECIDE)})


def held_by(user):
    """A condition on rows that have a lead: an office of the person has an open case on it, or one in which an event of
    it is asserted. What was declined or is with another office by now opens nothing.
    """
    mine = offices(user)
    if not mine:
        return Q(pk__in=())
    cases = Referral.objects.filter(office__in=mine, status__in=Referral.OPEN)
    asserted = ReferralEvent.objects.filter(event__lead=OuterRef("lead"), referral__in=cases)
    return Q(Exists(cases.filter(lead=OuterRef("lead")))) | Q(Exists(asserted))
