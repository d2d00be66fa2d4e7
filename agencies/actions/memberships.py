"""Roles of people in agencies: given, moved between units, ended."""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from agencies import access, audit, policies
from agencies.models import Agency, Membership, User
from agencies.roles import Permission, roles_with

SEES_CASES = [*roles_with(Permission.INCIDENT_VIEW), *roles_with(Permission.LEAD_VIEW)]


@transaction.atomic
def grant(*, person, agency, role, unit=None, by):
    """Give a person a role in an agency."""
    person = User.objects.select_for_update().get(pk=person.pk)
    agency = Agency.objects.select_for_update(of=["self"]).get(pk=agency.pk)
    access.enforce(policies.grant, by, agency, person, role)
    return enrol(person, agency, role, unit, by)


def enrol(person, agency, role, unit, by):
    """Write the membership; the caller is an action that has locked the person and asked the policy."""
    membership = Membership.objects.create(user=person, agency=agency, role=role, unit=unit)
    keep_groups(person)
    audit.record(
        "membership.granted", membership, by=by, agency=agency, person=person.pk, role=role, unit=unit and unit.pk
    )
    return membership


@transaction.atomic
def end(*, membership, by):
    """End a role; with the last one the person is out at their next page, and so are their tokens."""
    agency = Agency.objects.select_for_update(of=["self"]).get(pk=membership.agency_id)
    membership = Membership.objects.select_for_update(of=["self"]).select_related("user").get(pk=membership.pk)
    membership.agency = agency
    access.enforce(policies.end_membership, by, membership)
    membership.ended_at, membership.ended_by = timezone.now(), by
    membership.save(update_fields=["ended_at", "ended_by"])
    keep_groups(membership.user)
    audit.record("membership.ended", membership, by=by, person=membership.user_id, role=membership.role)


@transaction.atomic
def place(*, membership, unit, by):
    """Put a member into a unit, or into none."""
    membership = Membership.objects.select_for_update(of=["self"]).select_related("agency").get(pk=membership.pk)
    access.enforce(policies.place, by, membership, unit)
    before, membership.unit = membership.unit_id, unit
    membership.save(update_fields=["unit"])
    audit.record("membership.placed", membership, by=by, before=before, unit=unit and unit.pk)


def keep_groups(person):
    """The groups guardian reads: those of the agencies where a role of the person sees cases."""
    sees = Membership.objects.active().filter(user=person, role__in=SEES_CASES)
    person.groups.set(Group.objects.filter(agency__memberships__in=sees).distinct())
