from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import access, audit
from evidence import keys, numbers, policies, reviews
from evidence.actions import exhibits as exhibit_actions
from evidence.models import FormerNumber, Incident, SentForm, Victim

CORRECTABLE = (
    "case_number", "kind", "occurred_at", "time_known", "offense_code", "offense", "address", "district", "lat", "lng",
    "narrative",
)  # fmt: skip
PAIRS = (("occurred_at", "time_known"), ("lat", "lng"))


class ChangedMeanwhileError(Exception):
    """Somebody saved the incident after the person who corrects it had opened it; `incident` is as it stands now."""

    def __init__(self, incident):
        super().__init__(f"{incident} was changed in the meantime.")
        self.incident = incident


@transaction.atomic
def record(*, agency, by, case_number, kind, occurred_at, victims=0, exhibits=(), once=None, **facts):
    """Record one event of an agency with the people hit, who have no names here, and its first exhibits.

    `once` is the key of the form on the device that sends it: the same form sent again is the same incident.
    """
    access.enforce(policies.record_incident, by, agency)
    key = _key(agency, case_number)
    sent = once and SentForm.objects.filter(key=once).select_related("incident").first()
    if sent and sent.sent_by_id == by.pk and sent.incident.case_key == key:
        return sent.incident
    incident = Incident(
        agency=agency,
        case_number=case_number.strip(),
        case_key=key,
        kind=kind,
        occurred_at=occurred_at,
        victims_count=victims,
        owing_unit_id=next((each.unit_id for each in access.standings(by) if each.agency_id == agency.pk), None),
        created_by=by,
        **facts,
    )
    _save_once(incident, force_insert=True)
    if once and not sent:
        SentForm.objects.create(key=once, incident=incident, sent_at=timezone.now(), sent_by=by)
    access.share(incident, agency, *filter(None, [agency.parent]))
    Victim.objects.bulk_create(Victim(incident=incident, position=place) for place in range(1, victims + 1))
    audit.record("incident.recorded", incident, by=by, case_number=incident.case_number, kind=kind, victims=victims)
    for exhibit in exhibits:
        exhibit_actions.add(incident=incident, by=by, **exhibit)
    return incident


@transaction.atomic
def correct(*, incident, by, seen, reviewed=False, accuracy=None, **facts):
    """Change what was recorded wrongly. `seen` is the incident's `updated_at` when the person opened it.

    What answers the incident's review takes it away; `reviewed` says that nothing is to be corrected for it.
    """
    if "case_number" in facts:
        keys.hold(incident.agency_id)
    incident = Incident.objects.select_for_update(of=["self"], no_key=True).select_related("agency").get(pk=incident.pk)
    access.enforce(policies.correct_incident, by, incident)
    if incident.updated_at != seen:
        raise ChangedMeanwhileError(incident)
    changes = {
        name: [getattr(incident, name), facts[name]]
        for name in CORRECTABLE
        if name in facts and getattr(incident, name) != facts[name]
    }
    kept = _as_a_whole(changes) | ({"review"} if reviewed and reviews.outlives_files(incident.review) else set())
    if incident.review and (reviewed or reviews.is_answered(incident.review, changes)):
        changes["review"] = [incident.review, ""]
    if not changes:
        return incident
    for name, (_, new) in changes.items():
        setattr(incident, name, new)
    if "case_number" in changes:
        incident.case_key = _key(incident.agency, incident.case_number)
        _keep_former(incident, changes)
    if {"lat", "lng"} & set(changes):
        incident.accuracy = accuracy
    incident.corrected = ",".join(sorted({*filter(None, incident.corrected.split(",")), *kept}))
    _save_once(incident, update_fields=[*changes, "accuracy", "case_key", "corrected", "updated_at"])
    audit.record(
        "incident.corrected", incident, by=by, changes={k: [_plain(v) for v in pair] for k, pair in changes.items()}
    )
    return incident


def _keep_former(incident, changes):
    """The number that is replaced, with what tells its event in a file that still has it."""
    names = ("case_number", "occurred_at", "time_known", "address")
    was = {name: changes[name][0] if name in changes else getattr(incident, name) for name in names}
    FormerNumber.objects.update_or_create(incident=incident, case_number=was.pop("case_number"), defaults=was)


def _as_a_whole(changes):
    """The fields changed and those that mean nothing without them."""
    return {name for each in changes for name in next((pair for pair in PAIRS if each in pair), (each,))}


def _key(agency, case_number):
    keys.hold(agency.pk)
    key = keys.of(agency, case_number)
    if reason := keys.why_not(key):
        raise access.Refused(reason, "incidents.case_number")
    return key


def _save_once(incident, **how):
    try:
        with transaction.atomic():
            incident.save(**how)
    except IntegrityError as error:
        if "incident_case_once_per_agency" not in str(error):
            raise
        reason = numbers.case_is_there(incident.agency, incident.case_number)
        raise access.Refused(reason, "incidents.case_number") from error


def _plain(value):
    return value if isinstance(value, str | int | float | bool | None) else value.isoformat()
