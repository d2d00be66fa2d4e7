"""What was found at scenes, and shots that alerts tell of, for programs."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema

from evidence import policies, queries
from evidence.actions import collection, detections
from evidence.api import bodies, shapes
from evidence.api.steps import EDIT, One, Pages, Rows, Shown, chosen, listed, step
from evidence.models import Detection, Incident

SHOW = ("", "history", "none_found", "not_searched")
STATES = ("open", "bare", "matched", "dismissed")


def _incidents(user):
    return Incident.objects.visible_to(user).select_related("agency", "canvass__said_by")


def _shots(user):
    return Detection.objects.visible_to(user).select_related("agency")


def _seen(user, rows):
    """Which of the incidents that shots are a user sees: some are other agencies'."""
    named = [each.incident_id for each in rows if each.incident_id]
    return {"seen": set(Incident.objects.visible_to(user).filter(pk__in=named).values_list("pk", flat=True))}


SCENE, SHOTS = Shown(shapes.SceneShape, _incidents), Shown(shapes.ShotsShape, _shots, _seen)


class Scenes(Rows):
    """Scenes with gunfire that nobody answered for, the oldest first; or by `show` those from before their agency
    answers, and those without evidence.
    """

    shown, pagination_class, key = SCENE, Pages, "occurred_at"

    @listed("scenes_list", shapes.SceneShape, "show", SHOW)
    def get(self, request):
        return super().get(request)

    def rows(self, cursor):
        show, asked = chosen(self.request, "show", SHOW), {"cursor": cursor, "now": timezone.now()}
        if show in Incident.Collection.values and show:
            return queries.without_evidence(self.request.user, collection=show, **asked)
        return queries.unanswered(self.request.user, history=show == "history", **asked)


class SceneView(One):
    """What was found at the scene of one case."""

    shown = SCENE

    @extend_schema(operation_id="scenes_read", responses=shapes.SceneShape)
    def get(self, request, pk):
        return super().get(request, pk)


def _said(operation, says, policy, body, act):
    return step(operation, says, of=_incidents, policy=policy, body=body, act=act, noun="incident", shape=SCENE)


answer = _said(
    "scenes_answer", "A canvass found nothing, by whom and when; or why the scene was not searched.",
    policies.answer_collection, bodies.AnswerScene, collection.answer,
)  # fmt: skip
withdraw = _said(
    "scenes_withdraw", "What was said of the scene does not hold.", policies.withdraw_answer, bodies.Nothing,
    collection.withdraw,
)  # fmt: skip
owe = _said("scenes_owe", "Who owes the answer.", policies.owe_answer, bodies.Owe, collection.owe)


class Alerts(Rows):
    """Shots that alerts tell of, by what became of them, the newest first; `bare` became a case without evidence."""

    shown, pagination_class, key = SHOTS, Pages, "at"

    @listed("alerts_list", shapes.ShotsShape, "state", STATES)
    def get(self, request):
        return super().get(request)

    def rows(self, cursor):
        return queries.detections(self.request.user, state=chosen(self.request, "state", STATES), cursor=cursor)


class AlertView(One):
    """Shots that one alert or several tell of."""

    shown = SHOTS

    @extend_schema(operation_id="alerts_read", responses=shapes.ShotsShape)
    def get(self, request, pk):
        return super().get(request, pk)


def _decided(operation, says, body, act, policy=policies.decide_detection):
    return step(
        operation, says, of=_shots, policy=policy, body=body, act=act, noun="detection", shape=SHOTS, right=EDIT
    )


belong = _decided("alerts_belong", "The shots are an incident that is here.", bodies.Belong, detections.belong)
make = _decided("alerts_make", "The shots become an incident of their agency.", bodies.Make, detections.make)
dismiss = _decided("alerts_dismiss", "It was no gunfire.", bodies.Dismiss, detections.dismiss)
reopen = _decided(
    "alerts_reopen", "What was decided is taken back.", bodies.Nothing, detections.reopen, policies.reopen_detection
)
