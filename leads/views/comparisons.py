"""What an examiner found of pairs of cases, and its correction by two."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import enforce, requires
from agencies.roles import Permission
from evidence.views import steps
from leads.actions import comparisons
from leads.actions._reported import Found
from leads.forms.confirmation import CorrectForm, ResultsForm, SettleForm
from leads.models import Lead
from leads.policies import confirmation as policies
from leads.queries import confirmations as queries
from leads.standing import confirmations as standing

RECORDED = "The results are on record, and everybody at work on the lead is told."


def _record(request, lead, events, under, back):
    """The page of one report, with or without a request that it answers."""
    place = under.laboratory if under else lead.site or lead.agency
    form = ResultsForm(
        request.POST or None, events=events, known=queries.standing_results(lead), user=request.user,
        laboratory=place, examiners=standing.examiners(place), asked=under is not None,
    )  # fmt: skip
    if form.is_valid():
        given = form.cleaned_data
        found = [Found(*each) for each in given.pop("results")]
        comparisons.record(lead=lead, request=under, results=found, by=request.user, **given)
        messages.success(request, RECORDED)
        return redirect(back)
    context = {"form": form, "lead": lead, "heading": "Record results", "back": back.get_absolute_url()}
    return render(request, "leads/confirmation_step.html" if form.pairs else "leads/comparison_none.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_CONFIRM)
def confirmation_results(request, pk):
    """What a report says of the pairs of a request."""
    found = get_object_or_404(queries.whole(request.user), pk=pk)
    enforce(policies.record_under, request.user, found)
    asked = found.items.values("event")
    events = list(found.lead.events.filter(pk__in=asked).select_related("agency"))
    return _record(request, found.lead, events, found, found)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_CONFIRM)
def lead_results(request, pk):
    """What a report says of pairs of a lead that nobody asked for in the portal."""
    visible = Lead.objects.visible_to(request.user).select_related("agency", "site")
    lead = steps.reach(request, visible, pk, policies.record)
    events = list(lead.events.select_related("agency"))[-policies.MOST :]
    return _record(request, lead, events, None, lead)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_CONFIRM)
def comparison_correct(request, pk):
    """Propose another result of a pair."""
    found = steps.reach(request, queries.visible_comparisons(request.user), pk, policies.correct)
    form = CorrectForm(request.POST or None, comparison=found, laboratory=policies.place(found))
    act = partial(comparisons.correct, comparison=found)
    done = steps.take(request, form, act, "Proposed. It stands when a second person agrees.", found.lead)
    context = {"form": form, "lead": found.lead, "heading": "Correct a result", "back": found.lead.get_absolute_url()}
    return done or render(request, "leads/comparison_step.html", context | {"found": found})


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_CONFIRM, Permission.OBLIGATION_ASSIGN)
def comparison_settle(request, pk):
    """Agree to a correction, or refuse it."""
    found = steps.reach(request, queries.visible_comparisons(request.user), pk, policies.settle)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        agrees = form.cleaned_data["agrees"]
        (comparisons.agree if agrees else comparisons.refuse)(comparison=found, by=request.user)
        told = "Agreed: the correction stands." if agrees else "Refused: the former result stands."
        messages.success(request, f"{told} Those it concerns are told.")
        return redirect(found.lead)
    back = found.lead.get_absolute_url()
    context = {"form": form, "lead": found.lead, "heading": "Settle the correction", "back": back}
    return render(request, "leads/comparison_step.html", context | {"found": found})
