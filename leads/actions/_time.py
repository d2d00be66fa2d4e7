"""What stops, restarts and extends the clock of a locked obligation, and writes down that it did."""

from agencies import audit
from agencies.access import Refused
from leads import clock, respite, timing
from leads.actions._tasks import stand_still
from leads.models import TimeRequest
from leads.stages import changed

Kind, Status = TimeRequest.Kind, TimeRequest.Status
COLUMNS = ("steps", "due_at", "next_step_at", "receipt", "paused_at", "paused_until", "extra_minutes")
DECIDED = ("decided_at", "decided_by", "answer")
PAUSE = "pauses.pause"


def begin(asked, obligation, *, by, now):
    """Stop the clock of a locked obligation, whose request says until when."""
    must_end(obligation, asked.until, now)
    # Else the last one would run on in the books until the next sweep, and two never run at once.
    for each in obligation.time_requests.filter(kind=Kind.PAUSE, status=Status.GRANTED):
        end(each, each.until, by)
    asked.status, asked.started_at = Status.GRANTED, now
    asked.save(update_fields=["status", "started_at", *DECIDED])
    obligation.paused_at, obligation.stale_at = now, None
    face = timing.clock_of(obligation)
    rewind(obligation, clock.moved(face.steps, now, asked.until, face.calendar, face.always), "stale_at")
    stand_still(obligation, now, asked.until)
    record("obligation.paused", asked, obligation, by)


def rewind(obligation, steps, *more):
    """Save other steps of the running stage, with the sum that explains them; what was told already is not again."""
    obligation.steps = list(steps)
    for name, value in changed(timing.clock_of(obligation), obligation.level).items():
        setattr(obligation, name, value)
    obligation.save(update_fields=[*COLUMNS, *more])


def must_end(obligation, until, now):
    """A pause has an end, and all of a stage are no longer than the agency's longest."""
    longest = timing.rule_of(obligation.agency).pause_days
    last = respite.latest_end(now, timing.pauses_of(obligation), longest)
    if obligation.due_at <= now:
        raise Refused("Its time ran out meanwhile, which a pause does not take back. Refuse it.", PAUSE, obligation)
    if until <= now:
        raise Refused("Choose a later day: the clock would run again at once.", PAUSE, obligation)
    if until > last:
        left = max(0, (last - now).days)
        why = f"In one stage a clock stands still for {longest} days at most. {left} are left."
        raise Refused(why, PAUSE, obligation)


def end(request, at, by):
    request.status, request.ended_at, request.ended_by = Status.ENDED, at, by
    request.save(update_fields=["status", "ended_at", "ended_by"])


def record(verb, asked, obligation, by):
    said = {"reason": asked.get_reason_display(), "note": asked.note, "until": asked.until.isoformat()}
    audit.record(verb, obligation, by=by, lead=obligation.lead.number, **said)
