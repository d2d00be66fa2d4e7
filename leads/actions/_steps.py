"""What every action on an obligation does: lock and re-read it, then enter a state with the clock of its stage."""

from django.db.models import F, Value
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from agencies import audit
from agencies.models import User
from leads.actions._tasks import follow, stand_still
from leads.clock import Level
from leads.models import Escalation, Lead, Obligation, TimeRequest
from leads.stages import FRESH, STOPPED, clock_values


def locked(obligation):
    """The obligation as it stands, held until the transaction ends. Its lead is held first, always in this order, so
    that two agencies at work on one lead wait for each other instead of blocking each other.
    """
    lead = Lead.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=obligation.lead_id)
    obligation = (
        Obligation.objects.select_for_update(of=["self"], no_key=True)
        .select_related("agency", "agency__calendar")
        .get(pk=obligation.pk)
    )
    obligation.lead = lead
    return obligation


def enter(obligation, state, *, now=None, **values):
    """Move a locked obligation into `state`, start that stage's clock or stop it, and save both with `values`. A stage
    begins as urgent as its lead is by then.
    """
    now = now or timezone.now()
    _own_up(obligation, now)
    by = values.get("closed_by") or values.get("returned_by") or User.objects.system()
    # First: tasks that end with the part end with the time that a pause did not use given back.
    lapse(obligation, now)
    follow(obligation, state, by=by, now=now)
    obligation.state = state
    stage = Obligation.STAGES.get(state)
    clock = STOPPED
    if stage:
        priority = min(obligation.priority, obligation.lead.priority)
        _hasten(obligation, priority)
        clock = clock_values(stage, priority=priority, started_at=now, calendar=obligation.agency.working_calendar)
        clock["priority"] = priority
    values = {**values, **clock, **FRESH}
    for name, value in values.items():
        setattr(obligation, name, value)
    obligation.save(update_fields=["state", *values])
    return obligation


def lapse(obligation, now):
    """A stage that is left takes its pause with it, and what was asked for it and not decided."""
    mine, status = TimeRequest.objects.filter(obligation=obligation), TimeRequest.Status
    mine.filter(status=status.ASKED).update(status=status.LAPSED)
    if obligation.paused_at:
        if obligation.paused_until > now:
            stand_still(obligation, obligation.paused_until, now)
        runs = mine.filter(status=status.GRANTED, kind=TimeRequest.Kind.PAUSE)
        ended = Greatest(Least(F("until"), Value(now)), F("started_at"))
        runs.update(status=status.ENDED, ended_at=ended, ended_by=User.objects.system())


def _hasten(obligation, priority):
    """Write down that a part is more urgent from this stage on, as its lead has been for a while. It is no deed of the
    person who takes the step: the portal did it.
    """
    if priority < obligation.priority:
        change = {"before": obligation.priority, "now": priority}
        by = User.objects.system()
        audit.record("obligation.hastened", obligation, by=by, lead=obligation.lead.number, **change)


def _own_up(obligation, now):
    """A stage that is left after its time was late, also where the ladder was not climbed meanwhile: boards count what
    is written here. Nobody is told any more.
    """
    if obligation.steps and obligation.due_at <= now and obligation.level < Level.OVERDUE:
        Escalation.objects.create(
            obligation=obligation,
            stage=obligation.stage,
            stage_started_at=obligation.stage_started_at,
            level=Level.OVERDUE,
            due_at=obligation.due_at,
            at=now,
        )
