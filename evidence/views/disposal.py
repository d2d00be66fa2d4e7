from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries
from evidence.actions import disposals, holds
from evidence.forms.disposal import CarryOutForm, KeepForm, ProposalForm, ReasonForm, RulesForm
from evidence.models import Exhibit, LegalHold
from evidence.pages import custody, details
from evidence.pages import disposal as pages
from evidence.views import steps

BARE = {"listed": False, "checks": [], "what": "", "says": ""}
RECORDS, APPROVES = Permission.INCIDENT_EDIT, Permission.DISPOSAL_APPROVE
TABS = [("due", "Past review"), ("proposed", "To approve"), ("approved", "To carry out"), ("done", "Gone"),
        ("holds", "Legal holds")]  # fmt: skip


def _exhibits(request):
    return Exhibit.objects.visible_to(request.user).select_related("incident", "agency", "held_by", "firearm", "place")


@require_safe
@requires(RECORDS, APPROVES)
def disposal_list(request):
    """What is past its review, waits for approval, is to be carried out, is gone, or on hold."""
    now, view = timezone.now(), listing.chosen(request, "view", [value for value, _ in TABS]) or "due"
    cursor, user, keeps = request.GET.get("after"), request.user, access.has_permission(request.user, RECORDS)
    counts = queries.disposal_counts(user, now.date())
    if view == "due":
        rows, key = queries.to_review(user, now.date(), cursor=cursor), "review_on"
    elif view == "holds":
        rows, key = queries.holds(user, cursor=cursor), "set_at"
    else:
        rows, key = queries.disposals(user, view, cursor=cursor), "proposed_at"
    tabs = listing.views(request, "view", TABS, view)
    context = {
        "page": listing.page(request, rows, key, lambda row: pages.row(row, now, keeps)),
        "views": [
            tab | ({"count": listing.capped(counts[value])} if value in counts else {})
            for tab, (value, _) in zip(tabs, TABS, strict=True)
        ],
        "view": view,
        "keeps": keeps,
        "status": listing.many(counts["due"], "exhibit"),
    }
    return render(request, "evidence/disposals.html", context)


@require_http_methods(["GET", "POST"])
@requires(RECORDS)
def disposal_review(request, pk):
    """Keep an exhibit on, or propose that it goes."""
    exhibit = steps.reach(request, queries.whole_exhibits(request.user), pk, policies.review_exhibit)
    keep = KeepForm(request.POST if "until" in request.POST else None, exhibit=exhibit)
    propose = ProposalForm(request.POST if "method" in request.POST else None)
    if keep.is_valid():
        disposals.keep(exhibit=exhibit, by=request.user, **keep.cleaned_data)
        messages.success(request, f"Exhibit {exhibit} is kept until {keep.cleaned_data['until']:%-d %b %Y}.")
        return redirect("disposals")
    if propose.is_valid():
        made = disposals.propose(exhibit=exhibit, by=request.user, **propose.cleaned_data)
        messages.success(request, f"Proposed. The supervisors and commanders of {exhibit.agency} are told.")
        return redirect(made)
    context = {"exhibit": exhibit, "keep": keep, "propose": propose, "what": _what(exhibit)}
    context["where"] = custody.where(exhibit, timezone.now())
    context["may_propose"] = access.allows(policies.propose_disposal, request.user, exhibit)
    return render(request, "evidence/disposal_review.html", context)


def _what(exhibit):
    return details.what(exhibit, getattr(exhibit, "firearm", None))


@require_safe
@requires(RECORDS, APPROVES)
def disposal(request, pk):
    found, user, now = get_object_or_404(queries.whole_disposals(request.user), pk=pk), request.user, timezone.now()
    gaps = queries.disposal_gaps(found) if found.status in found.LIVE else [gap for gap in found.gaps.split(",") if gap]
    told = access.allows(policies.see_trace, user, found.exhibit)
    context = pages.disposal(found, gaps, now, traced=bool(told)) | {
        "approve": access.allows(policies.approve_disposal, user, found, gaps),
        "send_back": access.allows(policies.send_back_disposal, user, found),
        "waive": access.allows(policies.waive_disposal, user, found) if gaps else None,
        "withdraw": access.allows(policies.withdraw_disposal, user, found),
        "carry_out": access.allows(policies.carry_out_disposal, user, found, gaps),
    }
    return render(request, "evidence/disposal.html", context)


