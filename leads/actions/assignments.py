"""Who works on an obligation."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.models import Unit
from agencies.notifications import notify
from agencies.roles import Permission
from leads import policies
from leads.actions._steps import enter, locked
from leads.actions.obligations import start
from leads.models import Assignment, Obligation


@transaction.atomic
def assign(*, obligation, investigator, by, unit=None, now=None):
    """Give an agency's part of a lead to one of its investigators; whoever had it before is told as well."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.assign, by, obligation)
    _must_belong(obligation, investigator, unit)
    before = obligation.investigator
    assignment = _give(obligation, investigator, unit, by, now)
    notify([investigator], "obligation.assigned", obligation.lead, by=by, now=now)
    if before and before != investigator:
        notify([before], "obligation.unassigned", obligation.lead, by=by, now=now)
    return assignment


@transaction.atomic
def take(*, obligation, by, now=None):
    """Take a part of one's own agency that nobody has on oneself, and begin."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.take, by, obligation)
    own = [each.unit_id for each in access.standings(by) if each.agency_id == obligation.agency_id]
    _give(obligation, by, Unit.objects.filter(pk__in=filter(None, own), is_active=True).first(), by, now)
    return start(obligation=obligation, by=by, now=now)


def _give(obligation, investigator, unit, by, now):
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
    return assignment


def _must_belong(obligation, investigator, unit):
    """An investigator of the agency, a unit of the agency: anything else is as if it did not exist."""
    if not access.has_permission(investigator, Permission.OBLIGATION_WORK, obligation.agency_id):
        raise Refused("Choose an investigator of the agency that owes this lead.", "assignments.investigator")
    if unit is not None and unit.agency_id != obligation.agency_id:
        raise Refused("Choose a unit of the agency that owes this lead.", "assignments.unit")
