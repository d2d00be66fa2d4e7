"""The statutes of an office, and what the statuses of court files mean."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import agencies_with, requires
from agencies.models import Agency
from agencies.roles import Permission
from evidence.views import steps
from leads.actions import spellings, statutes
from leads.forms.court import MeaningForm, StatuteForm
from leads.models import StatusSpelling, Statute
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
    return render(request, "leads/statutes.html", pages.table(own, may_add=_offices(request).exists()))


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


@require_safe
@requires(Permission.LEAD_TRIAGE, Permission.REFERRAL_DECIDE)
def court_statuses(request):
    """Spellings that wait for a meaning, and what was said of others."""
    waiting, said = queries.waiting(request.user), queries.said(request.user)
    context = {"waiting": waiting, "said": [pages.said(each) for each in said], "most": queries.MOST_SPELLINGS}
    return render(request, "leads/court_statuses.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE, Permission.REFERRAL_DECIDE)
def court_status(request, pk):
    visible = StatusSpelling.objects.visible_to(request.user).select_related("center")
    found = steps.reach(request, visible, pk, policies.say_meaning)
    form = MeaningForm(request.POST or None, initial={"meaning": found.meaning})
    told = "Said. Every docket at this status is folded, and those of later files."
    done = steps.take(request, form, partial(spellings.say, spelling=found), told, reverse("court_statuses"))
    return done or render(request, "leads/court_status.html", {"spelling": found, "form": form})
