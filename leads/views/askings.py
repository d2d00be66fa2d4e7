"""An agency without an event on a lead is asked to take part."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from agencies.access import requires
from agencies.roles import Permission
from evidence.views import steps
from leads import policies, queries
from leads.actions import askings
from leads.forms.work import AskForm
from leads.models import Lead


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def lead_ask(request, pk):
    visible = Lead.objects.visible_to(request.user).select_related("agency")
    lead = steps.reach(request, visible, pk, policies.ask)
    free = queries.may_be_asked(lead)
    form = AskForm(request.POST or None, agencies=free)
    if form.is_valid():
        part = askings.ask(lead=lead, by=request.user, **form.cleaned_data)
        messages.success(request, f"{part.agency} is asked to take part, and told. It sees the lead from now on.")
        return redirect(part)
    has_part = lead.obligations.select_related("agency").order_by("agency__name")
    context = {"lead": lead, "form": form, "has_part": has_part, "any_free": free.exists()}
    return render(request, "leads/lead_ask.html", context)
