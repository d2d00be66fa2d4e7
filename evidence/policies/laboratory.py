from django.utils import timezone

from agencies.access import has_permission
from agencies.roles import Permission
from evidence.models import Acquisition, CorrelationReview, Exhibit, LabRequest, LabRequestItem
from evidence.policies.standing import NOT_BEFORE_NOW, works_for

Status, Review = LabRequest.Status, CorrelationReview.Status
MOST_CASES = 20


def receive_exhibit(user, exhibit, site=None, received_at=None):
    if not has_permission(user, Permission.ACQUISITION_RECORD):
        return "Only evidence technicians and examiners record what a NIBIN site received."
    if site and not any(
        has_permission(user, Permission.ACQUISITION_RECORD, each) for each in (site, exhibit.agency_id)
    ):
        return (
            f"Only technicians and examiners of {site} or of the agency that owns the exhibit can record this receipt."
        )
    if not exhibit.nibin_eligible:
        return f"Exhibit {exhibit} is marked as not for NIBIN: {exhibit.not_eligible_reason.lower()}."
    if site and exhibit.acquisitions.filter(site=site, rejected_at=None).exists():
        return f"{site} has received exhibit {exhibit} already."
    if received_at and received_at > timezone.now():
        return NOT_BEFORE_NOW
    return None


def _waits(user, acquisition):
    if not has_permission(user, Permission.ACQUISITION_RECORD, acquisition.site):
        return f"Only technicians and examiners of {acquisition.site} record its NIBIN entries."
    if acquisition.entered_at:
        return "This exhibit has been entered already."
    if acquisition.rejected_at:
        return "This exhibit was rejected. When it comes again, its receipt begins a new clock."
    return None


def enter_exhibit(user, acquisition, entered_at=None, late_reason="", reference=None, late_code=""):
    if refused := _waits(user, acquisition):
        return refused
    if reference is not None and not reference.strip():
        return "Give the reference number that NIBIN shows for the entry."
    if entered_at is None:
        return None
    if entered_at < acquisition.received_at:
        return "The entry cannot be earlier than the receipt at the site. Check the date and the time."
    if entered_at > timezone.now():
        return NOT_BEFORE_NOW
    if entered_at > acquisition.due_at:
        if not late_code and not late_reason.strip():
            return "This entry is past its two business days. Say why it is late."
        if late_code == Acquisition.LateCode.OTHER and not late_reason.strip():
            return "Say in a few words why it is late."
    return None


def reject_exhibit(user, acquisition, rejection=None, note=""):
    if refused := _waits(user, acquisition):
        return refused
    if rejection == Acquisition.Rejection.OTHER and not note.strip():
        return "Say in a few words why it cannot be entered."
    return None


def fire_gun(user, exhibit, fired_at=None, count=1):
    """By technicians and examiners of the agency that has the gun; where only words say who has it, by any on it."""
    if exhibit.kind != Exhibit.Kind.FIREARM:
        return "Only a firearm is test-fired."
    if exhibit.disposed_at:
        return f"Exhibit {exhibit} was disposed of."
    if not has_permission(user, Permission.ACQUISITION_RECORD, exhibit.held_by_id):
        return f"Only technicians and examiners of {exhibit.held_by or 'a laboratory'} record a test fire of this gun."
    if exhibit.hand_overs.open().exists():
        return "This gun is in transit. Confirm that it arrived first."
    if not 1 <= count <= MOST_CASES:
        return f"A test fire gives 1 to {MOST_CASES} cartridge cases."
    if fired_at and fired_at > timezone.now():
        return NOT_BEFORE_NOW
    if fired_at and fired_at < exhibit.collected_at:
        return "This is earlier than the gun was collected. Check the time."
    return None


