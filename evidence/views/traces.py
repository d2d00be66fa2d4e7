"""The trace desk: lists of traces, what was forgotten, and one trace with its result."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries
from evidence.actions import trace_rows, traces
from evidence.forms.traces import TraceLimitForm, TraceRequestForm, TraceResultForm
from evidence.models import Firearm, Trace, TraceLimit
from evidence.pages import details
from evidence.pages import traces as pages
from evidence.views import trace_desk

Status = Trace.Status
TABS = [
    ("", "All"),
    (Status.DRAFT, "Drafts"),
    (Status.SUBMITTED, "Sent"),
    (Status.ACCEPTED, "Accepted"),
    (Status.IN_PROGRESS, "In progress"),
    (Status.COMPLETED_TO_PURCHASER, "To a purchaser"),
    (Status.COMPLETED_TO_DEALER_ONLY, "To a dealer"),
    ("short", "Short time"),
    (Status.CLOSED_INCOMPLETE, "Incomplete"),
]
SHOWN = [*Status.values, "short"]


@require_safe
@requires(Permission.TRACE_VIEW)
def trace_list(request):
    now, which = timezone.now(), listing.chosen(request, "status", SHOWN)
    found = queries.traces(request.user, which=which, cursor=request.GET.get("after"), now=now)
    page = _seen(request, listing.page(request, found, "key", lambda row: pages.row(row, now)))
    context = {"page": page, "views": listing.views(request, "status", TABS, which), "status": which}
    return render(request, "evidence/trace_list.html", context | trace_desk.tabs(request, now, ""))


@require_safe
@requires(Permission.TRACE_VIEW)
def untraced(request):
    """Recovered and never traced: the oldest first, those that can never be traced apart."""
    now, cannot = timezone.now(), request.GET.get("cannot") == "1"
    found = queries.untraced(request.user, can_be_traced=not cannot, cursor=request.GET.get("after"))
    tabs = [("", "To trace"), ("1", "Cannot be traced")]
    context = {
        "page": listing.page(request, found, "recovered_at", lambda row: pages.untraced_row(row, now)),
        "views": listing.views(request, "cannot", tabs, "1" if cannot else ""),
        "cannot": cannot,
        "may_ask": access.has_permission(request.user, Permission.TRACE_EDIT),
    }
    return render(request, "evidence/trace_untraced.html", context | trace_desk.tabs(request, now, "untraced"))


@require_safe
@requires(Permission.TRACE_VIEW)
def overdue(request):
    """Sent and not answered within the days of its agency, the latest first."""
    now, limits = timezone.now(), dict(TraceLimit.objects.values_list("agency__code", "days"))
    found = queries.traces(request.user, which="overdue", cursor=request.GET.get("after"), now=now)
    page = _seen(request, listing.page(request, found, "key", lambda row: pages.overdue_row(row, now, limits)))
    context = {"page": page, "which": "overdue", "sets": access.has_permission(request.user, Permission.AGENCY_MANAGE)}
    return render(request, "evidence/trace_gap.html", context | trace_desk.tabs(request, now, "overdue"))


@require_safe
@requires(Permission.TRACE_VIEW)
def to_add(request):
    """Came back short, with something that can be added and one press to ask again."""
    now = timezone.now()
    found = queries.traces(request.user, which="to_add", cursor=request.GET.get("after"), now=now)
    page = _seen(request, listing.page(request, found, "key", lambda row: pages.row(row, now)))
    may = access.has_permission(request.user, Permission.TRACE_EDIT)
    context = {"page": page, "which": "to_add", "may_ask": may, "sets": False}
    return render(request, "evidence/trace_gap.html", context | trace_desk.tabs(request, now, "to_add"))


@require_http_methods(["GET", "POST"])
@requires(Permission.TRACE_EDIT)
def trace_new(request, pk):
    """Begin a request about one firearm, or record one that was sent without the portal."""
    visible = Firearm.objects.visible_to(request.user).select_related("exhibit__incident", "exhibit__agency")
    firearm = get_object_or_404(visible, pk=pk)
    access.enforce(policies.begin_trace, request.user, firearm)
    sent = access.allows(policies.request_trace, request.user, firearm)
    form = TraceRequestForm(request.POST if request.method == "POST" else None)
    if "begin" in request.POST:
        return redirect("trace_edit", traces.begin(firearm=firearm, by=request.user).pk)
    if form.is_valid():
        made = traces.request(firearm=firearm, by=request.user, **form.cleaned_data)
        messages.success(request, "The trace is on record as asked for.")
        return redirect("trace", made.pk)
    context = {"form": form, "firearm": firearm, "exhibit": firearm.exhibit, "gun": details.firearm(firearm)}
    return render(request, "evidence/trace_new.html", context | {"sent": sent})


@require_safe
@requires(Permission.TRACE_VIEW)
def trace(request, pk):
    """How far a trace came, whom it named and what follows from it."""
    user, found = request.user, get_object_or_404(queries.whole_traces(request.user), pk=pk)
    traces.look(traces=[found.pk], by=user)
    times = queries.times_named(user, getattr(found, "result", None))
    context = {
        "trace": found,
        "exhibit": found.firearm.exhibit,
        "firearm": found.firearm,
        "gun": details.firearm(found.firearm),
        "page": pages.page(found, timezone.now(), times),
        "faults": found.faults() if found.status in Trace.UNSENT else [],
        **{name: access.allows(getattr(policies, policy), user, found) for name, policy in MAY.items()},
    }
    return render(request, "evidence/trace.html", context)


MAY = {
    "edit": "edit_trace", "answer": "record_trace_result", "again": "ask_trace_again", "cancel": "cancel_trace",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(Permission.TRACE_EDIT)
def trace_result(request, pk):
    found = get_object_or_404(queries.whole_traces(request.user), pk=pk)
    access.enforce(policies.record_trace_result, request.user, found)
    form = TraceResultForm(request.POST or None, trace=found, user=request.user)
    if form.is_valid():
        traces.record_result(trace=found, by=request.user, **form.cleaned_data)
        messages.success(request, "The result is on record.")
        return redirect("trace", found.pk)
    traces.look(traces=[found.pk], by=request.user)
    return render(request, "evidence/trace_result.html", {"trace": found, "form": form})


@require_POST
@requires(Permission.TRACE_EDIT)
def trace_cancel(request, pk):
    found = get_object_or_404(Trace.objects.visible_to(request.user), pk=pk)
    traces.cancel(trace=found, by=request.user)
    messages.success(request, "The request is cancelled.")
    return redirect("trace", found.pk)


@require_POST
@requires(Permission.TRACE_EDIT)
def trace_again(request, pk):
    """Ask anew: to the form when something has to be added, else to the requests that are ready."""
    visible = Trace.objects.visible_to(request.user).select_related("firearm")
    again = traces.ask_again(trace=get_object_or_404(visible, pk=pk), by=request.user)
    if again.status == Status.READY:
        messages.success(request, "The request is ready to be sent again.")
        return redirect("traces_ready")
    return redirect("trace_edit", again.pk)


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def trace_limits(request):
    """In how many days the agencies one keeps expect an answer."""
    kept = access.agencies_with(request.user, Permission.AGENCY_MANAGE)
    agencies = list(queries.agencies_that_trace(kept))
    asked = next((each for each in agencies if str(each.pk) == request.POST.get("agency")), None)
    form = TraceLimitForm(request.POST, agency=asked, prefix=f"of-{asked.pk}") if asked else None
    if form and form.is_valid():
        trace_rows.set_limit(agency=asked, by=request.user, **form.cleaned_data)
        return redirect("trace_limits")
    lines = [
        (each, form if each == asked else TraceLimitForm(agency=each, prefix=f"of-{each.pk}")) for each in agencies
    ]
    return render(request, "evidence/trace_limits.html", {"lines": lines})


def _seen(request, page):
    """The same page of a list, with the look at its rows on record."""
    if page["rows"]:
        traces.look(traces=[row["id"] for row in page["rows"]], by=request.user)
    return page
