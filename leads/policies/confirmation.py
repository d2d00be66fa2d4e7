"""Why a person may not ask for confirmation or answer, or None if they may.

Investigators, analysts and prosecutors ask: they know what is needed for court. The laboratory alone says what its
examiners do, and an examiner alone what the specimens show. What two people have signed, two people change.
"""

from agencies.access import has_permission
from agencies.roles import Permission
from leads.models import Comparison
from leads.models.confirmation import ConfirmationRequest
from leads.standing import confirmations as standing

Status, Result = ConfirmationRequest.Status, Comparison.Result
MOST = 8


def ask(user, lead, events=None, parts=None):
    """parts: the ids of the agencies that take part in the lead, where a page has read them already."""
    may = standing.asking_agencies(user, lead).exists() if parts is None else standing.asking_ids(user) & parts
    if not may:
        return "Only an investigator, analyst or prosecutor with a part in this lead asks for confirmation."
    if lead.events_count < 2:
        return "No two events are left on this lead to compare."
    if events is not None and not 2 <= len(events) <= MOST:
        return f"Choose two to {MOST} events: each is compared with the others."
    return None


def _works_there(user, laboratory):
    rights = (Permission.LEAD_CONFIRM, Permission.OBLIGATION_ASSIGN)
    return any(has_permission(user, right, laboratory) for right in rights)


def _moves(request, status, verb):
    if not request.can_move_to(status):
        return f"A request that is {request.get_status_display().lower()} cannot be {verb}."
    return None


def receive(user, request):
    if not _works_there(user, request.laboratory_id):
        return "Only an examiner or a supervisor of the laboratory receives what is asked of it."
    return _moves(request, Status.RECEIVED, "received")


def assign(user, request, examiner=None):
    if not _works_there(user, request.laboratory_id):
        return "Only an examiner or a supervisor of the laboratory gives its work out."
    if request.status != Status.ASSIGNED and (refused := _moves(request, Status.ASSIGNED, "given to an examiner")):
        return refused
    if examiner is not None and not standing.examiners(request.laboratory).filter(pk=examiner.pk).exists():
        return "Choose an examiner of the laboratory."
    return None


def return_(user, request, reason=None):
    if not _works_there(user, request.laboratory_id):
        return "Only an examiner or a supervisor of the laboratory sends a request back."
    if refused := _moves(request, Status.RETURNED, "sent back"):
        return refused
    return "Say what is missing." if reason is not None and not reason.strip() else None


def _asks(user, request):
    return any(has_permission(user, right, request.agency_id) for right in standing.ASKS)


def again(user, request):
    if not _asks(user, request):
        return "Only the agency that asked asks again."
    return None if request.status == Status.RETURNED else "Only what was sent back is asked again."


def cancel(user, request, reason=None):
    if not _asks(user, request):
        return "Only the agency that asked takes its request back."
    if refused := _moves(request, Status.CANCELLED, "cancelled"):
        return refused
    return "Say why it is not needed any more." if reason is not None and not reason.strip() else None


def record(user, lead, request=None):
    """Record what specimens showed: of a request by its examiner's laboratory, else by that of the lead's notice."""
    places = [request.laboratory] if request else [lead.site, lead.agency]
    if not any(has_permission(user, Permission.LEAD_CONFIRM, each) for each in places if each):
        return "Only a firearm examiner of the laboratory records what a comparison showed."
    if request and request.status != Status.ASSIGNED:
        if request.is_open:
            return "Receive the request and give it to an examiner first."
        return f"This request is {request.get_status_display().lower()}: nothing more is recorded under it."
    if lead.events_count < 2 or lead.is_withdrawn:
        return "No two events are left on this lead to compare."
    return None


def verify(user, results, verifier, laboratory):
    """Whether the second examiner is one: a confirmed or eliminated pair needs somebody else's eyes."""
    if verifier is not None:
        if verifier == user:
            return "The second examiner is another person than the one who records."
        return None if standing.examiners(laboratory).filter(pk=verifier.pk).exists() else "Choose an examiner."
    others = standing.examiners(laboratory).exclude(pk=user.pk).exists()
    if others and any(result in Comparison.FINAL for result in results):
        return "Name the second examiner: a pair is confirmed or eliminated by two."
    return None


def place(comparison):
    """The laboratory that answers for a result."""
    asked, lead = comparison.request, comparison.lead
    return asked.laboratory if asked else lead.site or lead.agency


def correct(user, comparison, reason=None):
    if not has_permission(user, Permission.LEAD_CONFIRM, place(comparison)):
        return "Only a firearm examiner of the laboratory corrects a result."
    if comparison.status != Comparison.Status.STANDING:
        return "Only a result that stands is corrected."
    if Comparison.objects.filter(replaces=comparison, status=Comparison.Status.PROPOSED).exists():
        return "A correction of this result waits for somebody to agree."
    return "Say why the result is corrected." if reason is not None and not reason.strip() else None


def settle(user, comparison):
    """Agree to a correction, or refuse it."""
    if not _works_there(user, place(comparison)):
        return "Only an examiner or a supervisor of the laboratory agrees to a correction."
    if comparison.status != Comparison.Status.PROPOSED:
        return "This correction is settled already."
    return "Somebody else than the one who proposed it agrees." if comparison.recorded_by_id == user.pk else None


def record_under(user, request):
    """Record results that answer a request."""
    return record(user, request.lead, request)