def ask_laboratory(user, incident, exhibits=(), laboratory=None, asked="", note="", needed_on=None):
    if not works_for(user, Permission.INCIDENT_EDIT, incident.agency):
        return f"Only people who record evidence for {incident.agency} send its exhibits to a laboratory."
    if any(each.incident_id != incident.pk for each in exhibits):
        return "A request holds exhibits of one case."
    if gone := next((each for each in exhibits if each.disposed_at), None):
        return f"Exhibit {gone} was disposed of. Leave it out."
    if away := _on_its_way(exhibits):
        there = f"{away.request.laboratory} by {away.request}"
        return f"Exhibit {away.exhibit} is on its way to {there}. Wait until it is there, or cancel that request."
    if asked in (LabRequest.Asked.TEST_FIRE, LabRequest.Asked.TEST_FIRE_ENTRY) and not any(
        each.kind == Exhibit.Kind.FIREARM for each in exhibits
    ):
        return "A test fire needs a firearm among the exhibits."
    if asked == LabRequest.Asked.OTHER and not note.strip():
        return "Say what the laboratory is asked for."
    return None


def _on_its_way(exhibits):
    sent = LabRequestItem.objects.filter(exhibit__in=exhibits, request__status=Status.SENT)
    return sent.select_related("exhibit", "request__laboratory").order_by("pk").first() if exhibits else None


def _of_laboratory(user, request, to):
    if not has_permission(user, Permission.ACQUISITION_RECORD, request.laboratory_id):
        return f"Only technicians and examiners of {request.laboratory} record its work."
    return _can_become(request, to)


def _can_become(request, to):
    if not request.can_move_to(to):
        return f"A request that is {request.get_status_display().lower()} cannot become {Status(to).label.lower()}."
    return None


def receive_request(user, request, at=None):
    if refused := _of_laboratory(user, request, Status.RECEIVED):
        return refused
    if at and at > timezone.now():
        return NOT_BEFORE_NOW
    return "This is earlier than it was sent. Check the time." if at and at < request.requested_at else None


def finish_request(user, request, result=None, at=None):
    if refused := _of_laboratory(user, request, Status.DONE):
        return refused
    if at and at > timezone.now():
        return NOT_BEFORE_NOW
    if at and request.received_at and at < request.received_at:
        return "This is earlier than it was received. Check the time."
    return (
        "Say what was found or done, with the report's number." if result is not None and not result.strip() else None
    )


def return_request(user, request, at=None):
    if refused := _of_laboratory(user, request, Status.RETURNED):
        return refused
    if at and at > timezone.now():
        return NOT_BEFORE_NOW
    if at and request.received_at and at < request.received_at:
        return "This is earlier than it was received. Check the time."
    return None


def decline_request(user, request, reason=None):
    if refused := _of_laboratory(user, request, Status.DECLINED):
        return refused
    return "Say why the laboratory does not do it." if reason is not None and not reason.strip() else None


def cancel_request(user, request, reason=None):
    if not works_for(user, Permission.INCIDENT_EDIT, request.agency):
        return f"Only people who record evidence for {request.agency} cancel its requests."
    if refused := _can_become(request, Status.CANCELLED):
        return refused
    return "Say why it is not needed any more." if reason is not None and not reason.strip() else None


def _reviews(user, review):
    if not has_permission(user, Permission.ACQUISITION_RECORD, review.site_id):
        return f"Only technicians and examiners of {review.site} review its correlations."
    return None


def read_candidate(user, review):
    """What a list of candidates showed is no lead yet: whose exhibit it is does not read of other agencies' cases."""
    if review.status == Review.RELEASED or works_for(user, Permission.INCIDENT_VIEW, review.site):
        return None
    return f"What NIBIN's candidates showed is read at {review.site} until the lead is released."


def review_first(user, review, candidate=None, lead_number=""):
    if refused := _reviews(user, review):
        return refused
    if review.status != Review.FIRST:
        return f"This review is done: {review.get_status_display().lower()}."
    if candidate and not lead_number.strip():
        return "Give the number that the lead will have."
    return None


def review_second(user, review, release=None, note=""):
    if refused := _reviews(user, review):
        return refused
    if review.status != Review.SECOND:
        return f"No second review is asked for: {review.get_status_display().lower()}."
    if review.first_by_id == user.pk:
        return "You were reviewer 1. Somebody else reviews it before the lead goes out."
    if release is False and not note.strip():
        return "Say why the lead is not released."
    return None


def review_again(user, review):
    if refused := _reviews(user, review):
        return refused
    if not review.can_move_to(Review.FIRST):
        return f"This review stays as it is: {review.get_status_display().lower()}."
    return None
