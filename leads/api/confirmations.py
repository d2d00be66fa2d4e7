"""Confirmation for programs of laboratories and of those who ask them: requests, their steps, results by pair."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api import paging
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads.actions import comparisons, confirmation_requests
from leads.actions._reported import Found
from leads.api import bodies, shapes
from leads.api import bodies_confirmation as inputs
from leads.models import Comparison, ConfirmationRequest, Lead
from leads.policies import confirmation as policies
from leads.queries import confirmations as queries


class PairRow(s.Serializer):
    id = s.IntegerField()
    first = s.IntegerField()
    second = s.IntegerField()
    result = s.ChoiceField(Comparison.Result.choices)
    report = s.CharField()
    reported_on = s.DateField()
    off = s.IntegerField(allow_null=True, help_text="The event that an elimination took off the line.")


class ConfirmationRow(s.Serializer):
    """What a laboratory is asked to compare. A confirmed pair of cases is a hit."""

    id = s.IntegerField()
    lead = shapes.LeadOf()
    agency = s.CharField()
    laboratory = s.CharField()
    status = s.ChoiceField(ConfirmationRequest.Status.choices)
    needed_on = s.DateField()
    court_on = s.DateField(allow_null=True)
    note = s.CharField(allow_blank=True)
    requested_at = s.DateTimeField()
    received_at = s.DateTimeField(allow_null=True)
    reported_at = s.DateTimeField(allow_null=True)
    examiner = shapes.Person(allow_null=True)
    reason = s.CharField(allow_blank=True)


class ConfirmationDetail(ConfirmationRow):
    events = s.ListField(child=s.IntegerField(), help_text="The events of the lead that are compared.")
    pairs = PairRow(many=True, help_text="The results that stand.")


SAME = ("id", "status", "needed_on", "court_on", "note", "requested_at", "received_at", "reported_at", "reason")
OF_PAIR = ("id", "result", "report", "reported_on")


def row(found):
    return {name: getattr(found, name) for name in SAME} | {
        "lead": {"id": found.lead_id, "number": found.lead.number},
        "agency": found.agency.code,
        "laboratory": found.laboratory.code,
        "examiner": {"id": found.examiner_id, "name": str(found.examiner)} if found.examiner else None,
    }


def detail(found):
    events = list(found.items.order_by("event_id").values_list("event_id", flat=True))
    pairs = Comparison.objects.standing().filter(lead=found.lead_id, first__in=events, second__in=events)
    return row(found) | {
        "events": events,
        "pairs": [
            {name: getattr(pair, name) for name in OF_PAIR}
            | {"first": pair.first_id, "second": pair.second_id, "off": pair.off_id}
            for pair in pairs
        ],
    }


def _answer(request, pk, status=200):
    return Response(detail(queries.whole(request.user).get(pk=pk)), status=status)


class ConfirmationsView(APIView):
    """What laboratories are asked about the leads that you see, the newest first."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(
        operation_id="confirmations_list",
        parameters=[paging.CURSOR],
        responses=paging.page_of("Confirmations", ConfirmationRow),
    )
    def get(self, request):
        pages = paging.KeysetPagination()
        rows = pages.paginate_queryset(queries.whole(request.user), request, self)
        return pages.get_paginated_response([row(each) for each in rows])


class ConfirmationView(APIView):
    """One request with the results of its pairs."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="confirmations_read", responses=ConfirmationDetail)
    def get(self, request, pk):
        return Response(detail(get_object_or_404(queries.whole(request.user), pk=pk)))


class LeadConfirmationView(APIView):
    """Ask a laboratory to compare events of a lead."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(
        operation_id="leads_ask_confirmation", request=inputs.AskConfirmation, responses={201: ConfirmationDetail}
    )
    def post(self, request, pk):
        lead = get_object_or_404(Lead.objects.visible_to(request.user).select_related("agency", "site"), pk=pk)
        enforce(policies.ask, request.user, lead)
        given = cleaned(inputs.AskConfirmation, request, lead=lead)
        made = confirmation_requests.ask(lead=lead, by=request.user, **given)
        return _answer(request, made.pk, 201)


class ResultsView(APIView):
    """Record what a report says of pairs of a request."""

    required_permission = Permission.LEAD_CONFIRM

    @extend_schema(operation_id="confirmations_results", request=inputs.Results, responses=ConfirmationDetail)
    def post(self, request, pk):
        found = get_object_or_404(queries.whole(request.user), pk=pk)
        enforce(policies.record_under, request.user, found)
        given = cleaned(inputs.Results, request, lead=found.lead, laboratory=found.laboratory)
        results = [Found(*each) for each in given.pop("pairs")]
        comparisons.record(lead=found.lead, request=found, results=results, by=request.user, **given)
        return _answer(request, pk)


def step(verb, body, policy, action, says):
    """A view of one step of a request; `says` describes it."""

    class StepView(APIView):
        required_permission = Permission.LEAD_VIEW

        @extend_schema(
            operation_id=f"confirmations_{verb}",
            description=says,
            request=None if body is bodies.Nothing else body,
            responses=ConfirmationDetail,
        )
        def post(self, request, pk):
            found = get_object_or_404(queries.whole(request.user), pk=pk)
            enforce(policy, request.user, found)
            action(request=found, by=request.user, **cleaned(body, request, laboratory=found.laboratory))
            return _answer(request, pk)

    return StepView.as_view()


receive = step(
    "receive", bodies.Nothing, policies.receive, confirmation_requests.receive, "The laboratory takes the request on."
)
assign = step("assign", inputs.GiveTo, policies.assign, confirmation_requests.assign, "Give it to an examiner.")
send_back = step(
    "return", inputs.WhyNot, policies.return_, confirmation_requests.send_back, "Send it back: say what is missing."
)
again = step("again", inputs.AskAgain, policies.again, confirmation_requests.ask_again, "Ask again.")
cancel = step("cancel", inputs.WhyNot, policies.cancel, confirmation_requests.cancel, "It is not needed any more.")
