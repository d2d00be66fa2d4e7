"""Roles of people in agencies: given, moved between units, ended."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit, policies
from agencies.actions._enrolment import enrol, keep_groups
from agencies.models import Agency, Membership, User


@transaction.atomic
def grant(*, person, agency, role, unit=None, by):
    """Give a person a role in an agency."""
    person = User.objects.select_for_update(no_key=True).get(pk=person.pk)
    agency = Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=agency.pk)
    access.enforce(policies.grant, by, agency, person, role)
    return enrol(person, agency, role, unit, by)


@transaction.atomic
def end(*, membership, by):
    """End a role; with the last one the person is out at their next page, and so are their tokens."""
    agency = Agency.objects.select_for_update(of=["self"], no_key=True).get(pk=membership.agency_id)
    held = Membership.objects.select_for_update(of=["self"], no_key=True)
    membership = held.select_related("user").get(pk=membership.pk)
    membership.agency = agency
    access.enforce(policies.end_membership, by, membership)
    membership.ended_at, membership.ended_by = timezone.now(), by
    membership.save(update_fields=["ended_at", "ended_by"])
    keep_groups(membership.user)
    audit.record("membership.ended", membership, by=by, person=membership.user_id, role=membership.role)


@transaction.atomic
def place(*, membership, unit, by):
    """Put a member into a unit, or into none."""
    held = Membership.objects.select_for_update(of=["self"], no_key=True)
    membership = held.select_related("agency").get(pk=membership.pk)
    access.enforce(policies.place, by, membership, unit)
    changes = audit.changes({"unit": membership.unit_id}, {"unit": unit and unit.pk})
    membership.unit = unit
    membership.save(update_fields=["unit"])
    audit.record("membership.placed", membership, by=by, changes=changes)
