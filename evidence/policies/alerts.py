from agencies.roles import Permission
from evidence.models import Detection, Incident
from evidence.policies.standing import works_for


def decide_detection(user, detection, incident=None, dismissal=None, note=""):
    if not works_for(user, Permission.INCIDENT_EDIT, detection.agency):
        return f"Only people who record evidence for {detection.agency} decide what its alerts were."
    if incident and not Incident.objects.visible_to(user).filter(pk=incident.pk).exists():
        return "This incident is not there."
    if dismissal == Detection.Dismissal.OTHER and not note.strip():
        return "Say in a few words what it was."
    return None


def reopen_detection(user, detection):
    refused = decide_detection(user, detection)
    if refused:
        return refused
    if detection.state == Detection.State.OPEN:
        return "Nothing was decided of these shots."
    return None


def match_alerts(user, agency):
    if not user.is_system and not works_for(user, Permission.INCIDENT_EDIT, agency):
        return f"Only people who record evidence for {agency} match its alerts."
    return None
