"""What prosecutors' offices weigh together, adopt and keep for themselves, for programs of prosecutors."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers as s
from rest_framework.response import Response
from rest_framework.views import APIView

from agencies.access import enforce
from agencies.api.inputs import cleaned
from agencies.roles import Permission
from leads import prosecuting
from leads.actions import adoptions, screenings, worknotes
from leads.api import answers, bodies_referral, shapes
from leads.models import Referral, Screening, ScreeningVersion, WorkNote
from leads.policies import referrals as policies_referrals
from leads.queries import referrals as near

FIELDS = [name for name in bodies_referral.SaveScreening().fields if name != "seen"]


class NoteRow(s.Serializer):
    id = s.IntegerField()
    kind = s.ChoiceField(WorkNote.Kind.choices)
    text = s.CharField(allow_blank=True)
    checked_on = s.DateField(allow_null=True)
    at = s.DateTimeField()
    struck_at = s.DateTimeField(allow_null=True)
    struck_why = s.CharField(allow_blank=True)


class VenueRow(s.Serializer):
    office = s.CharField()
    chosen = s.CharField()
    why = s.CharField()
    said_at = s.DateTimeField()


class ScreeningDetail(s.Serializer):
    id = s.IntegerField()
    lead = shapes.LeadOf()
    defendant = s.CharField()
    offices = s.ListField(child=s.CharField())
    venue = s.ChoiceField(["silent", "waiting", "agreed", "apart"], help_text="What the offices say together.")
    views = VenueRow(many=True)
    version = s.IntegerField(allow_null=True, help_text="What a program sends as `seen`.")
    said = s.DictField(help_text="What the last version says, by the names of the fields.")


def _case(request, pk, policy):
    related = ("lead__agency", "agency", "office", "person")
    found = get_object_or_404(Referral.objects.visible_to(request.user).select_related(*related), pk=pk)
    enforce(policy, request.user, found)
    return found


def _sheet(request, pk, policy=None):
    """The worksheet, or the one that it was merged into."""
    found = Screening.objects.visible_to(request.user).select_related("lead", "merged_into__lead")
    found = get_object_or_404(found, pk=pk)
    found = found.merged_into or found
    if policy:
        enforce(policy, request.user, found)
    return found


def _answer(screening, user, status=200):
    parts = near.weighed(screening, user)
    said = [(each.office_id, each.chosen_id) for each in reversed(parts.views)]
    latest = parts.versions[0] if parts.versions else ScreeningVersion()
    found = {
        "id": screening.pk,
        "lead": {"id": screening.lead_id, "number": screening.lead.number},
        "defendant": screening.defendant,
        "offices": [each.code for each in parts.offices],
        "venue": prosecuting.agreement([each.pk for each in parts.offices], said).how,
        "views": [
            {"office": each.office.code, "chosen": each.chosen.code, "why": each.why, "said_at": each.said_at}
            for each in parts.views
        ],
        "version": latest.pk,
        "said": {name: getattr(latest, name) for name in FIELDS},
    }
    return Response(found, status=status)


class AdoptView(APIView):
    """The federal office adopts a case of the state on the same person."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(operation_id="referrals_adopt", request=bodies_referral.State, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        found = _case(request, pk, policies_referrals.adopt)
        given = cleaned(bodies_referral.State, request, states=near.adoptable(found))
        adoptions.adopt(referral=found, by=request.user, **given)
        return Response(answers.referral(found))


class PartView(APIView):
    """Take an adoption back: the state's case stands again as it did."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(operation_id="referrals_part", request=bodies_referral.State, responses=shapes.ReferralDetail)
    def post(self, request, pk):
        found = _case(request, pk, policies_referrals.part)
        given = cleaned(bodies_referral.State, request, states=found.adopts.all())
        adoptions.part(referral=found, by=request.user, **given)
        return Response(answers.referral(found))


class NotesView(APIView):
    """Work product of the owner's office on one case, the newest first; or one note more."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(operation_id="referrals_notes", responses=NoteRow(many=True))
    def get(self, request, pk):
        found = _case(request, pk, policies_referrals.note)
        return _notes(request, found)

    @extend_schema(
        operation_id="referrals_note", request=bodies_referral.WriteNote, responses={201: NoteRow(many=True)}
    )
    def post(self, request, pk):
        found = _case(request, pk, policies_referrals.note)
        worknotes.write(referral=found, by=request.user, **cleaned(bodies_referral.WriteNote, request))
        return _notes(request, found, 201)


def _notes(request, found, status=200):
    rows = WorkNote.objects.visible_to(request.user).filter(referral=found)
    return Response(list(rows.values(*NoteRow().fields)[:100]), status=status)


class CheckView(APIView):
    """Say on which day the Giglio check was run."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(operation_id="referrals_check", request=bodies_referral.Check, responses={201: NoteRow(many=True)})
    def post(self, request, pk):
        found = _case(request, pk, policies_referrals.note)
        given = cleaned(bodies_referral.Check, request, zone=found.office.zone)
        worknotes.check(referral=found, by=request.user, **given)
        return _notes(request, found, 201)


class StrikeView(APIView):
    """Say of a note of the owner's office that it does not hold, and why."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(operation_id="work_notes_strike", request=bodies_referral.Strike, responses=NoteRow(many=True))
    def post(self, request, pk):
        rows = WorkNote.objects.visible_to(request.user).select_related("referral")
        found = get_object_or_404(rows, pk=pk)
        enforce(policies_referrals.strike, request.user, found)
        given = cleaned(bodies_referral.Strike, request)
        return _notes(request, worknotes.strike(note=found, by=request.user, **given))


class ScreeningView(APIView):
    """The worksheet of one person's case, for the offices it is before; or a newer version of it."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(operation_id="screenings_read", responses=ScreeningDetail)
    def get(self, request, pk):
        return _answer(_sheet(request, pk), request.user)

    @extend_schema(
        operation_id="screenings_save", request=bodies_referral.SaveScreening, responses={201: ScreeningDetail}
    )
    def post(self, request, pk):
        found = _sheet(request, pk, policies_referrals.weigh)
        screenings.fill_in(screening=found, by=request.user, **cleaned(bodies_referral.SaveScreening, request))
        return _answer(found, request.user, 201)


class VenueView(APIView):
    """Say for one's office which of them should have the case."""

    required_permission = Permission.REFERRAL_DECIDE

    @extend_schema(operation_id="screenings_venue", request=bodies_referral.SayVenue, responses={201: ScreeningDetail})
    def post(self, request, pk):
        found = _sheet(request, pk, policies_referrals.weigh)
        given = cleaned(bodies_referral.SayVenue, request, offices=near.concerned(found))
        screenings.say(screening=found, by=request.user, **given)
        return _answer(found, request.user, 201)
