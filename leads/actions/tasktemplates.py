"""Named lists of tasks that a center or an agency keeps."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from leads.models import TaskStep, TaskTemplate
from leads.policies import casetasks as policies_tasks

MOST = 8


@transaction.atomic
def keep(*, agency, name, steps, by, now=None):
    """Make a list. `steps`: [(kind, what, working days until it is due)] in their order."""
    now = now or timezone.now()
    access.enforce(policies_tasks.keep, by, agency)
    _must_be_new(agency, name)
    template = TaskTemplate.objects.create(agency=agency, name=name, made_at=now, made_by=by)
    _write(template, steps)
    audit.record("task_template.kept", template, by=by, agency=agency, name=name, steps=_said(steps))
    return template


@transaction.atomic
def change(*, template, name, steps, by):
    """Word a list anew. What was given by it stays as it was given."""
    template = _held(template)
    access.enforce(policies_tasks.change, by, template)
    _must_be_new(template.agency, name, template)
    before = [(each.kind, each.what, each.days) for each in template.steps.all()]
    template.name = name
    template.save(update_fields=["name"])
    template.steps.all().delete()
    _write(template, steps)
    was = {"before": _said(before), "steps": _said(steps)}
    audit.record("task_template.changed", template, by=by, agency=template.agency, name=name, **was)
    return template


@transaction.atomic
def retire(*, template, by, now=None):
    """No new tasks are given by it; those that were stay."""
    template = _held(template)
    access.enforce(policies_tasks.change, by, template)
    template.ended_at, template.ended_by = now or timezone.now(), by
    template.save(update_fields=["ended_at", "ended_by"])
    audit.record("task_template.retired", template, by=by, agency=template.agency, name=template.name)
    return template


def _held(template):
    found = TaskTemplate.objects.select_for_update(of=["self"], no_key=True).select_related("agency")
    return found.get(pk=template.pk)


def _must_be_new(agency, name, template=None):
    same = TaskTemplate.objects.used().filter(agency=agency, name=name)
    if same.exclude(pk=template and template.pk).exists():
        raise Refused("There is a list of this name already. Change that one.", "tasktemplates.name", agency)


def _write(template, steps):
    if not 0 < len(steps) <= MOST:
        raise Refused(f"A list has one task to {MOST}.", "tasktemplates.steps", template)
    TaskStep.objects.bulk_create(
        TaskStep(template=template, place=place, kind=kind, what=what, days=days)
        for place, (kind, what, days) in enumerate(steps, 1)
    )


def _said(steps):
    return [f"{what}, {days} d" for _kind, what, days in steps]
