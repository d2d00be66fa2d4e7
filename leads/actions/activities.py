"""What was done on a lead."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.moments import why_not_past
from agencies.notifications import notify
from leads import policies, queries
from leads.actions._steps import enter, locked
from leads.models import Activity, Obligation

State = Obligation.State


@transaction.atomic
def log(*, obligation, kind, text, by, result="", minutes=None, at=None, now=None):
    """Write down what was done; the first entry starts the work, of which the supervisors hear as `obligations.start`
    has it, and each one winds the report clock anew.
    """
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies.log, by, obligation)
    if wrong := why_not_past(at or now, now):
        raise Refused(wrong, "activities.log", obligation)
    activity = Activity.objects.create(
        lead=obligation.lead,
        obligation=obligation,
        agency=obligation.agency,
        kind=kind,
        result=result,
        text=text,
        minutes=minutes,
        at=at or now,
        recorded_at=now,
        by=by,
    )
    before = obligation.state
    if before == State.PROPOSED:
        Obligation.objects.filter(pk=obligation.pk).update(last_activity_at=now)
    else:
        first = {} if obligation.started_at else {"started_at": now, "started_by": by}
        enter(obligation, State.IN_PROGRESS, now=now, last_activity_at=now, **first)
    audit.record("activity.logged", activity, by=by, agency=obligation.agency, lead=obligation.lead.number, kind=kind)
    if before == State.ASSIGNED:
        notify(queries.supervisors(obligation), "obligation.started", obligation.lead, by=by, now=now)
    return activity
