from functools import partial

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries, words
from evidence.actions import acquisitions
from evidence.forms.acquisitions import EntryForm, ReceiptForm, RejectForm
from evidence.models import Acquisition, Exhibit
from evidence.pages import details, laboratory, rows
from evidence.views import steps


@require_safe
@requires(Permission.INCIDENT_VIEW)
def entry_queue(request):
    """What waits for entry into NIBIN at the user's sites, least time left first."""
    now, late = timezone.now(), listing.chosen(request, "late", ["1"])
    found = queries.waiting(request.user, late=bool(late), cursor=request.GET.get("after"), now=now)
    calendars, sites = {}, access.agencies_with(request.user, Permission.ACQUISITION_RECORD)
    waiting, overdue = queries.waiting_counts(request.user, now)
    views = listing.views(request, "late", [("", "All waiting"), ("1", "Overdue")], late)
    views.append({"label": "Never entered", "url": reverse("never_entered"), "current": False})
    context = {
        "page": listing.page(request, found, "due_at", lambda row: rows.waiting(row, calendars, now, sites)),
        "kpis": laboratory.goals(queries.entry_goals(request.user, now)),
        "views": [
            views[0] | {"count": listing.capped(waiting)},
            views[1] | {"count": listing.capped(overdue), "late": bool(overdue)},
            *views[2:],
        ],
        "status": listing.many(waiting, "exhibit"),
        "overdue": listing.capped(overdue) if overdue else "",
        "sites": len({row["site_id"] for row in found}),
        "late": late,
    }
    return render(request, "evidence/entry_queue.html", context)


@require_safe
@requires(Permission.INCIDENT_VIEW)
def never_entered(request):
    """Casings and guns that could be in NIBIN and are not, the oldest first."""
    now, history = timezone.now(), listing.chosen(request, "show", ["history"])
    found = queries.never_entered(request.user, history=bool(history), cursor=request.GET.get("after"), now=now)
    counts = queries.never_entered_counts(request.user, now)
    views = listing.views(request, "show", [("", "Never entered"), ("history", "Before that")], history)
    context = {
        "page": listing.page(request, found, "collected_at", lambda row: laboratory.never(row, now)),
        "views": [view | {"count": listing.capped(counts[name])}
                  for view, name in zip(views, ("open", "history"), strict=True)],
        "history": history,
    }  # fmt: skip
    return render(request, "evidence/never_entered.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACQUISITION_RECORD)
def acquisition_receive(request, pk):
    """A NIBIN site received an exhibit: its clock starts."""
    visible = Exhibit.objects.visible_to(request.user).select_related("incident", "agency")
    exhibit = steps.reach(request, visible, pk, policies.receive_exhibit)
    form = ReceiptForm(request.POST or None, exhibit=exhibit, user=request.user)
    done = steps.take(request, form, partial(acquisitions.receive, exhibit=exhibit), _due, exhibit)
    return done or render(request, "evidence/acquisition_receive.html", {"form": form, "exhibit": exhibit})


def _due(made):
    due = words.moment(made.due_at, made.site.zone, timezone.now())
    return f"Received at {made.site}. Enter it in NIBIN by {due}."


@require_http_methods(["GET", "POST"])
@requires(Permission.ACQUISITION_RECORD)
def acquisition_enter(request, pk):
    """An exhibit is in NIBIN."""
    visible = Acquisition.objects.visible_to(request.user).select_related("exhibit__incident", "site__calendar")
    acquisition = steps.reach(request, visible, pk, policies.enter_exhibit)
    form = EntryForm(request.POST or None, acquisition=acquisition, user=request.user)
    exhibit, act = acquisition.exhibit, partial(acquisitions.enter, acquisition=acquisition)
    told = f"Exhibit {exhibit} of case {exhibit.incident} is in NIBIN."
    entry = details.acquisition(acquisition, timezone.now())
    context = {"form": form, "exhibit": exhibit, "what": details.what(exhibit), "entry": entry}
    done = steps.take(request, form, act, told, reverse("acquisitions"))
    return done or render(request, "evidence/acquisition_enter.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACQUISITION_RECORD)
def acquisition_reject(request, pk):
    """An exhibit cannot be entered."""
    visible = Acquisition.objects.visible_to(request.user).select_related("exhibit__incident", "site__calendar")
    acquisition = steps.reach(request, visible, pk, policies.reject_exhibit)
    form, exhibit = RejectForm(request.POST or None, acquisition=acquisition, user=request.user), acquisition.exhibit
    act = partial(acquisitions.reject, acquisition=acquisition)
    done = steps.take(request, form, act, "Rejected. The agency is told why.", reverse("acquisitions"))
    context = {"form": form, "exhibit": exhibit, "what": details.what(exhibit), "acquisition": acquisition}
    return done or render(request, "evidence/acquisition_reject.html", context)
