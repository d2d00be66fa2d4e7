from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import details, listing, policies, queries, rows, words
from evidence.actions import acquisitions
from evidence.forms.acquisitions import EntryForm, ReceiptForm
from evidence.models import Acquisition, Exhibit


@require_safe
@requires(Permission.INCIDENT_VIEW)
def entry_queue(request):
    """What waits for entry into NIBIN at the user's sites, least time left first."""
    now, late = timezone.now(), listing.chosen(request, "late", ["1"])
    found = queries.waiting(request.user, late=bool(late), cursor=request.GET.get("after"), now=now)
    calendars, sites = {}, access.agencies_with(request.user, Permission.ACQUISITION_RECORD)
    waiting, overdue = queries.waiting_counts(request.user, now)
    views = listing.views(request, "late", [("", "All waiting"), ("1", "Overdue")], late)
    context = {
        "page": listing.page(request, found, "due_at", lambda row: rows.waiting(row, calendars, now, sites)),
        "views": [views[0] | {"count": waiting}, views[1] | {"count": overdue, "late": True}],
        "status": listing.many(waiting, "exhibit"),
        "overdue": overdue,
        "sites": len({row["site_id"] for row in found}),
        "late": late,
    }
    return render(request, "evidence/entry_queue.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.ACQUISITION_RECORD)
def acquisition_receive(request, pk):
    """A NIBIN site received an exhibit: its clock starts."""
    visible = Exhibit.objects.visible_to(request.user).select_related("incident", "agency")
    exhibit = get_object_or_404(visible, pk=pk)
    access.enforce(policies.receive, request.user, exhibit)
    form = ReceiptForm(request.POST or None, exhibit=exhibit, user=request.user)
    if form.is_valid():
        made = acquisitions.receive(exhibit=exhibit, by=request.user, **form.cleaned_data)
        due = words.moment(made.due_at, made.site.zone, timezone.now())
        messages.success(request, f"Received at {made.site}. Enter it in NIBIN by {due}.")
        return redirect(exhibit)
    return render(request, "evidence/acquisition_receive.html", {"form": form, "exhibit": exhibit})


@require_http_methods(["GET", "POST"])
@requires(Permission.ACQUISITION_RECORD)
def acquisition_enter(request, pk):
    """An exhibit is in NIBIN."""
    visible = Acquisition.objects.visible_to(request.user).select_related("exhibit__incident", "site__calendar")
    acquisition, now = get_object_or_404(visible, pk=pk), timezone.now()
    access.enforce(policies.enter, request.user, acquisition)
    form = EntryForm(request.POST or None, acquisition=acquisition, user=request.user)
    if form.is_valid():
        acquisitions.enter(acquisition=acquisition, by=request.user, **form.cleaned_data)
        messages.success(request, f"Exhibit {acquisition.exhibit} of case {acquisition.exhibit.incident} is in NIBIN.")
        return redirect("acquisitions")
    entry = details.acquisition(acquisition, now)
    context = {"form": form, "exhibit": acquisition.exhibit, "what": details.what(acquisition.exhibit), "entry": entry}
    return render(request, "evidence/acquisition_enter.html", context)
