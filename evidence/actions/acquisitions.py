from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import has_permission
from agencies.models import Agency
from agencies.notifications import notify
from agencies.roles import Permission
from evidence import mros, policies, queries
from evidence.actions._legs import add_leg, giver_of, locked_exhibit, write_answer
from evidence.models import Acquisition, CorrelationReview, CustodyEvent, HandOver

ENTERED = (
    "entered_at", "entered_by", "reference", "representative", "operator", "late_reason", "late_code",
)  # fmt: skip


@transaction.atomic
def receive(*, exhibit, site, received_at, by, from_whom="", condition="", seal=""):
    """Record that a NIBIN site received an exhibit: its two business days begin, and the site sees the case. What was
    on its way to the site is confirmed by this.
    """
    exhibit = locked_exhibit(exhibit)
    site = Agency.objects.select_related("calendar").get(pk=site.pk)
    access.enforce(policies.receive_exhibit, by, exhibit, site=site, received_at=received_at)
    access.share(exhibit.incident, site)
    last = exhibit.custody.last()
    access.enforce(policies.arrive_exhibit, by, exhibit, site, at=received_at, last_at=last.at if last else None)
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
        at=received_at,
        **seen,
    )
    return acquisition


@transaction.atomic
def start_clock_if_due(*, exhibit, site, received_at, by):
    """Begin the two business days of what a laboratory confirmed, if it is for NIBIN and they have not begun."""
    if policies.receive_exhibit(by, exhibit, site=site, received_at=received_at) is None:
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


def _held(acquisition):
    """The entry, locked after its exhibit, as whoever moves that takes them."""
    locked_exhibit(acquisition.exhibit)
    held = Acquisition.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("site__calendar", "exhibit__agency", "exhibit__incident").get(pk=acquisition.pk)


@transaction.atomic
def enter(*, acquisition, reference, entered_at, by, late_reason="", late_code="", operator="", representative=""):
    """Record that an exhibit is in NIBIN, under the reference NIBIN gave; a late entry says why. What NIBIN correlates
    with it is to be reviewed within two business days.
    """
    acquisition = _held(acquisition)
    said = {"late_code": late_code, "late_reason": late_reason}
    access.enforce(policies.enter_exhibit, by, acquisition, entered_at=entered_at, reference=reference, **said)
    late = entered_at > acquisition.due_at
    acquisition.entered_at, acquisition.entered_by = entered_at, by
    acquisition.reference, acquisition.representative = reference.strip(), representative.strip()
    acquisition.operator = operator.strip() or str(by)
    acquisition.late_reason = late_reason.strip() if late else ""
    acquisition.late_code = (late_code or Acquisition.LateCode.OTHER) if late else ""
    acquisition.save(update_fields=ENTERED)
    CorrelationReview.objects.create(
        acquisition=acquisition,
        site=acquisition.site,
        due_at=mros.due_at(entered_at, acquisition.site.working_calendar),
    )
    audit.record(
        "acquisition.entered",
        acquisition,
        by=by,
        agency=acquisition.site,
        exhibit=acquisition.exhibit_id,
        reference=acquisition.reference,
        late=acquisition.late_code,
    )
    return acquisition


@transaction.atomic
def reject(*, acquisition, rejection, by, note=""):
    """Record that an exhibit cannot be entered, and why; its agency is told."""
    acquisition = _held(acquisition)
    access.enforce(policies.reject_exhibit, by, acquisition, rejection=rejection, note=note)
    acquisition.rejected_at, acquisition.rejected_by = timezone.now(), by
    acquisition.rejection, acquisition.rejection_note = rejection, note.strip()
    acquisition.save(update_fields=["rejected_at", "rejected_by", "rejection", "rejection_note"])
    audit.record(
        "acquisition.rejected", acquisition, by=by, agency=acquisition.site, exhibit=acquisition.exhibit_id,
        reason=rejection,
    )  # fmt: skip
    exhibit = acquisition.exhibit
    notify(queries.people_with(Permission.INCIDENT_EDIT, exhibit.agency), "acquisition.rejected", exhibit, by=by)
    return acquisition


@transaction.atomic
def move(*, acquisition, to, by):
    """Let the clock that began with a gun run on for the cartridge cases that were fired from it."""
    acquisition = _held(acquisition)
    access.enforce(policies.reject_exhibit, by, acquisition)
    was, acquisition.exhibit = acquisition.exhibit_id, to
    acquisition.save(update_fields=["exhibit"])
    audit.record("acquisition.moved", acquisition, by=by, agency=acquisition.site, before=was, after=to.pk)
    return acquisition
