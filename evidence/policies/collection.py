from django.utils import timezone

from agencies.roles import Permission
from evidence.models import Canvass, Incident
from evidence.policies.standing import NOT_BEFORE_NOW, works_for

NO_GUNFIRE = "Only an incident with gunfire answers what was found at its scene."


def _answers_for(user, agency):
    return any(works_for(user, each, agency) for each in (Permission.INCIDENT_EDIT, Permission.OBLIGATION_ASSIGN))


def answer_collection(user, incident, answer="", searched_by="", searched_at=None, reason="", note=""):
    if not _answers_for(user, incident.agency):
        return f"Only people who record evidence for {incident.agency}, and its supervisors, answer for its scenes."
    if incident.kind not in Incident.GUNFIRE:
        return NO_GUNFIRE
    if incident.collection == Incident.Collection.COLLECTED:
        return "Evidence of the gunfire is on record for this case, which answers for its scene."
    if answer == Canvass.Answer.NONE_FOUND:
        return _why_no_canvass(incident, searched_by, searched_at)
    if answer and not reason:
        return "Say why the scene was not searched."
    if reason == Canvass.Reason.OTHER and not note.strip():
        return "Say in a few words why the scene was not searched."
    return None


def _why_no_canvass(incident, searched_by, searched_at):
    if not searched_by.strip():
        return "Say who canvassed the scene."
    if searched_at is None:
        return "Say when the scene was canvassed."
    if searched_at > timezone.now():
        return NOT_BEFORE_NOW
    if incident.time_known and searched_at < incident.occurred_at:
        return "This is earlier than the shooting. Check the date and the time."
    return None


def withdraw_answer(user, incident):
    if not _answers_for(user, incident.agency):
        return f"Only people who record evidence for {incident.agency}, and its supervisors, answer for its scenes."
    if not Canvass.objects.filter(incident=incident).exists():
        return "Nobody has answered for this scene."
    return None


def owe_answer(user, incident, unit=None):
    if not _answers_for(user, incident.agency):
        return f"Only people who record evidence for {incident.agency}, and its supervisors, say who answers for it."
    if incident.kind not in Incident.GUNFIRE:
        return NO_GUNFIRE
    if unit and unit.agency_id != incident.agency_id:
        return f"{unit} is no unit of {incident.agency}."
    return None


def set_collection_rule(user, agency, unit=None):
    """Kept by the agency's administrators and by the coordinator of its center."""
    if not works_for(user, Permission.AGENCY_MANAGE, agency):
        return f"Only administrators of {agency} and the coordinator of its center set this."
    if unit and unit.agency_id != agency.pk:
        return f"{unit} is no unit of {agency}."
    return None
