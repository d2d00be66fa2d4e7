from django.db import transaction

from agencies import access, audit
from agencies.access import has_permission
from agencies.models import Agency
from agencies.notifications import notify
from agencies.roles import Permission
from evidence import mros, policies
from evidence.actions._legs import add_leg, giver_of, locked_exhibit, write_answer
from evidence.models import Acquisition, CustodyEvent, HandOver


@transaction.atomic
def receive(*, exhibit, site, received_at, by, from_whom="", condition="", seal=""):
    """Record that a NIBIN site received an exhibit: its two business days begin, and the site sees the case. What was
    on its way to the site is confirmed by this.
    """
    exhibit = locked_exhibit(exhibit)
    site = Agency.objects.select_related("calendar").get(pk=site.pk)
    access.enforce(policies.receive, by, exhibit, site=site, received_at=received_at)
    access.share(exhibit.incident, site)
    last = exhibit.custody.last()
    access.enforce(policies.arrive, by, exhibit, site, at=received_at, last_at=last.at if last else None)
    acquisition = _start_clock(exhibit, site, received_at, by)
    offered = exhibit.hand_overs.open().filter(to_agency=site).select_related("offered_by", "receipt").first()
    seen = {"condition": condition, "seal": seal}
    if offered:
        offered.exhibit = exhibit
        write_answer(offered, by, HandOver.Status.CONFIRMED)
        seen = giver_of(offered) | {"condition_seen": condition or offered.condition, "seal_seen": seal}
        from_whom = seen.pop("from_whom")
        notify([offered.offered_by], "hand_over.confirmed", offered, by=by)
    add_leg(
        exhibit,
        by,
        purpose=CustodyEvent.Purpose.RECEIVED,
        from_whom=from_whom or _sender(last),
        to_whom=site.name,
        to_agency=site,
        to_person=by if has_permission(by, Permission.ACQUISITION_RECORD, site) else None,
        held_by=site,
        storage=exhibit.storage if exhibit.place_id is None else "",
        at=received_at,
        **seen,
    )
    return acquisition


@transaction.atomic
def start_clock_if_due(*, exhibit, site, received_at, by):
    """Begin the two business days of what a laboratory confirmed, if it is for NIBIN and they have not begun."""
    if policies.receive(by, exhibit, site=site, received_at=received_at) is None:
        site = Agency.objects.select_related("calendar").get(pk=site.pk)
        _start_clock(exhibit, site, received_at, by)


def _start_clock(exhibit, site, received_at, by):
    acquisition = Acquisition.objects.create(
        exhibit=exhibit,
        site=site,
        received_at=received_at,
        received_by=by,
        due_at=mros.due_at(received_at, site.working_calendar),
    )
    audit.record(
        "acquisition.received",
        acquisition,
        by=by,
        agency=site,
        exhibit=exhibit.pk,
        due_at=acquisition.due_at.isoformat(),
    )
    return acquisition


def _sender(last):
    """Who gave it to the site: when the last leg sent it there, whoever had it before."""
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
