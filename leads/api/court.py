"""What happens to a case in court, for programs: charges and how they end, proceedings, revocations and dockets."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from evidence.models import Incident
from leads import policies, statuswords
from leads.actions import charges, proceedings
from leads.api import answers, shapes
from leads.api import bodies_court as bodies
from leads.models import Charge, Proceeding, Referral
from leads.policies import court as policies_court
from leads.queries import court as queries


class _OfCase(APIView):
    """A step on one case that answers with the case."""

    required_permission = Permission.REFERRAL_VIEW

    def case(self, request, pk, policy):
        visible = Referral.objects.visible_to(request.user).select_related("lead", "agency", "office")
        found = get_object_or_404(visible, pk=pk)
        enforce(policy, request.user, found)
        return found

    def answer(self, request, pk, status=200):
        visible = Referral.objects.visible_to(request.user).select_related("lead", "agency", "office")
        return Response(answers.referral(visible.get(pk=pk)), status=status)


class ChargesView(_OfCase):
    """Record an offense charged in an accepted case, with what the office's table says of its statute on that day."""

    @extend_schema(operation_id="charges_add", request=bodies.AddCharge, responses={201: shapes.ReferralDetail})
    def post(self, request, pk):
        case = self.case(request, pk, policies.charge)
        given = cleaned(bodies.AddCharge, request, zone=case.office.zone, table=queries.table(case.office))
        charges.add(referral=case, by=request.user, **given)
        return self.answer(request, pk, 201)


class DisposeView(_OfCase):
    """Record how a charge ended, with its sentence."""

    @extend_schema(operation_id="charges_dispose", request=bodies.Dispose, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        charge = get_object_or_404(Charge.objects.visible_to(request.user), pk=pk)
        charge.referral = case = self.case(request, charge.referral_id, policies.charge)
        enforce(policies_court.dispose, request.user, charge)
        given = cleaned(bodies.Dispose, request, charge=charge, zone=case.office.zone)
        charges.dispose(charge=charge, by=request.user, **given)
        return self.answer(request, case.pk)


class OutcomeView(_OfCase):
    """Record at once how charges of a case ended."""

    @extend_schema(operation_id="referrals_outcome", request=bodies.RecordOutcome, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        case = self.case(request, pk, policies_court.outcome)
        given = cleaned(bodies.RecordOutcome, request, case=case, zone=case.office.zone)
        charges.dispose_all(referral=case, by=request.user, **given)
        return self.answer(request, pk)


class ProceedingsView(_OfCase):
    """Record what was filed, or set a day in court; a superseding indictment replaces the charges."""

    @extend_schema(
        operation_id="proceedings_record", request=bodies.RecordProceeding, responses={201: shapes.ReferralDetail}
    )
    def post(self, request, pk):
        case = self.case(request, pk, policies_court.proceed)
        given = cleaned(bodies.RecordProceeding, request, case=case, zone=case.office.zone)
        proceedings.record(referral=case, by=request.user, **given)
        return self.answer(request, pk, 201)


class RevocationView(_OfCase):
    """Record that supervision was revoked."""

    @extend_schema(operation_id="referrals_revoke", request=bodies.Revoke, responses={201: shapes.ReferralDetail})
    def post(self, request, pk):
        case = self.case(request, pk, policies_court.revoke)
        proceedings.revoke(referral=case, by=request.user, **cleaned(bodies.Revoke, request, zone=case.office.zone))
        return self.answer(request, pk, 201)


class _OfProceeding(_OfCase):
    def move(self, request, pk, deed, body, policy=policies_court.move):
        visible = Proceeding.objects.visible_to(request.user).select_related("referral__office", "referral__lead")
        found = get_object_or_404(visible, pk=pk)
        enforce(policy, request.user, found)
        deed(proceeding=found, by=request.user, **cleaned(body, request, proceeding=found))
        return self.answer(request, found.referral_id)


class HoldView(_OfProceeding):
    """Say that a day in court was held, and what was decided: not before that day."""

    @extend_schema(operation_id="proceedings_hold", request=bodies.Hold, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        return self.move(request, pk, proceedings.hold, bodies.Hold, policies_court.hold)


class PutOffView(_OfProceeding):
    """Say that a day in court was put off to another."""

    @extend_schema(operation_id="proceedings_put_off", request=bodies.PutOff, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        return self.move(request, pk, proceedings.put_off, bodies.PutOff)


class TakeOffView(_OfProceeding):
    """Say that a day in court is not held."""

    @extend_schema(operation_id="proceedings_take_off", request=bodies.TakeOff, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        return self.move(request, pk, proceedings.take_off, bodies.TakeOff)


class DocketMoveRow(s.Serializer):
    status = s.CharField(allow_blank=True, help_text="As the file has it.")
    moved_at = s.DateTimeField()


class DocketRow(s.Serializer):
    id = s.IntegerField()
    number = s.CharField()
    status = s.CharField(allow_blank=True, help_text="As the file has it.")
    means = s.ChoiceField(statuswords.CHOICES, allow_blank=True, help_text="To your office; empty until somebody says.")
    court = s.CharField(allow_blank=True)
    court_level = s.CharField(allow_blank=True)
    county = s.CharField(allow_blank=True)
    filed_on = s.DateField(allow_null=True)
    booking = s.CharField(allow_blank=True)
    defendant = s.CharField(allow_blank=True, help_text="The court's reference.")
    moves = DocketMoveRow(many=True)


OF_DOCKET = ("id", "number", "court", "court_level", "county", "filed_on", "booking", "defendant")


def docket(found):
    moves = [{"status": each.status_raw, "moved_at": each.moved_at} for each in queries.moves(found)[0]]
    said = {"status": found.status_raw, "means": found.meant, "moves": moves}
    return {name: getattr(found, name) for name in OF_DOCKET} | said


class DocketsView(APIView):
    """The court dockets of an incident, the first twenty, and where each stood before."""

    required_permission = Permission.REFERRAL_VIEW

    @extend_schema(operation_id="incidents_dockets", responses=DocketRow(many=True))
    def get(self, request, pk):
        incident = get_object_or_404(Incident.objects.visible_to(request.user), pk=pk)
        found = queries.dockets(request.user, [incident.pk])[: queries.MOST_DOCKETS]
        return Response([docket(each) for each in found])
