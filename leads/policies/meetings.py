"""Who may hold a meeting, and who may end what it gave out: the reason why not, or None."""

from agencies.access import has_permission
from agencies.models import Agency
from agencies.roles import Permission
from leads.models import ActionItem, Meeting

Status = Meeting.Status
NOT_CENTER = "Only an analyst or a coordinator of the center keeps its meetings."


def plan(user, agency):
    if agency.kind != Agency.Kind.CENTER or not has_permission(user, Permission.LEAD_TRIAGE, agency):
        return NOT_CENTER
    return None


def _keeps(user, meeting):
    return None if has_permission(user, Permission.LEAD_TRIAGE, meeting.agency_id) else NOT_CENTER


def change(user, meeting):
    if reason := _keeps(user, meeting):
        return reason
    if meeting.status != Status.PLANNED:
        return f"This meeting is {meeting.get_status_display().lower()}: only a planned one is changed."
    return None


def open_(user, meeting):
    if reason := change(user, meeting):
        return reason
    if Meeting.objects.filter(agency=meeting.agency_id, status=Status.OPEN).exists():
        return "Another meeting of the center is open. Its chair closes it first."
    return None


def keep_agenda(user, meeting):
    """Put leads on the agenda, take them off, write decisions down."""
    if reason := _keeps(user, meeting):
        return reason
    if meeting.status == Status.PLANNED:
        return "Open the meeting first: its agenda is built then."
    if meeting.status != Status.OPEN:
        return f"This meeting is {meeting.get_status_display().lower()}: nothing of it changes any more."
    return None


def decide(user, item):
    if reason := keep_agenda(user, item.meeting):
        return reason
    return "This lead was taken off the agenda. Put it back first." if item.removed_at else None


def take_off(user, item):
    if reason := decide(user, item):
        return reason
    return "Decisions were made on this lead: it stays in the minutes." if item.decisions.exists() else None


def close(user, meeting):
    if meeting.status != Status.OPEN:
        return f"This meeting is {meeting.get_status_display().lower()}: only an open one is closed."
    return None if meeting.chair_id == user.pk else f"The chair closes the meeting: {meeting.chair}."


def own(user, action, agency_id):
    """Whether `user` can be given something to do in the name of an agency."""
    if not has_permission(user, Permission.LEAD_VIEW, agency_id):
        return "Choose somebody of an agency that sees this lead."
    return None


def finish(user, action):
    if action.status != ActionItem.Status.OPEN:
        return f"This is {action.get_status_display().lower()} already."
    if action.owner_id == user.pk or _answers(user, action):
        return None
    return "Only its owner, their supervisor or the center says that it is done."


def drop(user, action):
    if action.status != ActionItem.Status.OPEN:
        return f"This is {action.get_status_display().lower()} already."
    if has_permission(user, Permission.LEAD_TRIAGE, action.center_id):
        return None
    return "Only the center drops what a meeting decided."


def _answers(user, action):
    above = has_permission(user, Permission.OBLIGATION_ASSIGN, action.agency_id)
    return above or has_permission(user, Permission.LEAD_TRIAGE, action.center_id)


def remind_of_actions(user):
    return None if user.is_system else "The clock of action items runs by itself."
