"""Events of leads for programs: matched to the incidents that they mean, confirmed by an examiner."""

from django.db.models import F
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api import paging
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads import policies
from leads.actions import confirmations, events
from leads.api import answers, bodies, bodies_confirmation, shapes
from leads.api.views import to_show, whole
from leads.models import LeadEvent


class ConfirmView(APIView):
    """An examiner confirms events of a lead under one report, all of them or none."""

    required_permission = Permission.LEAD_CONFIRM

    @extend_schema(operation_id="leads_confirm", request=bodies_confirmation.Confirm, responses=shapes.LeadDetail)
    def post(self, request, pk):
        visible = to_show(request.user)
        found = get_object_or_404(visible, pk=pk)
        first = found.events.order_by(F("confirmed_at").asc(nulls_first=True)).first()
        first.lead = found
        enforce(policies.confirm, request.user, first)
        place = found.site or found.agency
        given = cleaned(bodies_confirmation.Confirm, request, lead=found, laboratory=place)
        confirmations.confirm(lead=found, by=request.user, **given)
        return Response(whole(visible.get(pk=pk), request.user))


class WaitingView(APIView):
    """The events that a notice names and no incident was found for, the newest first."""

    required_permission = Permission.LEAD_TRIAGE

    @extend_schema(
        operation_id="events_waiting_list",
        parameters=[paging.CURSOR],
        responses=paging.page_of("WaitingEvents", shapes.WaitingEvent),
    )
    def get(self, request):
        pages = paging.KeysetPagination()
        found = LeadEvent.objects.visible_to(request.user).waiting().select_related("lead", "agency")
        rows = pages.paginate_queryset(found, request, self)
        return pages.get_paginated_response([answers.waiting(row) for row in rows])


class MatchView(APIView):
    """Say which incident an event means. Its agency owes on the lead from then on; the answer is the lead as it stands,
    on which an event that was named twice is one.
    """

    required_permission = Permission.LEAD_TRIAGE

    @extend_schema(operation_id="events_match", request=bodies.Match, responses=shapes.LeadDetail)
    def post(self, request, pk):
        visible = LeadEvent.objects.visible_to(request.user).select_related("lead__agency", "agency")
        found = get_object_or_404(visible, pk=pk)
        enforce(policies.match, request.user, found)
        matched = events.match(event=found, by=request.user, **cleaned(bodies.Match, request))
        lead = to_show(request.user).get(pk=matched.lead_id)
        return Response(whole(lead, request.user))
