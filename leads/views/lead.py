"""One lead: one presumed gun, who owes what, what is late."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import enforce, requires
from agencies.roles import Permission
from evidence import vault
from evidence.actions import files as stored_files
from leads import dossier, leadpage, policies, queries
from leads.actions import confirmations, files
from leads.forms import ConfirmForm, LeadFileForm
from leads.models import Lead, LeadFile


def _found(request, pk):
    visible = Lead.objects.visible_to(request.user).select_related("agency", "site")
    return get_object_or_404(visible, pk=pk)


@require_safe
@requires(Permission.LEAD_VIEW)
def lead(request, pk):
    found, whole = _found(request, pk), bool(request.GET.get("all"))
    parts = dossier.read(found, request.user, whole=whole)
    reader, now = queries.reader(request.user), timezone.now()
    return render(request, "leads/lead.html", leadpage.context(found, parts, request.user, reader, now, whole=whole))


@require_safe
@requires(Permission.LEAD_VIEW)
def lead_print(request, pk):
    """The same facts for paper: everything open, nothing to click."""
    found = _found(request, pk)
    parts = dossier.read(found, request.user, whole=True)
    reader, now = queries.reader(request.user), timezone.now()
    context = leadpage.context(found, parts, request.user, reader, now, whole=True, paper=True)
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
    form = ConfirmForm(request.POST or None, events=events)
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
        try:
            files.upload(lead=found, by=request.user, **form.cleaned_data)
        except vault.TooLarge as problem:
            form.add_error("upload", str(problem))
        else:
            messages.success(request, "The file hangs on the lead now. Everybody who sees the lead can open it.")
            return redirect(found)
    return render(request, "leads/lead_file_add.html", {"lead": found, "form": form})


@require_safe
@requires(Permission.LEAD_VIEW)
def lead_file(request, pk):
    """Hand a file out as a download: the browser neither shows nor guesses what it is."""
    found = get_object_or_404(LeadFile.objects.visible_to(request.user).select_related("file", "lead"), pk=pk)
    try:
        opened = stored_files.hand_out(file=found.file, of=found, by=request.user)
    except vault.Gone as told:
        messages.error(request, str(told))
        return redirect(found.lead)
    response = FileResponse(
        opened, as_attachment=True, filename=found.file.name, content_type="application/octet-stream"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
