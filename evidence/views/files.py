"""The watch over stored files, for those who keep the accounts and those who read the log."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies import walk
from agencies.access import requires, standings
from agencies.roles import Permission
from evidence import queries
from evidence.pages import attachments as pages


@require_safe
@requires(Permission.AUDIT_VIEW, Permission.AGENCY_MANAGE)
def file_alarms(request):
    before, now = request.GET.get("before", ""), timezone.now()
    found = queries.alarms(request.user, int(before) if before.isdecimal() and len(before) < 18 else None)
    shown, zone = found[: walk.PAGE], standings(request.user)[0].zone
    context = {
        "rows": [pages.alarm(each, zone, now) for each in shown],
        "older": f"?before={shown[-1].pk}" if len(found) > walk.PAGE else "",
        "newer": "?" if before else "",
    }
    return render(request, "evidence/file_alarms.html", context)
