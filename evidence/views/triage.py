"""The triage sheet of a group of casings, and the sheets of a case on paper."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import policies, queries
from evidence.actions import triage
from evidence.forms.triage import SheetForm, marks_of
from evidence.models import Incident
from evidence.pages import triage as pages


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def casing_sheet(request, pk):
    exhibit = get_object_or_404(queries.casing_groups(request.user), pk=pk)
    access.enforce(policies.fill_sheet, request.user, exhibit)
    form, marks = SheetForm.of(exhibit, request.POST or None), marks_of(exhibit, request.user, request.POST or None)
    if form.is_valid() and marks.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("headstamp", "condition", "note", "seen")}
        try:
            triage.fill(exhibit=exhibit, by=request.user, marks=marks.marks(form.cleaned_data), **facts)
        except triage.ChangedMeanwhileError as told:
            form.add_error(None, str(told))
        else:
            messages.success(request, f"The triage sheet of exhibit {exhibit} is saved.")
            return redirect(exhibit)
    return render(request, "evidence/casing_sheet.html", {"form": form, "marks": marks, "exhibit": exhibit})


@require_safe
@requires(Permission.INCIDENT_VIEW)
def incident_triage(request, pk):
    """The sheets of all groups of casings of a case, for the bench and for paper."""
    incident = get_object_or_404(Incident.objects.visible_to(request.user).select_related("agency"), pk=pk)
    now, found = timezone.now(), queries.casing_groups(request.user).filter(incident=incident).order_by("pk")
    context = {
        "incident": incident,
        "sheets": [pages.sheet(each, now) for each in found[:100]],
        "fill": access.allows(policies.add_exhibit, request.user, incident),
    }
    return render(request, "evidence/incident_triage.html", context)
