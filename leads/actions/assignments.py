"""Who works on an obligation."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from agencies.roles import Permission
from leads import policies
from leads.actions._steps import enter, locked
from leads.models import Assignment, Obligation


@transaction.atomic
def assign(*, obligation, investigator, by, unit=None, now=None):
    """Give an agency's part of a lead to one of its investigators; whoever had it before is told as well."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.assign, by, obligation)
    _must_belong(obligation, investigator, unit)
    before = obligation.investigator
    obligation.assignments.filter(ended_at=None).update(ended_at=now)
    first = {} if obligation.acknowledged_at else {"acknowledged_at": now, "acknowledged_by": by}
    enter(
        obligation,
        Obligation.State.ASSIGNED,
        now=now,
        unit=unit,
        investigator=investigator,
        assigned_at=now,
        assigned_by=by,
        **first,
    )
    assignment = Assignment.objects.create(
        obligation=obligation, investigator=investigator, unit=unit, assigned_at=now, assigned_by=by
    )
    audit.record("obligation.assigned", obligation, by=by, lead=obligation.lead.number, investigator=investigator.pk)
    notify([investigator], "obligation.assigned", obligation.lead, by=by, now=now)
    if before and before != investigator:
        notify([before], "obligation.unassigned", obligation.lead, by=by, now=now)
    return assignment


def _must_belong(obligation, investigator, unit):
    """An investigator of the agency, a unit of the agency: anything else is as if it did not exist."""
    if not access.has_permission(investigator, Permission.OBLIGATION_WORK, obligation.agency_id):
        raise Refused("Choose an investigator of the agency that owes this lead.", "assignments.investigator")
    if unit is not None and unit.agency_id != obligation.agency_id:
        raise Refused("Choose a unit of the agency that owes this lead.", "assignments.unit")
