from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries
from evidence.actions import traces
from evidence.forms.traces import TraceRequestForm, TraceResultForm
from evidence.models import Firearm, Trace
from evidence.pages import details, rows

Status = Trace.Status
TABS = [
    ("", "All"),
    (Status.SUBMITTED, "Asked"),
    (Status.ACCEPTED, "Accepted"),
    (Status.COMPLETED_TO_PURCHASER, "To a purchaser"),
    (Status.COMPLETED_TO_DEALER, "To a dealer"),
    (Status.CLOSED_INCOMPLETE, "Incomplete"),
]
WITH = ("firearm__exhibit__incident", "firearm__exhibit__agency", "agency", "requested_by")


@require_safe
@requires(Permission.TRACE_VIEW)
def trace_list(request):
    now, status = timezone.now(), listing.chosen(request, "status", Status.values)
    found = queries.traces(request.user, status=status, cursor=request.GET.get("after"))
    page = listing.page(request, found, "requested_at", lambda row: rows.trace(row, now))
    if page["rows"]:
        traces.look(traces=[row["id"] for row in page["rows"]], by=request.user)
    context = {"page": page, "views": listing.views(request, "status", TABS, status), "status": status}
    return render(request, "evidence/trace_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRACE_EDIT)
def trace_new(request, pk):
    """Ask for a trace of one firearm."""
    visible = Firearm.objects.visible_to(request.user).select_related("exhibit__incident", "exhibit__agency")
    firearm = get_object_or_404(visible, pk=pk)
    access.enforce(policies.request_trace, request.user, firearm)
    form = TraceRequestForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = traces.request(firearm=firearm, by=request.user, **form.cleaned_data)
        messages.success(request, "The trace is on record as asked for.")
        return redirect("trace", made.pk)
    context = {"form": form, "firearm": firearm, "exhibit": firearm.exhibit, "gun": details.firearm(firearm)}
    return render(request, "evidence/trace_new.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.TRACE_VIEW)
def trace(request, pk):
    """How far a trace came; recording a result is for those who edit traces."""
    visible = Trace.objects.visible_to(request.user).select_related(*WITH)
    found, user, now = get_object_or_404(visible, pk=pk), request.user, timezone.now()
    may = access.allows(policies.record_trace_result, user, found)
    form = TraceResultForm(request.POST or None, trace=found, user=user) if may else None
    if request.method == "POST":
        access.enforce(policies.record_trace_result, user, found)
        if form.is_valid():
            traces.record_result(trace=found, by=user, **form.cleaned_data)
            return redirect("trace", found.pk)
    traces.look(traces=[found.pk], by=user)
    gun, exhibit = found.firearm, found.firearm.exhibit
    context = {
        "trace": found,
        "line": details.trace_of(found, exhibit, now),
        "gun": details.firearm(gun),
        "firearm": gun,
    }
    return render(request, "evidence/trace.html", context | {"exhibit": exhibit, "form": form, "may": may})
