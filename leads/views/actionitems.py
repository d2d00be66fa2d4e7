"""What lead reviews gave out: the lists, one action item, its ends."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import requires
from agencies.roles import Permission
from evidence import listing
from evidence.views import steps
from leads.actions import actionitems
from leads.forms.meetings import DropForm, EndForm
from leads.pages import meeting as meetingpage
from leads.policies import meetings as policies_meetings
from leads.queries import actionitems as found
from leads.views import oneform


@require_safe
@requires(Permission.LEAD_VIEW)
def action_items(request):
    now, mine = timezone.now(), found.count_actions(request.user, "mine")
    which = listing.chosen(request, "tab", found.WHOSE) or ("mine" if mine else "open")
    shown, older = found.action_items(request.user, which, after=request.GET.get("after"))
    counts = {"mine": listing.capped(mine), "open": listing.capped(found.count_actions(request.user, "open"))}
    context = meetingpage.list_frame(which, counts) | {
        "rows": [meetingpage.action(each, now) for each in shown],
        "older": f"?tab={which}&after={older}" if older else "",
        "newer": f"?tab={which}" if request.GET.get("after") else "",
    }
    return render(request, "leads/action_items.html", context)


@require_safe
@requires(Permission.LEAD_VIEW)
def action_item(request, pk):
    one = get_object_or_404(found.whole_actions(request.user), pk=pk)
    return render(request, "leads/action_item.html", meetingpage.action_page(one, request.user, timezone.now()))


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_VIEW)
def action_finish(request, pk):
    one = steps.reach(request, found.whole_actions(request.user), pk, policies_meetings.finish)
    form = EndForm(request.POST or None)
    done = steps.take(request, form, partial(actionitems.finish, action=one), "It is done. The center is told.")
    return done or _page(request, form, one, "Say that it is done", "It is done")


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def action_drop(request, pk):
    one = steps.reach(request, found.whole_actions(request.user), pk, policies_meetings.drop)
    form = DropForm(request.POST or None)
    done = steps.take(request, form, partial(actionitems.drop, action=one), "It is dropped. Its owner is told.")
    return done or _page(request, form, one, "Drop the action item", "Drop it")


def _page(request, form, one, title, button):
    more = {"back": one, "lead": one.lead, "said": one.what, "template": oneform.MEETING}
    return oneform.page(request, form, title, button, **more)
