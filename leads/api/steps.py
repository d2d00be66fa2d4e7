"""The steps of an obligation for programs: the policy answers first, then the body is read, then the action works."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads import policies
from leads.actions import activities, askings, assignments, closings, extensions, obligations, pauses, rerouting
from leads.api import answers, bodies, bodies_work, shapes
from leads.lists import owed as worklist
from leads.models import Lead, Obligation
from leads.policies import time as policies_time


def step(verb, body, policy, action, says):
    """A view of one step; `says` describes it."""

    class StepView(APIView):
        required_permission = Permission.LEAD_VIEW

        @extend_schema(
            operation_id=f"obligations_{verb}",
            description=says,
            request=None if body is bodies.Nothing else body,
            responses=shapes.ObligationDetail,
        )
        def post(self, request, pk):
            visible = Obligation.objects.visible_to(request.user)
            found = get_object_or_404(visible.select_related("lead__agency", "agency"), pk=pk)
            enforce(policy, request.user, found)
            action(obligation=found, by=request.user, **cleaned(body, request, zone=found.agency.zone))
            found.refresh_from_db()
            return Response(answers.detail(worklist.one(found), found, request.user))

    return StepView.as_view()


acknowledge = step(
    "acknowledge",
    bodies.Nothing,
    policies.acknowledge,
    obligations.acknowledge,
    "The agency has seen the lead and will assign it.",
)
assign = step(
    "assign",
    bodies.Assign,
    policies.assign,
    assignments.assign,
    "Give the agency's part of the lead to one of its investigators.",
)
take = step(
    "take",
    bodies.Nothing,
    policies.take,
    assignments.take,
    "A supervision officer takes a part that nobody has on, and begins.",
)
start = step("start", bodies.Nothing, policies.start, obligations.start, "The investigator takes the lead on.")
return_ = step(
    "return", bodies.Return, policies.return_, obligations.return_, "Say why the lead is not the agency's own."
)
propose = step("propose", bodies.Propose, policies.propose, closings.propose, "Propose to close with an outcome.")
approve = step(
    "approve",
    bodies_work.AsRead,
    policies.decide_closing,
    closings.approve,
    "Approve closing; the lead closes with the last.",
)
send_back = step(
    "send_back", bodies.SendBack, policies.decide_closing, closings.send_back, "Closing waits: say what is missing."
)
reroute = step(
    "reroute", bodies.Reroute, policies.reroute, rerouting.reroute, "The center routes a returned part to its agency."
)
pause = step(
    "pause",
    bodies_work.PauseClock,
    policies_time.pause,
    pauses.pause,
    "Stop the clock until a day: at once for a first short wait, else when a supervisor grants it.",
)
resume = step("resume", bodies.Nothing, policies_time.resume, pauses.resume, "The clock runs again before that day.")
extend = step(
    "extend", bodies_work.ExtendTime, policies_time.extend, extensions.ask, "Ask for more time for the stage."
)
decide_time = step(
    "decide_time",
    bodies_work.DecideTime,
    policies_time.decide,
    extensions.decide,
    "Grant the pause or the time that was asked for, or refuse it with a reason.",
)


class AskView(APIView):
    """Ask an agency without an event on a lead to take part in it."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="leads_ask", request=bodies.Ask, responses={201: shapes.ObligationDetail})
    def post(self, request, pk):
        found = get_object_or_404(Lead.objects.visible_to(request.user).select_related("agency"), pk=pk)
        enforce(policies.ask, request.user, found)
        made = askings.ask(lead=found, by=request.user, **cleaned(bodies.Ask, request))
        return Response(answers.detail(worklist.one(made), made, request.user), status=201)


class ActivitiesView(APIView):
    """Write down what was done for an agency on a lead."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="obligations_log", request=bodies.Log, responses={201: shapes.ActivityRow})
    def post(self, request, pk):
        visible = Obligation.objects.visible_to(request.user)
        found = get_object_or_404(visible.select_related("lead__agency", "agency"), pk=pk)
        enforce(policies.log, request.user, found)
        made = activities.log(obligation=found, by=request.user, **cleaned(bodies.Log, request))
        return Response(answers.activity(made), status=201)
