"""Notices that wait for their second reviewer before they become leads."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import allows, enforce, requires
from agencies.roles import Permission
from evidence import listing
from leads import policies, queries
from leads.actions import notices
from leads.forms.held import DecisionForm
from leads.lists import held as heldlist
from leads.models import HeldNotice, Lead
from leads.pages import held as heldpage
from leads.queries import desk as queries_desk

Status = HeldNotice.Status
GONE_OUT = "Its agencies are told, and their clocks began."
GONE_TO_DESK = "It waits under Triage: its agencies are told when an analyst sends it."
TABS = [(Status.WAITING, "Not released"), (Status.RELEASED, "Released"), (Status.DECLINED, "Declined")]


@require_safe
@requires(Permission.LEAD_IMPORT, Permission.OBLIGATION_APPROVE)
def held_notices(request):
    """What is held, the last first, and what became of the rest."""
    now, zone = timezone.now(), queries.reader(request.user).zone
    status = listing.chosen(request, "status", Status.values) or Status.WAITING
    found = heldlist.held_notices(request.user, status, cursor=request.GET.get("after"))
    tabs = listing.views(request, "status", TABS, status)
    tabs[0]["count"] = listing.capped(heldlist.held_count(request.user))
    context = {
        "page": listing.page(request, found, "held_at", partial(heldpage.row, zone=zone, now=now)),
        "views": tabs,
        "status": status,
    }
    return render(request, "leads/held_notices.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_IMPORT, Permission.OBLIGATION_APPROVE)
def held_notice(request, pk):
    """One notice; the coordinator or a supervisor of the laboratory may let it go with a reason, or decline it."""
    held = get_object_or_404(heldlist.whole_held_notices(request.user), pk=pk)
    may = allows(policies.decide_notice, request.user, held)
    form = DecisionForm(request.POST or None) if may else None
    if request.method == "POST":
        enforce(policies.decide_notice, request.user, held)
        if form.is_valid():
            return _decided(request, held, **form.cleaned_data)
    lead = Lead.objects.visible_to(request.user).filter(number=held.number).first()
    context = heldpage.page(held, queries.reader(request.user).zone, timezone.now())
    return render(request, "leads/held_notice.html", context | {"form": form, "may": may, "lead": lead})


def _decided(request, held, release, reason):
    if release:
        notices.release(held=held, by=request.user, reason=reason)
        lead = Lead.objects.visible_to(request.user).filter(number=held.number).first()
        waits = lead is not None and queries_desk.is_on_desk(lead)
        messages.success(request, f"Lead {held.number} is released. {GONE_TO_DESK if waits else GONE_OUT}")
    else:
        notices.decline(held=held, by=request.user, reason=reason)
        messages.success(request, f"Lead {held.number} is not released. Nobody was told of it.")
    return redirect(held)
