"""One lead: one presumed gun, who owes what, what is late."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import allows, enforce, requires
from agencies.roles import Permission
from evidence import vault
from evidence.views import serving
from leads import policies, queries
from leads.actions import confirmations, files
from leads.forms.leads import ConfirmForm, LeadFileForm
from leads.models import Lead, LeadFile
from leads.pages import dossier
from leads.pages import lead as leadpage
from leads.policies import bulletins as policies_bulletins
from leads.policies import disclosures as policies_disclosures
from leads.policies import packets as policies_packets
from leads.queries import clusters as queries_clusters
from leads.standing import confirmations as standing

MORE = {
    "may_bulletin": policies_bulletins.draft,
    "may_packet": policies_packets.make,
    "may_disclose": policies_disclosures.read,
}


def _found(request, pk):
    beside = ("agency__enrichment", "site", "in_cluster__cluster", "desk")
    visible = Lead.objects.visible_to(request.user).select_related(*beside)
    return get_object_or_404(queries_clusters.with_others(queries_clusters.with_mentions(visible)), pk=pk)


@require_safe
@requires(Permission.LEAD_VIEW)
def lead(request, pk):
    found, whole = _found(request, pk), bool(request.GET.get("all"))
    parts = dossier.read(found, request.user, whole=whole)
    reader, now = queries.reader(request.user), timezone.now()
    context = leadpage.context(found, parts, request.user, reader, now, whole=whole)
    may = {name: allows(policy, request.user, found) for name, policy in MORE.items()}
    context["doings"] = leadpage.doings(found, context | may)
    suggested = queries_clusters.suggested(found, request.user) if context["may_join"] else ()
    context["suggestions"] = [(found, *each) for each in suggested]
    context |= queries_clusters.mentions(found, request.user)
    return render(request, "leads/lead.html", context)


@require_safe
@requires(Permission.LEAD_VIEW)
def lead_print(request, pk):
    """The same facts for paper: everything open, nothing to click."""
    found = _found(request, pk)
    parts = dossier.read(found, request.user, whole=True)
    reader, now = queries.reader(request.user), timezone.now()
    context = leadpage.context(found, parts, request.user, reader, now, whole=True, paper=True)
    context |= queries_clusters.mentions(found, request.user)
    return render(request, "leads/lead_print.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_CONFIRM)
def lead_confirm(request, pk):
    """An examiner says which events belong to the line, and under which report."""
    found = _found(request, pk)
    events = list(found.events.select_related("agency").filter(confirmed_at=None))
    for event in events:
        event.lead = found
        enforce(policies.confirm, request.user, event)
    place = found.site or found.agency
    examiners = standing.examiners(place)
    form = ConfirmForm(request.POST or None, events=events, user=request.user, laboratory=place, examiners=examiners)
    if form.is_valid():
        confirmations.confirm(lead=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The confirmation is recorded, and everybody at work on this lead is told.")
        return redirect(found)
    return render(request, "leads/lead_confirm.html", {"lead": found, "form": form, "events": events})


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_VIEW)
def lead_file_add(request, pk):
    found = _found(request, pk)
    enforce(policies.add_file, request.user, found)
    form = LeadFileForm(request.POST or None, request.FILES or None, agencies=queries.filing_agencies(request.user))
    if form.is_valid():
        act = partial(files.upload, lead=found, **form.cleaned_data)
        _made, problem = serving.taken(act, by=request.user, agency=form.cleaned_data["agency"])
        if problem:
            form.add_error("upload", problem)
        else:
            messages.success(request, "The file hangs on the lead now. Everybody who sees the lead can open it.")
            return redirect(found)
    return render(request, "leads/lead_file_add.html", {"lead": found, "form": form})


@require_safe
@requires(Permission.LEAD_VIEW)
def lead_file(request, pk):
    """Hand a file out as a download: the browser neither shows nor guesses what it is. A photo goes out without what
    the camera wrote into it; the original is for those at work on the lead.
    """
    visible = LeadFile.objects.visible_to(request.user).select_related("lead", "file__picture__shown")
    found = get_object_or_404(visible, pk=pk)
    if original := request.GET.get("as") == "original":
        enforce(policies.take_original, request.user, found.lead)
    try:
        return serving.download(found.file, found, request.user, original=original)
    except vault.Gone as told:
        messages.error(request, str(told))
        return redirect(found.lead)
