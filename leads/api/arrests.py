"""Arrests that an office looks through, for its programs: counts, case numbers and facts of guns, and the answer."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as s
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api import paging
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads import eligibility
from leads.actions import gunarrests
from leads.api import bodies_dates as bodies
from leads.models import GunArrest
from leads.policies import arrests as policies
from leads.queries import arrests as found

SHOWN = ("open", "answered")


class HintRow(s.Serializer):
    statute = s.CharField()
    words = s.CharField(help_text=f"A fact of guns on record. {eligibility.CHECK}")


class ArrestRow(s.Serializer):
    """What is on record of an arrest as facts; nothing of a person."""

    id = s.IntegerField()
    number = s.CharField()
    happened_on = s.DateField()
    agency = s.CharField()
    office = s.CharField()
    came_at = s.DateTimeField()
    status = s.ChoiceField(GunArrest.Status.choices)
    reason = s.CharField(allow_blank=True)
    answered_at = s.DateTimeField(allow_null=True)
    events = s.IntegerField(help_text="Events that the leads of the arrest link.")
    confirmed = s.IntegerField(help_text="Of these the ones that an examiner confirmed.")
    cases = s.ListField(child=s.CharField(), help_text="Case numbers of the agency that made the arrest.")
    guns = s.IntegerField()
    hints = HintRow(many=True)
    referrals = s.ListField(child=s.IntegerField(), help_text="Cases on its leads that you see.")


def _rows(arrests, user):
    records, referrals = found.records(arrests), found.referred(arrests, user)
    return [_row(each, records[each.pk], referrals.get(each.pk, ())) for each in arrests]


def _row(arrest, record, referrals):
    return {
        **{name: getattr(arrest, name) for name in ("id", "came_at", "status", "reason", "answered_at")},
        "number": str(arrest.outcome),
        "happened_on": arrest.outcome.happened_on,
        "agency": arrest.outcome.agency.code,
        "office": arrest.office.code,
        "events": record.events,
        "confirmed": record.confirmed,
        "cases": list(record.cases),
        "guns": len(record.guns),
        "hints": [each._asdict() for each in eligibility.hints(record.guns)],
        "referrals": [each.pk for each in referrals],
    }


def _visible(request):
    return GunArrest.objects.visible_to(request.user).select_related("office", "outcome__agency")


class ArrestsView(APIView):
    """The arrests your office looks through: those to answer, the oldest first, or the answered ones, newest first."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(
        operation_id="gun_arrests_list",
        parameters=[
            OpenApiParameter("show", str, enum=SHOWN, description="`open` without it."),
            paging.CURSOR,
        ],
        responses=paging.page_of("GunArrests", ArrestRow),
    )
    def get(self, request):
        show = request.query_params.get("show", "open")
        if show not in SHOWN:
            raise ValidationError({"show": f"Choose one of: {', '.join(SHOWN)}."})
        rows, later = found.rows(request.user, show, after=paging.asked(request))
        return paging.answer(request.build_absolute_uri(), _rows(rows, request.user), later)


class ArrestView(APIView):
    """One arrest: for the office, and for the agency that is asked about it."""

    required_permission = Permission.REFERRAL_MAKE
    other_permissions = (Permission.REFERRAL_DECIDE,)

    @extend_schema(operation_id="gun_arrests_read", responses=ArrestRow)
    def get(self, request, pk):
        return Response(_rows([get_object_or_404(_visible(request), pk=pk)], request.user)[0])


class ArrestAnswerView(APIView):
    """Take it, leave it to the state, or ask the agency that made it, which reads the answer and gives none."""

    required_permission = Permission.REFERRAL_MAKE
    other_permissions = (Permission.REFERRAL_DECIDE,)

    @extend_schema(operation_id="gun_arrests_answer", request=bodies.AnswerArrest, responses=ArrestRow)
    def post(self, request, pk):
        arrest = get_object_or_404(_visible(request), pk=pk)
        enforce(policies.answer, request.user, arrest)
        gunarrests.answer(arrest=arrest, by=request.user, **cleaned(bodies.AnswerArrest, request))
        return Response(_rows([_visible(request).get(pk=pk)], request.user)[0])
