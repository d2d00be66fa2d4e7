"""Shots that sensors and dispatch told of: those that never became an incident, or never brought evidence."""

from datetime import timedelta
from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access, walk
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries
from evidence.actions import alerts, detections
from evidence.forms.alerts import BelongForm, DismissForm, MakeForm
from evidence.models import Detection, Incident
from evidence.pages import alerts as pages
from evidence.views import steps

VIEWS = [("open", "No incident"), ("bare", "No evidence"), ("matched", "Matched"), ("dismissed", "Not gunfire")]
SPANS = [(0, "Any time"), (7, "Last 7 days"), (30, "Last 30 days"), (365, "Last year")]


@require_safe
@requires(Permission.INCIDENT_VIEW)
def alert_list(request):
    """Shots by what became of them, the newest first."""
    now, user = timezone.now(), request.user
    state = listing.chosen(request, "show", dict(VIEWS)) or "open"
    days = int(listing.chosen(request, "days", [str(days) for days, _label in SPANS]) or 0)
    agencies = list(queries.answering_agencies(user))
    wanted = walk.whole(request.GET.get("agency", ""))
    agency = next((each.pk for each in agencies if each.pk == wanted), None)
    since = now - timedelta(days=days) if days else None
    found = queries.detections(user, state=state, agency=agency, since=since, cursor=request.GET.get("after"))
    counts = queries.detection_counts(user)
    views = [
        view | {"count": listing.capped(counts[name])}
        for (name, _label), view in zip(VIEWS, listing.views(request, "show", VIEWS, state), strict=True)
    ]
    context = {
        "page": listing.page(request, found, "at", partial(pages.detection, now=now)),
        "views": views, "show": state, "spans": SPANS, "counts": counts, "any": any(counts.values()),
        "agencies": agencies if len(agencies) > 1 else [], "chosen": {"agency": agency, "days": days},
        "may_match": access.has_permission(user, Permission.INCIDENT_EDIT),
        "may_load": access.has_permission(user, Permission.IMPORT),
    }  # fmt: skip
    return render(request, "evidence/alert_list.html", context)


@require_POST
@requires(Permission.INCIDENT_EDIT)
def alerts_match(request):
    """Look for the incidents of all alerts anew."""
    mine = queries.answering_agencies(request.user, Permission.INCIDENT_EDIT)
    found = sum(alerts.match(agency=agency, by=request.user) for agency in mine)
    messages.success(request, f"{found} more found their incident." if found else "No more found their incident.")
    return redirect("alerts")


def _visible(user):
    return Detection.objects.visible_to(user).select_related("agency", "incident", "decided_by")


@require_safe
@requires(Permission.INCIDENT_VIEW)
def detection(request, pk):
    found, now = get_object_or_404(_visible(request.user), pk=pk), timezone.now()
    may = access.allows(policies.decide_detection, request.user, found)
    near = queries.near(request.user, found) if found.state == Detection.State.OPEN else []
    context = pages.page(found, queries.alerts_of(found), near, now)
    context |= {
        "detection": found,
        "case": _case(request.user, found),
        "may": may,
        "reasons": Detection.Dismissal.choices[:-1],
    }
    return render(request, "evidence/detection.html", context)


def _case(user, found):
    """The incident that the shots are, as far as the reader sees it: it may be another agency's."""
    return Incident.objects.visible_to(user).filter(pk=found.incident_id).first()


def _step(request, pk, form, act, heading, told):
    """One decision about shots, as a page with one form."""
    found = steps.reach(request, _visible(request.user), pk, policies.decide_detection)
    form = form(found)
    done = steps.take(request, form, partial(act, detection=found), told, found)
    context = {"form": form, "detection": found, "heading": heading}
    return done or render(request, "evidence/detection_step.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def detection_belong(request, pk):
    """The shots are an incident that is here."""
    data = request.POST or None
    return _step(
        request, pk, lambda found: BelongForm(data, detection=found, user=request.user), detections.belong,
        "Belongs to an incident", "The alert belongs to its incident.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def detection_make(request, pk):
    """The shots become an incident."""
    data = request.POST or None
    return _step(
        request, pk, lambda found: MakeForm(data, detection=found), detections.make,
        "Make an incident of it", lambda made: f"Case {made.incident} is recorded. Its scene waits for an answer.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def detection_dismiss(request, pk):
    """It was no gunfire."""
    data = request.POST or None
    return _step(
        request, pk, lambda found: DismissForm(data, detection=found, user=request.user), detections.dismiss,
        "Not gunfire", "It is on record that this was no gunfire.",
    )  # fmt: skip


@require_POST
@requires(Permission.INCIDENT_EDIT)
def detection_reopen(request, pk):
    found = get_object_or_404(_visible(request.user), pk=pk)
    detections.reopen(detection=found, by=request.user)
    messages.success(request, "The alert waits for its incident again.")
    return redirect(found)
