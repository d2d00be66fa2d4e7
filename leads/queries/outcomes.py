"""Outcomes: which one somebody may mean, and which parts name one."""

from datetime import timedelta

from django.db.models import Q

from agencies.models import Agency
from leads.models import ClusterLead, Obligation, Outcome

MOST, NEAR = 12, timedelta(days=90)


def parts_of(outcome, user):
    """The parts that a person sees which name this one, or one that was found to be it, by lead."""
    # Which these are is found first: asked of each part, every part that names any outcome would be read.
    names = Outcome.objects.filter(Q(pk=outcome.pk) | Q(merged_into=outcome)).values("pk")
    found = Obligation.objects.visible_to(user).filter(named_outcome__in=names, state=Obligation.State.CLOSED)
    return found.select_related("lead", "agency", "named_outcome").order_by("-closed_at", "-id")


def likely(obligation, user, *, today):
    """Outcomes that somebody who closes a part may mean, of those they see: named on the lead or on one of its
    cluster, or done by the agency lately.
    """
    inside = ClusterLead.objects.filter(lead=obligation.lead_id).values("cluster")
    leads = ClusterLead.objects.filter(cluster__in=inside).values("lead")
    seen = Obligation.objects.visible_to(user).exclude(named_outcome=None)
    named = seen.filter(Q(lead=obligation.lead_id) | Q(lead__in=leads)).values("named_outcome")
    own = Q(agency=obligation.agency_id, happened_on__gte=today - NEAR)
    found = Outcome.objects.visible_to(user).filter(Q(pk__in=named) | own, merged_into=None)
    return _choice(found, MOST)


def alike(outcome, user):
    """Outcomes that a person sees and that may be the same: of its kind, within ninety days of it."""
    near = (outcome.happened_on - NEAR, outcome.happened_on + NEAR)
    centers = {outcome.agency_id, outcome.agency.parent_id} - {None}
    same = Outcome.objects.visible_to(user).filter(kind=outcome.kind, happened_on__range=near, merged_into=None)
    same = same.filter(Q(agency__in=centers) | Q(agency__parent__in=centers)).exclude(pk=outcome.pk)
    return _choice(same, 4 * MOST)


def _choice(found, most):
    """The newest of these, for a field that is asked for one of them again."""
    newest = found.order_by("-happened_on", "-id").values("pk")[:most]
    return Outcome.objects.filter(pk__in=newest).select_related("agency").order_by("-happened_on", "-id")


def doers(obligation):
    """The agencies that may have done it: those with a part in the lead."""
    found = Agency.objects.filter(obligations__lead=obligation.lead_id)
    return found.distinct().order_by("name")
