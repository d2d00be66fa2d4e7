"""Confirmation: who may be asked and by whom, what is on record of a line, and what the pairs of a period come to."""

from agencies.models import Agency
from agencies.roles import Permission
from evidence import queries as evidence
from leads.models import Comparison, ConfirmationRequest, LeadEvent
from leads.standing import confirmations as standing


def laboratories(lead):
    """Where a lead's specimens can be compared: the site that gave notice first, then the center's other ones."""
    found = list(evidence.laboratories_of(lead.agency))
    site = lead.site if lead.site_id and lead.site.kind == Agency.Kind.LABORATORY else None
    return [*([site] if site else []), *(each for each in found if each != site)]


def receiving(laboratory):
    """Who hears of what is asked of a laboratory: its examiners and those who give their work out."""
    return {*standing.examiners(laboratory), *evidence.people_with(Permission.OBLIGATION_ASSIGN, laboratory)}


def whole(user):
    """Visible requests with everything their page shows."""
    return ConfirmationRequest.objects.visible_to(user).select_related(
        "lead__agency", "lead__site", "agency", "laboratory__calendar", "requested_by", "received_by", "examiner",
        "assigned_by", "reported_by", "returned_by", "cancelled_by",
    )  # fmt: skip


def requests_of(lead):
    """What was asked about a lead, with the events that each names."""
    found = lead.confirmation_requests.select_related("laboratory", "agency", "requested_by", "examiner")
    return list(found.prefetch_related("items"))


def comparisons_of(lead):
    """Every result on record of a lead, whether it stands or not."""
    return list(lead.comparisons.select_related("recorded_by", "verified_by", "settled_by", "request__laboratory"))


def visible_comparisons(user):
    return Comparison.objects.visible_to(user).select_related(
        "lead__agency", "lead__site", "request__laboratory", "first__agency", "second__agency", "recorded_by",
        "verified_by",
    )  # fmt: skip


def told_of_report(request):
    """Who asked for it, while they still see the lead."""
    if request is None:
        return set()
    return set(evidence.people_with(Permission.LEAD_VIEW, request.agency).filter(pk=request.requested_by_id))


def events_of(lead):
    """Every event of a lead, also those that were withdrawn."""
    return list(LeadEvent.every.filter(lead=lead).select_related("agency"))


def standing_results(lead):
    """{(id, id): result} of the pairs of a lead that have one."""
    found = lead.comparisons.filter(status=Comparison.Status.STANDING).values_list("first", "second", "result")
    return {(first, second): result for first, second, result in found}
