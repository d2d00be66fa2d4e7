from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries
from evidence.actions import places as actions
from evidence.forms.places import PlaceForm
from evidence.models import Place
from evidence.pages import places as pages
from evidence.views import steps


def _visible(request):
    return Place.objects.visible_to(request.user).select_related("agency", "parent", "closed_by")


def _agency(request):
    """The agencies whose places the person keeps, and the one of them shown now."""
    kept = queries.kept_agencies(request.user)
    asked = request.GET.get("agency") or request.POST.get("agency")
    return kept, next((each for each in kept if str(each.pk) == asked), kept[0] if kept else None)


@require_safe
@requires(Permission.INCIDENT_EDIT)
def places(request):
    """The top of an agency's tree; a code that was typed or scanned leads to its place."""
    kept, agency = _agency(request)
    typed = request.GET.get("q", "").strip()[:80]
    if typed and (found := queries.place_of(request.user, typed, agency)):
        return redirect(found)
    rows = queries.places(request.user, agency, cursor=request.GET.get("after")) if agency else []
    context = {
        "page": pages.page(request, rows),
        "agencies": kept,
        "agency": agency,
        "typed": typed,
        "keep": bool(agency) and access.allows(policies.keep_places, request.user, agency),
    }
    return render(request, "evidence/places.html", context)


@require_safe
@requires(Permission.INCIDENT_VIEW)
def place(request, pk):
    """One place: what lies in it and which places are inside."""
    found, now = get_object_or_404(_visible(request), pk=pk), timezone.now()
    inside = queries.places(request.user, found.agency, parent=found, cursor=request.GET.get("inside"))
    rows = queries.exhibits_in(request.user, found, cursor=request.GET.get("after"))
    context = {
        "place": found,
        "above": queries.above(found),
        "inside": pages.page(request, inside, "inside"),
        "page": listing.page(request, rows, "created_at", lambda row: pages.exhibit(row, now)),
        "keep": access.allows(policies.keep_places, request.user, found.agency),
        "close": access.allows(policies.close_place, request.user, found),
        "reopen": access.allows(policies.reopen_place, request.user, found),
    }
    return render(request, "evidence/place.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def place_new(request):
    _kept, agency = _agency(request)
    if agency is None:
        raise access.Refused("Your agency keeps no evidence here.")
    form = PlaceForm(request.POST or None, agency=agency, user=request.user, initial={"parent": request.GET.get("in")})
    if form.is_valid() and (made := form.done(actions.add, agency=agency)):
        messages.success(request, f"{made} is added.")
        return redirect(made.parent or made)
    return render(request, "evidence/place_form.html", {"form": form, "agency": agency, "place": None})


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def place_change(request, pk):
    found = get_object_or_404(_visible(request), pk=pk)
    access.enforce(policies.keep_places, request.user, found.agency)
    initial = {name: getattr(found, name) for name in ("kind", "code", "label")}
    initial["parent"] = found.parent.code if found.parent else ""
    form = PlaceForm(request.POST or None, agency=found.agency, user=request.user, initial=initial)
    if form.is_valid() and (made := form.done(actions.change, place=found)):
        return redirect(made)
    return render(request, "evidence/place_form.html", {"form": form, "agency": found.agency, "place": found})


@require_POST
@requires(Permission.INCIDENT_EDIT)
def place_close(request, pk):
    found = steps.reach(request, _visible(request), pk, policies.close_place)
    actions.close(place=found, by=request.user)
    messages.success(request, f"{found} is closed. Chains that name it stay as they are.")
    return redirect(found)


@require_POST
@requires(Permission.INCIDENT_EDIT)
def place_reopen(request, pk):
    found = steps.reach(request, _visible(request), pk, policies.reopen_place)
    actions.reopen(place=found, by=request.user)
    return redirect(found)
