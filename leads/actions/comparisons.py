"""What an examiner finds of pairs of cases, and what follows for the line: hits, events taken off, corrections."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.access import Refused
from agencies.notifications import notify
from leads.actions._confirming import enter_status, locked
from leads.actions._leads import hold
from leads.actions._pairs import doubt
from leads.actions._reported import RECORD, follow, write
from leads.models import Comparison, ConfirmationRequest, Lead
from leads.policies import confirmation as policies
from leads.queries import confirmations

Status, Result = Comparison.Status, Comparison.Result


@transaction.atomic
def record(*, lead, results, report, reported_on, by, verified_by=None, request=None, ends=True, note="", now=None):
    """Record what one report says of pairs of a line (`results`: of `Found`). Under a request it answers that, unless
    more is to come (`ends`).
    """
    now = now or timezone.now()
    if request:
        request = locked(request)
        lead = request.lead
    else:
        (lead,) = hold(Lead.objects.filter(pk=lead.pk))
    access.enforce(policies.record, by, lead, request=request)
    place = request.laboratory if request else lead.site or lead.agency
    access.enforce(policies.verify, by, [each.result for each in results], verified_by, place)
    if not results or not report.strip():
        raise Refused("Say what the report found of one pair at least, and its number.", RECORD, lead)
    under = {"report": report.strip(), "reported_on": reported_on, "verified_by": verified_by, "note": note.strip()}
    for each in results:
        write(lead, each, by=by, now=now, request=request, **under)
    if request and ends:
        enter_status(request, ConfirmationRequest.Status.REPORTED, by=by, reported_at=now, reported_by=by)
    kinds = {each.result for each in results}
    verb = "lead.confirmed" if Result.CONFIRMED in kinds else "lead.compared"
    follow(lead, verb, by=by, now=now, also=confirmations.told_of_report(request))
    return lead


def _held(comparison):
    (lead,) = hold(Lead.objects.filter(pk=comparison.lead_id))
    rows = Comparison.objects.select_for_update(of=["self"], no_key=True)
    found = rows.select_related("request__laboratory", "first", "second", "recorded_by").get(pk=comparison.pk)
    found.lead = lead
    return found


@transaction.atomic
def correct(*, comparison, result, report, reported_on, reason, by, off=None, now=None):
    """Propose another result of a pair, with a reason. Until somebody else agrees, the former stands."""
    now = now or timezone.now()
    before = _held(comparison)
    access.enforce(policies.correct, by, before, reason=reason)
    if off and off.pk not in (before.first_id, before.second_id):
        raise Refused("Take off one of the two events that were compared.", "comparisons.correct", before)
    made = Comparison.objects.create(
        lead=before.lead, request=before.request, first_id=before.first_id, second_id=before.second_id, result=result,
        off=off if result == Result.ELIMINATED else None, report=report.strip(), reported_on=reported_on,
        reason=reason.strip(), replaces=before, recorded_at=now, recorded_by=by,
    )  # fmt: skip
    audit.record(
        "comparison.proposed", made, by=by, agency=before.lead.agency, lead=before.lead.number, reason=made.reason,
        before=before.result, result=result,
    )  # fmt: skip
    notify(
        confirmations.receiving(policies.place(before)),
        "comparison.proposed",
        made,
        by=by,
        label=before.lead.number,
        now=now,
    )
    return made


@transaction.atomic
def agree(*, comparison, by, now=None):
    """A second person agrees: the correction stands, and the line is what it comes to by that."""
    now = now or timezone.now()
    made = _held(comparison)
    access.enforce(policies.settle, by, made)
    before = Comparison.objects.select_for_update(no_key=True).get(pk=made.replaces_id)
    if before.status != Status.STANDING:
        raise Refused("The result that it corrects does not stand any more. Refuse it.", "comparisons.agree", made)
    before.status = Status.SUPERSEDED
    before.save(update_fields=["status"])
    made.status, made.settled_at, made.settled_by = Status.STANDING, now, by
    made.save(update_fields=["status", "settled_at", "settled_by"])
    if made.result != Result.CONFIRMED:
        doubt(made.first_id, made.second_id)
    told = {"lead": made.lead.number, "before": before.result, "result": made.result, "reason": made.reason}
    audit.record("comparison.corrected", made, by=by, agency=made.lead.agency, **told)
    follow(made.lead, "lead.corrected", by=by, now=now, also=[made.recorded_by])
    return made


@transaction.atomic
def refuse(*, comparison, by, now=None):
    """A second person does not agree: the former result stands, and the proposal stays on record."""
    now = now or timezone.now()
    made = _held(comparison)
    access.enforce(policies.settle, by, made)
    made.status, made.settled_at, made.settled_by = Status.REFUSED, now, by
    made.save(update_fields=["status", "settled_at", "settled_by"])
    audit.record("comparison.refused", made, by=by, agency=made.lead.agency, lead=made.lead.number)
    notify([made.recorded_by], "comparison.refused", made, by=by, label=made.lead.number, now=now)
    return made
