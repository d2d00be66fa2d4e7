"""Why a person may not ask the center's analysts, answer or take a question back, or None if they may."""

from agencies.access import has_permission
from agencies.roles import Permission
from leads import policies
from leads.models import Question


def ask(user, obligation):
    leads = has_permission(user, Permission.OBLIGATION_ASSIGN, obligation.agency_id)
    if not obligation.is_open:
        return "This part is over: nobody is at work on it who would ask."
    return None if leads else policies.log(user, obligation)


def _open(question):
    if question.status == Question.Status.OPEN:
        return None
    return f"This question is {question.get_status_display().lower()} already."


def answer(user, question):
    if not has_permission(user, Permission.LEAD_TRIAGE, question.center_id):
        return "Only an analyst or the coordinator of the center answers."
    return _open(question)


def withdraw(user, question):
    leads = has_permission(user, Permission.OBLIGATION_ASSIGN, question.agency_id)
    if question.asked_by_id != user.pk and not leads:
        return "Only who asked, or a supervisor of the agency, takes the question back."
    return _open(question)


def tell(user):
    return None if user.is_system else "The clock tells of what is overdue by itself."
