"""What a person decides of shots that alerts tell of: which incident they are, a new one, or none at all."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from evidence import policies
from evidence.actions import incidents
from evidence.models import Detection, Incident

State, How = Detection.State, Detection.How
DECIDED = (
    "state", "incident", "how", "meters", "nearby", "has_evidence", "dismissal", "note", "decided_at", "decided_by",
)  # fmt: skip


def _held(detection):
    held = Detection.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("agency").get(pk=detection.pk)


def _decide(detection, by, state, incident=None, how="", dismissal="", note=""):
    before = detection.state
    detection.state, detection.incident, detection.how = state, incident, how
    detection.meters, detection.nearby = None, 0
    detection.has_evidence = bool(incident and incident.collection == Incident.Collection.COLLECTED)
    detection.dismissal, detection.note = dismissal, note.strip()
    detection.decided_at, detection.decided_by = timezone.now(), by
    detection.save(update_fields=DECIDED)
    audit.record(
        "detection.decided", detection, by=by, before=before, after=state, incident=incident and incident.pk,
        reason=dismissal,
    )  # fmt: skip
    return detection


@transaction.atomic
def belong(*, detection, incident, by):
    """Say which incident the shots are."""
    # The incident first, as whoever adds an exhibit to it takes them: the copy of its answer then cannot be stale.
    incident = Incident.objects.select_for_update(of=["self"], no_key=True).get(pk=incident.pk)
    detection = _held(detection)
    access.enforce(policies.decide_detection, by, detection, incident=incident)
    return _decide(detection, by, State.MATCHED, incident, How.PERSON)


@transaction.atomic
def make(*, detection, case_number, kind, by):
    """Record the shots as an incident of the agency, with the time and the place of the alert."""
    detection = _held(detection)
    access.enforce(policies.decide_detection, by, detection)
    incident = incidents.record(
        agency=detection.agency,
        by=by,
        case_number=case_number,
        kind=kind,
        occurred_at=detection.at,
        time_known=detection.time_known,
        address=detection.address,
        lat=detection.lat,
        lng=detection.lng,
    )
    return _decide(detection, by, State.MATCHED, incident, How.MADE)


@transaction.atomic
def dismiss(*, detection, dismissal, by, note=""):
    """Say that it was no gunfire, and what it was."""
    detection = _held(detection)
    access.enforce(policies.decide_detection, by, detection, dismissal=dismissal, note=note)
    return _decide(detection, by, State.DISMISSED, dismissal=dismissal, note=note)


@transaction.atomic
def reopen(*, detection, by):
    """Take back what was decided: the shots wait for their incident again."""
    detection = _held(detection)
    access.enforce(policies.reopen_detection, by, detection)
    detection = _decide(detection, by, State.OPEN)
    detection.decided_at = detection.decided_by = None
    detection.save(update_fields=["decided_at", "decided_by"])
    return detection
