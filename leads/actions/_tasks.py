"""What becomes of the tasks of a part whose clock stands still, and of a part that ends or begins anew. The caller
holds the part. What a prosecutor's office asked for is not of these: it is due on the day that the office set, whatever
becomes of the part.
"""

from agencies import audit
from leads import clock
from leads.models import Obligation, Task

State, Status = Obligation.State, Task.Status
OVER = (State.CLOSED, State.RETURNED)


def follow(obligation, state, *, by, now):
    """A part is about to enter a state. With one that ends its open tasks end; where it begins anew those are open
    again, with as much working time ahead of them as there was.
    """
    was_over, is_over = obligation.state in OVER, state in OVER
    if is_over and not was_over:
        ids = list(obligation.tasks.open().filter(referral=None).values_list("pk", flat=True))
        if ids:
            Task.objects.filter(pk__in=ids).update(status=Status.CLOSED, ended_at=now, ended_by=by)
            audit.record_many("task.closed", Task, ids, by=by, agency=obligation.agency)
    elif was_over and not is_over:
        _open_again(obligation, by, now)


def _open_again(obligation, by, now):
    tasks = list(obligation.tasks.filter(status=Status.CLOSED))
    if tasks:
        for task in tasks:
            task.due_at = _later(task.due_at, task.ended_at, now, obligation)
            task.status, task.ended_at, task.ended_by = Status.OPEN, None, None
        Task.objects.bulk_update(tasks, ["status", "due_at", "ended_at", "ended_by"])
        audit.record_many("task.reopened", Task, [each.pk for each in tasks], by=by, agency=obligation.agency)


def stand_still(obligation, since, to):
    """The clock of a part does not run from `since` until `to`, or runs again at `to` and not at `since` (as
    `clock.moved`): what is due on it later moves with it.
    """
    tasks = list(obligation.tasks.open().filter(referral=None, due_at__gt=since))
    for task in tasks:
        task.due_at = _later(task.due_at, since, to, obligation)
    if tasks:
        Task.objects.bulk_update(tasks, ["due_at"])


def _later(at, since, to, obligation):
    return clock.later(at, since, to, obligation.agency.working_calendar)
