"""What every change of a membership does, inside an action that has locked the person and asked its policy."""

from django.contrib.auth.models import Group

from agencies import audit
from agencies.models import Membership
from agencies.roles import Permission, roles_with

SEES_CASES = [*roles_with(Permission.INCIDENT_VIEW), *roles_with(Permission.LEAD_VIEW)]


def enrol(person, agency, role, unit, by):
    """Write the membership and its event."""
    membership = Membership.objects.create(user=person, agency=agency, role=role, unit=unit)
    keep_groups(person)
    audit.record(
        "membership.granted", membership, by=by, agency=agency, person=person.pk, role=role, unit=unit and unit.pk
    )
    return membership


def keep_groups(person):
    """The groups guardian reads: those of the agencies where a role of the person sees cases."""
    sees = Membership.objects.active().filter(user=person, role__in=SEES_CASES)
    person.groups.set(Group.objects.filter(agency__memberships__in=sees).distinct())
