"""Tasks on an agency's part of a lead: given by a list or asked for by a prosecutor, done in one tap, or dropped with a
reason.
"""

from itertools import groupby

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads import agenda, queries
from leads.actions import _asked, activities
from leads.actions._steps import locked
from leads.models import Task, TaskTemplate
from leads.policies import casetasks as policies_tasks

Status = Task.Status


@transaction.atomic
def give(*, obligation, template, by, now=None):
    """Put the tasks of a list on a part, each due by the end of its working day. What stands there open and says the
    same is not given twice. Returns those that were given.
    """
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies_tasks.give, by, obligation)
    if (
        not TaskTemplate.objects.used()
        .filter(pk=template.pk, agency__in=[obligation.agency_id, obligation.lead.agency_id])
        .exists()
    ):
        raise Refused("Choose a list of the agency or of its center.", "casetasks.template", obligation)
    stands = set(obligation.tasks.open().filter(referral=None).values_list("what", flat=True))
    fresh = [step for step in template.steps.all() if step.what not in stands]
    if not fresh:
        raise Refused("Every task of this list stands here already.", "casetasks.template", obligation)
    calendar = obligation.agency.working_calendar
    made = Task.objects.bulk_create(
        Task(
            obligation=obligation, template=template, kind=step.kind, what=step.what, given_at=now, given_by=by,
            due_at=agenda.in_days(now, step.days, calendar),
        )
        for step in fresh
    )  # fmt: skip
    said = {"lead": obligation.lead.number, "template": template.name, "tasks": len(made)}
    audit.record("task.given", made[0], by=by, agency=obligation.agency, **said)
    notify({obligation.investigator} - {None}, "task.given", obligation.lead, by=by, now=now)
    return made


@transaction.atomic
def finish(*, task, by, note="", result="", minutes=None, now=None):
    """It is done: what was done is an activity on the lead, and the report clock of the part begins anew. What a
    prosecutor asked for is said to the office alone, which hears when nothing of it is open any more.
    """
    now = now or timezone.now()
    task = _held(task)
    access.enforce(policies_tasks.finish, by, task)
    if task.referral_id:
        return _answered(task, note, by=by, now=now)
    text = f"{task.what}. {note}".strip() if note else f"{task.what}: done."
    done = {"kind": task.kind, "text": text, "result": result, "minutes": minutes}
    task.activity = activities.log(obligation=task.obligation, by=by, now=now, **done)
    task.status, task.ended_at, task.ended_by = Status.DONE, now, by
    task.save(update_fields=["status", "ended_at", "ended_by", "activity"])
    audit.record("task.done", task, by=by, agency=task.obligation.agency, lead=task.obligation.lead.number)
    return task


@transaction.atomic
def drop(*, task, why, by, now=None):
    """It is not done any more, and why."""
    task = _held(task)
    access.enforce(policies_tasks.drop, by, task)
    task.status, task.ended_at, task.ended_by, task.dropped_why = Status.DROPPED, now or timezone.now(), by, why
    task.save(update_fields=["status", "ended_at", "ended_by", "dropped_why"])
    said = {"lead": task.obligation.lead.number, "why": why}
    audit.record("task.dropped", task, by=by, agency=task.obligation.agency, **said)
    if task.referral_id:
        _asked.settle(task.referral, by=by, now=task.ended_at)
    return task


def _answered(task, note, *, by, now):
    task.status, task.ended_at, task.ended_by, task.came_of_it = Status.DONE, now, by, note
    task.save(update_fields=["status", "ended_at", "ended_by", "came_of_it"])
    audit.record("task.done", task, by=by, agency=task.obligation.agency, lead=task.obligation.lead.number)
    _asked.settle(task.referral, by=by, now=now)
    return task


@transaction.atomic
def tell(*, by, now=None, limit=500):
    """Tell of up to `limit` tasks that are overdue, each once; returns how many. What is due together on a part is told
    together; where its clock stands still, when it runs again, unless a prosecutor asked for it; where nobody is at
    work, to nobody. Two at once share them. Call again until none are left.
    """
    now = now or timezone.now()
    access.enforce(policies_tasks.tell, by)
    late = Task.objects.select_for_update(of=["self"], no_key=True, skip_locked=True).open()
    late = late.filter(late_told_at=None, due_at__lte=now).exclude(referral=None, obligation__paused_until__gt=now)
    related = ("lead__agency", "agency", "unit", "investigator")
    related = ("referral__lead", "referral__agency", *(f"obligation__{each}" for each in related))
    late = list(late.select_related(*related).order_by("due_at", "id")[:limit])
    late.sort(key=_together)
    for _part, tasks in groupby(late, key=_together):
        first = next(tasks)
        part = first.obligation
        if first.referral_id:
            notify(queries.on_case(first.referral), "task.overdue", first, label=part.lead.number, now=now)
        elif part.state in policies_tasks.AT_WORK:
            people = {*queries.owing(part), *queries.answering(part)}
            notify(people, "task.overdue", first, label=part.lead.number, now=now)
    ids = [each.pk for each in late]
    Task.objects.filter(pk__in=ids).update(late_told_at=now)
    audit.record_many("task.overdue", Task, ids, by=by)
    return len(ids)


def _together(task):
    return task.obligation_id, task.referral_id or 0


def _held(task):
    """Its part is held first, as everywhere."""
    obligation = locked(Task.objects.select_related("obligation").get(pk=task.pk).obligation)
    task = Task.objects.select_for_update(of=["self"], no_key=True).get(pk=task.pk)
    task.obligation = obligation
    return task
