"""Why a person may not keep lists of tasks, put them on a part of a lead or end a task, or None if they may."""

from agencies.access import has_permission
from agencies.models import Agency
from agencies.roles import Permission
from leads import policies
from leads.models import Obligation, Task

AT_WORK = (Obligation.State.ASSIGNED, Obligation.State.IN_PROGRESS, Obligation.State.PROPOSED)


def keep(user, agency):
    right = Permission.LEAD_TRIAGE if agency.kind == Agency.Kind.CENTER else Permission.OBLIGATION_ASSIGN
    if has_permission(user, right, agency):
        return None
    return "Only an analyst or coordinator of the center, or a supervisor of the agency, keeps its lists of tasks."


def change(user, template):
    if reason := keep(user, template.agency):
        return reason
    return "This list is not used any more." if template.ended_at else None


def give(user, obligation):
    leads = has_permission(user, Permission.OBLIGATION_ASSIGN, obligation.agency_id)
    if not leads and (reason := policies.log(user, obligation)):
        return reason
    return None if obligation.state in AT_WORK else "Assign the lead to somebody first: then it has tasks."


def finish(user, task):
    if task.status != Task.Status.OPEN:
        return f"This task is {task.get_status_display().lower()} already."
    return _of_the_case(user, task) if task.referral_id else policies.log(user, task.obligation)


def drop(user, task):
    if task.status != Task.Status.OPEN:
        return f"This task is {task.get_status_display().lower()} already."
    return _of_the_case(user, task) if task.referral_id else give(user, task.obligation)


def _of_the_case(user, task):
    """What a prosecutor asked for stays to be done when the part is closed."""
    if has_permission(user, Permission.OBLIGATION_WORK, task.obligation.agency_id):
        return None
    return "Only investigators of the agency that referred the case answer what the prosecutor asked for."


def tell(user):
    return None if user.is_system else "The clock tells of what is overdue by itself."
