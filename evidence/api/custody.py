"""Hand-overs, places and what lies in them, for programs."""

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from agencies.api.inputs import cleaned
from evidence import policies, queries
from evidence.actions import custody, handovers, places
from evidence.api import bodies, shapes
from evidence.api.serializers import CustodySerializer, ExhibitSerializer
from evidence.api.steps import EDIT, READ, One, Pages, Rows, Shown, chosen, listed, step
from evidence.models import CustodyEvent, Exhibit, Place

VIEWS = ("waiting", "given", "transit")


def _exhibits(user):
    return Exhibit.objects.visible_to(user).select_related("incident", "agency", "held_by", "firearm")


def _places(user):
    return Place.objects.visible_to(user).select_related("agency", "parent")


HAND_OVER = Shown(shapes.HandOverShape, queries.whole_hand_overs)
PLACE = Shown(shapes.PlaceShape, _places)
LEG = Shown(CustodySerializer, lambda user: CustodyEvent.objects.visible_to(user))


class HandOvers(Rows):
    """Exhibits in transit, given first first: those that wait for you, that you gave, or all of your agencies."""

    shown, pagination_class, key = HAND_OVER, Pages, "offered_at"

    @listed("hand_overs_list", shapes.HandOverShape, "view", VIEWS)
    def get(self, request):
        return super().get(request)

    def rows(self, cursor):
        return queries.hand_overs(self.request.user, view=chosen(self.request, "view", VIEWS), cursor=cursor)


class HandOverView(One):
    """One hand-over."""

    shown = HAND_OVER

    @extend_schema(operation_id="hand_overs_read", responses=shapes.HandOverShape)
    def get(self, request, pk):
        return super().get(request, pk)


def _answered(operation, says, policy, body, act):
    return step(
        operation, says, of=queries.whole_hand_overs, policy=policy, body=body, act=act, noun="hand_over",
        shape=HAND_OVER,
    )  # fmt: skip


offer = step(
    "exhibits_offer", "Offer an exhibit to an agency, its unit, person or place: it is in transit until confirmed.",
    of=_exhibits, policy=policies.give_exhibit, body=bodies.Offer, act=handovers.offer, noun="exhibit", shape=HAND_OVER,
    status=201,
)  # fmt: skip
store = step(
    "exhibits_store", "Put an exhibit into a place of the agency that has it.",
    of=_exhibits, policy=policies.store_exhibit, body=bodies.Store, act=custody.store, noun="exhibit", shape=LEG,
    right=EDIT, status=201,
)  # fmt: skip
confirm = _answered(
    "hand_overs_confirm", "It arrived: the chain of custody gets its row.", policies.answer_hand_over,
    bodies.ConfirmHandOver, handovers.confirm,
)  # fmt: skip
refuse = _answered(
    "hand_overs_refuse", "It is not taken, and why.", policies.refuse_hand_over, bodies.Reason, handovers.refuse
)
withdraw = _answered(
    "hand_overs_withdraw", "The offer is taken back.", policies.withdraw_hand_over, bodies.Withdraw, handovers.withdraw
)


class Places(Rows):
    """The places that you may see, added last first; POST adds one."""

    required_permission, shown = EDIT, PLACE

    @extend_schema(operation_id="places_list", responses=shapes.PlaceShape(many=True))
    def get(self, request):
        return super().get(request)

    @extend_schema(operation_id="places_add", request=bodies.NewPlace, responses={201: shapes.PlaceShape})
    def post(self, request):
        made = places.add(by=request.user, **cleaned(bodies.NewPlace, request))
        return Response(PLACE(request, made), status=201)


class PlaceView(One):
    """One place."""

    shown = PLACE

    @extend_schema(operation_id="places_read", responses=shapes.PlaceShape)
    def get(self, request, pk):
        return super().get(request, pk)


class Inside(Rows):
    """The exhibits right in a place, recorded last first."""

    required_permission, pagination_class, key = READ, Pages, "created_at"
    shown = Shown(ExhibitSerializer, _exhibits)

    @extend_schema(operation_id="places_exhibits", responses=ExhibitSerializer(many=True))
    def get(self, request, pk):
        return super().get(request)

    def rows(self, cursor):
        place = get_object_or_404(_places(self.request.user), pk=self.kwargs["pk"])
        return queries.exhibits_in(self.request.user, place, cursor=cursor)


def _keep(user, place):
    return policies.keep_places(user, place.agency)


def _kept(operation, says, policy, body, act):
    return step(operation, says, of=_places, policy=policy, body=body, act=act, noun="place", shape=PLACE, right=EDIT)


change_place = _kept(
    "places_change", "Rename a place, or move it with all in it.", _keep, bodies.ChangePlace, places.change
)
close_place = _kept(
    "places_close", "Take an empty place out of use.", policies.close_place, bodies.Nothing, places.close
)
reopen_place = _kept(
    "places_reopen", "Take a place into use again.", policies.reopen_place, bodies.Nothing, places.reopen
)
