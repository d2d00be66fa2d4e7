"""One request from draft to paper, and many on their way out."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries, tracing
from evidence.actions import traces
from evidence.forms.trace_request import Request
from evidence.models import Trace
from evidence.pages import trace_file, trace_form
from evidence.pages import traces as pages
from evidence.views import trace_desk


@require_http_methods(["GET", "POST"])
@requires(Permission.TRACE_EDIT)
def trace_edit(request, pk):
    """The request in the order of the federal form; kept as far as it is known, ready when nothing is missing."""
    found = get_object_or_404(queries.whole_traces(request.user), pk=pk)
    access.enforce(policies.edit_trace, request.user, found)
    asked = Request(found, request.POST or None)
    if asked.form.is_bound and asked.is_valid():
        try:
            kept = traces.keep(
                trace=found, asked=asked.asked(), people=asked.people(), by=request.user, seen=asked.seen
            )
            return _after(request, kept)
        except traces.ChangedMeanwhileError as told:
            asked.refuse(f"{told} Open the page again and add what is missing there.")
    traces.look(traces=[found.pk], by=request.user)
    return render(request, "evidence/trace_edit.html", _form_page(request, found, asked))


def _after(request, kept):
    """Where a request leads that was kept: on when it is ready, else back to its form, checked when that was asked."""
    if "ready" in request.POST and not kept.faults():
        traces.ready(trace=kept, by=request.user)
        messages.success(request, "The request is ready to be sent.")
        return redirect("trace", kept.pk)
    if "more" not in request.POST:
        messages.success(request, "Kept as a draft.")
    return redirect(f"{request.path}{'?check=1' if 'ready' in request.POST else ''}")


def _form_page(request, found, asked):
    faults = found.faults()
    shown = faults if "check" in request.GET else []
    return {
        "trace": found,
        "firearm": found.firearm,
        "exhibit": found.firearm.exhibit,
        "asked": asked,
        "wrong": asked.wrong(),
        "parts": trace_form.parts(asked, faults),
        "faults": trace_form.told(shown),
        "left": len(faults),
        "rules": tracing.script_rules(),
        "differs": trace_form.differs(found),
        "untraceable": faults[0].sentence if faults and faults[0].sentence == tracing.UNTRACEABLE else "",
        "again": tracing.ADDABLE.get(found.follows.reason, "") if found.follows else "",
        "cancel": access.allows(policies.cancel_trace, request.user, found),
    }


@require_safe
@requires(Permission.TRACE_VIEW)
def trace_sheet(request, pk):
    """The request on paper, in the order of the form."""
    found = get_object_or_404(queries.whole_traces(request.user), pk=pk)
    traces.take(traces=[found.pk], by=request.user, form="sheet")
    context = {"trace": found, "parts": pages.sheet(found), "exhibit": found.firearm.exhibit}
    return render(request, "evidence/trace_sheet.html", context | {"now": timezone.now()})


@require_safe
@requires(Permission.TRACE_EDIT)
def ready(request):
    """Requests that are whole and wait to be sent."""
    now = timezone.now()
    found = queries.traces(request.user, which=Trace.Status.READY, cursor=request.GET.get("after"), now=now)
    page = listing.page(request, found, "key", lambda row: pages.row(row, now))
    # All of them, until somebody chose: then what was ticked stays so, and nothing else is.
    chosen = request.GET.get("ticked")
    for row in page["rows"]:
        row["ticked"] = chosen is None or str(row["id"]) in chosen.split(",")
    if page["rows"]:
        traces.look(traces=[row["id"] for row in page["rows"]], by=request.user)
    context = {"page": page, "after": request.GET.get("after", "")} | trace_desk.tabs(request, now, "ready")
    return render(request, "evidence/trace_ready.html", context)


@require_safe
@requires(Permission.TRACE_EDIT)
def batch_file(request):
    """The requests that were ticked, as one CSV with columns of our own."""
    found = list(_ticked(request, request.GET).prefetch_related("people"))
    if not found:
        messages.error(request, "Tick the requests that go into the file.")
        return _back(request.GET)
    traces.take(traces=[each.pk for each in found], by=request.user, form="csv")
    return listing.spreadsheet("trace-requests", trace_file.COLUMNS, map(trace_file.row, found), "csv")


@require_POST
@requires(Permission.TRACE_EDIT)
def send(request):
    """Mark the requests that were ticked as sent."""
    ids = list(_ticked(request, request.POST).values_list("pk", flat=True))
    sent = traces.send(traces=ids, by=request.user)
    if sent:
        messages.success(request, f"{listing.many(len(sent), 'request')} marked as sent. The days of the answer run.")
    else:
        messages.error(request, "Tick the requests that were sent.")
    return _back(request.POST, sent)


def _back(given, done=()):
    """To the list where it was, with the ticks as they were."""
    left = [text for text in given.getlist("trace")[:200] if _is_number(text) and int(text) not in done]
    after = {"after": given["after"]} if given.get("after") else {}
    return redirect(f"{reverse('traces_ready')}?{urlencode({'ticked': ','.join(left), **after})}")


def _ticked(request, given):
    numbers = [int(text) for text in given.getlist("trace")[:200] if _is_number(text)]
    ready = Trace.objects.visible_to(request.user).filter(pk__in=numbers, status=Trace.Status.READY)
    mine = [
        each.pk for each in ready.select_related("agency") if access.allows(policies.send_trace, request.user, each)
    ]
    return Trace.objects.filter(pk__in=mine).select_related("agency", "firearm").order_by("pk")


def _is_number(text):
    return text.isascii() and text.isdigit() and len(text) < 18
