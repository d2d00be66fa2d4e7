"""Deeds of tasks, of questions to the analysts and of partners on a `deeds.Scene`, each with whom it tells."""

from leads.actions import assignments, casetasks, questions, tasktemplates
from leads.models import Question, Task
from tests.factories import NOW


def give(s):
    steps = [("canvass", "Canvass the block", 1)]
    template = tasktemplates.keep(agency=s.center, name="Casing-only lead", steps=steps, by=s.analyst)
    casetasks.give(obligation=s.papd_part, template=template, by=s.supervisor, now=NOW)


def drop(s):
    casetasks.drop(task=Task.objects.get(), why="Nobody lives there", by=s.supervisor, now=NOW)


def ask(s):
    questions.ask(obligation=s.papd_part, text="Seen in Glenmoor?", by=s.detective, now=NOW)


def answer(s):
    questions.answer(question=Question.objects.filter(status="open").get(), answer="Twice", by=s.analyst, now=NOW)


def withdraw(_s):
    asked = Question.objects.filter(status="open").get()
    questions.withdraw(question=asked, by=asked.asked_by, now=NOW)


def lend(s):
    assignments.assign(obligation=s.papd_part, investigator=s.gm_detective, by=s.supervisor, now=NOW)


WORKED = [
    (give, {"Your part of a lead has new tasks": "Chidi"}),
    (drop, {}),
    (ask, {"Somebody at work on a lead asks the analysts": "Cora Dana"}),
    (answer, {"An analyst answered your question": "Chidi"}),
    (ask, {"Somebody at work on a lead asks the analysts": "Cora Dana"}),
    (withdraw, {}),
    (lend, {"A lead was assigned to you": "Noor", "A lead was given to somebody else": "Chidi"}),
]
