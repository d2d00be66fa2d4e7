"""The clock of an obligation with its pauses and extensions, from what is stored. Lists fetch `time_requests` ahead; no
statement is asked for one whose stage has neither.
"""

from leads import clock, clockface
from leads.clock import Pause
from leads.models import ClockRule, TimeRequest

Kind, Status = TimeRequest.Kind, TimeRequest.Status
IN_FORCE = (Status.GRANTED, Status.ENDED)


def clock_of(obligation):
    """The running clock of an obligation on its agency's calendar, None when it is over."""
    if not obligation.steps:
        return None
    extra = obligation.extra_minutes
    return clockface.Clock(
        stage=obligation.stage,
        started_at=obligation.stage_started_at,
        limit=clock.limit_for(obligation.stage, obligation.priority) + extra,
        steps=clock.Ladder(*obligation.steps),
        calendar=obligation.agency.working_calendar,
        pauses=pauses_of(obligation),
        always=clock.runs_always(obligation.priority),
        more=tuple((each.note, each.minutes) for each in _in_force(obligation, Kind.MORE)) if extra else (),
    )


def pauses_of(obligation):
    """The pauses of the running stage."""
    found = _in_force(obligation, Kind.PAUSE) if obligation.paused_at else ()
    return tuple(Pause(each.started_at, each.ended_at, each.get_reason_display(), each.until) for each in found)


def extended_days(obligation):
    """Business days by which the running stage was extended."""
    return sum(each.days for each in _in_force(obligation, Kind.MORE)) if obligation.extra_minutes else 0


def asked_of(obligation):
    """What was asked and waits for a decision, None if nothing does."""
    return next((each for each in obligation.time_requests.all() if each.status == Status.ASKED), None)


def rule_of(agency):
    """What an agency says of its clocks, else the usual."""
    return ClockRule.objects.filter(agency=agency).first() or ClockRule(agency=agency)


def _in_force(obligation, kind):
    since = obligation.stage_started_at
    found = (each for each in obligation.time_requests.all() if each.kind == kind and each.status in IN_FORCE)
    return [each for each in found if each.stage_started_at == since]
