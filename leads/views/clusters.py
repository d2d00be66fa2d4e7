"""One presumed gun over all its leads, and what people say of two leads."""

import json

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import allows, enforce, has_permission, requires
from agencies.roles import Permission
from evidence import listing
from evidence import policies as evidence_policies
from evidence import queries as evidence
from evidence.actions import traces
from evidence.pages import traces as tracepages
from leads import queries
from leads.actions import clusters
from leads.forms.clusters import PairForm, TakeBackForm
from leads.models import Cluster, Lead, LeadPair
from leads.pages import cluster as clusterpage
from leads.pages import clusterfeed
from leads.policies import clusters as policies_clusters
from leads.policies import packets as policies_packets
from leads.queries import clusters as found_clusters


@require_safe
@requires(Permission.LEAD_VIEW)
def cluster(request, pk):
    found = get_object_or_404(Cluster.objects.visible_to(request.user).select_related("agency", "merged_into"), pk=pk)
    whole = found_clusters.whole_cluster(found, request.user)
    joins = any(allows(policies_clusters.say, request.user, lead) for lead in whole.leads)
    suggestions = found_clusters.suggested_for(whole.leads, request.user) if joins else ()
    show, reader = listing.chosen(request, "show", dict(clusterfeed.KINDS)), queries.reader(request.user)
    context = clusterpage.context(found, whole, suggestions, request.user, reader, timezone.now(), show)
    context |= _traces(request.user, context["guns"])
    context["packet_lead"] = next((x for x in whole.leads[:1] if allows(policies_packets.make, request.user, x)), None)
    context["views"] = listing.views(request, "show", clusterfeed.KINDS, show)
    return render(request, "leads/cluster.html", context)


def _traces(user, guns):
    """The traces of the recovered guns for who may hold trace data and sees these guns, and whether there may be any;
    that they were looked at is put on record.
    """
    guns = [each["exhibit"] for each in guns if each["firearm"]]
    if not guns or not has_permission(user, Permission.TRACE_VIEW):
        return {"traces": [], "sees_traces": False}
    found = list(evidence.traces_of_guns(user, guns))
    if found:
        traces.look(traces=[each.pk for each in found], by=user)
    now = timezone.now()
    sees = bool(found) or any(allows(evidence_policies.see_trace, user, each) for each in guns)
    return {"traces": [tracepages.of_gun(each, now) for each in found], "sees_traces": sees}


@require_POST
@requires(Permission.LEAD_TRIAGE)
def cluster_arrange(request, pk):
    """Where a person put the nodes of the chart."""
    found = get_object_or_404(Cluster.objects.visible_to(request.user), pk=pk)
    try:
        layout = clusterpage.laid_out(json.loads(request.body))
    except (ValueError, RecursionError):
        return HttpResponse("The places of the nodes could not be read. Load the page again.", status=400)
    clusters.arrange(cluster=found, layout=layout, by=request.user)
    return HttpResponse(status=204)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def lead_pair(request, pk):
    """Say of this lead and another one that they are of one gun, or that they are not."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user).select_related("agency"), pk=pk)
    form = PairForm(request.POST or None, user=request.user, initial={"other": request.GET.get("other", "")})
    if form.is_valid():
        other, verdict = form.cleaned_data["other"], form.cleaned_data["verdict"]
        if why := policies_clusters.decide_pair(request.user, lead, other, found_clusters.pair_of(lead, other)):
            form.add_error("other", why)
        else:
            say = clusters.join if verdict == LeadPair.Status.JOINED else clusters.keep_apart
            say(lead=lead, other=other, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"Noted of {lead} and {other}: {LeadPair.Status(verdict).label.lower()}.")
            return redirect(found_clusters.cluster_of(lead) or lead)
    return render(request, "leads/lead_pair.html", {"lead": lead, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def pair_take_back(request, pk):
    visible = LeadPair.objects.visible_to(request.user).select_related("one__agency", "other__agency", "decided_by")
    pair = get_object_or_404(visible, pk=pk)
    enforce(policies_clusters.take_back_pair, request.user, pair)
    form = TakeBackForm(request.POST or None)
    if form.is_valid():
        clusters.take_back(pair=pair, by=request.user, **form.cleaned_data)
        messages.success(request, f"Taken back of {pair}. Those at work on them are told.")
        return redirect(pair.one)
    return render(request, "leads/pair_take_back.html", {"pair": pair, "form": form})
