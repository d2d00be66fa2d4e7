"""Requests to laboratories and the reviews of what NIBIN correlated, for programs."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema

from agencies.roles import Permission
from evidence import policies, queries
from evidence.actions import correlations, lab_requests
from evidence.api import bodies, shapes
from evidence.api.steps import EDIT, One, Pages, Rows, Shown, chosen, listed, step
from evidence.models import CorrelationReview, Incident

RECORDS = Permission.ACQUISITION_RECORD
SHOW = ("", "late", "all")


def _requests(user):
    return queries.whole_lab_requests(user).prefetch_related("items")


REQUEST, REVIEW = Shown(shapes.LabRequestShape, _requests), Shown(shapes.ReviewShape, queries.whole_correlations)


class LabRequests(Rows):
    """Requests of your agencies and to your laboratories: the open ones, soonest needed first; the `late` among them;
    or `all`, the newest first.
    """

    shown, pagination_class = REQUEST, Pages

    @listed("lab_requests_list", shapes.LabRequestShape, "show", SHOW)
    def get(self, request):
        return super().get(request)

    @property
    def key(self):
        return "requested_at" if self.request.query_params.get("show") == "all" else "needed_on"

    def rows(self, cursor):
        show, today = chosen(self.request, "show", SHOW), timezone.localdate()
        return queries.lab_requests(self.request.user, show=show, today=today, cursor=cursor)


class LabRequestView(One):
    """One request."""

    shown = REQUEST

    @extend_schema(operation_id="lab_requests_read", responses=shapes.LabRequestShape)
    def get(self, request, pk):
        return super().get(request, pk)


send = step(
    "incidents_lab_request", "Send exhibits of a case to a laboratory of the center.",
    of=lambda user: Incident.objects.visible_to(user).select_related("agency"), policy=policies.ask_laboratory,
    body=bodies.SendToLaboratory, act=lab_requests.send, noun="incident", shape=REQUEST, right=EDIT, status=201,
)  # fmt: skip


def _moved(operation, says, policy, body, act, right=RECORDS):
    return step(operation, says, of=_requests, policy=policy, body=body, act=act, noun="request", shape=REQUEST,
                right=right)  # fmt: skip


receive = _moved(
    "lab_requests_receive", "The laboratory has the exhibits.", policies.receive_request, bodies.Receive,
    lab_requests.receive,
)  # fmt: skip
finish = _moved("lab_requests_finish", "The work is done.", policies.finish_request, bodies.Finish, lab_requests.finish)
send_back = _moved(
    "lab_requests_send_back", "The exhibits go back.", policies.return_request, bodies.ReturnExhibits,
    lab_requests.send_back,
)  # fmt: skip
decline = _moved(
    "lab_requests_decline", "The laboratory does not do it.", policies.decline_request, bodies.Reason,
    lab_requests.decline,
)  # fmt: skip
cancel = _moved(
    "lab_requests_cancel", "It is not needed any more.", policies.cancel_request, bodies.Reason, lab_requests.cancel,
    EDIT,
)  # fmt: skip


class Reviews(Rows):
    """Entries by the state of their review: those that wait, least time left first."""

    shown, pagination_class, key = REVIEW, Pages, "due_at"

    @listed("correlations_list", shapes.ReviewShape, "status", CorrelationReview.Status.values)
    def get(self, request):
        return super().get(request)

    def rows(self, cursor):
        status = chosen(self.request, "status", CorrelationReview.Status.values)
        return queries.correlations(self.request.user, status=status, now=timezone.now(), cursor=cursor)


class ReviewView(One):
    """One review."""

    shown = REVIEW

    @extend_schema(operation_id="correlations_read", responses=shapes.ReviewShape)
    def get(self, request, pk):
        return super().get(request, pk)


def _reviewed(operation, says, policy, body, act):
    return step(operation, says, of=queries.whole_correlations, policy=policy, body=body, act=act, noun="review",
                shape=REVIEW, right=RECORDS)  # fmt: skip


review = _reviewed(
    "correlations_review", "Reviewer 1: no candidate, or one, which waits for reviewer 2.", policies.review_first,
    bodies.Review, correlations.review,
)  # fmt: skip
decide = _reviewed(
    "correlations_decide", "Reviewer 2, who is another: the lead goes out, or not.", policies.review_second,
    bodies.DecideReview, correlations.decide,
)  # fmt: skip
again = _reviewed(
    "correlations_again", "NIBIN correlated anew.", policies.review_again, bodies.Nothing, correlations.reopen
)
