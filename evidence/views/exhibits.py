from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries, scanning
from evidence.actions import exhibits, traces
from evidence.forms.exhibits import ExhibitCorrectionForm, NewExhibitForm
from evidence.models import Exhibit, Incident
from evidence.pages import details, rows
from evidence.pages import traces as trace_pages
from evidence.pages import triage as triage_page
from evidence.views import attachments, downloads, firearms, keeping, laboratory

Kind = Exhibit.Kind
TABS = [
    ("", "All"),
    (Kind.CASING_GROUP, "Casings"),
    (Kind.FIREARM, "Firearms"),
    (Kind.PROJECTILE, "Projectiles"),
    (Kind.MAGAZINE, "Magazines"),
    (Kind.TEST_FIRE, "Test fires"),
    (Kind.OTHER, "Other"),
]
COLUMNS = (
    "case_number",
    "number",
    "agency",
    "kind",
    "caliber",
    "count",
    "description",
    "collected_at",
    "storage",
    "to_whom",
)


@require_safe
@requires(Permission.INCIDENT_VIEW)
def exhibit_list(request):
    """The exhibits recorded last, of one kind or all, or those with the number that was typed."""
    now, kind = timezone.now(), listing.chosen(request, "kind", Kind.values)
    typed = request.GET.get("q", "").replace("\0", "").strip()[:80]
    if typed:
        found = scanning.numbered(request.user, typed)
    else:
        found = queries.exhibits(request.user, kind=kind, cursor=request.GET.get("after"))
    context = {
        "page": listing.page(request, found, "created_at", lambda row: rows.exhibit(row, now)),
        "views": listing.views(request, "kind", TABS, kind),
        "kind": kind,
        "typed": typed,
        "may_export": access.has_permission(request.user, Permission.LEAD_EXPORT),
    }
    return render(request, "evidence/exhibit_list.html", context)


@require_safe
@requires(Permission.LEAD_EXPORT)
def exhibits_export(request):
    """The list as a file: up to ten thousand rows, the newest first."""
    return downloads.rows(request, Exhibit, queries.exhibits, COLUMNS)


@require_safe
@requires(Permission.INCIDENT_VIEW)
def exhibit(request, pk):
    """One item: where it is and was, its way into NIBIN, the firearm, and its trace for those who may see it."""
    user, now = request.user, timezone.now()
    found = get_object_or_404(queries.whole_exhibits(user), pk=pk)
    gun = getattr(found, "firearm", None)
    seen = list(queries.traces_of(user, gun)) if gun else []
    if seen:
        traces.look(traces=[each.pk for each in seen], by=user)
    sees_trace = bool(gun) and access.allows(policies.see_trace, user, found)
    context = keeping.of(found, user, now) | {
        "exhibit": found,
        "firearm": gun,
        "traces": [trace_pages.of_exhibit(each) for each in seen],
        "sees_trace": sees_trace,
        "trace": access.allows(policies.begin_trace, user, gun) if sees_trace else None,
        "correct": access.allows(policies.correct_exhibit, user, found),
        "lab": laboratory.of_exhibit(user, found),
        "hand_over": access.allows(policies.give_exhibit, user, found),
        "receive": access.allows(policies.receive_exhibit, user, found),
        "files": attachments.strip(request, found.incident, found),
        "sheet": triage_page.sheet(found, now) if found.kind == Kind.CASING_GROUP else None,
        "enter": [each.pk for each in found.acquisitions.all() if access.allows(policies.enter_exhibit, user, each)],
    }
    context |= details.exhibit_page(found, now) | (firearms.card(user, found, now) if gun else {})
    return render(request, "evidence/exhibit.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def exhibit_new(request, pk):
    """One more exhibit of an incident; "save, next" comes back here."""
    visible = Incident.objects.visible_to(request.user).select_related("agency")
    incident = get_object_or_404(visible, pk=pk)
    access.enforce(policies.add_exhibit, request.user, incident)
    number, draft = str(incident.exhibits.count() + 1), f"exhibit-{incident.pk}"
    form = NewExhibitForm(request.POST or None, incident=incident, initial={"number": number})
    made = form.sent_before(request.user)
    if made or form.is_valid():
        if not made:
            made = exhibits.add(incident=incident, by=request.user, **form.facts())
            attachments.bring(request, incident, request.FILES.getlist("photos"), made)
        messages.success(request, f"Exhibit {made} is added to case {incident}.", extra_tags=draft)
        return redirect("exhibit_new", incident.pk) if "next" in request.POST else redirect(made)
    return render(request, "evidence/exhibit_new.html", {"form": form, "incident": incident, "draft": draft})


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def exhibit_edit(request, pk):
    """Correct an exhibit, or say of its firearm what was not known at the scene."""
    found = get_object_or_404(queries.whole_exhibits(request.user), pk=pk)
    access.enforce(policies.correct_exhibit, request.user, found)
    form = ExhibitCorrectionForm(request.POST or None, exhibit=found, user=request.user)
    if form.is_valid():
        try:
            made = exhibits.correct(exhibit=found, by=request.user, seen=form.cleaned_data["seen"], **form.facts())
            return redirect(made)
        except exhibits.ChangedMeanwhileError as told:
            form.add_error(None, f"{told} Open the page again and correct what is there now.")
    return render(request, "evidence/exhibit_edit.html", {"form": form, "exhibit": found})
