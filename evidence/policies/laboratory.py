from django.utils import timezone

from agencies.access import has_permission
from agencies.roles import Permission
from evidence.policies.standing import NOT_BEFORE_NOW


def receive(user, exhibit, site=None, received_at=None):
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
    if site and exhibit.acquisitions.filter(site=site).exists():
        return f"{site} has received exhibit {exhibit} already."
    if received_at and received_at > timezone.now():
        return NOT_BEFORE_NOW
    return None


def enter(user, acquisition, entered_at=None, late_reason="", reference=None):
    if not has_permission(user, Permission.ACQUISITION_RECORD, acquisition.site):
        return f"Only technicians and examiners of {acquisition.site} record its NIBIN entries."
    if acquisition.entered_at:
        return "This exhibit has been entered already."
    if reference is not None and not reference.strip():
        return "Give the reference number that NIBIN shows for the entry."
    if entered_at is None:
        return None
    if entered_at < acquisition.received_at:
        return "The entry cannot be earlier than the receipt at the site. Check the date and the time."
    if entered_at > timezone.now():
        return NOT_BEFORE_NOW
    if entered_at > acquisition.due_at and not late_reason.strip():
        return "This entry is past its two business days. Say why it is late."
    return None
