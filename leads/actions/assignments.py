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
    """Give an agency's part of a lead to one of its investigators, or to one of a partner agency on the lead; whoever
    had it before is told as well.
    """
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.assign, by, obligation)
    partner = _whose(obligation, investigator)
    _must_be_its_own(obligation, unit)
    before = obligation.investigator
    # Whoever answers for the part in its agency stays the same when somebody of a partner works on it.
    unit = unit or (obligation.unit if partner else None)
    assignment = _give(obligation, investigator, unit, by, now, partner)
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


def _give(obligation, investigator, unit, by, now, partner=None):
    obligation.assignments.filter(ended_at=None).update(ended_at=now)
    first = {} if obligation.acknowledged_at else {"acknowledged_at": now, "acknowledged_by": by}
    enter(
        obligation,
        Obligation.State.ASSIGNED,
        now=now,
        unit=unit,
        investigator=investigator,
        partner_id=partner,
        assigned_at=now,
        assigned_by=by,
        **first,
    )
    assignment = Assignment.objects.create(
        obligation=obligation, investigator=investigator, unit=unit, assigned_at=now, assigned_by=by
    )
    said = {"partner": partner} if partner else {}
    audit.record(
        "obligation.assigned", obligation, by=by, lead=obligation.lead.number, investigator=investigator.pk, **said
    )
    return assignment


def _whose(obligation, investigator):
    """Of which partner an investigator is: None for one of the agency that owes. Anybody else is as if they did not
    exist.
    """
    works = access.agencies_with(investigator, Permission.OBLIGATION_WORK)
    if obligation.agency_id in works:
        return None
    found = next((pk for pk in works if policies.lends(obligation, pk)), None)
    if found is None:
        says = "Choose an investigator of the agency that owes this lead, or of a partner with an event on it."
        raise Refused(says, "assignments.investigator", obligation)
    return found


def _must_be_its_own(obligation, unit):
    if unit is not None and unit.agency_id != obligation.agency_id:
        raise Refused("Choose a unit of the agency that owes this lead.", "assignments.unit", obligation)
