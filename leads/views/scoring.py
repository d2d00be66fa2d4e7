"""What leads are scored by: versions of the weights, how each would have ranked, and the score of one lead."""

from zoneinfo import ZoneInfo

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import agencies_with, allows, enforce, requires
from agencies.models import Agency
from agencies.roles import Permission
from leads import queries
from leads.actions import flags, weights
from leads.forms.scoring import AgreeForm, FlagForm, WeightsForm
from leads.insight import backtest
from leads.models import Lead, LeadFlag, ScoreTable
from leads.pages import score as scorepage
from leads.policies import scoring as policies
from leads.queries import scoring

MONTHS = {"12": 365, "24": 730, "36": 1096}


def _center(user):
    return get_object_or_404(Agency, pk__in=agencies_with(user, Permission.LEAD_TRIAGE)[:1])


@require_safe
@requires(Permission.LEAD_TRIAGE)
def score_tables(request):
    """Every version of the center's weights, the last first."""
    center, now = _center(request.user), timezone.now()
    in_force = scoring.in_force(center.pk, now)
    context = {
        "versions": scorepage.versions(scoring.versions(center), in_force, now, queries.reader(request.user).zone),
        "in_force": in_force,
        "groups": scorepage.groups(in_force.points),
        "draft": scoring.draft_of(center),
    }
    return render(request, "leads/score_tables.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def score_table_new(request):
    """Write the center's draft, or go on with it."""
    center = _center(request.user)
    enforce(policies.draft, request.user, center)
    draft = scoring.draft_of(center)
    start = draft.points if draft else scoring.in_force(center.pk, timezone.now()).points
    form = WeightsForm(request.POST or None, points=start, initial={"reason": draft.reason if draft else ""})
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        table = weights.draft(center=center, points=form.points, reason=reason, by=request.user)
        messages.success(request, f"Version {table.version} is a draft. Somebody else puts it in force.")
        return redirect(table)
    return render(request, "leads/score_table_new.html", {"form": form, "draft": draft})


@require_safe
@requires(Permission.LEAD_TRIAGE)
def score_table(request, pk):
    """One version beside the one in force."""
    table = get_object_or_404(
        ScoreTable.objects.visible_to(request.user).select_related("agency", "drafted_by", "agreed_by"), pk=pk
    )
    now = timezone.now()
    in_force = scoring.in_force(table.agency_id, now)
    may = allows(policies.agree, request.user, table)
    context = scorepage.table(table, in_force, queries.reader(request.user).zone, now)
    context |= {"may": may, "may_discard": allows(policies.discard, request.user, table), "form": AgreeForm()}
    return render(request, "leads/score_table.html", context)


def _table(request, pk, policy):
    table = get_object_or_404(ScoreTable.objects.visible_to(request.user), pk=pk)
    enforce(policy, request.user, table)
    return table


@require_POST
@requires(Permission.LEAD_TRIAGE)
def score_table_agree(request, pk):
    """The second person puts a draft in force."""
    table = _table(request, pk, policies.agree)
    form = AgreeForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Give the time as a date with a time, or leave it empty for now.")
        return redirect(table)
    at = form.cleaned_data["at"]
    # What was typed is the wall clock of the reader's agency.
    at = at.replace(tzinfo=ZoneInfo(queries.reader(request.user).zone)) if at else None
    table = weights.agree(table=table, at=at, by=request.user)
    messages.success(request, f"Version {table.version} is put in force. Open leads are scored by it within minutes.")
    return redirect(table)


@require_POST
@requires(Permission.LEAD_TRIAGE)
def score_table_discard(request, pk):
    table = weights.discard(table=_table(request, pk, policies.discard), by=request.user)
    messages.success(request, f"Draft {table.version} is discarded. What is in force stays.")
    return redirect("score_tables")


@require_safe
@requires(Permission.LEAD_TRIAGE)
def score_test(request):
    """How well each version would have ranked what led to an arrest."""
    center, now = _center(request.user), timezone.now()
    months = request.GET.get("months")
    months = months if months in MONTHS else "24"
    found = backtest.run(center, now=now, days=MONTHS[months])
    zone = queries.reader(request.user).zone
    draft = scoring.draft_of(center)
    versions = scoring.in_force(center.pk, now).version, draft and draft.version
    context = scorepage.test(found, *versions, now, MONTHS[months], zone)
    context["views"] = [
        {"label": f"{each} months", "url": f"?months={each}", "current": each == months} for each in MONTHS
    ]
    return render(request, "leads/score_test.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_VIEW)
def lead_score(request, pk):
    """The score of a lead: why, what was weighed, what it was before; an analyst adds what there is to work with."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user).select_related("agency"), pk=pk)
    may = allows(policies.flag, request.user, lead)
    form = FlagForm(request.POST or None) if may else None
    if request.method == "POST":
        enforce(policies.flag, request.user, lead)
        if form.is_valid():
            flags.add(lead=lead, by=request.user, **form.cleaned_data)
            messages.success(request, f"{lead.number} is scored anew with it.")
            return redirect("lead_score", lead.pk)
    zone = queries.reader(request.user).zone
    points = scoring.points_of(lead.agency_id, lead.score_version)
    context = scorepage.lead(lead, points, scoring.flags_of(lead), scoring.scores_of(lead), zone)
    return render(request, "leads/lead_score.html", context | {"form": form})


@require_POST
@requires(Permission.LEAD_TRIAGE)
def flag_withdraw(request, pk):
    flag = get_object_or_404(LeadFlag.objects.visible_to(request.user).select_related("lead"), pk=pk)
    enforce(policies.flag, request.user, flag.lead)
    flags.withdraw(flag=flag, by=request.user)
    messages.success(request, f"It is taken back, and {flag.lead.number} is scored without it.")
    return redirect("lead_score", flag.lead_id)
