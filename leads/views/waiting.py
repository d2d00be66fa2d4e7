"""Events that a notice names and no incident was found for."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import enforce, requires
from agencies.roles import Permission
from evidence.imports.casenumbers import case_key
from evidence.models import Incident
from leads import pages, policies, queries
from leads.actions import events
from leads.forms import MatchForm
from leads.models import LeadEvent


@require_safe
@requires(Permission.LEAD_TRIAGE)
def waiting_events(request):
    zone = queries.reader(request.user).zone
    rows = [
        {"event": event, "when": pages.moment(event.occurred_at, zone) if event.occurred_at else "Not given"}
        for event in queries.waiting_events(request.user)
    ]
    return render(request, "leads/waiting_events.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def event_match(request, pk):
    visible = LeadEvent.objects.visible_to(request.user).select_related("lead__agency", "lead__site", "agency")
    event = get_object_or_404(visible, pk=pk)
    enforce(policies.match, request.user, event)
    found, zone = queries.candidates(event, request.user), queries.reader(request.user).zone
    form = MatchForm(request.POST or None, candidates=found, look_up=_by_number(request.user))
    if form.is_valid():
        events.match(event=event, incident=form.cleaned_data["found"], by=request.user)
        messages.success(request, f"{event.case_number} is matched. Its agency owes on lead {event.lead} from now on.")
        return redirect("waiting_events")
    rows = [(each, reason, pages.moment(each.occurred_at, zone)) for each, _likeness, reason in found]
    when = pages.moment(event.occurred_at, zone) if event.occurred_at else "Not given"
    return render(request, "leads/event_match.html", {"event": event, "rows": rows, "form": form, "when": when})


def _by_number(user):
    def look_up(number):
        return list(Incident.objects.visible_to(user).filter(case_key=case_key(number)).select_related("agency")[:2])

    return look_up
