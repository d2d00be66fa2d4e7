from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import policies, queries, scanning
from evidence.actions import moves
from evidence.forms.bench import IN, BenchForm
from evidence.pages import bench as pages


def _bench(request):
    """The agency at whose bench the person stands."""
    kept = queries.kept_agencies(request.user)
    if not kept:
        raise access.Refused("Your agency keeps no evidence here. Work as a member of one that does.")
    asked = request.GET.get("agency") or request.POST.get("bench")
    return kept, next((each for each in kept if str(each.pk) == asked), kept[0])


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def bench(request):
    """Scan a place and exhibits to check them in, or exhibits to check them out to somebody."""
    kept, here = _bench(request)
    form = BenchForm(request.POST or None, user=request.user, bench=here, initial={"place": request.GET.get("place")})
    if form.is_valid():
        try:
            return redirect(_moved(form, here, request.user))
        except access.Refused as refused:
            form.add_error("scanned", refused.reason)
    recent = [pages.receipt(each, timezone.now()) for each in queries.receipts(request.user)]
    return render(request, "evidence/bench.html", {"form": form, "bench": here, "agencies": kept, "recent": recent})


def _moved(form, here, by):
    facts = {"exhibits": form.exhibits, "left_out": form.left_out, "note": form.cleaned_data["note"], "by": by}
    if form.cleaned_data["way"] == IN:
        return moves.check_in(place=form.cleaned_data["place"], **facts)
    to = {name: form.cleaned_data[name] for name in ("agency", "person", "purpose")}
    return moves.check_out(bench=here, **to, **facts)


@require_safe
@requires(Permission.INCIDENT_EDIT)
def bench_look(request):
    """What one scan means, for the list on the bench."""
    _kept, here = _bench(request)
    found = scanning.scanned(request.user, request.GET.get("code", "")[:200], here)
    return JsonResponse(pages.look(found, timezone.now()))


@require_safe
@requires(Permission.INCIDENT_VIEW)
def receipt(request, pk):
    """What was moved together, to be printed and signed."""
    found = get_object_or_404(queries.whole_receipts(request.user), pk=pk)
    lines = queries.lines_of(found, request.user)
    if found.left_out and request.GET.get("new"):
        messages.warning(request, "Not everything was moved.")
    context = pages.receipt_page(found, lines, timezone.now())
    # What stayed on the bench may be of cases in which the other side takes no part.
    if found.made_by_id != request.user.pk and policies.work_at_bench(request.user, found.agency):
        context["left_out"] = []
    return render(request, "evidence/receipt.html", context)
