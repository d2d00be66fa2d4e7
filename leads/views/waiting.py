"""Events that a notice names and no incident was found for."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import walk
from agencies.access import enforce, requires
from agencies.roles import Permission
from evidence import keys
from evidence.models import Incident
from leads import policies, queries
from leads.actions import events
from leads.forms.leads import MatchForm
from leads.models import Lead, LeadEvent
from leads.pages import leads as pages
from leads.queries import waiting as queries_waiting


@require_safe
@requires(Permission.LEAD_TRIAGE)
def waiting_events(request):
    zone, now = queries.reader(request.user).zone, timezone.now()
    after = walk.whole(request.GET.get("after", ""), walk.LARGEST_ID - 1)
    found, older, count = queries.waiting_events(request.user, after=after)
    context = {
        "rows": [{"event": each, "when": _when(each, zone, now)} for each in found],
        "count": pages.number(count),
        "newer": reverse("waiting_events") if after else "",
        "older": f"?after={older}" if older else "",
    }
    return render(request, "leads/waiting_events.html", context)


def _when(event, zone, now):
    return pages.happened(event.occurred_at, zone, now) if event.occurred_at else "Not given"


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def event_match(request, pk):
    visible = LeadEvent.objects.visible_to(request.user).select_related("lead__agency", "lead__site", "agency")
    event = get_object_or_404(visible, pk=pk)
    enforce(policies.match, request.user, event)
    found, zone = queries_waiting.candidates(event, request.user), queries.reader(request.user).zone
    form = MatchForm(request.POST or None, candidates=found, look_up=_by_number(request.user))
    if form.is_valid():
        matched = events.match(event=event, incident=form.cleaned_data["found"], by=request.user)
        messages.success(request, f"{event.case_number} is matched. {_follows(matched)}")
        return redirect("waiting_events")
    now = timezone.now()
    rows = [(each, reason, pages.day_time(each.occurred_at, zone, now)) for each, _likeness, reason in found]
    when = _when(event, zone, now)
    return render(request, "leads/event_match.html", {"event": event, "rows": rows, "form": form, "when": when})


def _follows(event):
    """What an event that was just matched, or the one it was joined with, means for its agency."""
    lead, code = event.lead, event.agency.code
    if lead.status == Lead.Status.CLOSED:
        return f"Nobody owes on lead {lead} any more: it is closed."
    owes = lead.obligations.open().filter(agency=event.agency_id).exists()
    return f"{code} owes on lead {lead}." if owes else f"The part of {code} on lead {lead} stays as it ended."


def _by_number(user):
    def look_up(number):
        found = Incident.objects.visible_to(user).filter(keys.named(number))
        return list(found.select_related("agency")[:2])

    return look_up
