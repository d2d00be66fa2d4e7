"""A clock stands still for a reason, and runs again: by hand, with its stage, or by itself on the day that was said."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from leads import clock, queries, respite, timing
from leads.actions._steps import locked
from leads.actions._tasks import stand_still
from leads.actions._time import begin, end, must_end, record, rewind
from leads.models import TimeRequest
from leads.policies import time as policies_time

Kind, Status = TimeRequest.Kind, TimeRequest.Status


@transaction.atomic
def pause(*, obligation, reason, until, by, note="", now=None):
    """Stop the clock of the running stage until a moment: at once where it is the investigator's own to say, else when
    it is granted. The supervisors hear of both.
    """
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies_time.pause, by, obligation, now)
    must_end(obligation, until, now)
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
        record("obligation.pause_asked", asked, obligation, by)
        notify(queries.deciding(obligation, but=by.pk), "time.asked", obligation.lead, by=by, now=now)
    return asked


@transaction.atomic
def resume(*, obligation, by, now=None):
    """Let the clock run again before the day that was said."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies_time.resume, by, obligation, now)
    runs = obligation.time_requests.select_for_update(no_key=True).get(
        kind=Kind.PAUSE, status=Status.GRANTED, until__gt=now
    )
    end(runs, now, by)
    face = timing.clock_of(obligation)
    stand_still(obligation, obligation.paused_until, now)
    steps = clock.moved(face.steps, obligation.paused_until, now, face.calendar, face.always)
    rewind(obligation, steps)
    record("obligation.resumed", runs, obligation, by)
    notify(queries.owing(obligation), "obligation.resumed", obligation.lead, by=by, now=now)
    return obligation


@transaction.atomic
def run_again(*, by, now=None, limit=1000):
    """Write down that pauses came to their end, and say so; how many. The clock ran by itself from then on, so nothing
    hangs on when this happens. Each is taken once, however many schedulers run.
    """
    now = now or timezone.now()
    access.enforce(policies_time.keep_time, by)
    over = TimeRequest.objects.select_for_update(of=["self"], no_key=True, skip_locked=True)
    over = over.filter(kind=Kind.PAUSE, status=Status.GRANTED, until__lte=now).order_by("until", "pk")
    ended = list(over.select_related("obligation__lead__agency", "obligation__agency", "obligation__unit")[:limit])
    for each in ended:
        end(each, each.until, by)
        notify(queries.owing(each.obligation), "obligation.resumed", each.obligation.lead, now=now)
    if ended:
        audit.record_many("obligation.resumed", TimeRequest, [each.pk for each in ended], by=by)
    return len(ended)
