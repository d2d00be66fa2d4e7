"""Days by which something is due in a case: set, moved, done, or taken off with a reason."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from leads.models import Deadline, Referral
from leads.policies import dates as policies

Status = Deadline.Status


@transaction.atomic
def add(*, referral, kind, due_on, by, basis="", now=None):
    """Keep a day in mind; the office is told of it ahead."""
    referral = Referral.objects.select_for_update(of=["self"], no_key=True).get(pk=referral.pk)
    access.enforce(policies.keep, by, referral)
    made = Deadline.objects.create(
        referral=referral, office_id=referral.office_id, kind=kind, due_on=due_on, basis=basis,
        made_at=now or timezone.now(), made_by=by,
    )  # fmt: skip
    audit.record("deadline.set", made, by=by, agency=made.office_id, kind=kind, due_on=due_on.isoformat())
    return made


@transaction.atomic
def move(*, deadline, due_on, by, basis="", now=None):
    """Another day for it: what was told of the former one is told of no more, and of this one anew."""
    deadline = _held(deadline)
    access.enforce(policies.change, by, deadline)
    before, deadline.due_on, deadline.basis = deadline.due_on, due_on, basis
    deadline.moved_at, deadline.moved_by = now or timezone.now(), by
    deadline.save(update_fields=["due_on", "basis", "moved_at", "moved_by"])
    changes = {"due_on": [before.isoformat(), due_on.isoformat()]}
    audit.record("deadline.moved", deadline, by=by, agency=deadline.office_id, changes=changes)
    return deadline


@transaction.atomic
def finish(*, deadline, by, why="", now=None):
    """It is done; a word on how, if there is one."""
    return _end(deadline, Status.DONE, why, by, now)


@transaction.atomic
def drop(*, deadline, why, by, now=None):
    """It is due no more, and why."""
    return _end(deadline, Status.DROPPED, why, by, now)


def _end(deadline, status, why, by, now):
    deadline = _held(deadline)
    access.enforce(policies.change, by, deadline)
    deadline.status, deadline.ended_why = status, why
    deadline.ended_at, deadline.ended_by = now or timezone.now(), by
    deadline.save(update_fields=["status", "ended_why", "ended_at", "ended_by"])
    audit.record(f"deadline.{status}", deadline, by=by, agency=deadline.office_id, why=why)
    return deadline


def _held(deadline):
    return Deadline.objects.select_for_update(of=["self"], no_key=True).get(pk=deadline.pk)
