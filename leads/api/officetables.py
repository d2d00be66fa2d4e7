"""What offices say for themselves, for programs: statuses of court files, and reasons to decline."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads import statuswords
from leads.actions import declining as declining_actions
from leads.actions import spellings
from leads.api import bodies_court as bodies
from leads.models import StatusSpelling
from leads.policies import court as policies
from leads.queries import court as queries
from leads.queries import declining


class StatusRow(s.Serializer):
    id = s.IntegerField()
    raw = s.CharField(allow_blank=True, help_text="As the first file had it.")
    meaning = s.ChoiceField(statuswords.CHOICES, allow_blank=True, help_text="Empty until somebody says.")


class OwnStatusRow(StatusRow):
    office = s.CharField(help_text="To which it means that, whatever it means to others.")


class ReasonRow(s.Serializer):
    office = s.CharField()
    code = s.CharField(help_text="What a program sends as `reason`.")
    label = s.CharField()
    is_own = s.BooleanField(help_text="Whether the office added it to the usual ones.")
    used = s.BooleanField()


def status(spelling):
    return {"id": spelling.pk, "raw": spelling.raw, "meaning": spelling.meaning}


def own_status(row):
    return status(row.spelling) | {"meaning": row.meaning, "office": row.office.code}


def reason(office, each):
    return {"office": office.code, "code": each.code, "label": each.label, "is_own": each.is_own, "used": each.is_used}


class StatusesView(APIView):
    """The statuses of court files that nobody has said the meaning of; or one more for the table of your office."""

    required_permissions = {"GET": Permission.REFERRAL_DECIDE, "POST": Permission.REFERRAL_DECIDE}
    other_permissions = (Permission.LEAD_TRIAGE,)

    @extend_schema(operation_id="court_statuses_list", responses=StatusRow(many=True))
    def get(self, request):
        return Response([status(each) for each in queries.waiting(request.user)])

    @extend_schema(operation_id="court_statuses_add", request=bodies.AddStatus, responses={201: OwnStatusRow})
    def post(self, request):
        made = spellings.add(by=request.user, **cleaned(bodies.AddStatus, request))
        return Response(own_status(made), status=201)


class StatusView(APIView):
    """Say what a status of court files means: for every office of the center, or for your own alone."""

    required_permission = Permission.REFERRAL_DECIDE
    other_permissions = (Permission.LEAD_TRIAGE,)

    @extend_schema(operation_id="court_statuses_say", request=bodies.SayMeaning, responses=StatusRow)
    def post(self, request, pk):
        found = get_object_or_404(StatusSpelling.objects.visible_to(request.user).select_related("center"), pk=pk)
        enforce(policies.say_meaning, request.user, found)
        given = cleaned(bodies.SayMeaning, request)
        office, meaning = given.get("office"), given["meaning"]
        if office is None:
            return Response(status(spellings.say(spelling=found, meaning=meaning, by=request.user)))
        made = spellings.say_for_office(office=office, spelling=found, meaning=meaning, by=request.user)
        return Response(own_status(made))


class ReasonsView(APIView):
    """The reasons for which your offices decline, retired ones too; or one more of an office."""

    required_permissions = {"GET": Permission.REFERRAL_DECIDE, "POST": Permission.REFERRAL_DECIDE}

    @extend_schema(operation_id="decline_reasons_list", responses=ReasonRow(many=True))
    def get(self, request):
        offices = declining.offices(request.user)
        return Response([reason(office, each) for office in offices for each in declining.table(office)])

    @extend_schema(operation_id="decline_reasons_add", request=bodies.AddReason, responses={201: ReasonRow})
    def post(self, request):
        made = declining_actions.add(by=request.user, **cleaned(bodies.AddReason, request))
        return Response(_row_of(made.office, made.code), status=201)


class ReasonSetView(APIView):
    """Retire a reason of your office, or use it again."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(operation_id="decline_reasons_set", request=bodies.SetReason, responses=ReasonRow)
    def post(self, request, pk):
        office = get_object_or_404(declining.offices(request.user), pk=pk)
        enforce(policies.keep_reasons, request.user, office)
        made = declining_actions.set_used(office=office, by=request.user, **cleaned(bodies.SetReason, request))
        return Response(_row_of(office, made.code))


def _row_of(office, code):
    return reason(office, next(each for each in declining.table(office) if each.code == code))
