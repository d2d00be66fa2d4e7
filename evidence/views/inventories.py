from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies import access, walk
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries, scans
from evidence.actions import inventories as actions
from evidence.models import Inventory, InventoryLine, Place
from evidence.pages import inventories as pages
from evidence.views import steps

Outcome = InventoryLine.Outcome


def _visible(request):
    return Inventory.objects.visible_to(request.user).select_related("agency", "place", "started_by", "finished_by")


@require_safe
@requires(Permission.INCIDENT_EDIT)
def inventories(request):
    """The counts of the agency's places, the last begun first."""
    now, rows = timezone.now(), queries.inventories(request.user, cursor=request.GET.get("after"))
    context = {"page": listing.page(request, rows, "started_at", lambda row: pages.inventory(row, now))}
    return render(request, "evidence/inventories.html", context)


@require_POST
@requires(Permission.INCIDENT_EDIT)
def inventory_start(request, pk):
    places = Place.objects.visible_to(request.user).select_related("agency")
    place = steps.reach(request, places, pk, policies.count_place)
    return redirect(actions.start(place=place, by=request.user))


@require_safe
@requires(Permission.INCIDENT_EDIT)
def inventory(request, pk):
    """One count: scanning while it is under way, its report ever after."""
    found, now = get_object_or_404(_visible(request), pk=pk), timezone.now()
    counts = queries.inventory_tabs(found)
    first = next((outcome for outcome in Outcome.values if counts[outcome]), Outcome.FOUND)
    outcome = listing.chosen(request, "outcome", Outcome.values) or first
    after = walk.whole(request.GET.get("after", ""), 2**62) or 0
    rows = queries.inventory_lines(request.user, found, outcome, after=after)
    shown = rows[: walk.PAGE]
    tabs = listing.views(request, "outcome", Outcome.choices, outcome)
    late = (Outcome.MISSING, Outcome.MISPLACED)
    context = {
        "inventory": found,
        **pages.times(found, now),
        "rows": [pages.line(row, now) for row in shown],
        "older": listing.address(request, after=str(shown[-1]["id"])) if len(rows) > walk.PAGE else "",
        "views": [
            tab | {"count": listing.capped(counts[o]), "late": o in late and bool(counts[o])}
            for tab, o in zip(tabs, Outcome, strict=True)
        ],
        "outcome": Outcome(outcome),
        "go_on": access.allows(policies.go_on_counting, request.user, found),
        "settle": access.allows(policies.keep_places, request.user, found.agency) if outcome == "misplaced" else None,
    }
    return render(request, "evidence/inventory.html", context)


@require_POST
@requires(Permission.INCIDENT_EDIT)
def inventory_scan(request, pk):
    """One scan from the bench's script, or the lines of the field without it."""
    found = steps.reach(request, _visible(request), pk, policies.go_on_counting)
    if code := request.POST.get("code", "").strip():
        try:
            return JsonResponse(pages.scanned(actions.scan(inventory=found, text=code, by=request.user), found.place))
        except access.Refused as refused:
            return JsonResponse({"kind": "", "title": code[:200], "text": "", "why": refused.reason})
    for code in scans.lines(request.POST.get("scanned", "")):
        try:
            actions.scan(inventory=found, text=code, by=request.user)
        except access.Refused as refused:
            messages.error(request, f"{code}: {refused.reason}")
    return redirect(found)


@require_POST
@requires(Permission.INCIDENT_EDIT)
def inventory_finish(request, pk):
    found = steps.reach(request, _visible(request), pk, policies.go_on_counting)
    return redirect(actions.finish(inventory=found, by=request.user))


@require_POST
@requires(Permission.INCIDENT_EDIT)
def inventory_settle(request, pk):
    """Take one that belongs elsewhere home, or keep it where it was found."""
    visible = InventoryLine.objects.visible_to(request.user).select_related("inventory__agency", "inventory__place")
    line = get_object_or_404(visible, pk=pk)
    done = actions.settle(line=line, by=request.user, here=request.POST.get("here") == "1")
    where = line.inventory.place if request.POST.get("here") == "1" else done.belongs_to
    messages.success(request, f"Exhibit {done.exhibit} lies in {where} now.")
    return redirect(f"{line.inventory.get_absolute_url()}?outcome={Outcome.MISPLACED}")
