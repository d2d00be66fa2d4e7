"""Referrals for programs of the agencies that refer and of the offices that decide."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api import paging
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads import policies
from leads.actions import hearings, referrals
from leads.api import answers, bodies, bodies_referral, shapes
from leads.models import Referral


def _visible(request):
    return Referral.objects.visible_to(request.user).select_related("lead__agency", "agency", "office", "person")


def _found(request, pk, policy):
    found = get_object_or_404(_visible(request), pk=pk)
    enforce(policy, request.user, found)
    return found


class ReferralsView(APIView):
    """The cases your agencies referred or received, the newest first; or one more put before an office."""

    required_permissions = {"GET": Permission.REFERRAL_VIEW, "POST": Permission.REFERRAL_MAKE}

    @extend_schema(
        operation_id="referrals_list",
        parameters=[paging.CURSOR],
        responses=paging.page_of("Referrals", shapes.ReferralRow),
    )
    def get(self, request):
        pages = paging.KeysetPagination()
        rows = pages.paginate_queryset(_visible(request), request, self)
        return pages.get_paginated_response([answers.referral_row(row) for row in rows])

    @extend_schema(operation_id="referrals_make", request=bodies_referral.Refer, responses={201: shapes.ReferralDetail})
    def post(self, request):
        given = cleaned(bodies_referral.Refer, request)
        made = referrals.make(by=request.user, **given)
        return Response(answers.referral(made), status=201)


class ReferralView(APIView):
    """One defendant's case with its charges."""

    required_permission = Permission.REFERRAL_VIEW

    @extend_schema(operation_id="referrals_read", responses=shapes.ReferralDetail)
    def get(self, request, pk):
        return Response(answers.referral(get_object_or_404(_visible(request), pk=pk)))


class DecideView(APIView):
    """Accept, decline with a reason, ask for more, or transfer to another office."""

    required_permission = Permission.REFERRAL_VIEW

    @extend_schema(operation_id="referrals_decide", request=bodies_referral.Decide, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        found = _found(request, pk, policies.decide)
        given = cleaned(bodies_referral.Decide, request, referral=found)
        made = referrals.decide(referral=found, by=request.user, **given)
        return Response(answers.referral(made))


class AnswerView(APIView):
    """Bring what the office asked for, or ask again after a decline; the office decides anew."""

    required_permission = Permission.REFERRAL_VIEW

    @extend_schema(operation_id="referrals_answer", request=bodies.Answer, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        found = _found(request, pk, policies.answer)
        made = referrals.answer(referral=found, by=request.user, **cleaned(bodies.Answer, request))
        return Response(answers.referral(made))


class HearingView(APIView):
    """Say what comes next in court for an accepted case, or that nothing does."""

    required_permission = Permission.REFERRAL_VIEW

    @extend_schema(operation_id="referrals_hearing", request=bodies.Hearing, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        found = _found(request, pk, policies.charge)
        given = {"court_number": found.court_number} | cleaned(bodies.Hearing, request)
        hearings.plan(referral=found, by=request.user, **given)
        return Response(answers.referral(_visible(request).get(pk=pk)))
