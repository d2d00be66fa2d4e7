from agencies.access import groups_with
from agencies.roles import Permission
from evidence.policies.standing import works_for


def attach_file(user, incident, exhibit=None):
    """Who records evidence for an agency that sees the case: its own people, and the laboratory that has the item."""
    groups = groups_with(user, Permission.INCIDENT_EDIT)
    if not groups or not incident.grants.filter(group_id__in=groups).exists():
        return "Only people who record evidence for an agency on this case can add photos and files to it."
    if exhibit is not None and exhibit.incident_id != incident.pk:
        return "This exhibit belongs to another case."
    return None


def take_original(user, attachment):
    """The original tells where and with which device a photo was taken: it is for those who may edit."""
    if attach_file(user, attachment.incident):
        return "The original, with what the camera wrote into it, is for people who record evidence for this case."
    return None


def withdraw_file(user, attachment):
    if reason := attach_file(user, attachment.incident):
        return reason
    if attachment.added_by_id != user.pk and not works_for(user, Permission.INCIDENT_EDIT, attachment.incident.agency):
        return (
            f"Only who added this file, and people who record evidence for {attachment.incident.agency}, withdraw it."
        )
    return "This file was withdrawn already." if attachment.withdrawn_at else None
