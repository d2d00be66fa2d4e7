"""Why a person may not draft, approve, send, acknowledge or retract a bulletin, or None if they may.

Two people stand behind what goes out: who put it together and who approved it. Sending gives a recipient the bulletin
and nothing of the lead.
"""

from agencies.access import agencies_with, has_permission
from agencies.roles import Permission
from leads.models import Bulletin

Status = Bulletin.Status


def draft(user, lead, agency=None):
    """In the name of an agency of theirs that takes part in the lead."""
    may = agencies_with(user, Permission.BULLETIN_DRAFT)
    if not may or (agency is not None and agency.pk not in may):
        return "Only analysts and supervisors draft bulletins."
    item = getattr(lead, "desk", None)
    if item and item.state != item.State.SENT:
        return "Nobody is told of this lead yet. Decide in triage first."
    return "No event is left on this lead to tell of." if lead.is_withdrawn else None


def _drafts(user, bulletin):
    return has_permission(user, Permission.BULLETIN_DRAFT, bulletin.agency_id)


def change(user, bulletin):
    if not _drafts(user, bulletin):
        return "Only analysts and supervisors of the agency that drafted it change a bulletin."
    if bulletin.status == Status.DRAFT:
        return None
    return "A bulletin that waits for approval is returned before it is changed; one that was sent never changes."


def submit(user, bulletin):
    if refused := change(user, bulletin):
        return refused if bulletin.status == Status.DRAFT else "This bulletin is handed in already."
    if "summary" in bulletin.sections and not bulletin.summary.strip():
        return "Write the summary, or leave that section out."
    if "asks" in bulletin.sections and not bulletin.asks.strip():
        return "Write what is asked of readers, or leave that section out."
    return None


def approve(user, bulletin):
    if not has_permission(user, Permission.BULLETIN_APPROVE, bulletin.agency_id):
        return "Only a supervisor, commander or coordinator of the agency approves a bulletin."
    if bulletin.status != Status.WAITING:
        return "Only a bulletin that waits for approval is approved."
    if user.pk in (bulletin.drafted_by_id, bulletin.submitted_by_id):
        return "Somebody else than who wrote it approves a bulletin."
    return None


def return_(user, bulletin, reason=None):
    """The approver sends it back with words; who handed it in may take it back as well."""
    may = has_permission(user, Permission.BULLETIN_APPROVE, bulletin.agency_id)
    if not may and bulletin.submitted_by_id != user.pk:
        return "Only who approves bulletins of the agency returns one."
    if bulletin.status != Status.WAITING:
        return "Only a bulletin that waits for approval is returned."
    return "Say what is to be changed." if reason is not None and not reason.strip() else None


def retract(user, bulletin, reason=None):
    if not has_permission(user, Permission.BULLETIN_APPROVE, bulletin.agency_id):
        return "Only a supervisor, commander or coordinator of the agency that sent it retracts a bulletin."
    if bulletin.status != Status.SENT:
        return "Only the newest bulletin that was sent is retracted."
    return "Say why." if reason is not None and not reason.strip() else None


def supersede(user, bulletin):
    """Begin a newer version of one that was sent."""
    if not _drafts(user, bulletin):
        return "Only analysts and supervisors of the agency that sent it write a newer version."
    if bulletin.status != Status.SENT:
        return "Only the newest bulletin that was sent has a newer version."
    return "A newer version is being written already." if bulletin.versions.exists() else None


def acknowledge(user, recipient):
    """For a recipient agency, by any of its people who read bulletins: the name stays on record."""
    if not has_permission(user, Permission.BULLETIN_VIEW, recipient.agency_id):
        return "Only people of the agency that got it acknowledge a bulletin."
    return None if recipient.due_at else "This is acknowledged already."
