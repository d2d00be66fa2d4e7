"""The seven stages, each number with the rows behind it."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies import walk
from agencies.access import allows, has_permission, requires
from agencies.models import Agency
from agencies.roles import Permission
from evidence import queries as evidence
from evidence.actions import exports
from evidence.listing import spreadsheet
from leads import policies
from leads.insight import paused, scope, stages
from leads.pages import board as boardpage
from leads.pages import dash as dashpage
from leads.pages import dashrows
from leads.views.confirmations import hits_of


def _named(found):
    """The agencies that figures speak of, by name."""
    return Agency.objects.filter(pk__in={agency for _number, _present, agency in found if agency}).order_by("name")


def _undone(user, now):
    """What was never collected, entered and traced, of what a person sees."""
    scenes = evidence.unanswered_counts(user, now, Permission.DASHBOARD_VIEW)
    entries = evidence.never_entered_counts(user, now, Permission.DASHBOARD_VIEW)
    traces = evidence.desk_counts(user, now) if has_permission(user, Permission.TRACE_VIEW) else None
    return dashpage.undone(scenes, entries, traces)


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def dashboard(request):
    now, reach = timezone.now(), scope.of(request.user)
    asked = dashpage.read(request.GET, reach.zone, now)
    found = stages.figures(reach, asked.period, now=now)
    out = stages.left_out(reach, asked.period, now=now)
    context = dashpage.frame(asked, found, out, _named(found), reach, now) | {"undone": _undone(request.user, now)}
    context |= boardpage.taken(paused.taken(reach, asked.period, now=now)) | {"hits": hits_of(reach, asked, now)}
    return render(request, "leads/dashboard.html", context | {"may_export": allows(policies.export, request.user)})


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def dashboard_rows(request, stage):
    """The rows of one stage, or of what the stages leave out: all that came in, what went on, what is late."""
    if stage not in stages.OPENED:
        raise Http404
    now, reach, found = timezone.now(), scope.of(request.user), stages.OPENED[stage]
    asked = dashpage.read(request.GET, reach.zone, now)
    part = request.GET.get("part") if request.GET.get("part") in stages.parts(found) else "came"
    agency = walk.whole(request.GET.get("agency", ""))
    rows, older = stages.page(reach, asked.period, found, part, now=now, agency=agency, after=request.GET.get("after"))
    known = {each.pk: each for each in Agency.objects.filter(pk__in={row["agency_id"] for row in rows} | {agency})}
    context = dashrows.frame(found, part, asked, agency, known, reach.zone, now) | {
        "rows": [dashrows.row(each, reach.zone, known) for each in rows],
        "older": f"{dashrows.address(stage, part, asked, agency)}&after={older}" if older else "",
        "newer": dashrows.address(stage, part, asked, agency) if request.GET.get("after") else "",
    }
    return render(request, "leads/dashboard_rows.html", context)


@require_safe
@requires(Permission.LEAD_EXPORT)
def dashboard_export(request):
    """The figures as a spreadsheet; who took them is on record."""
    now, reach = timezone.now(), scope.of(request.user)
    asked = dashpage.read(request.GET, reach.zone, now)
    found = stages.figures(reach, asked.period, now=now)
    exports.note(model=Agency, ids=reach.ids, form="stages.xlsx", by=request.user)
    lines = dashpage.lines(found, asked, _named(found), reach.zone)
    return spreadsheet(f"stages-{asked.first}-{asked.last}", dashpage.COLUMNS, lines, "xlsx")
