"""What every step of a request for confirmation does: lock and re-read it, then enter a state."""

from agencies import audit
from leads.actions._leads import hold
from leads.models import ConfirmationRequest, Lead


def locked(request):
    """The request as it stands, held until the transaction ends; its lead is held first, as everywhere."""
    (lead,) = hold(Lead.objects.filter(pk=request.lead_id))
    held = ConfirmationRequest.objects.select_for_update(of=["self"], no_key=True)
    found = held.select_related("agency", "laboratory__calendar", "examiner", "requested_by").get(pk=request.pk)
    found.lead = lead
    return found


def enter_status(request, status, *, by, **values):
    before = request.status
    for name, value in {"status": status, **values}.items():
        setattr(request, name, value)
    request.save(update_fields=["status", *values])
    told = {"lead": request.lead.number, "before": before, "reason": values.get("reason", "")}
    audit.record(f"confirmation.{status.value}", request, by=by, agency=request.laboratory, **told)
    return request
