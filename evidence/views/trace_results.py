"""What results say together: dealers and purchasers named again, and rows of files that wait for a person."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import policies, queries
from evidence.actions import trace_rows, traces
from evidence.forms.traces import SettleForm
from evidence.models import TraceRow
from evidence.pages import trace_results as pages
from evidence.views import trace_desk

MOST = 200
TITLES = {"dealer": "Dealers named again", "purchaser": "Purchasers named again"}


@require_safe
@requires(Permission.TRACE_VIEW)
def dealers(request):
    return _repeated(request, "dealer")


@require_safe
@requires(Permission.TRACE_VIEW)
def purchasers(request):
    return _repeated(request, "purchaser")


def _repeated(request, who):
    rows = [pages.repeated(row, who) for row in queries.repeated(request.user, who)]
    seen = queries.results_seen(request.user).filter(pk__in=[row["newest"] for row in rows])
    if rows:
        traces.look(traces=list(seen.values_list("trace_id", flat=True)), by=request.user)
    context = {"rows": rows, "who": who, "title": TITLES[who], "views": pages.views(who)}
    return render(request, "evidence/trace_repeated.html", context)


@require_safe
@requires(Permission.TRACE_VIEW)
def dealer(request, pk):
    return _one(request, pk, "dealer")


@require_safe
@requires(Permission.TRACE_VIEW)
def purchaser(request, pk):
    return _one(request, pk, "purchaser")


def _one(request, pk, who):
    """The traces that name the dealer or the purchaser of one result: no name stands in an address."""
    result = get_object_or_404(queries.results_seen(request.user), pk=pk)
    found = list(queries.named_alike(request.user, result, who)[:MOST])
    if not found:
        raise Http404
    traces.look(traces=[each.pk for each in found], by=request.user)
    now = timezone.now()
    context = {"who": who, "head": pages.head(result, who), "rows": [pages.alike(each, now) for each in found]}
    return render(request, "evidence/trace_alike.html", context)


@require_safe
@requires(Permission.TRACE_EDIT)
def rows(request):
    """Rows of files of results that match no trace or several, or are not certain."""
    after = request.GET.get("after", "")
    found, older = queries.rows_to_review(request.user, after=int(after) if _is_id(after) else 0)
    look(request, found)
    context = {"rows": [pages.waiting(each) for each in found], "older": older}
    return render(request, "evidence/trace_rows.html", context | trace_desk.tabs(request, timezone.now(), "rows"))


def look(request, found):
    if found:
        trace_rows.look(rows=[each.pk for each in found], by=request.user)


def _is_id(text):
    return text.isascii() and text.isdigit() and len(text) < 18


@require_http_methods(["GET", "POST"])
@requires(Permission.TRACE_EDIT)
def row(request, pk):
    """One of them beside the guns it may be of."""
    visible = TraceRow.objects.visible_to(request.user).select_related("agency", "batch__file")
    found = get_object_or_404(visible, pk=pk)
    access.enforce(policies.settle_trace_row, request.user, found)
    near = queries.candidates(request.user, found)
    form = SettleForm(request.POST if request.method == "POST" else None, candidates=near)
    if form.is_valid():
        try:
            taken = trace_rows.take(row=found, by=request.user, **form.cleaned_data["of"])
            messages.success(request, "The result is on record.")
            return redirect("trace", taken.trace_id)
        except access.Refused as refused:
            form.add_error(None, refused.reason)
    look(request, [found])
    context = {"row": pages.waiting(found), "lines": pages.said(found), "form": form, "near": pages.near(form)}
    return render(request, "evidence/trace_row_review.html", context)


@require_POST
@requires(Permission.TRACE_EDIT)
def leave(request, pk):
    found = get_object_or_404(TraceRow.objects.visible_to(request.user), pk=pk)
    trace_rows.leave(row=found, by=request.user)
    messages.success(request, "The row is left out.")
    return redirect("trace_rows")
