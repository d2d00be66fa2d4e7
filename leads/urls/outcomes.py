"""Addresses of what leads came to, of tasks, and of questions to the analyst."""

from django.urls import path

from agencies import navigation
from agencies.roles import Permission
from leads.views import casetasks, outcomes, questions

urlpatterns = [
    path("outcomes/", outcomes.outcomes, name="outcomes"),
    path("outcomes/<int:pk>/", outcomes.outcome, name="outcome"),
    path("outcomes/<int:pk>/merge/", outcomes.outcome_merge, name="outcome_merge"),
    path("outcomes/<int:pk>/part/", outcomes.outcome_part, name="outcome_part"),
    path("obligations/<int:pk>/tasks/", casetasks.obligation_tasks, name="obligation_tasks"),
    path("tasks/<int:pk>/done/", casetasks.task_finish, name="task_finish"),
    path("tasks/<int:pk>/drop/", casetasks.task_drop, name="task_drop"),
    path("task-lists/", casetasks.task_templates, name="task_templates"),
    path("task-lists/new/", casetasks.task_template_new, name="task_template_new"),
    path("task-lists/<int:pk>/", casetasks.task_template, name="task_template"),
    path("task-lists/<int:pk>/retire/", casetasks.task_template_retire, name="task_template_retire"),
    path("obligations/<int:pk>/question/", questions.question_new, name="question_new"),
    path("questions/", questions.questions, name="questions"),
    path("questions/<int:pk>/", questions.question, name="question"),
    path("questions/<int:pk>/answer/", questions.question_answer, name="question_answer"),
    path("questions/<int:pk>/withdraw/", questions.question_withdraw, name="question_withdraw"),
]

TASK_PAGES = ("task_templates", "task_template", "task_template_new", "obligation_tasks", "task_finish", "task_drop")

navigation.register(
    navigation.Entry(
        "questions",
        "Questions and tasks",
        "note",
        "questions",
        Permission.LEAD_VIEW,
        section="Center",
        order=64,
        pages=("question", "question_answer", "question_new", *TASK_PAGES),
    ),
)
