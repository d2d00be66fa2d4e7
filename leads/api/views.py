"""Leads for programs: read by the same `visible_to`, changed by the same actions as the pages."""

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies import walk
from agencies.api import paging
from agencies.roles import Permission
from evidence.models import Incident
from leads import filters
from leads.api import answers, shapes
from leads.lists import leads as listing
from leads.lists import owed as worklist
from leads.models import Activity, Lead, Obligation
from leads.queries import clusters as queries_clusters

FILTERS = [
    OpenApiParameter("view", str, enum=list(filters.VIEWS), description="The list; `urgent` without it."),
    OpenApiParameter("q", str, description="Words of numbers, places, offenses and exhibits."),
    OpenApiParameter("agency", int, description="An agency with an event on the line."),
    OpenApiParameter("caliber", str),
    OpenApiParameter("link", str, enum=list(filters.LINKS), description="1 confirmed, 0 not."),
    OpenApiParameter("kind", str, enum=Incident.Kind.values, description="An event of this kind is on the line."),
    OpenApiParameter("priority", int, enum=[1, 2, 3]),
    OpenApiParameter("since", str, description="Opened on or after this day, 2026-07-15."),
    paging.CURSOR,
]
OWED = [
    OpenApiParameter("view", str, enum=[worklist.OPEN, worklist.CLOSED], description="`open` without it."),
    OpenApiParameter("state", str, enum=worklist.STATES, description="Of open ones."),
    OpenApiParameter("mine", str, enum=["1"], description="1: those assigned to the owner of the token."),
    paging.CURSOR,
]
DONE = [
    OpenApiParameter("lead", int, description="Of one lead."),
    OpenApiParameter("obligation", int, description="For one agency's part of a lead."),
    paging.CURSOR,
]
ACTIVITIES = paging.page_of("Activities", shapes.ActivityRow)


class LeadsView(APIView):
    """The leads you may see, the most urgent first unless another view is asked for."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="leads_list", parameters=FILTERS, responses=paging.page_of("Leads", shapes.LeadRow))
    def get(self, request):
        asked, cursor = filters.read(request.query_params), paging.asked(request)
        page = listing.page(request.user, asked, now=timezone.now(), cursor=cursor)
        rows = [answers.lead_row(row) for row in page.rows]
        return paging.answer(request.build_absolute_uri(), rows, page.older)


class LeadView(APIView):
    """One lead with its events and what each agency owes."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="leads_read", responses=shapes.LeadDetail)
    def get(self, request, pk):
        return Response(whole(get_object_or_404(to_show(request.user), pk=pk), request.user))


def to_show(user):
    """Visible leads with what `whole` asks of each."""
    return queries_clusters.with_mentions(Lead.objects.visible_to(user).select_related("agency", "site"))


def whole(found, user):
    """A lead as its reader sees it, with its events and what each agency owes."""
    events = list(found.events.select_related("agency"))
    incidents = Incident.objects.visible_to(user).filter(lead_events__lead=found, lead_events__withdrawn_at=None)
    cases = set(incidents.values_list("pk", flat=True))
    said = queries_clusters.mentions(found, user)
    return answers.lead(found, events, cases, worklist.of_lead(found)) | answers.mentions(said)


class LeadActivitiesView(APIView):
    """What was done on one lead, the newest first."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(
        operation_id="leads_activities_list",
        parameters=[paging.CURSOR],
        responses=ACTIVITIES,
    )
    def get(self, request, pk):
        found = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
        rows, cursor = worklist.activities(found, cursor=paging.asked(request))
        return paging.answer(request.build_absolute_uri(), [answers.activity(row) for row in rows], cursor)


class ActivitiesView(APIView):
    """What was done on the leads you may see, what was written down last first."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="activities_list", parameters=DONE, responses=ACTIVITIES)
    def get(self, request):
        asked = {name: _number(request, name) for name in ("lead", "obligation") if name in request.query_params}
        made = Activity.objects.visible_to(request.user).filter(**asked).select_related("by", "agency")
        pages = paging.KeysetPagination()
        rows = pages.paginate_queryset(made, request, self)
        return pages.get_paginated_response([answers.activity(row) for row in rows])


class ObligationsView(APIView):
    """What the agencies you work for owe, the first due first; or what they have closed, the newest first."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(
        operation_id="obligations_list",
        parameters=OWED,
        responses=paging.page_of("Obligations", shapes.ObligationRow),
    )
    def get(self, request):
        view, state = _one_of(request, "view", ["", worklist.OPEN, worklist.CLOSED]), ""
        if view != worklist.CLOSED:
            view, state = worklist.OPEN, _one_of(request, "state", ["", *worklist.STATES])
        mine, cursor = bool(_one_of(request, "mine", ["", "1"])), paging.asked(request)
        rows = worklist.owed(request.user, view=view, state=state, mine=mine, cursor=cursor)
        found = [answers.obligation(row) for row in rows[: worklist.PAGE]]
        return paging.answer(request.build_absolute_uri(), found, worklist.older(rows, view))


class ObligationView(APIView):
    """What one agency owes on one lead."""

    required_permission = Permission.LEAD_VIEW

    @extend_schema(operation_id="obligations_read", responses=shapes.ObligationDetail)
    def get(self, request, pk):
        found = get_object_or_404(Obligation.objects.visible_to(request.user), pk=pk)
        return Response(answers.detail(worklist.one(found), found, request.user))


def _one_of(request, name, values):
    value = request.query_params.get(name, "")
    if value not in values:
        raise ValidationError({name: f"Choose one of: {', '.join(filter(None, values))}."})
    return value


def _number(request, name):
    number = walk.whole(request.query_params[name], walk.LARGEST_ID - 1)
    if number is None:
        raise ValidationError({name: "Give the number of a record."})
    return number
