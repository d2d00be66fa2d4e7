"""Deeds of tasks, of questions to the analysts and of partners on a `deeds.Scene`, each with whom it tells."""

from datetime import timedelta

from leads.actions import assignments, casetasks, questions, tasktemplates
from leads.models import Question, Task, TaskTemplate
from tests.factories import NOW
from tests.leads.working import system


def give(s):
    steps = [("canvass", "Canvass the block", 1)]
    template = tasktemplates.keep(agency=s.center, name="Casing-only lead", steps=steps, by=s.analyst)
    casetasks.give(obligation=s.papd_part, template=template, by=s.supervisor, now=NOW)


def give_again(s):
    casetasks.give(obligation=s.papd_part, template=TaskTemplate.objects.get(), by=s.supervisor, now=NOW)


def drop(s):
    casetasks.drop(task=Task.objects.get(), why="Nobody lives there", by=s.supervisor, now=NOW)


def ask(s):
    questions.ask(obligation=s.papd_part, text="Seen in Glenmoor?", by=s.detective, now=NOW)


def answer(s):
    questions.answer(question=Question.objects.filter(status="open").get(), answer="Twice", by=s.analyst, now=NOW)


def withdraw(_s):
    asked = Question.objects.filter(status="open").get()
    questions.withdraw(question=asked, by=asked.asked_by, now=NOW)


def come_due(_s):
    """Days pass; the clock looks twice."""
    for at in (NOW + timedelta(days=9), NOW + timedelta(days=10)):
        casetasks.tell(by=system(), now=at)
        questions.tell(by=system(), now=at)


def lend(s):
    assignments.assign(obligation=s.papd_part, investigator=s.gm_detective, by=s.supervisor, now=NOW)


PAST = "Tasks on a part of a lead are overdue"
WORKED = [
    (give, {"Your part of a lead has new tasks": "Chidi"}),
    (drop, {}),
    (ask, {"Somebody at work on a lead asks the analysts": "Cora Dana"}),
    (answer, {"An analyst answered your question": "Chidi"}),
    (ask, {"Somebody at work on a lead asks the analysts": "Cora Dana"}),
    (withdraw, {}),
    (give_again, {"Your part of a lead has new tasks": "Chidi"}),
    (ask, {"Somebody at work on a lead asks the analysts": "Cora Dana"}),
    (come_due, {PAST: "Chidi Amara", "A question to the analysts is overdue": "Cora Dana"}),
    (lend, {"A lead was assigned to you": "Noor", "A lead was given to somebody else": "Chidi"}),
]
