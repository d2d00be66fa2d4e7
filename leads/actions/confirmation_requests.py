"""A laboratory is asked to compare events of a line, and takes the request on or sends it back."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads.actions._confirming import enter_status, locked
from leads.actions._leads import hold
from leads.models import ConfirmationItem, ConfirmationRequest, Lead
from leads.policies import confirmation as policies
from leads.queries import confirmations as queries
from leads.standing import confirmations as standing

Status = ConfirmationRequest.Status


@transaction.atomic
def ask(*, lead, agency, laboratory, events, needed_on, by, court_on=None, note="", evidence=None, now=None):
    """Ask a laboratory to compare events with each other. `evidence`: {id of an event: what of it is submitted}. The
    laboratory sees the lead from now on.
    """
    now = now or timezone.now()
    (lead,) = hold(Lead.objects.filter(pk=lead.pk))
    held = list(lead.events.filter(pk__in=[event.pk for event in events]).order_by("pk"))
    access.enforce(policies.ask, by, lead, events=held)
    if not standing.asking_agencies(by, lead).filter(pk=agency.pk).exists():
        raise Refused("Ask in the name of an agency of yours with a part in this lead.", "confirmations.ask", lead)
    if laboratory not in queries.laboratories(lead):
        raise Refused("Choose a laboratory of this center.", "confirmations.ask", lead)
    made = ConfirmationRequest.objects.create(
        lead=lead,
        agency=agency,
        laboratory=laboratory,
        needed_on=needed_on,
        court_on=court_on,
        note=note.strip(),
        requested_at=now,
        requested_by=by,
    )
    items = [
        ConfirmationItem(request=made, event=event, evidence=((evidence or {}).get(event.pk) or "").strip()[:120])
        for event in held
    ]
    ConfirmationItem.objects.bulk_create(items)
    access.share(lead, laboratory)
    audit.record(
        "confirmation.asked", made, by=by, agency=agency, lead=lead.number, laboratory=laboratory.code,
        events=[event.pk for event in held],
    )  # fmt: skip
    notify(queries.receiving(laboratory), "confirmation.asked", made, by=by, label=lead.number, now=now)
    return made


@transaction.atomic
def receive(*, request, by, now=None):
    """The laboratory takes the request on: from now on its turnaround counts."""
    request = locked(request)
    access.enforce(policies.receive, by, request)
    return enter_status(request, Status.RECEIVED, by=by, received_at=now or timezone.now(), received_by=by)


@transaction.atomic
def assign(*, request, examiner, by, now=None):
    """Give a request to an examiner, or to another one; what was not received yet is by that."""
    now = now or timezone.now()
    request = locked(request)
    access.enforce(policies.assign, by, request, examiner=examiner)
    values = {"examiner": examiner, "assigned_at": now, "assigned_by": by}
    if request.received_at is None:
        values |= {"received_at": now, "received_by": by}
    enter_status(request, Status.ASSIGNED, by=by, **values)
    notify([examiner], "confirmation.assigned", request, by=by, label=request.lead.number, now=now)
    return request


@transaction.atomic
def send_back(*, request, reason, by, now=None):
    """The laboratory cannot compare it as it is, and says what is missing."""
    now = now or timezone.now()
    request = locked(request)
    access.enforce(policies.return_, by, request, reason=reason)
    enter_status(request, Status.RETURNED, by=by, returned_at=now, returned_by=by, reason=reason.strip())
    notify([request.requested_by], "confirmation.returned", request, by=by, label=request.lead.number, now=now)
    return request


@transaction.atomic
def ask_again(*, request, needed_on, by, note="", now=None):
    """What was missing is there: the same request goes to the laboratory anew, and its turnaround begins anew."""
    now = now or timezone.now()
    request = locked(request)
    access.enforce(policies.again, by, request)
    anew = {f"{verb}_{what}": None for verb in ("received", "assigned", "returned") for what in ("at", "by")}
    enter_status(
        request, Status.ASKED, by=by, requested_at=now, needed_on=needed_on, note=note.strip() or request.note,
        examiner=None, reason="", **anew,
    )  # fmt: skip
    notify(queries.receiving(request.laboratory), "confirmation.asked", request, by=by, label=request.lead.number,
           now=now)  # fmt: skip
    return request


@transaction.atomic
def cancel(*, request, reason, by, now=None):
    """The agency that asked does not need it any more."""
    now = now or timezone.now()
    request = locked(request)
    access.enforce(policies.cancel, by, request, reason=reason)
    enter_status(request, Status.CANCELLED, by=by, cancelled_at=now, cancelled_by=by, reason=reason.strip())
    heard = [request.examiner] if request.examiner else queries.receiving(request.laboratory)
    notify(heard, "confirmation.cancelled", request, by=by, label=request.lead.number, now=now)
    return request
