"""Cases before prosecutors: the list, the case page, and the steps of both sides."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import agencies_with, enforce, requires
from agencies.models import Agency
from agencies.roles import Permission
from leads import casepage, policies, queries
from leads.actions import charges, hearings
from leads.actions import referrals as cases
from leads.forms_prosecution import AnswerForm, ChargeForm, DecisionForm, DispositionForm, HearingForm, ReferralForm
from leads.insight import prosecution
from leads.models import Charge, Lead, Referral


@require_safe
@requires(Permission.REFERRAL_VIEW)
def referrals(request):
    now, tab = timezone.now(), request.GET.get("tab", "")
    tab = tab if tab in prosecution.TABS else "review"
    counts = prosecution.counts(request.user, now=now)
    found, older = prosecution.page(request.user, tab, after=request.GET.get("after"))
    zone = queries.reader(request.user).zone
    context = casepage.list_frame(tab, counts, now, zone) | {
        "rows": [casepage.row(each, now, zone) for each in found],
        "older": f"?tab={tab}&after={older}" if older else "",
        "newer": f"?tab={tab}" if request.GET.get("after") else "",
    }
    return render(request, "leads/referral_list.html", context)


def _found(request, pk, policy=None):
    visible = Referral.objects.visible_to(request.user)
    related = ("lead__agency", "lead__site", "agency", "office", "referred_by", "decided_by")
    found = get_object_or_404(visible.select_related(*related), pk=pk)
    if policy:
        enforce(policy, request.user, found)
    return found


@require_safe
@requires(Permission.REFERRAL_VIEW)
def referral(request, pk):
    """The case page: what a prosecutor reads, prints and decides on."""
    found, now = _found(request, pk), timezone.now()
    parts = prosecution.case(found, request.user)
    zone = queries.reader(request.user).zone
    return render(request, "leads/referral.html", casepage.context(found, parts, request.user, zone, now))


def _form(request, title, found, form, **more):
    context = {"title": title, "referral": found, "lead": found.lead, "form": form, **more}
    return render(request, "leads/referral_form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_MAKE)
def referral_new(request, pk):
    lead = get_object_or_404(Lead.objects.visible_to(request.user).select_related("agency"), pk=pk)
    enforce(policies.refer, request.user, lead)
    mine = Agency.objects.filter(pk__in=agencies_with(request.user, Permission.REFERRAL_MAKE))
    form = ReferralForm(request.POST or None, lead=lead, agencies=mine, offices=prosecution.offices(lead))
    if form.is_valid():
        made = cases.make(lead=lead, by=request.user, **form.cleaned_data)
        messages.success(request, f"The case is before {made.office}. They decide within 30 days.")
        return redirect(made)
    return render(request, "leads/referral_new.html", {"lead": lead, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_decide(request, pk):
    found = _found(request, pk, policies.decide)
    form = DecisionForm(request.POST or None, referral=found)
    if form.is_valid():
        cases.decide(referral=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The decision is recorded. The agency is told.")
        return redirect(found)
    return _form(request, "Record a decision", found, form, button="Record the decision")


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_MAKE)
def referral_answer(request, pk):
    found = _found(request, pk, policies.answer)
    form = AnswerForm(request.POST or None, referral=found)
    if form.is_valid():
        cases.answer(referral=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The office has your answer and decides anew.")
        return redirect(found)
    return _form(request, "Answer the office", found, form, button="Send the answer", asked=found.decision_note)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_hearing(request, pk):
    found = _found(request, pk, policies.charge)
    form = HearingForm(request.POST or None, referral=found)
    if form.is_valid():
        hearings.plan(referral=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The case says now what comes next in court.")
        return redirect(found)
    return _form(request, "Next in court", found, form, button="Save")


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def charge_new(request, pk):
    found = _found(request, pk, policies.charge)
    form = ChargeForm(request.POST or None)
    if form.is_valid():
        charges.add(referral=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The charge is recorded.")
        return redirect(found)
    return _form(request, "Add a charge", found, form, button="Add the charge")


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def charge_dispose(request, pk):
    charge = get_object_or_404(Charge.objects.visible_to(request.user).select_related("referral"), pk=pk)
    found = _found(request, charge.referral_id, policies.charge)
    form = DispositionForm(request.POST or None, charge=charge)
    if form.is_valid():
        charges.dispose(charge=charge, by=request.user, **form.cleaned_data)
        messages.success(request, "The disposition is recorded. Those who worked on the case are told.")
        return redirect(found)
    return _form(request, "Record a disposition", found, form, button="Record the disposition", charge=charge)
