"""Requests to the tracing center: begun, kept as drafts, sent, answered, asked for again. No value of a request ever
goes into the audit log: only which fields were changed.
"""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from evidence import answers, policies, queries, tracing
from evidence.models import Exhibit, Firearm, Trace, TracePerson, TraceResult

Status = Trace.Status
# Nothing can be added to these: asked for again as they are.
AS_IT_IS = ("ffl_no_response",)


class ChangedMeanwhileError(Exception):
    """Somebody kept the request after the person who fills it in had opened it."""


@transaction.atomic
def begin(*, firearm, by, now=None):
    """Begin a request: a draft with what the record of the gun, its case and the agency say already."""
    firearm = _gun(firearm)
    access.enforce(policies.begin_trace, by, firearm)
    trace = _new(firearm, by, now or timezone.now(), queries.prefilled(firearm, by))
    TracePerson.objects.create(trace=trace, kind=TracePerson.Kind.POSSESSOR)
    audit.record("trace.begun", trace, by=by, exhibit=firearm.exhibit_id)
    return trace


@transaction.atomic
def keep(*, trace, asked, people, by, seen=""):
    """Keep a request as far as it is known: `asked` by names of tracing.FIELDS, `people` as dicts, the possessor first.
    One that was ready and is not any more becomes a draft. `seen`: its version when the person opened it.
    """
    trace = _held(trace)
    access.enforce(policies.edit_trace, by, trace)
    if seen and trace.version != seen:
        raise ChangedMeanwhileError("Somebody changed this request in the meantime.")
    changed = [name for name in tracing.FIELDS if name in asked and getattr(trace, name) != asked[name]]
    for name in changed:
        setattr(trace, name, asked[name])
    before = trace.status
    if trace.status == Status.READY and trace.faults():
        trace.status = Status.DRAFT
    if changed or trace.status != before:
        trace.save(update_fields=[*changed, "status"])
    if _keep_people(trace, people):
        changed.append("people")
    audit.record("trace.kept", trace, by=by, fields=changed)
    return trace


def _keep_people(trace, people):
    now = [
        TracePerson(trace=trace, position=place, kind="associate" if place else "possessor", **person)
        for place, person in enumerate(people)
    ]
    before = list(trace.people.order_by("position"))
    if [_says(person) for person in before] == [_says(person) for person in now]:
        return False
    trace.people.all().delete()
    TracePerson.objects.bulk_create(now)
    return True


def _says(person):
    return [getattr(person, name) for name in TracePerson.FORM]


@transaction.atomic
def ready(*, trace, by):
    """Say that a request is whole and can be sent."""
    trace = _held(trace)
    access.enforce(policies.ready_trace, by, trace)
    if trace.status != Status.READY:
        trace.status = Status.READY
        trace.save(update_fields=["status"])
        audit.record("trace.ready", trace, by=by)
    return trace


@transaction.atomic
def send(*, traces, by, now=None):
    """Record that requests (ids) went to the tracing center."""
    held = Trace.objects.select_for_update(of=["self"], no_key=True).select_related("agency").order_by("pk")
    found = list(held.filter(pk__in=traces))
    for trace in found:
        access.enforce(policies.send_trace, by, trace)
    ids = [trace.pk for trace in found]
    Trace.objects.filter(pk__in=ids).update(
        status=Status.SUBMITTED, submitted_at=now or timezone.now(), submitted_by=by
    )
    audit.record_many("trace.submitted", Trace, ids, by=by)
    return ids


@transaction.atomic
def request(*, firearm, by, trace_number="", now=None):
    """Record that a trace of a firearm was asked for at the National Tracing Center, without the portal."""
    firearm, now = _gun(firearm), now or timezone.now()
    access.enforce(policies.request_trace, by, firearm)
    asked = queries.prefilled(firearm, by) | {"submitted_at": now, "submitted_by": by}
    asked |= {"trace_number": trace_number.strip().upper()}
    asked["status"] = Status.ACCEPTED if asked["trace_number"] else Status.SUBMITTED
    trace = _new(firearm, by, now, asked)
    audit.record("trace.requested", trace, by=by, exhibit=firearm.exhibit_id)
    return trace


@transaction.atomic
def cancel(*, trace, by):
    """Give a request up, sent or not."""
    trace = _held(trace)
    access.enforce(policies.cancel_trace, by, trace)
    before, trace.status = trace.status, Status.CANCELLED
    trace.save(update_fields=["status"])
    audit.record("trace.cancelled", trace, by=by, before=before)
    return trace


@transaction.atomic
def ask_again(*, trace, by, now=None):
    """Ask anew for a trace that came back short: a request with the same words, to which something is added."""
    _gun(trace.firearm)
    trace = _held(trace)
    access.enforce(policies.ask_trace_again, by, trace)
    asked = {name: getattr(trace, name) for name in tracing.FIELDS}
    again = _new(trace.firearm, by, now or timezone.now(), asked | {"follows": trace})
    if trace.reason in AS_IT_IS and not again.faults():
        again.status = Status.READY
        again.save(update_fields=["status"])
    people = [dict(zip(TracePerson.FORM, _says(person), strict=True)) for person in trace.people.order_by("position")]
    _keep_people(again, people or [{}])
    trace.asked_again = True
    trace.save(update_fields=["asked_again"])
    audit.record("trace.asked_again", again, by=by, follows=trace.pk)
    return again


@transaction.atomic
def record_result(*, trace, status, by, trace_number="", reason="", now=None, batch=None, **values):
    """Record how far a trace came, and whom it named. What the tracing center did not answer stays unknown. Another
    result than the recorded one, where none can follow, is a correction: the remarks say what was wrong.
    """
    trace, now = _held(trace), now or timezone.now()
    number = trace_number.strip().upper() or trace.trace_number
    asked = {"status": status, "reason": reason, "trace_number": number, "remarks": values.get("remarks", "")}
    access.enforce(policies.record_trace_result, by, trace, **asked)
    before = trace.status
    if before == Status.COMPLETED_TO_PURCHASER != status:
        values |= answers.NO_PURCHASER
    values |= {"status": status, "trace_number": number, "reason": reason}
    answers.put(trace, values, now)
    trace.save(update_fields=answers.WRITTEN)
    known = TraceResult.objects.filter(trace=trace).first()
    found = answers.result(trace, values, known=known, by=by, now=now, batch=batch)
    if found and known:
        found.save(update_fields=answers.RESULT)
    elif found:
        found.save(force_insert=True)
    audit.record("trace.recorded", trace, by=by, before=before, after=status)
    return trace


@transaction.atomic
def look(*, traces, by):
    """Put on record that a person saw the data of traces (ids): the law that restricts it asks who looked."""
    audit.record_many("trace.seen", Trace, list(traces), by=by)


@transaction.atomic
def take(*, traces, by, form):
    """Put on record who took requests (ids) out of the portal, and as what."""
    audit.record_many("trace.exported", Trace, list(traces), by=by, form=form)


def _gun(firearm):
    # The exhibit's row is the lock: two people who ask at once wait for each other.
    Exhibit.objects.select_for_update(of=["self"], no_key=True).get(pk=firearm.exhibit_id)
    return Firearm.objects.select_related("exhibit__agency", "exhibit__incident").get(pk=firearm.pk)


def _held(trace):
    held = Trace.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("agency", "firearm__exhibit__agency").get(pk=trace.pk)


def _new(firearm, by, now, values):
    agency = firearm.exhibit.agency
    return Trace.objects.create(firearm=firearm, agency=agency, requested_at=now, requested_by=by, **values)
