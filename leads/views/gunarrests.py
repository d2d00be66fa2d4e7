"""Arrests that a federal office looks through each day, and whether its center shows them."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import allows, requires
from agencies.roles import Permission
from evidence import listing
from evidence.views import steps
from leads import eligibility, queries
from leads.actions import gunarrests
from leads.forms.dates import ArrestForm, ArrestRuleForm
from leads.models import GunArrest
from leads.pages import arrest as arrestpage
from leads.policies import arrests as policies
from leads.queries import arrests as found


def _row(request, arrests, now):
    records, referrals = found.records(arrests), found.referred(arrests, request.user)
    zone = queries.reader(request.user).zone
    return [arrestpage.row(each, records[each.pk], referrals.get(each.pk), request.user, now, zone) for each in arrests]


@require_safe
@requires(Permission.REFERRAL_DECIDE)
def gun_arrests(request):
    """What waits for an answer, carried from day to day, and what was answered."""
    show = listing.chosen(request, "show", ("answered",)) or "open"
    rows, later = found.rows(request.user, show, after=request.GET.get("after"))
    context = {
        "rows": _row(request, rows, timezone.now()), "show": show,
        "tabs": arrestpage.tabs(show, listing.capped(found.count(request.user))),
        "empty": arrestpage.EMPTY[show] if found.is_shown(request.user) else arrestpage.NO_RULE,
        "older": listing.address(request, after=later) if later else "",
        "newer": listing.address(request) if request.GET.get("after") else "",
        "check": eligibility.CHECK, "person": eligibility.PERSON,
    }  # fmt: skip
    return render(request, "leads/gun_arrests.html", context)


def _visible(request):
    related = ("office", "outcome__agency", "answered_by")
    return GunArrest.objects.visible_to(request.user).select_related(*related)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_MAKE, Permission.REFERRAL_DECIDE)
def gun_arrest(request, pk):
    """One arrest: the office answers, the agency that made it reads what is asked."""
    one, now = get_object_or_404(_visible(request), pk=pk), timezone.now()
    if request.method == "POST":
        steps.reach(request, _visible(request), pk, policies.answer)
    may = allows(policies.answer, request.user, one)
    form = ArrestForm(request.POST or None, arrest=one) if may else None
    act = partial(gunarrests.answer, arrest=one)
    if form and (done := steps.take(request, form, act, "The answer is kept.", "gun_arrests")):
        return done
    context = {"row": _row(request, [one], now)[0], "form": form, "check": eligibility.CHECK}
    return render(request, "leads/gun_arrest.html", context | {"person": eligibility.PERSON, "back": bool(may)})


@require_safe
@requires(Permission.AGENCY_MANAGE)
def arrest_rules(request):
    rows = arrestpage.rules(found.center_rules(request.user), found.rule_of)
    return render(request, "leads/arrest_rules.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def arrest_rule(request, pk):
    office = steps.reach(request, found.center_rules(request.user), pk, policies.set_rule)
    form = ArrestRuleForm(request.POST or None, initial={"shown": found.rule_of(office).shown})
    act = partial(gunarrests.set_rule, office=office)
    done = steps.take(request, form, act, f"{office}: what it is shown is set.", "arrest_rules")
    return done or render(request, "leads/arrest_rule.html", {"form": form, "office": office})
