"""The days of cases for programs of prosecutors: what comes and what is past, deadlines, and whose case it is."""

from datetime import timedelta

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers as s
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api import paging
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads import queries
from leads.actions import caseloads, deadlines
from leads.api import answers, shapes
from leads.api import bodies_dates as bodies
from leads.models import Deadline, Referral
from leads.pages import casedate as datepage
from leads.policies import dates as policies
from leads.queries import dates as found

SHOWN, OF = ("ahead", "late"), ("office", "mine")


class DeadlineRow(s.Serializer):
    id = s.IntegerField()
    referral = s.IntegerField()
    kind = s.ChoiceField(Deadline.Kind.choices)
    due_on = s.DateField()
    basis = s.CharField(allow_blank=True)
    status = s.ChoiceField(Deadline.Status.choices)
    ended_why = s.CharField(allow_blank=True)


class DayRow(s.Serializer):
    """A day in court, or a deadline: then `deadline` says which."""

    on = s.DateField()
    what = s.CharField(allow_blank=True, help_text="What is due, or what the day in court is for.")
    deadline = s.IntegerField(allow_null=True)
    referral = shapes.ReferralRow()


class ProsecutorRow(s.Serializer):
    id = s.IntegerField()
    name = s.CharField()


def deadline(one):
    return {name: getattr(one, name) for name in ("id", "kind", "due_on", "basis", "status", "ended_why")} | {
        "referral": one.referral_id
    }


def day(one):
    due = one.deadline
    return {
        "on": one.on,
        "what": due.get_kind_display() if due else one.referral.next_what,
        "deadline": due and due.pk,
        "referral": answers.referral_row(one.referral),
    }


def _one_of(request, name, allowed):
    given = request.query_params.get(name, allowed[0])
    if given not in allowed:
        raise ValidationError({name: f"Choose one of: {', '.join(allowed)}."})
    return given


def _case(request, pk, policy):
    visible = Referral.objects.visible_to(request.user).select_related("lead", "agency", "office")
    one = get_object_or_404(visible, pk=pk)
    enforce(policy, request.user, one)
    return one


class DaysView(APIView):
    """The days of your offices' cases: those ahead, the next one first, or those past and not dealt with."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(
        operation_id="case_dates_list",
        parameters=[
            OpenApiParameter("show", str, enum=SHOWN, description="`ahead` without it."),
            OpenApiParameter("of", str, enum=OF, description="`office` without it."),
            paging.CURSOR,
        ],
        responses=paging.page_of("CaseDays", DayRow),
    )
    def get(self, request):
        today = datepage.today(queries.reader(request.user).zone, timezone.now())
        late, mine = _one_of(request, "show", SHOWN) == "late", _one_of(request, "of", OF) == "mine"
        span = {"last": today - timedelta(days=1)} if late else {"first": today}
        rows, later = found.page(request.user, mine=mine, after=paging.asked(request), **span)
        return paging.answer(request.build_absolute_uri(), [day(each) for each in rows], later)


class DeadlinesView(APIView):
    """The deadlines of a case, what is open first; or one more."""

    required_permissions = {"GET": Permission.REFERRAL_DECIDE, "POST": Permission.REFERRAL_DECIDE}

    @extend_schema(operation_id="deadlines_list", responses=DeadlineRow(many=True))
    def get(self, request, pk):
        case = get_object_or_404(Referral.objects.visible_to(request.user), pk=pk)
        open_, over = found.of_case(case)
        return Response([deadline(each) for each in (*open_, *over)])

    @extend_schema(operation_id="deadlines_add", request=bodies.SetDeadline, responses={201: DeadlineRow})
    def post(self, request, pk):
        case = _case(request, pk, policies.keep)
        made = deadlines.add(referral=case, by=request.user, **cleaned(bodies.SetDeadline, request))
        return Response(deadline(made), status=201)


class _OfDeadline(APIView):
    required_permission = Permission.REFERRAL_DECIDE

    def step(self, request, pk, act, body):
        one = get_object_or_404(Deadline.objects.visible_to(request.user).select_related("referral"), pk=pk)
        enforce(policies.change, request.user, one)
        return Response(deadline(act(deadline=one, by=request.user, **cleaned(body, request, deadline=one))))


class MoveView(_OfDeadline):
    """Another day for a deadline."""

    @extend_schema(operation_id="deadlines_move", request=bodies.MoveDeadline, responses=DeadlineRow)
    def post(self, request, pk):
        return self.step(request, pk, deadlines.move, bodies.MoveDeadline)


class DoneView(_OfDeadline):
    """Say that what was due is done."""

    @extend_schema(operation_id="deadlines_done", request=bodies.FinishDeadline, responses=DeadlineRow)
    def post(self, request, pk):
        return self.step(request, pk, deadlines.finish, bodies.FinishDeadline)


class DropView(_OfDeadline):
    """Say that it is due no more, and why."""

    @extend_schema(operation_id="deadlines_drop", request=bodies.DropDeadline, responses=DeadlineRow)
    def post(self, request, pk):
        return self.step(request, pk, deadlines.drop, bodies.DropDeadline)


class ProsecutorView(APIView):
    """Who of its office may have a case; or whose it is from now on."""

    required_permissions = {"GET": Permission.REFERRAL_DECIDE, "POST": Permission.REFERRAL_DECIDE}

    @extend_schema(operation_id="referrals_prosecutors", responses=ProsecutorRow(many=True))
    def get(self, request, pk):
        case = _case(request, pk, policies.give)
        return Response([{"id": each.pk, "name": each.name} for each in found.prosecutors(case.office_id)])

    @extend_schema(operation_id="referrals_give", request=bodies.GiveCase, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        case = _case(request, pk, policies.give)
        caseloads.give(referral=case, by=request.user, **cleaned(bodies.GiveCase, request, case=case))
        return Response(answers.referral(_case(request, pk, policies.give)))
