"""Triage for programs of a center: what waits on the desk, and its steps. A second person agrees to decline, by what
they read (`seen`).
"""

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
from leads.actions import desk
from leads.api import bodies, shapes
from leads.api import bodies_work as inputs
from leads.models import DeskItem
from leads.policies import desk as policies_desk
from leads.queries import desk as queries_desk

MAY = {
    "accept": policies_desk.accept,
    "send": policies_desk.send,
    "defer": policies_desk.defer,
    "decline": policies_desk.decline,
    "agree": policies_desk.review,
    "bring_back": policies_desk.bring_back,
}
OF_LEAD = ("score", "priority", "caliber", "events_count")
OF_ITEM = ("came_at", "until_on", "why", "note", "accepted_at", "proposed_at", "reviewed_at")


class DeskRow(s.Serializer):
    """A lead before its agencies are told of it."""

    lead = shapes.LeadOf()
    state = s.ChoiceField(DeskItem.State.choices)
    score = s.IntegerField()
    priority = s.IntegerField(min_value=1, max_value=3)
    caliber = s.CharField(allow_blank=True)
    events_count = s.IntegerField()
    came_at = s.DateTimeField()
    until_on = s.DateField(allow_null=True, help_text="The day on which a deferred lead is back.")
    why = s.ChoiceField(DeskItem.Why.choices, allow_blank=True, help_text="Why it is to be declined.")
    twin = s.CharField(allow_null=True, help_text="The number of the lead that it repeats.")
    note = s.CharField(allow_blank=True)
    accepted_at = s.DateTimeField(allow_null=True)
    proposed_at = s.DateTimeField(allow_null=True)
    reviewed_at = s.DateTimeField(allow_null=True)


class DeskDetail(DeskRow):
    may = s.ListField(child=s.CharField(), help_text="The steps that the owner of the token may take now.")


def row(found, state):
    """A row of `queries_desk.page`."""
    lead = {"id": found["id"], "number": found["number"]}
    return {name: found[name] for name in (*OF_LEAD, *OF_ITEM, "twin")} | {"lead": lead, "state": state}


def _answer(request, pk):
    item = queries_desk.whole(request.user).get(pk=pk)
    found = {name: getattr(item.lead, name) for name in ("id", "number", *OF_LEAD)}
    found |= {name: getattr(item, name) for name in OF_ITEM} | {"twin": item.twin and item.twin.number}
    may = [verb for verb, policy in MAY.items() if allows(policy, request.user, item)]
    return Response(row(found, item.state) | {"may": may})


class DeskView(APIView):
    """The leads of your center in one state of triage, the best score first."""

    required_permission = Permission.LEAD_TRIAGE

    @extend_schema(
        operation_id="desk_list",
        parameters=[
            OpenApiParameter("state", str, enum=DeskItem.State.values, description="`waiting` without it."),
            paging.CURSOR,
        ],
        responses=paging.page_of("DeskRows", DeskRow),
    )
    def get(self, request):
        state = request.query_params.get("state", DeskItem.State.WAITING)
        if state not in DeskItem.State.values:
            raise ValidationError({"state": f"Choose one of: {', '.join(DeskItem.State.values)}."})
        rows, older = queries_desk.page(request.user, state, cursor=paging.asked(request, read=queries_desk.place))
        return paging.answer(request.build_absolute_uri(), [row(found, state) for found in rows], older)


class DeskItemView(APIView):
    """One lead on the desk, by the number of the lead's record."""

    required_permission = Permission.LEAD_TRIAGE

    @extend_schema(operation_id="desk_read", responses=DeskDetail)
    def get(self, request, pk):
        get_object_or_404(DeskItem.objects.visible_to(request.user), pk=pk)
        return _answer(request, pk)


def step(verb, body, action, says):
    """A view of one step of triage; `says` describes it."""

    class StepView(APIView):
        required_permission = Permission.LEAD_TRIAGE

        @extend_schema(
            operation_id=f"desk_{verb}",
            description=says,
            request=None if body is bodies.Nothing else body,
            responses=DeskDetail,
        )
        def post(self, request, pk):
            found = get_object_or_404(queries_desk.whole(request.user), pk=pk)
            enforce(MAY[verb], request.user, found)
            action(item=found, by=request.user, **cleaned(body, request, lead=found.lead))
            return _answer(request, pk)

    return StepView.as_view()


accept = step("accept", bodies.Nothing, desk.accept, "Worth working: what is missing is looked for first.")
send = step("send", bodies.Nothing, desk.send, "Its agencies are told, and their clocks begin.")
defer = step("defer", inputs.DeferLead, desk.defer, "Not now: it is back on a day, or when its line grows.")
decline = step("decline", inputs.DeclineLead, desk.decline, "Propose that it goes to nobody; a second person agrees.")
agree = step("agree", inputs.AsRead, desk.agree, "A second person agrees to decline: it goes to nobody.")
bring_back = step("bring_back", bodies.Nothing, desk.bring_back, "It waits to be decided on again.")
