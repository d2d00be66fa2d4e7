"""The statutes of an office."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import agencies_with, has_permission, requires
from agencies.models import Agency
from agencies.roles import Permission
from evidence.views import steps
from leads.actions import statutes
from leads.forms.court import StatuteForm
from leads.models import Statute
from leads.pages import court as pages
from leads.policies import court as policies
from leads.queries import court as queries


def _offices(request):
    mine = agencies_with(request.user, Permission.REFERRAL_DECIDE)
    return Agency.objects.filter(pk__in=mine, kind__in=Agency.PROSECUTORS).order_by("code")


@require_safe
@requires(Permission.REFERRAL_VIEW)
def statute_list(request):
    """Ours of the federal statutes, and before them those of one's own offices."""
    own = Statute.objects.visible_to(request.user).used().select_related("office")[: queries.MOST_STATUTES]
    may_decide = has_permission(request.user, Permission.REFERRAL_DECIDE)
    context = pages.table(own, may_add=_offices(request).exists()) | {"may_decide": may_decide}
    return render(request, "leads/statutes.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def statute_new(request):
    offices = _offices(request)
    form = StatuteForm(request.POST or None, offices=offices)
    told = "The statute stands in the table, for charges that are recorded from now on."
    done = steps.take(request, form, statutes.add, told, reverse("statutes"))
    return done or render(request, "leads/statute_new.html", {"form": form, "may": offices.exists()})


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def statute_end(request, pk):
    visible = Statute.objects.visible_to(request.user).select_related("office")
    found = steps.reach(request, visible, pk, policies.end_statute)
    act, told = partial(statutes.end, statute=found), "It is taken out. What was charged by it keeps what it said."
    done = steps.take(request, None, act, told, reverse("statutes"))
    return done or render(request, "leads/statute_end.html", {"statute": pages.statute(found.line)})
