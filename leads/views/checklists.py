"""What is looked for on a lead, and what a center looks for on leads of each type."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import agencies_with, enforce, requires
from agencies.models import Agency
from agencies.roles import Permission
from leads import enriching
from leads.actions import enrichment
from leads.forms.entities import AnswerForm, ChecklistsForm
from leads.models import Lead
from leads.policies import entities as policies


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def lead_checklist(request, pk):
    """Answer an item of the checklist of a lead."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user).select_related("agency"), pk=pk)
    enforce(policies.answer, request.user, lead)
    item = lead.enrichment.filter(kind=request.GET.get("item", "")[:12]).first()
    start = {"kind": request.GET.get("item", ""), "state": "done"}
    if item:
        start |= {"state": item.state, "result": item.result, "link": item.link}
    form = AnswerForm(request.POST or None, initial=start)
    if form.is_valid():
        kind, state = form.cleaned_data["kind"], form.cleaned_data["state"]
        before = lead.enrichment.filter(kind=kind).first()
        if why := policies.answer(request.user, lead, before, state):
            form.add_error("state", why)
        else:
            enrichment.answer(lead=lead, by=request.user, **form.cleaned_data)
            messages.success(request, f"{enriching.ITEMS[kind]}: noted on {lead}.")
            return redirect(f"{lead.get_absolute_url()}#checklist")
    return render(request, "leads/lead_checklist.html", {"lead": lead, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_APPROVE)
def checklists(request):
    """The coordinator chooses what is looked for."""
    mine = set(agencies_with(request.user, Permission.OBLIGATION_APPROVE))
    center = get_object_or_404(Agency.objects.select_related("enrichment"), kind=Agency.Kind.CENTER, pk__in=mine)
    enforce(policies.choose, request.user, center)
    rule = getattr(center, "enrichment", None)
    form = ChecklistsForm(request.POST or None, chosen=rule.chosen if rule else {})
    if form.is_valid():
        enrichment.choose(center=center, chosen=form.chosen, by=request.user)
        messages.success(request, "Kept. Leads show it from now on; what was answered on them stays.")
        return redirect("checklists")
    return render(request, "leads/checklists.html", {"form": form, "center": center, "rule": rule})
