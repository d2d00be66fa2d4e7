"""Statutes of an office, and what the statuses of court files mean, for programs."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads import statuswords
from leads import statutes as table
from leads.actions import spellings, statutes
from leads.api import bodies_court as bodies
from leads.api.bodies import Nothing
from leads.models import StatusSpelling, Statute
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


class StatusRow(s.Serializer):
    id = s.IntegerField()
    raw = s.CharField(allow_blank=True, help_text="As the first file had it.")
    meaning = s.ChoiceField(statuswords.CHOICES, allow_blank=True, help_text="Empty until somebody says.")


def statute(line):
    return {name: getattr(line, name) for name in LINE} | {
        "id": line.pk,
        "elements": list(line.elements),
        "since_on": line.since,
        "until_on": line.until,
        "to_check": line.tag == "K",
    }


def status(spelling):
    return {"id": spelling.pk, "raw": spelling.raw, "meaning": spelling.meaning}


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


class StatusesView(APIView):
    """The statuses of court files that nobody has said the meaning of."""

    required_permission = Permission.REFERRAL_DECIDE
    other_permissions = (Permission.LEAD_TRIAGE,)

    @extend_schema(operation_id="court_statuses_list", responses=StatusRow(many=True))
    def get(self, request):
        return Response([status(each) for each in queries.waiting(request.user)])


class StatusView(APIView):
    """Say what a status of court files means."""

    required_permission = Permission.REFERRAL_DECIDE
    other_permissions = (Permission.LEAD_TRIAGE,)

    @extend_schema(operation_id="court_statuses_say", request=bodies.SayMeaning, responses=StatusRow)
    def post(self, request, pk):
        found = get_object_or_404(StatusSpelling.objects.visible_to(request.user).select_related("center"), pk=pk)
        enforce(policies.say_meaning, request.user, found)
        return Response(status(spellings.say(spelling=found, by=request.user, **cleaned(bodies.SayMeaning, request))))
