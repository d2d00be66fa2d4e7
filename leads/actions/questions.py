"""Somebody at work on a lead asks the center's analysts, who answer."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.calendars import add_working
from agencies.notifications import notify
from leads import queries
from leads.actions._steps import locked
from leads.models import Question
from leads.policies import questions as policies_questions

Status = Question.Status
# A working day of the center.
MINUTES = 8 * 60


@transaction.atomic
def ask(*, obligation, text, by, now=None):
    """Ask about a lead. What was asked before and how it was answered stays."""
    now = now or timezone.now()
    obligation = locked(obligation)
    access.enforce(policies_questions.ask, by, obligation)
    lead, center = obligation.lead, obligation.lead.agency
    if obligation.questions.filter(status=Status.OPEN, text=text, asked_by=by).exists():
        raise access.Refused("You asked this already, and wait for the answer.", "questions.ask", obligation)
    made = Question.objects.create(
        lead=lead,
        obligation=obligation,
        agency=obligation.agency,
        center=center,
        text=text,
        asked_at=now,
        asked_by=by,
        due_at=add_working(now, MINUTES, center.working_calendar),
    )
    audit.record("question.asked", made, by=by, agency=obligation.agency, lead=lead.number)
    notify(queries.coordinators(lead), "question.asked", made, by=by, label=lead.number, now=now)
    return made


@transaction.atomic
def answer(*, question, answer, by, now=None):
    """Answer it; who asked is told."""
    question = _end(question, Status.ANSWERED, policies_questions.answer, by, now, answer=answer)
    notify([question.asked_by], "question.answered", question, by=by, label=question.lead.number, now=question.ended_at)
    return question


@transaction.atomic
def withdraw(*, question, by, now=None):
    """It needs no answer any more."""
    return _end(question, Status.WITHDRAWN, policies_questions.withdraw, by, now)


@transaction.atomic
def tell(*, by, now=None, limit=500):
    """Tell the center of up to `limit` questions that are overdue, each once; returns how many. Two at once share them.
    Call again until none are left.
    """
    now = now or timezone.now()
    access.enforce(policies_questions.tell, by)
    late = Question.objects.select_for_update(of=["self"], no_key=True, skip_locked=True)
    late = late.filter(status=Status.OPEN, late_told_at=None, due_at__lte=now).select_related("lead__agency")
    late = list(late.order_by("due_at", "id")[:limit])
    for each in late:
        notify(queries.coordinators(each.lead), "question.overdue", each, label=each.lead.number, now=now)
    ids = [each.pk for each in late]
    Question.objects.filter(pk__in=ids).update(late_told_at=now)
    audit.record_many("question.overdue", Question, ids, by=by)
    return len(ids)


def _end(question, status, policy, by, now, **values):
    related = ("lead", "agency", "center", "asked_by")
    held = Question.objects.select_for_update(of=["self"], no_key=True).select_related(*related)
    question = held.get(pk=question.pk)
    access.enforce(policy, by, question)
    values |= {"status": status, "ended_at": now or timezone.now(), "ended_by": by}
    for name, value in values.items():
        setattr(question, name, value)
    question.save(update_fields=list(values))
    audit.record(f"question.{status}", question, by=by, agency=question.agency, lead=question.lead.number)
    return question
