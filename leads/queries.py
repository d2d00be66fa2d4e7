"""What there is: people to tell, lists, search and counts. Everything a person sees passes their grants."""

from django.db.models import Q

from agencies.models import User
from agencies.roles import Role
from leads.models import Obligation


def holders(agency, *roles, unit=None):
    """Active people with one of `roles` in an agency; with a unit, those of the unit if there are any."""
    people = User.objects.filter(
        is_active=True,
        memberships__in=_active(agency, roles),
    ).distinct()
    if unit is not None:
        of_unit = people.filter(memberships__in=_active(agency, roles).filter(unit=unit))
        if of_unit.exists():
            return of_unit
    return people


def _active(agency, roles):
    return agency.memberships.filter(ended_at=None, role__in=roles)


def supervisors(obligation):
    """Those who answer for an obligation: the unit's supervisors, else the agency's, else its commanders."""
    found = holders(obligation.agency, Role.SUPERVISOR, unit=obligation.unit)
    return found if found.exists() else holders(obligation.agency, Role.COMMANDER, Role.CENTER_COORDINATOR)


def coordinators(lead):
    return holders(lead.agency, Role.CENTER_COORDINATOR, Role.ANALYST)


def involved(lead):
    """Everybody at work on a lead: its investigators and those who supervise them."""
    people = User.objects.filter(
        Q(obligations__lead=lead)
        | Q(memberships__role=Role.SUPERVISOR, memberships__ended_at=None, memberships__agency__obligations__lead=lead),
        is_active=True,
    )
    return people.distinct()


def still_owed(lead):
    """Obligations that keep a lead open: the open ones, and returned ones whose agency still has an event on it."""
    on_line = lead.events.filter(agency__isnull=False).values("agency_id")
    returned = Q(state=Obligation.State.RETURNED, agency_id__in=on_line)
    return lead.obligations.filter(Q(state__in=Obligation.OPEN) | returned)
