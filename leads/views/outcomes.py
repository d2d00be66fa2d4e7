"""Arrests, warrants and recovered guns that leads came to, each once; and which of them are one."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import walk
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing
from evidence.views import steps
from leads.actions import outcomes as actions
from leads.forms.outcomes import MergeForm
from leads.insight import outcomes as insight
from leads.insight import scope
from leads.models import Outcome
from leads.pages import outcome as outcomepage
from leads.policies import outcomes as policies_outcomes
from leads.queries import outcomes as found


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def outcomes(request):
    """The rows of a number of the board: what was closed in thirty days, each outcome once."""
    reach, kind = scope.of(request.user), listing.chosen(request, "kind", Outcome.Kind.values)
    agency = walk.whole(request.GET.get("agency", ""))
    agency = agency if agency in reach.agencies else None
    asked = {"now": timezone.now(), "kind": kind, "agency": agency, "after": request.GET.get("after")}
    rows, older = insight.page(reach, request.user, **asked)
    context = outcomepage.frame(rows, kind, agency, reach) | {
        "older": listing.address(request, after=older) if older else "",
        "newer": listing.address(request) if request.GET.get("after") else "",
    }
    return render(request, "leads/outcomes.html", context)


def _visible(request):
    return Outcome.objects.visible_to(request.user).select_related("agency", "merged_into__agency", "merged_by")


@require_safe
@requires(Permission.LEAD_VIEW)
def outcome(request, pk):
    one = get_object_or_404(_visible(request), pk=pk)
    into = _visible(request).filter(pk=one.merged_into_id).first() if one.merged_into_id else None
    merged = list(_visible(request).filter(merged_into=one).order_by("pk"))
    parts = list(found.parts_of(one, request.user)[: walk.PAGE])
    return render(request, "leads/outcome.html", outcomepage.page(one, parts, merged, into, request.user))


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def outcome_merge(request, pk):
    one = steps.reach(request, _visible(request), pk, policies_outcomes.merge)
    form = MergeForm(request.POST or None, alike=found.alike(one, request.user))
    done = steps.take(request, form, partial(actions.merge, outcome=one), "They are one: it counts once everywhere.")
    return done or render(request, "leads/outcome_merge.html", {"form": form, "one": outcomepage.row(one)})


@require_POST
@requires(Permission.LEAD_TRIAGE)
def outcome_part(request, pk):
    one = steps.reach(request, _visible(request), pk, policies_outcomes.part)
    return steps.take(request, None, partial(actions.part, outcome=one), "Taken apart: each counts by itself again.")
