"""Deconfliction: asking other agencies, reviewing who asked, and what an agency answers."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import agencypage
from agencies.access import allows, requires
from agencies.roles import Permission
from evidence import listing
from evidence.views import steps
from leads import queries
from leads.actions import deconfliction as actions
from leads.forms.deconfliction import GunForm, PersonForm, ReviewForm, RuleForm
from leads.pages import deconflict as deconflictpage
from leads.policies import deconfliction as policies
from leads.queries import deconfliction as found

ASKED = {"": (GunForm, actions.ask_gun), "person": (PersonForm, actions.ask_person)}


@require_http_methods(["GET", "POST"])
@requires(Permission.DECONFLICT_ASK)
def deconflict(request):
    """Ask, and see one's own last questions."""
    now, zone = timezone.now(), queries.reader(request.user).zone
    agencies, show = found.asking_agencies(request.user), listing.chosen(request, "by", ASKED)
    form, act = ASKED[show]
    form = form(request.POST or None, agencies=agencies)
    # Asked until one may: each answer is counted in the database.
    may_ask = any(allows(policies.ask, request.user, each, now=now) for each in agencies)
    if done := steps.take(request, form, act, "Asked."):
        return done
    context = {
        "form": form, "rows": [deconflictpage.own(each, zone, now) for each in found.mine(request.user)],
        "shut": "" if may_ask else allows(policies.ask, request.user, agencies[0], now=now).reason,
        "by_person": show == "person", "views": listing.views(request, "by", deconflictpage.WAYS, show),
    }  # fmt: skip
    return render(request, "leads/deconflict.html", context)


@require_safe
@requires(Permission.DECONFLICT_ASK, Permission.DECONFLICT_REVIEW)
def inquiry(request, pk):
    """What a question was answered with: contacts, and nothing of the records."""
    one, now = get_object_or_404(found.one(request.user), pk=pk), timezone.now()
    may_review = allows(policies.review, request.user, one)
    context = {
        "one": one, "answers": found.answers_of(one), "facts": deconflictpage.facts(one, now),
        "may_review": may_review, "form": ReviewForm() if may_review else None,
        "own": one.asked_by_id == request.user.pk,
    }  # fmt: skip
    return render(request, "leads/inquiry.html", context)


@require_http_methods(["POST"])
@requires(Permission.DECONFLICT_REVIEW)
def inquiry_review(request, pk):
    one = steps.reach(request, found.one(request.user), pk, policies.review)
    form = ReviewForm(request.POST)
    done = steps.take(request, form, partial(actions.review, inquiry=one), "Reviewed.", "inquiries")
    return done or redirect(one)


@require_safe
@requires(Permission.DECONFLICT_REVIEW)
def inquiries(request):
    """Who asked other agencies, for review."""
    now, tabs = timezone.now(), deconflictpage.TABS
    show = listing.chosen(request, "show", dict(tabs))
    rows = found.inquiries(request.user, show=show, cursor=request.GET.get("after"))
    context = {
        "page": listing.page(request, rows, "asked_at", partial(deconflictpage.row, now=now)),
        "views": listing.views(request, "show", tabs, show), "show": show,
    }  # fmt: skip
    return render(request, "leads/inquiries.html", context)


@require_safe
@requires(Permission.DECONFLICT_REVIEW)
def inquiries_held(request):
    """Who asked about records of one's own agency."""
    now = timezone.now()
    rows = found.asked_of_us(request.user, cursor=request.GET.get("after"))
    page = listing.page(request, rows, "answered_at", partial(deconflictpage.held, now=now))
    return render(request, "leads/inquiries_held.html", {"page": page})


@require_safe
@requires(Permission.DECONFLICT_REVIEW)
def inquiry_answer(request, pk):
    one, now = get_object_or_404(found.answer(request.user), pk=pk), timezone.now()
    when = deconflictpage.words.moment(one.answered_at, one.holder.zone, now)
    context = {"one": one, "record": found.record_of(one, request.user), "when": when}
    return render(request, "leads/inquiry_answer.html", context)


@require_safe
@requires(Permission.AGENCY_MANAGE)
def deconfliction_rules(request):
    """Who keeps one agency is taken to it at once."""
    rows = [deconflictpage.rule(*each) for each in found.rules(agencypage.kept(request.user), policies.ANSWER)]
    if len(rows) == 1:
        return redirect(rows[0]["url"])
    return render(request, "leads/deconfliction_rules.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def deconfliction_rule(request, pk):
    agency = steps.reach(request, agencypage.kept(request.user), pk, policies.set_rule)
    form = RuleForm(request.POST or None, instance=found.rule_of(agency))
    if form.is_valid():
        actions.set_rule(agency=agency, by=request.user, **form.cleaned_data)
        messages.success(request, f"{agency}: what other agencies are answered is set.")
        return redirect(request.path)
    return render(request, "leads/deconfliction_rule.html", {"form": form, "agency": agency})
