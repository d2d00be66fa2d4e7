from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import keys, listing, policies, queries, reviews, words
from evidence.actions import incidents
from evidence.forms.exhibits import FirstExhibitsFormSet
from evidence.forms.incidents import CorrectionForm, NewIncidentForm
from evidence.models import Incident
from evidence.pages import cards, details, rows
from evidence.views import attachments, collection, downloads

Kind = Incident.Kind
TABS = [
    ("", "All"),
    (Kind.HOMICIDE, "Homicides"),
    (Kind.NON_FATAL_SHOOTING, "Non-fatal"),
    (Kind.SHOTS_FIRED_CONFIRMED, "Shots fired"),
    (Kind.GDS_ALERT_CONFIRMED, "Gunshot detection"),
    (Kind.GUN_RECOVERY, "Guns recovered"),
]
COLUMNS = (
    "case_number", "agency", "kind", "occurred_at", "offense", "address", "district", "victims_count", "exhibits",
    "review",
)  # fmt: skip


@require_safe
@requires(Permission.INCIDENT_VIEW)
def incident_list(request):
    """The newest incidents, of one kind or all, or the one whose case number was typed."""
    now, kind = timezone.now(), listing.chosen(request, "kind", Kind.values)
    typed = request.GET.get("q", "").strip()[:80]
    if typed:
        found = queries.incidents_named(request.user, keys.named(typed))
        status = f"{listing.many(len(found), 'incident')} under case number {typed}"
    else:
        found = queries.incidents(request.user, kind=kind, cursor=request.GET.get("after"))
        status = listing.many(queries.incidents_count(request.user, kind=kind), "incident")
    context = {
        "page": listing.page(request, found, "occurred_at", lambda row: rows.incident(row, now)),
        "status": status,
        "typed": typed,
        "kind": kind,
        "kinds": Kind.choices,
        "views": listing.views(request, "kind", TABS, kind),
        "may_record": access.has_permission(request.user, Permission.INCIDENT_EDIT),
        "may_export": access.has_permission(request.user, Permission.LEAD_EXPORT),
    }
    return render(request, "evidence/incident_list.html", context)


@require_safe
@requires(Permission.LEAD_EXPORT)
def incidents_export(request):
    """The list as a file: up to ten thousand rows, the newest first."""
    return downloads.rows(request, Incident, queries.incidents, COLUMNS)


@require_safe
@requires(Permission.INCIDENT_VIEW)
def incident(request, pk):
    visible = Incident.objects.visible_to(request.user).select_related("created_by", "batch", *collection.WITH)
    found, now = get_object_or_404(visible, pk=pk), timezone.now()
    correct = access.allows(policies.correct_incident, request.user, found)
    context = {
        "incident": found,
        "asks": reviews.asks(found) if correct else found.review,
        "facts": details.incident_facts(found, now),
        "victims": details.victims(found.victims.all()),
        "exhibits": [details.exhibit_of(each, found.agency.zone, now) for each in queries.exhibits_of(found)],
        "occurred": words.moment(found.occurred_at, found.agency.zone, now),
        "ago": words.ago(found.occurred_at, now),
        "correct": correct,
        "scene": collection.card(request.user, found, now),
        "add": access.allows(policies.add_exhibit, request.user, found),
        "files": attachments.strip(request, found),
        "cards": cards.of(found, request.user),
    }
    return render(request, "evidence/incident.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def incident_new(request):
    """One page for a phone at a scene: what happened and the first exhibits."""
    agencies = list(queries.recordable_agencies(request.user))
    if not agencies:
        raise access.Refused("Your agency records no incidents here. Record them as a member of a police agency.")
    asked = request.POST.get("agency") or request.GET.get("agency")
    agency = next((each for each in agencies if str(each.pk) == asked), agencies[0])
    form, draft = NewIncidentForm(request.POST or None, agency=agency), f"incident-{agency.pk}"
    if before := form.sent_before(request.user):
        messages.success(request, f"Case {before} is recorded.", extra_tags=draft)
        return redirect(before)
    exhibits = FirstExhibitsFormSet(request.POST or None, prefix="exhibit")
    if request.method == "POST" and form.is_valid() and exhibits.is_valid():
        given = [each.facts(form.cleaned_data["occurred_at"]) for each in exhibits.given]
        made = incidents.record(agency=agency, by=request.user, exhibits=given, **form.facts())
        said = f"Case {made} is recorded with {words.counted(len(given), 'exhibit')}."
        if not given:
            said = f"Case {made} is recorded without an exhibit. Add each item that was collected."
        messages.success(request, said, extra_tags=draft)
        attachments.bring(request, made, request.FILES.getlist("photos"))
        return redirect(made)
    context = {"form": form, "exhibits": exhibits, "agencies": agencies, "agency": agency, "draft": draft}
    return render(request, "evidence/incident_new.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def incident_edit(request, pk):
    visible = Incident.objects.visible_to(request.user).select_related("agency")
    found = get_object_or_404(visible, pk=pk)
    access.enforce(policies.correct_incident, request.user, found)
    form, theirs = CorrectionForm.of(found, request.POST or None), None
    if form.is_valid():
        try:
            incidents.correct(incident=found, by=request.user, seen=form.cleaned_data["seen"], **form.facts())
            return redirect(found)
        except incidents.ChangedMeanwhileError as told:
            theirs = details.conflict(form, told.incident, timezone.now())
    return render(request, "evidence/incident_edit.html", {"incident": found, "form": form, "theirs": theirs})
