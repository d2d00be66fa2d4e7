"""Tasks of parts of leads, and questions to the center's analysts, for programs."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as s
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import allows, enforce
from agencies.api import paging
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads.actions import casetasks, questions
from leads.api import bodies, shapes
from leads.api import bodies_work as inputs
from leads.models import Activity, Obligation, Question, Task
from leads.policies import casetasks as policies_tasks
from leads.policies import questions as policies_questions
from leads.queries import casetasks as queries_tasks

OF_TASK = ("id", "kind", "what", "status", "given_at", "due_at", "ended_at", "dropped_why", "came_of_it")
OF_QUESTION = ("id", "text", "status", "asked_at", "due_at", "answer", "ended_at")
MAY_TASK = {"finish": policies_tasks.finish, "drop": policies_tasks.drop}
MAY_QUESTION = {"answer": policies_questions.answer, "withdraw": policies_questions.withdraw}
VIEWS = ("open", "ended")


class TaskList(s.Serializer):
    id = s.IntegerField()
    name = s.CharField()
    agency = s.CharField(help_text="Whose list it is.")
    tasks = s.IntegerField(help_text="How many it has.")


class TaskRow(s.Serializer):
    id = s.IntegerField()
    lead = shapes.LeadOf()
    obligation = s.IntegerField()
    kind = s.ChoiceField(Activity.Kind.choices)
    what = s.CharField()
    status = s.ChoiceField(Task.Status.choices)
    given_at = s.DateTimeField()
    due_at = s.DateTimeField()
    ended_at = s.DateTimeField(allow_null=True)
    dropped_why = s.CharField(allow_blank=True)
    activity = s.IntegerField(allow_null=True, help_text="What was done.")
    came_of_it = s.CharField(allow_blank=True, help_text="Of what a prosecutor asked for: what the office is told.")
    may = s.ListField(child=s.CharField(), help_text="The steps that the owner of the token may take now.")


class QuestionRow(s.Serializer):
    id = s.IntegerField()
    lead = shapes.LeadOf()
    obligation = s.IntegerField()
    agency = s.CharField(help_text="The agency that asks, by its code.")
    center = s.CharField()
    text = s.CharField()
    status = s.ChoiceField(Question.Status.choices)
    asked_at = s.DateTimeField()
    asked_by = shapes.Person()
    due_at = s.DateTimeField()
    answer = s.CharField(allow_blank=True)
    ended_at = s.DateTimeField(allow_null=True)
    may = s.ListField(child=s.CharField(), help_text="The steps that the owner of the token may take now.")


def _lead(lead):
    return {"id": lead.pk, "number": lead.number}


def task_row(found, user):
    return {name: getattr(found, name) for name in OF_TASK} | {
        "lead": _lead(found.obligation.lead),
        "obligation": found.obligation_id,
        "activity": found.activity_id,
        "may": [verb for verb, policy in MAY_TASK.items() if allows(policy, user, found)],
    }


def question_row(found, user):
    return {name: getattr(found, name) for name in OF_QUESTION} | {
        "lead": _lead(found.lead),
        "obligation": found.obligation_id,
        "agency": found.agency.code,
        "center": found.center.code,
        "asked_by": {"id": found.asked_by_id, "name": str(found.asked_by)},
        "may": [verb for verb, policy in MAY_QUESTION.items() if allows(policy, user, found)],
    }


def _part(request, pk):
    related = ("lead__agency", "agency__calendar", "investigator")
    return get_object_or_404(Obligation.objects.visible_to(request.user).select_related(*related), pk=pk)


class TaskListsView(APIView):
    """The lists by which tasks are given: those of your agencies and of their centers."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="task_lists", responses=TaskList(many=True))
    def get(self, request):
        found = queries_tasks.lists(request.user)
        same = [{"id": each.pk, "name": each.name, "agency": each.agency.code, "tasks": each.many} for each in found]
        return Response(same)


class TasksView(APIView):
    """The tasks of one part of a lead: what is open by due time, then what is over. A list puts more on it."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="obligations_tasks", responses=TaskRow(many=True))
    def get(self, request, pk):
        return self._answer(request, _part(request, pk))

    @extend_schema(operation_id="obligations_give_tasks", request=inputs.GiveTasks, responses={201: TaskRow(many=True)})
    def post(self, request, pk):
        part = _part(request, pk)
        enforce(policies_tasks.give, request.user, part)
        casetasks.give(obligation=part, by=request.user, **cleaned(inputs.GiveTasks, request, obligation=part))
        return self._answer(request, part, 201)

    def _answer(self, request, part, status=200):
        found = queries_tasks.tasks_of(part, request.user)
        for each in found:
            each.obligation = part
        return Response([task_row(each, request.user) for each in found], status=status)


class QuestionsView(APIView):
    """Questions to the center's analysts: open ones by due time, ended ones the newest first."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(
        operation_id="questions_list",
        parameters=[
            OpenApiParameter("view", str, enum=list(VIEWS), description="`open` without it."),
            paging.CURSOR,
        ],
        responses=paging.page_of("Questions", QuestionRow),
    )
    def get(self, request):
        which = request.query_params.get("view", "open")
        if which not in VIEWS:
            raise ValidationError({"view": f"Choose one of: {', '.join(VIEWS)}."})
        rows, older = queries_tasks.questions(request.user, which, after=paging.asked(request))
        return paging.answer(request.build_absolute_uri(), [question_row(each, request.user) for each in rows], older)


class AskView(APIView):
    """Somebody at work on a lead asks the analysts."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="obligations_question", request=inputs.AskAnalyst, responses={201: QuestionRow})
    def post(self, request, pk):
        part = _part(request, pk)
        enforce(policies_questions.ask, request.user, part)
        made = questions.ask(obligation=part, by=request.user, **cleaned(inputs.AskAnalyst, request))
        return Response(question_row(made, request.user), status=201)


class QuestionView(APIView):
    """One question, with its answer if there is one."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="questions_read", responses=QuestionRow)
    def get(self, request, pk):
        found = get_object_or_404(queries_tasks.whole_questions(request.user), pk=pk)
        return Response(question_row(found, request.user))


def step(noun, verb, body, action, says):
    """A view of one step of a task or a question; `says` describes it."""
    visible, may, drawn, shape = KINDS[noun]

    class StepView(APIView):
        required_permission = Permission.LEAD_VIEW

        @extend_schema(
            operation_id=f"{noun}s_{verb}",
            description=says,
            request=None if body is bodies.Nothing else body,
            responses=shape,
        )
        def post(self, request, pk):
            found = get_object_or_404(visible(request.user), pk=pk)
            enforce(may[verb], request.user, found)
            action(**{noun: found}, by=request.user, **cleaned(body, request, **{noun: found}))
            return Response(drawn(visible(request.user).get(pk=pk), request.user))

    return StepView.as_view()


KINDS = {
    "task": (queries_tasks.whole_tasks, MAY_TASK, task_row, TaskRow),
    "question": (queries_tasks.whole_questions, MAY_QUESTION, question_row, QuestionRow),
}
DONE = (
    "It is done: that is an activity on the lead. Of what a prosecutor asked for, what came of it goes to the office."
)
finish = step("task", "finish", inputs.FinishTask, casetasks.finish, DONE)
drop = step("task", "drop", inputs.DropTask, casetasks.drop, "It is not done any more, and why.")
answer = step("question", "answer", inputs.AnswerQuestion, questions.answer, "Answer it; who asked is told.")
withdraw = step("question", "withdraw", bodies.Nothing, questions.withdraw, "It needs no answer any more.")
