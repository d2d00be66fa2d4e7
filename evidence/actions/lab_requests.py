"""What an agency asks of a laboratory, on its way there and back: each step is a leg of custody for every exhibit."""

from django.db import transaction

from agencies import access, audit
from agencies.notifications import notify
from agencies.roles import Permission
from evidence import policies, queries
from evidence.actions import acquisitions, custody
from evidence.models import CustodyEvent, Exhibit, Incident, LabRequest, LabRequestItem

Status, Purpose = LabRequest.Status, CustodyEvent.Purpose


@transaction.atomic
def send(
    *, incident, exhibits, laboratory, asked, needed_on, at, by, priority=LabRequest.Priority.ROUTINE, note="",
    condition="", seal="",
):  # fmt: skip
    """Send exhibits of one case to a laboratory with what is asked of it; it sees the case from then on and is told."""
    incident = Incident.objects.select_related("agency").get(pk=incident.pk)
    exhibits = list(Exhibit.objects.filter(pk__in=[each.pk for each in exhibits]).order_by("pk"))
    asked_for = {"laboratory": laboratory, "asked": asked, "note": note, "needed_on": needed_on}
    access.enforce(policies.ask_laboratory, by, incident, exhibits=exhibits, **asked_for)
    if not queries.laboratories_of(incident.agency).filter(pk=laboratory.pk).exists():
        raise access.Refused(f"{laboratory} is no laboratory of your center. Choose one that is.", "lab_requests.send")
    request = LabRequest.objects.create(
        incident=incident,
        agency=incident.agency,
        laboratory=laboratory,
        asked=asked,
        note=note.strip(),
        priority=priority,
        needed_on=needed_on,
        requested_at=at,
        requested_by=by,
    )
    LabRequestItem.objects.bulk_create(LabRequestItem(request=request, exhibit=each) for each in exhibits)
    audit.record(
        "lab_request.sent", request, by=by, laboratory=laboratory.pk, asked=asked, exhibits=[e.pk for e in exhibits]
    )
    _go(request, exhibits, by=by, at=at, condition=condition, seal=seal)
    return request


def _go(request, exhibits, *, by, **how):
    """The legs of what goes to the laboratory; what is there already is asked about where it lies."""
    site = request.laboratory
    going = [each for each in exhibits if each.held_by_id != site.pk]
    for place, exhibit in enumerate(going):
        custody.record(
            exhibit=exhibit,
            by=by,
            purpose=Purpose.TO_LABORATORY,
            to_whom=site.name,
            # One case is shared once, and one notice is enough.
            laboratory=None if place else site,
            note=f"{request}: {request.get_asked_display()}",
            **how,
        )
    if not going:
        notify(queries.people_with(Permission.ACQUISITION_RECORD, site), "exhibit.sent", exhibits[0], by=by)


def _held(request):
    held = LabRequest.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("agency", "laboratory", "incident").get(pk=request.pk)


def _exhibits(request):
    found = Exhibit.objects.filter(lab_items__request=request).select_related("agency", "incident", "held_by")
    return found.order_by("pk")


def _move(request, by, to, **values):
    before = request.status
    for name, value in {"status": to, **values}.items():
        setattr(request, name, value)
    request.save(update_fields=["status", *values])
    audit.record(
        f"lab_request.{Status(to).value}", request, by=by, agency=request.laboratory, before=before,
        reason=request.reason,
    )  # fmt: skip
    return request


@transaction.atomic
def receive(*, request, at, by, condition="", seal=""):
    """The laboratory has the exhibits: the NIBIN clock begins for those that are to be entered."""
    request = _held(request)
    access.enforce(policies.receive_request, by, request, at=at)
    site = request.laboratory
    for exhibit in _exhibits(request):
        if exhibit.held_by_id == site.pk:
            continue
        seen = {"condition": condition, "seal": seal}
        for_nibin = request.asked in LabRequest.NIBIN
        if for_nibin and policies.receive_exhibit(by, exhibit, site=site, received_at=at) is None:
            acquisitions.receive(exhibit=exhibit, site=site, received_at=at, by=by, **seen)
        else:
            custody.record(
                exhibit=exhibit,
                by=by,
                purpose=Purpose.RECEIVED,
                to_whom=site.name,
                to_agency=site,
                to_person=by,
                at=at,
                **seen,
            )
    return _move(request, by, Status.RECEIVED, received_at=at, received_by=by)


@transaction.atomic
def finish(*, request, result, at, by):
    """The work is done; the exhibits wait to go back."""
    request = _held(request)
    access.enforce(policies.finish_request, by, request, result=result, at=at)
    return _move(request, by, Status.DONE, result=result.strip(), done_at=at, done_by=by)


@transaction.atomic
def send_back(*, request, at, by, to_whom="", condition="", seal="", result=""):
    """The exhibits go back to their agency, test fires of them that are here included; it is told."""
    request = _held(request)
    access.enforce(policies.return_request, by, request, at=at)
    mine = _exhibits(request)
    fired = Exhibit.objects.filter(fired_from__in=mine, held_by=request.laboratory)
    for exhibit in [*mine, *fired.select_related("agency", "incident", "held_by")]:
        if exhibit.held_by_id == request.laboratory_id:
            custody.record(
                exhibit=exhibit,
                by=by,
                purpose=Purpose.RETURNED,
                to_whom=to_whom or request.agency.name,
                at=at,
                condition=condition,
                seal=seal,
            )
    more = {"result": result.strip()} if result.strip() else {}
    request = _move(request, by, Status.RETURNED, returned_at=at, returned_by=by, **more)
    notify(queries.people_with(Permission.INCIDENT_EDIT, request.agency), "exhibit.back", request, by=by)
    return request


@transaction.atomic
def decline(*, request, reason, by):
    """The laboratory does not do what is asked, and says why."""
    request = _held(request)
    access.enforce(policies.decline_request, by, request, reason=reason)
    request = _move(request, by, Status.DECLINED, reason=reason.strip())
    notify(queries.people_with(Permission.INCIDENT_EDIT, request.agency), "lab_request.declined", request, by=by)
    return request


@transaction.atomic
def cancel(*, request, reason, by):
    """The agency does not need it any more, before the laboratory has the exhibits."""
    request = _held(request)
    access.enforce(policies.cancel_request, by, request, reason=reason)
    return _move(request, by, Status.CANCELLED, reason=reason.strip())