@require_POST
@requires(APPROVES)
def disposal_approve(request, pk):
    found = get_object_or_404(queries.whole_disposals(request.user), pk=pk)
    disposals.approve(disposal=found, by=request.user)
    messages.success(request, f"Approved. {found.proposed_by} is told.")
    return redirect(found)


def _step(request, pk, policy, action, form, title, button, told):
    """A page with one form about one disposal."""
    found = steps.reach(request, queries.whole_disposals(request.user), pk, policy)
    asked = {"user": request.user, "disposal": found} if form is CarryOutForm else {}
    form = form(request.POST or None, **asked)
    done = steps.take(request, form, partial(action, disposal=found), told)
    context = {"form": form, "title": title, "button": button, "back": found.get_absolute_url(), "about": found}
    context |= {"listed": True, "what": _what(found.exhibit), "says": f"{found.get_method_display()}: {found.reason}"}
    if policy is policies.waive_disposal:
        traced = bool(access.allows(policies.see_trace, request.user, found.exhibit))
        context["checks"] = pages.checks(found.exhibit, queries.disposal_gaps(found), traced)
    return done or render(request, "evidence/disposal_step.html", BARE | context)


@require_http_methods(["GET", "POST"])
@requires(RECORDS, APPROVES)
def disposal_waive(request, pk):
    return _step(
        request, pk, policies.waive_disposal, disposals.waive, ReasonForm, "Waive what stands against it", "Waive it",
        "Waived: your reason stands on this page.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(APPROVES)
def disposal_send_back(request, pk):
    told = "Sent back. Who proposed it is told why."
    return _step(
        request, pk, policies.send_back_disposal, disposals.send_back, ReasonForm, "Send it back", "Send back", told
    )


@require_http_methods(["GET", "POST"])
@requires(RECORDS)
def disposal_withdraw(request, pk):
    title, told = "Withdraw the disposal", "Withdrawn. The exhibit stays."
    return _step(request, pk, policies.withdraw_disposal, disposals.withdraw, ReasonForm, title, "Withdraw", told)


@require_http_methods(["GET", "POST"])
@requires(RECORDS)
def disposal_carry_out(request, pk):
    return _step(
        request,
        pk,
        policies.carry_out_disposal,
        disposals.carry_out,
        CarryOutForm,
        "Carry it out",
        "Record that it is gone",
        "On record: the exhibit is gone, and its chain of custody ends here.",
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_VIEW)
def hold_new(request, pk):
    exhibit = steps.reach(request, _exhibits(request), pk, policies.set_hold)
    form = ReasonForm(request.POST or None)
    told = f"Exhibit {exhibit} is on legal hold."
    done = steps.take(request, form, partial(holds.set_hold, exhibit=exhibit), told, exhibit)
    context = {"form": form, "title": "Set a legal hold", "button": "Hold it", "back": exhibit.get_absolute_url()}
    context |= {"about": f"{exhibit.incident.case_number}, exhibit {exhibit.number}", "what": _what(exhibit)}
    return done or render(request, "evidence/disposal_step.html", BARE | context)


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_VIEW)
def hold_lift(request, pk):
    visible = LegalHold.objects.visible_to(request.user).select_related("agency", "exhibit__incident")
    hold = steps.reach(request, visible, pk, policies.lift_hold)
    form, exhibit = ReasonForm(request.POST or None), hold.exhibit
    done = steps.take(request, form, partial(holds.lift, hold=hold), "The hold is lifted.", exhibit)
    context = {"form": form, "title": "Lift the legal hold", "button": "Lift it", "back": exhibit.get_absolute_url()}
    return done or render(request, "evidence/disposal_step.html", BARE | context | {"about": hold.reason})


@require_http_methods(["GET", "POST"])
@requires(RECORDS)
def retention(request):
    """How long the agency keeps each kind before somebody reviews it."""
    kept = queries.kept_agencies(request.user)
    if not kept:
        raise access.Refused("Your agency keeps no evidence here. Work as a member of one that does.")
    asked = request.GET.get("agency")
    agency = next((each for each in kept if str(each.pk) == asked), kept[0])
    form = RulesForm(request.POST or None, agency=agency)
    if form.is_valid():
        for kind, months in form.changed().items():
            disposals.set_rule(agency=agency, kind=kind, months=months, by=request.user)
        messages.success(request, "Kept. Exhibits that had no day of review have one now.")
        return redirect(request.get_full_path())
    return render(request, "evidence/retention.html", {"form": form, "agency": agency, "agencies": kept})
