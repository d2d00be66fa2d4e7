from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import generics, status
from rest_framework.response import Response

from agencies import access, walk
from agencies.api import paging
from agencies.api.paging import KeysetPagination
from agencies.roles import Permission
from evidence import policies, queries
from evidence.actions import custody, exhibits, incidents
from evidence.api.serializers import (
    CorrectionSerializer,
    CustodySerializer,
    ExhibitCorrectionSerializer,
    ExhibitSerializer,
    IncidentSerializer,
    NewCustodySerializer,
    NewIncidentSerializer,
)
from evidence.models import CustodyEvent, Exhibit, Incident

READ, EDIT = Permission.INCIDENT_VIEW, Permission.INCIDENT_EDIT


class IncidentsView(generics.ListAPIView):
    """The incidents the token's owner may see, newest first; POST records one."""

    required_permissions = {"GET": READ, "POST": EDIT}
    serializer_class = IncidentSerializer
    pagination_class = KeysetPagination
    queryset = Incident.objects.none()

    def get_queryset(self):
        return Incident.objects.visible_to(self.request.user).select_related("agency")

    def walk(self):
        return (
            "evidence_incidentgrant",
            access.groups_with(self.request.user, READ),
            walk.Order("occurred_at", descending=True),
        )

    @extend_schema(request=NewIncidentSerializer, responses={201: IncidentSerializer})
    def post(self, request):
        asked = NewIncidentSerializer(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        made = incidents.record(by=request.user, **asked.validated_data)
        return Response(IncidentSerializer(made).data, status=status.HTTP_201_CREATED)


def _correct(view, noun, policy, body, actions, version):
    """PATCH of one record by the `correct` of its actions; `version` names what says which state the sender saw."""
    record, by = view.get_object(), view.request.user
    # Before what was sent is compared: whether another record has it is not for everybody who sees this one.
    access.enforce(policy, by, record)
    asked = body(record, data=view.request.data, partial=True)
    asked.is_valid(raise_exception=True)
    facts = dict(asked.validated_data)
    try:
        made = actions.correct(**{noun: record}, by=by, seen=facts.pop(version), **facts)
    except actions.ChangedMeanwhileError as told:
        detail = f"{told} Read it again and send its {version} with the correction."
        return Response({"detail": detail}, status=status.HTTP_409_CONFLICT)
    return Response(view.get_serializer(view.get_queryset().get(pk=made.pk)).data)


class IncidentView(generics.RetrieveAPIView):
    """One incident; PATCH corrects it."""

    required_permissions = {"GET": READ, "PATCH": EDIT}
    serializer_class = IncidentSerializer
    queryset = Incident.objects.none()

    def get_queryset(self):
        return Incident.objects.visible_to(self.request.user).select_related("agency")

    @extend_schema(request=CorrectionSerializer(partial=True), responses={200: IncidentSerializer, 409: None})
    def patch(self, request, pk):
        return _correct(self, "incident", policies.correct_incident, CorrectionSerializer, incidents, "updated_at")


class ExhibitPages(KeysetPagination):
    """In the order and within the reach of the list page."""

    def paginate_queryset(self, queryset, request, view=None):
        self.address, self.cursor = request.build_absolute_uri(), None
        rows = queries.exhibits(request.user, cursor=paging.asked(request))
        shown = [row["id"] for row in rows[: walk.PAGE]]
        if len(rows) > walk.PAGE:
            last = rows[walk.PAGE - 1]
            self.cursor = walk.encode(last["created_at"].isoformat(), last["id"])
        found = queryset.in_bulk(shown)
        return [found[pk] for pk in shown if pk in found]


class ExhibitsView(generics.ListAPIView):
    """The exhibits of the agencies the token's owner works for, recorded last first; POST adds one to an incident."""

    required_permissions = {"GET": READ, "POST": EDIT}
    serializer_class = ExhibitSerializer
    pagination_class = ExhibitPages
    queryset = Exhibit.objects.none()

    def get_queryset(self):
        return Exhibit.objects.visible_to(self.request.user).select_related("agency", "firearm")

    @extend_schema(request=ExhibitSerializer, responses={201: ExhibitSerializer})
    def post(self, request):
        asked = self.get_serializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = exhibits.add(by=request.user, **asked.validated_data)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)


class ExhibitView(generics.RetrieveAPIView):
    """One exhibit; PATCH corrects it, and of a firearm says what was not known at the scene."""

    required_permissions = {"GET": READ, "PATCH": EDIT}
    serializer_class = ExhibitSerializer
    queryset = Exhibit.objects.none()

    def get_queryset(self):
        return Exhibit.objects.visible_to(self.request.user).select_related("agency", "incident", "firearm")

    @extend_schema(request=ExhibitCorrectionSerializer(partial=True), responses={200: ExhibitSerializer, 409: None})
    def patch(self, request, pk):
        return _correct(self, "exhibit", policies.correct_exhibit, ExhibitCorrectionSerializer, exhibits, "version")


class CustodyView(generics.ListAPIView):
    """The chain of custody of one exhibit, the last leg first; POST adds the next."""

    required_permissions = {"GET": READ, "POST": EDIT}
    serializer_class = CustodySerializer
    pagination_class = KeysetPagination
    queryset = CustodyEvent.objects.none()

    def get_queryset(self):
        return CustodyEvent.objects.filter(exhibit=self._exhibit())

    def _exhibit(self):
        visible = Exhibit.objects.visible_to(self.request.user).select_related("agency", "incident")
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    @extend_schema(request=NewCustodySerializer, responses={201: CustodySerializer})
    def post(self, request, pk):
        exhibit = self._exhibit()
        access.enforce(policies.record_custody, request.user, exhibit)
        asked = NewCustodySerializer(data=request.data, context={"exhibit": exhibit})
        asked.is_valid(raise_exception=True)
        made = custody.record(exhibit=exhibit, by=request.user, **asked.validated_data)
        return Response(CustodySerializer(made).data, status=status.HTTP_201_CREATED)
