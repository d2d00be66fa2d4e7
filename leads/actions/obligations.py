"""What an agency does with its obligation as a whole: take note of it, return it, take it on."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads import policies, queries
from leads.actions._steps import enter, locked
from leads.actions.closings import close_lead_if_done
from leads.models import Obligation

State = Obligation.State


@transaction.atomic
def acknowledge(*, obligation, by, now=None):
    """The agency has seen the lead and will assign it."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.acknowledge, by, obligation)
    enter(obligation, State.ACKNOWLEDGED, now=now, acknowledged_at=now, acknowledged_by=by)
    audit.record("obligation.acknowledged", obligation, by=by, lead=obligation.lead.number)
    notify(queries.coordinators(obligation.lead), "obligation.acknowledged", obligation.lead, by=by, now=now)
    return obligation


@transaction.atomic
def start(*, obligation, by, now=None):
    """The investigator takes the lead on."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.start, by, obligation)
    enter(obligation, State.IN_PROGRESS, now=now, started_at=now, started_by=by)
    audit.record("obligation.started", obligation, by=by, lead=obligation.lead.number)
    notify(queries.supervisors(obligation), "obligation.started", obligation.lead, by=by, now=now)
    return obligation


@transaction.atomic
def return_(*, obligation, reason, by, note="", now=None):
    """The agency says why the lead is not its own, or the center does for one that takes no part any more; the center
    routes it on, so nothing is lost. Where no event of the agency is left there is nothing to route, and the lead
    closes if all others are done.
    """
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.return_, by, obligation)
    own = [*queries.supervisors(obligation), *filter(None, [obligation.investigator])]
    obligation.assignments.filter(ended_at=None).update(ended_at=now)
    enter(
        obligation,
        State.RETURNED,
        now=now,
        returned_at=now,
        returned_by=by,
        return_reason=reason,
        closing_note=note,
        investigator=None,
        partner=None,
        outcome="",
        named_outcome=None,
        usefulness=None,
    )
    audit.record("obligation.returned", obligation, by=by, lead=obligation.lead.number, reason=reason, note=note)
    notify(own, "obligation.given_back", obligation.lead, by=by, now=now)
    notify(queries.coordinators(obligation.lead), "obligation.returned", obligation.lead, by=by, now=now)
    obligation.lead = close_lead_if_done(lead=obligation.lead, by=by, now=now)
    return obligation
