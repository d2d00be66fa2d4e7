"""Statutes of an office, for programs."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads import statutes as table
from leads.actions import statutes
from leads.api import bodies_court as bodies
from leads.api.bodies import Nothing
from leads.models import Statute
from leads.policies import court as policies
from leads.queries import court as queries

LINE = ("citation", "title", "max_months", "min_months", "consecutive", "jurisdiction")


class StatuteRow(s.Serializer):
    id = s.IntegerField(allow_null=True, help_text="Of a line of an office; those of the portal have none.")
    citation = s.CharField()
    title = s.CharField()
    jurisdiction = s.ChoiceField(Statute.Jurisdiction.choices)
    elements = s.ListField(child=s.CharField())
    max_months = s.IntegerField(allow_null=True)
    min_months = s.IntegerField(allow_null=True)
    consecutive = s.BooleanField()
    since_on = s.DateField(allow_null=True)
    until_on = s.DateField(allow_null=True)
    to_check = s.BooleanField(help_text="Not read in the code: check before relying on it.")


def statute(line):
    return {name: getattr(line, name) for name in LINE} | {
        "id": line.pk,
        "elements": list(line.elements),
        "since_on": line.since,
        "until_on": line.until,
        "to_check": line.tag == "K",
    }


class StatutesView(APIView):
    """The statutes of your offices, then those of the portal; or one more line for an office."""

    required_permissions = {"GET": Permission.REFERRAL_VIEW, "POST": Permission.REFERRAL_DECIDE}

    @extend_schema(operation_id="statutes_list", responses=StatuteRow(many=True))
    def get(self, request):
        own = Statute.objects.visible_to(request.user).used()[: queries.MOST_STATUTES]
        return Response([statute(line) for line in (*(each.line for each in own), *table.FEDERAL)])

    @extend_schema(operation_id="statutes_add", request=bodies.AddStatute, responses={201: StatuteRow})
    def post(self, request):
        made = statutes.add(by=request.user, **cleaned(bodies.AddStatute, request))
        return Response(statute(made.line), status=201)


class StatuteEndView(APIView):
    """Take a line out of the table of your office."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(operation_id="statutes_end", request=Nothing, responses=StatuteRow)
    def post(self, request, pk):
        found = get_object_or_404(Statute.objects.visible_to(request.user).select_related("office"), pk=pk)
        enforce(policies.end_statute, request.user, found)
        ended = statutes.end(statute=found, by=request.user, **cleaned(Nothing, request))
        return Response(statute(ended.line))
