"""A detective's own leads, made for a phone: due first, one tap for the next step."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import requires
from agencies.roles import Permission
from leads.insight import workload
from leads.pages import meeting as meetingpage
from leads.pages import my as mypage
from leads.pages import task as taskpage
from leads.queries import actionitems as queries_actionitems
from leads.queries import casetasks as queries_tasks


@require_safe
@requires(Permission.OBLIGATION_WORK)
def my_leads(request):
    now, tab = timezone.now(), request.GET.get("tab", "")
    tab = tab if tab in mypage.TABS else "due"
    counts = workload.counts_of(request.user, now=now)
    found, older = workload.page_of(request.user, tab, after=request.GET.get("after"))
    context = mypage.frame(tab, counts, now) | {
        "actions": [meetingpage.action(each, now) for each in queries_actionitems.own_actions(request.user)],
        "tasks": [taskpage.task(each, now, request.user) for each in queries_tasks.own_tasks(request.user)],
        "cards": [mypage.card(each, request.user, now) for each in found],
        "older": f"?tab={tab}&after={older}" if older else "",
    }
    return render(request, "leads/my_leads.html", context)
