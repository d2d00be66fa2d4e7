from django.db import transaction

from agencies import access, audit
from agencies.models import Agency
from evidence import mros, policies
from evidence.actions import custody
from evidence.models import Acquisition, CustodyEvent, Exhibit


@transaction.atomic
def receive(*, exhibit, site, received_at, by, from_whom="", condition="", seal=""):
    """Record that a NIBIN site received an exhibit: its two business days begin, and the site sees the case."""
    held = Exhibit.objects.select_for_update(of=["self"], no_key=True)
    exhibit = held.select_related("incident", "agency").get(pk=exhibit.pk)
    site = Agency.objects.select_related("calendar").get(pk=site.pk)
    access.enforce(policies.receive, by, exhibit, site=site, received_at=received_at)
    acquisition = Acquisition.objects.create(
        exhibit=exhibit,
        site=site,
        received_at=received_at,
        received_by=by,
        due_at=mros.due_at(received_at, site.working_calendar),
    )
    access.share(exhibit.incident, site)
    audit.record(
        "acquisition.received",
        acquisition,
        by=by,
        agency=site,
        exhibit=exhibit.pk,
        due_at=acquisition.due_at.isoformat(),
    )
    custody.record(
        exhibit=exhibit,
        by=by,
        purpose=CustodyEvent.Purpose.RECEIVED,
        from_whom=from_whom or _sender(exhibit),
        to_whom=site.name,
        at=received_at,
        condition=condition,
        seal=seal,
    )
    return acquisition


def _sender(exhibit):
    """Who gave it to the site: when the last leg sent it there, whoever had it before."""
    last = exhibit.custody.last()
    if last is None:
        return ""
    return last.from_whom if last.purpose == CustodyEvent.Purpose.TO_LABORATORY else last.to_whom


@transaction.atomic
def enter(*, acquisition, reference, entered_at, by, late_reason=""):
    """Record that an exhibit is in NIBIN, under the reference NIBIN gave; a late entry says why."""
    held = Acquisition.objects.select_for_update(of=["self"], no_key=True)
    acquisition = held.select_related("site", "exhibit").get(pk=acquisition.pk)
    access.enforce(policies.enter, by, acquisition, entered_at=entered_at, late_reason=late_reason, reference=reference)
    acquisition.entered_at, acquisition.entered_by = entered_at, by
    acquisition.reference = reference.strip()
    acquisition.late_reason = late_reason.strip() if entered_at > acquisition.due_at else ""
    acquisition.save(update_fields=["entered_at", "entered_by", "reference", "late_reason"])
    audit.record(
        "acquisition.entered",
        acquisition,
        by=by,
        agency=acquisition.site,
        exhibit=acquisition.exhibit_id,
        reference=acquisition.reference,
        late=bool(acquisition.late_reason),
    )
    return acquisition
