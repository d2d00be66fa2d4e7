"""Confirmation: who may be asked and by whom, what is on record of a line, and what the pairs of a period come to."""

from django.db.models import Q

from agencies import access
from agencies.models import Agency
from agencies.roles import Permission
from evidence import queries as evidence
from leads.models import Comparison, ConfirmationRequest, LeadEvent

ASKS = (Permission.REFERRAL_MAKE, Permission.LEAD_TRIAGE, Permission.REFERRAL_DECIDE)


def laboratories(lead):
    """Where a lead's specimens can be compared: the site that gave notice first, then the center's other ones."""
    found = list(evidence.laboratories_of(lead.agency))
    site = lead.site if lead.site_id and lead.site.kind == Agency.Kind.LABORATORY else None
    return [*([site] if site else []), *(each for each in found if each != site)]


def asking_ids(user):
    """The agencies in whose name a person asks at all."""
    return {pk for right in ASKS for pk in access.agencies_with(user, right)}


def asking_agencies(user, lead):
    """The agencies in whose name a person asks for confirmation: those of theirs that have a part in the lead or keep
    it, and a prosecutor's office to which a case on it was referred.
    """
    parts = Q(obligations__lead=lead) | Q(pk=lead.agency_id) | Q(referrals_received__lead=lead)
    return Agency.objects.filter(parts, pk__in=asking_ids(user)).order_by("name").distinct()


def examiners(laboratory):
    """Who compares specimens there."""
    return evidence.people_with(Permission.LEAD_CONFIRM, laboratory)


def receiving(laboratory):
    """Who hears of what is asked of a laboratory: its examiners and those who give their work out."""
    return {*examiners(laboratory), *evidence.people_with(Permission.OBLIGATION_ASSIGN, laboratory)}


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
