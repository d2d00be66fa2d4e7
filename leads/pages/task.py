"""What the pages of tasks and of questions to the analysts say, in plain values. Nothing is read or written here."""

from agencies import markup
from agencies.access import allows
from leads.models import Question, Task
from leads.pages.meeting import when
from leads.policies import casetasks as policies_tasks
from leads.policies import questions as policies_questions

WORDS = {
    "done": ("Done", "good", "check"),
    "dropped": ("Dropped", "", "x"),
    "closed": ("Closed with its part", "", "check"),
    "late": ("Overdue", "late", "late"),
    "open": ("Open", "", "clock"),
    "answered": ("Answered", "good", "check"),
    "withdrawn": ("Withdrawn", "", "back"),
}
EMPTY = {
    "open": ("Nobody waits for an answer", "Who works on a lead asks from its page. The first due stands on top."),
    "ended": ("Nothing answered yet", "Questions go here when they are answered or taken back."),
}


def _badge(each, now):
    late = each.status == "open" and each.due_at <= now
    return markup.badge(*WORDS["late" if late else str(each.status)])


def task(each, now, user=None):
    """One task as lists show it; for a `user` with what they may do."""
    zone, done = each.obligation.agency.zone, each.activity
    came = (
        [done.text.removesuffix("."), done.get_result_display(), f"{done.minutes} minutes" if done.minutes else ""]
        if done
        else [each.came_of_it]
    )
    return {
        "task": each,
        "url": each.get_absolute_url(),
        "number": each.obligation.lead.number,
        "case": each.referral,
        "kind": f"Asked for by {each.referral.office}" if each.referral else each.get_kind_display(),
        "badge": _badge(each, now),
        "due": when(each.due_at, zone),
        "ended": when(each.ended_at, zone) if each.ended_at else "",
        "came": ". ".join(filter(None, came)) or each.dropped_why,
        "may_finish": user is not None and allows(policies_tasks.finish, user, each),
        "may_drop": user is not None and allows(policies_tasks.drop, user, each),
    }


def tasks(obligation, found, user, now):
    """The tasks of one part, and who has them."""
    for each in found:
        each.obligation = obligation
    is_open = [each for each in found if each.status == Task.Status.OPEN]
    late = sum(each.due_at <= now for each in is_open)
    return {
        "obligation": obligation,
        "lead": obligation.lead,
        "rows": [task(each, now, user) for each in found],
        "open_words": f"{len(is_open)} open" if is_open else "Nothing open",
        "late_words": f"{late} overdue" if late else "",
        "who": str(obligation.investigator or "Nobody yet"),
        "may_give": allows(policies_tasks.give, user, obligation),
    }


def question(each, now):
    return {
        "question": each,
        "url": each.get_absolute_url(),
        "badge": _badge(each, now),
        "asked": when(each.asked_at, each.center.zone),
        "due": when(each.due_at, each.center.zone),
        "ended": when(each.ended_at, each.center.zone) if each.ended_at else "",
        "who": f"{each.asked_by}, {each.agency.code}",
    }


def question_page(each, before, user, now):
    return question(each, now) | {
        "lead": each.lead,
        "before": [question(one, now) for one in before],
        "may_answer": allows(policies_questions.answer, user, each),
        "may_withdraw": allows(policies_questions.withdraw, user, each),
        "is_open": each.status == Question.Status.OPEN,
    }
