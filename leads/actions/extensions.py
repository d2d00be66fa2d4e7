"""More time for a stage is asked for, and a second person decides on it, as on a pause that is not one's own to say."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads import clock, queries, respite, timing
from leads.actions._seen import as_seen
from leads.actions._steps import locked
from leads.actions._time import DECIDED, begin, rewind
from leads.models import TimeRequest
from leads.policies import time as policies_time

Kind, Status = TimeRequest.Kind, TimeRequest.Status


@transaction.atomic
def ask(*, obligation, days, note, by, now=None):
    """Ask for business days more than the stage's limit."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies_time.extend, by, obligation)
    left = respite.MOST_DAYS - timing.extended_days(obligation)
    if not 1 <= days <= left:
        raise Refused(f"A stage is extended by {respite.MOST_DAYS} days at most. {left} are left.", "extensions.ask")
    if not note.strip():
        raise Refused("Say why more time is needed.", "extensions.ask")
    asked = TimeRequest.objects.create(
        obligation=obligation,
        stage=obligation.stage,
        stage_started_at=obligation.stage_started_at,
        kind=Kind.MORE,
        note=note.strip(),
        days=days,
        minutes=respite.minutes_of(days, obligation.priority, obligation.agency.working_calendar),
        asked_at=now,
        asked_by=by,
    )
    _record("obligation.time_asked", asked, obligation, by)
    notify(queries.deciding(obligation, but=by.pk), "time.asked", obligation.lead, by=by, now=now)
    return asked


@transaction.atomic
def decide(*, obligation, grant, by, answer="", seen="", now=None):
    """Grant what was asked for and read (`seen`, `_seen.as_seen`), a pause or more time, or refuse it and say why."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies_time.decide, by, obligation)
    asked = (
        obligation.time_requests.select_for_update(of=["self"], no_key=True)
        .select_related("asked_by")
        .get(status=Status.ASKED)
    )
    as_seen(seen, asked.asked_at, "extensions.decide", obligation)
    if not grant and not answer.strip():
        raise Refused("Say why it is refused.", "extensions.decide", obligation)
    asked.decided_at, asked.decided_by, asked.answer = now, by, answer.strip()
    if not grant:
        asked.status = Status.REFUSED
        asked.save(update_fields=["status", *DECIDED])
        _record("obligation.time_refused", asked, obligation, by, answer=asked.answer)
    elif asked.kind == Kind.PAUSE:
        begin(asked, obligation, by=by, now=now)
    else:
        _extend(asked, obligation, by)
    notify([asked.asked_by], "time.granted" if grant else "time.refused", obligation.lead, by=by, now=now)
    return asked


def _extend(asked, obligation, by):
    asked.status = Status.GRANTED
    asked.save(update_fields=["status", *DECIDED])
    obligation.extra_minutes += asked.minutes
    face = timing.clock_of(obligation)
    rewind(obligation, clock.extended(face.steps, asked.minutes, face.calendar, face.pauses, face.always))
    _record("obligation.extended", asked, obligation, by)


def _record(verb, asked, obligation, by, **more):
    said = {"note": asked.note} | ({"days": asked.days} if asked.days else {}) | more
    audit.record(verb, obligation, by=by, lead=obligation.lead.number, **said)
