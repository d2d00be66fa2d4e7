"""A clock stands still for a reason, and runs again: by hand, with its stage, or by itself on the day that was said."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads import clock, policies_time, queries, respite, timing
from leads.actions._steps import locked
from leads.models import TimeRequest
from leads.stages import changed

Kind, Status = TimeRequest.Kind, TimeRequest.Status
COLUMNS = ("steps", "due_at", "next_step_at", "receipt", "paused_at", "paused_until", "extra_minutes")
DECIDED = ("decided_at", "decided_by", "answer")
PAUSE = "pauses.pause"


@transaction.atomic
def pause(*, obligation, reason, until, by, note="", now=None):
    """Stop the clock of the running stage until a moment: at once where it is the investigator's own to say, else when
    it is granted. The supervisors hear of both.
    """
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies_time.pause, by, obligation, now)
    _must_end(obligation, until, now)
    asked = TimeRequest.objects.create(
        obligation=obligation,
        stage=obligation.stage,
        stage_started_at=obligation.stage_started_at,
        kind=Kind.PAUSE,
        reason=reason,
        note=note,
        until=until,
        asked_at=now,
        asked_by=by,
    )
    if respite.is_own(now, until, timing.pauses_of(obligation), obligation.priority):
        begin(asked, obligation, by=by, now=now)
        notify(queries.answering(obligation), "obligation.paused", obligation.lead, by=by, now=now)
    else:
        _record("obligation.pause_asked", asked, obligation, by)
        notify(queries.deciding(obligation, but=by.pk), "time.asked", obligation.lead, by=by, now=now)
    return asked


@transaction.atomic
def resume(*, obligation, by, now=None):
    """Let the clock run again before the day that was said."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies_time.resume, by, obligation, now)
    runs = obligation.time_requests.select_for_update().get(kind=Kind.PAUSE, status=Status.GRANTED, until__gt=now)
    _end(runs, now, by)
    face = timing.clock_of(obligation)
    steps = clock.moved(face.steps, obligation.paused_until, now, face.calendar, face.always)
    rewind(obligation, steps)
    _record("obligation.resumed", runs, obligation, by)
    notify(queries.owing(obligation), "obligation.resumed", obligation.lead, by=by, now=now)
    return obligation


@transaction.atomic
def run_again(*, by, now=None, limit=1000):
    """Write down that pauses came to their end, and say so; how many. The clock ran by itself from then on, so nothing
    hangs on when this happens. Each is taken once, however many schedulers run.
    """
    now = now or timezone.now()
    access.enforce(policies_time.keep_time, by)
    over = TimeRequest.objects.select_for_update(of=["self"], skip_locked=True)
    over = over.filter(kind=Kind.PAUSE, status=Status.GRANTED, until__lte=now).order_by("until", "pk")
    ended = list(over.select_related("obligation__lead__agency", "obligation__agency", "obligation__unit")[:limit])
    for each in ended:
        _end(each, each.until, by)
        notify(queries.owing(each.obligation), "obligation.resumed", each.obligation.lead, now=now)
    if ended:
        audit.record_many("obligation.resumed", TimeRequest, [each.pk for each in ended], by=by)
    return len(ended)


def begin(asked, obligation, *, by, now):
    """Stop the clock of a locked obligation, whose request says until when."""
    _must_end(obligation, asked.until, now)
    # Else the last one would run on in the books until the next sweep, and two never run at once.
    for each in obligation.time_requests.filter(kind=Kind.PAUSE, status=Status.GRANTED):
        _end(each, each.until, by)
    asked.status, asked.started_at = Status.GRANTED, now
    asked.save(update_fields=["status", "started_at", *DECIDED])
    obligation.paused_at, obligation.stale_at = now, None
    face = timing.clock_of(obligation)
    rewind(obligation, clock.moved(face.steps, now, asked.until, face.calendar, face.always), "stale_at")
    _record("obligation.paused", asked, obligation, by)


def rewind(obligation, steps, *more):
    """Save other steps of the running stage, with the sum that explains them; what was told already is not again."""
    obligation.steps = list(steps)
    for name, value in changed(timing.clock_of(obligation), obligation.level).items():
        setattr(obligation, name, value)
    obligation.save(update_fields=[*COLUMNS, *more])


def _must_end(obligation, until, now):
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


def _end(request, at, by):
    request.status, request.ended_at, request.ended_by = Status.ENDED, at, by
    request.save(update_fields=["status", "ended_at", "ended_by"])


def _record(verb, asked, obligation, by):
    said = {"reason": asked.get_reason_display(), "note": asked.note, "until": asked.until.isoformat()}
    audit.record(verb, obligation, by=by, lead=obligation.lead.number, **said)
