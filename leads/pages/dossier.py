"""Everything the page of one lead reads, in a constant number of statements. The caller has found the lead itself."""

from typing import NamedTuple

from django.db.models import Count, Q

from agencies.models import Agency, AuditEvent
from agencies.roles import Permission, roles_with
from evidence import queries as evidence
from evidence.models import Incident
from leads.lists.held import released_unreviewed
from leads.models import (
    Activity,
    Comparison,
    ConfirmationRequest,
    Escalation,
    Lead,
    LeadEvent,
    LeadFile,
    Obligation,
    Referral,
)
from leads.pages.feed import DEEDS
from leads.queries import confirmations, entities, obligations_of, told

FEED = 14


class Dossier(NamedTuple):
    """The parts of a lead; `cases` are the ids of the incidents that the reader may open,
    `review` the site's own review under which it went out, `reviews_here` whether the site keeps these in the portal,
    `let_go` the notice that somebody released without a second review.
    """

    events: list
    cases: set
    obligations: list
    escalations: list
    activities: list
    deeds: list
    files: list
    viewers: list
    referrals: list
    review: object
    reviews_here: bool
    let_go: object
    cluster: object
    every: list
    requests: list
    comparisons: list
    assertions: list
    enrichment: list


def read(lead, user, *, whole=False):
    """The dossier of a lead; what was done is cut to the newest entries unless the `whole` of it is asked for."""
    every = list(LeadEvent.every.filter(lead=lead).select_related("agency", "confirmed_by"))
    events = [event for event in every if event.withdrawn_at is None]
    obligations = obligations_of(lead)
    files = list(lead.files.select_related("file", "agency", "added_by"))
    most = None if whole else FEED + 1
    escalations = Escalation.objects.filter(obligation__in=obligations).select_related("obligation__agency")
    requests, comparisons = confirmations.requests_of(lead), confirmations.comparisons_of(lead)
    incidents = [event.incident_id for event in events if event.incident_id]
    return Dossier(
        events=events,
        cases=set(Incident.objects.visible_to(user).filter(pk__in=incidents).values_list("pk", flat=True)),
        obligations=obligations,
        escalations=list(told.of_escalations(escalations)),
        activities=list(Activity.objects.filter(lead=lead).select_related("by", "agency")[:most]),
        deeds=list(deeds(lead, obligations, every, files, requests, comparisons)[:most]),
        files=files,
        viewers=viewers(lead),
        referrals=list(Referral.objects.visible_to(user).filter(lead=lead).select_related("office")),
        review=(review := evidence.reviewers_of(lead.number, lead.site) if lead.site else None),
        reviews_here=(here := bool(review) or bool(lead.site and evidence.reviews_here(lead.site, lead.notice_on))),
        let_go=released_unreviewed(lead) if _may_lack_review(lead, review, here) else None,
        cluster=lead.in_cluster.cluster if hasattr(lead, "in_cluster") else None,
        every=every,
        requests=requests,
        comparisons=comparisons,
        assertions=entities.assertions_on([lead], user),
        enrichment=list(lead.enrichment.select_related("changed_by")),
    )


def _may_lack_review(lead, review, here):
    return (here and not (review and review.second_by_id)) or bool(lead.reviewer_1 and not review)


def deeds(lead, obligations, events, files, requests=(), comparisons=()):
    """What the audit log tells readers about a lead and what hangs on it, newest first."""
    either = Q()
    told = ((Lead, [lead]), (Obligation, obligations), (LeadEvent, events), (LeadFile, files))
    for model, records in (*told, (ConfirmationRequest, requests), (Comparison, comparisons)):
        either |= Q(object_type=model._meta.label_lower, object_id__in=[each.pk for each in records])
    return AuditEvent.objects.filter(either, verb__in=list(DEEDS)).select_related("by", "agency").order_by("-id")


def viewers(lead):
    """The agencies that may see a lead, each with the number of its people whose role shows leads."""
    sees = Q(
        memberships__ended_at=None,
        memberships__user__is_active=True,
        memberships__role__in=roles_with(Permission.LEAD_VIEW),
    )
    granted = Agency.objects.filter(group_id__in=lead.grants.values("group_id"))
    return list(granted.annotate(people=Count("memberships__user", filter=sees, distinct=True)))
