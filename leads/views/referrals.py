"""Cases before prosecutors: the list, the case page, and the steps of both sides."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import agencies_with, allows, has_permission, requires
from agencies.models import Agency
from agencies.roles import Permission
from evidence.views import steps
from leads import policies, queries
from leads.actions import hearings
from leads.actions import referrals as cases
from leads.forms.prosecution import AnswerForm, HearingForm
from leads.forms.referring import DecisionForm, ReferralForm
from leads.insight import prosecution
from leads.models import Lead, Referral
from leads.pages import case as casepage
from leads.pages import casedate as datepage
from leads.policies import disclosures as policies_disclosures
from leads.policies import packets as policies_packets
from leads.policies import referrals as policies_referrals
from leads.queries import caselists, caseloads
from leads.queries import dates as queries_dates
from leads.queries import packets as queries_packets
from leads.queries import referrals as near
from leads.views import drafts


@require_safe
@requires(Permission.REFERRAL_VIEW)
def referrals(request):
    now, tab = timezone.now(), request.GET.get("tab", "")
    tab = tab if tab in prosecution.TABS else "review"
    counts = caselists.counts(request.user, now=now)
    found, older = prosecution.page(request.user, tab, after=request.GET.get("after"))
    zone = queries.reader(request.user).zone
    context = casepage.list_frame(tab, counts, now, zone) | {
        "rows": [casepage.row(each, now, zone) for each in found],
        "older": f"?tab={tab}&after={older}" if older else "",
        "newer": f"?tab={tab}" if request.GET.get("after") else "",
        "tab": tab,
        "may_export": allows(policies_referrals.export, request.user),
        "may_say": any(
            has_permission(request.user, each) for each in (Permission.LEAD_TRIAGE, Permission.REFERRAL_DECIDE)
        ),
    }
    return render(request, "leads/referral_list.html", context)


def _visible(request):
    people = ("person", "referred_by", "decided_by", "assigned_to")
    related = ("lead__agency", "lead__site", "lead__desk", "agency", "office", "revocation", *people)
    return Referral.objects.visible_to(request.user).select_related(*related)


def _found(request, pk, policy):
    return steps.reach(request, _visible(request), pk, policy)


@require_safe
@requires(Permission.REFERRAL_VIEW)
def referral(request, pk):
    """The case page: what a prosecutor reads, prints and decides on."""
    found, now = get_object_or_404(_visible(request), pk=pk), timezone.now()
    parts = prosecution.case(found, request.user)
    zone = queries.reader(request.user).zone
    context = casepage.context(found, parts, request.user, zone, now)
    context |= _days(found, parts.proceedings, request.user, now)
    context |= _papers(found.lead, request.user, now)
    return render(request, "leads/referral.html", context)


def _papers(lead, user, now):
    own, received = (
        queries_packets.of_lead(lead, user, now) if has_permission(user, Permission.PACKET_VIEW) else ([], [])
    )
    return {
        "may_packet": allows(policies_packets.make, user, lead),
        "may_disclose": allows(policies_disclosures.read, user, lead),
        "packets": own,
        "received": received,
    }


def _days(found, proceedings, user, now):
    """The days of a case and the people on it; the days are those of its office."""
    is_accepted = found.status == Referral.Status.ACCEPTED
    court = [each for each in proceedings if is_accepted and each.can_move_to(each.Status.HELD)]
    today = datepage.today(found.office.zone, now)
    return datepage.section(found, queries_dates.of_case(found), caseloads.part_of(found), court, today, user)


def _step(request, title, button, found, form, act, told, take=steps.take, **more):
    """Take the step and go back to the case, or show its page."""
    context = {"title": title, "button": button, "referral": found, "lead": found.lead, "form": form}
    context |= {"asked": "", "charge": None, "decides": False, "seen": "", **more}
    return take(request, form, act, told, found) or render(request, "leads/referral_form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_MAKE)
def referral_new(request, pk):
    visible = Lead.objects.visible_to(request.user).select_related("agency")
    lead = steps.reach(request, visible, pk, policies.refer)
    mine = Agency.objects.filter(pk__in=agencies_with(request.user, Permission.REFERRAL_MAKE))
    given = {"persons": near.persons_for(lead, request.user), "events": near.events_for(lead, mine)[: near.MOST_EVENTS]}
    form = ReferralForm(request.POST or None, lead=lead, agencies=mine, offices=prosecution.offices(lead), **given)
    if request.method == "POST" and form.is_valid():
        made = cases.make_each(lead=lead, by=request.user, **form.cleaned_data)
        messages.success(request, _before(made))
        return redirect(made[0])
    return render(request, "leads/referral_new.html", {"lead": lead, "form": form})


def _before(made):
    return f"The case is before {' and '.join(str(each.office) for each in made)}. They decide within 30 days."


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_decide(request, pk):
    found = _found(request, pk, policies.decide)
    form = DecisionForm(request.POST or None, referral=found, offices=prosecution.offices(found.lead))
    act, told = partial(cases.decide, referral=found), "The decision is recorded. The agency is told."
    more = {"decides": True, "seen": found.version}
    return _step(request, "Record a decision", "Record the decision", found, form, act, told, drafts.take, **more)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_MAKE)
def referral_answer(request, pk):
    found = _found(request, pk, policies.answer)
    form = AnswerForm(request.POST or None, referral=found)
    act, told = partial(cases.answer, referral=found), "The office has your answer and decides anew."
    return _step(request, "Answer the office", "Send the answer", found, form, act, told, asked=found.decision_note)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_hearing(request, pk):
    found = _found(request, pk, policies.charge)
    form = HearingForm(request.POST or None, referral=found)
    act, told = partial(hearings.plan, referral=found), "The case says now what comes next in court."
    return _step(request, "Next in court", "Save", found, form, act, told)
