"""Who has what, what is late, what nobody took; and the rows behind each number."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies.access import agencies_with, allows, has_permission, requires
from agencies.models import Unit, User
from agencies.roles import Permission
from leads import policies, queries
from leads.actions import reminders
from leads.insight import accountability as insight
from leads.insight import feedback, outcomes, owed, scope
from leads.pages import board as boardpage
from leads.pages import dash as dashpage
from leads.pages import feedback as feedbackpage
from leads.pages import outcome as outcomepage
from leads.views.confirmations import hits_of

LATE_SHOWN = 8


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def accountability(request):
    now, reach = timezone.now(), scope.of(request.user)
    board = insight.board(reach, now=now)
    late, _older = owed.page(request.user, reach, owed.Filters("late"), now=now, limit=LATE_SHOWN)
    drawn = [boardpage.row(each, request.user, reach.zone, now) for each in late]
    weeks = boardpage.weeks_frame(insight.weeks(reach, now=now))
    rule_url = boardpage.rule_url(request.user, reach)
    may_remind = any(allows(policies.remind, request.user, each) for each in late)
    told = feedbackpage.share_words(feedback.share(reach, now=now))
    more = {"may_remind": may_remind, "rule_url": rule_url, "told": told}
    more["may_be_absent"] = has_permission(request.user, Permission.OBLIGATION_WORK)
    more["came"] = outcomepage.board(outcomes.counts(reach, now=now), reach)
    context = boardpage.frame(reach, board, drawn, now) | weeks | more
    context |= {"hits": hits_of(reach, dashpage.read({}, reach.zone, now), now)}
    return render(request, "leads/accountability.html", context)


@require_POST
@requires(Permission.OBLIGATION_ASSIGN)
def remind(request):
    """Remind everybody who is late, once an hour: at each press the worst that were not reminded of yet."""
    now, mine = timezone.now(), agencies_with(request.user, Permission.OBLIGATION_ASSIGN)
    reach, filters = scope.of(request.user).within(mine), owed.Filters("late")
    among = {"now": now, "without": queries.reminded_since(reminders.VERB, now - reminders.AGAIN_AFTER)}
    many = owed.count(reach, filters, **among)
    late, _older = owed.page(request.user, reach, filters, limit=reminders.MOST, **among)
    told = reminders.remind(obligations=late, by=request.user, now=now)
    if told:
        rest = ", the worst. Press again for the others." if told < many else "."
        messages.success(request, f"Reminded of {told} of {many:,} overdue obligations not reminded of yet{rest}")
    else:
        messages.info(request, "Nobody was reminded: everybody who is late was reminded within the hour.")
    return redirect("accountability")


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def obligations(request):
    """The rows of one number: a part of what is open, or what was closed, of an agency, a unit or a person."""
    now, reach, filters = timezone.now(), scope.of(request.user), owed.read(request.GET)
    found, older = owed.page(request.user, reach, filters, now=now, after=request.GET.get("after"))
    many = owed.count(reach, filters, now=now)
    context = boardpage.list_frame(reach, filters, many, _names(reach, filters)) | {
        "rows": [boardpage.row(each, request.user, reach.zone, now) for each in found],
        "older": f"{boardpage.address(**filters._asdict())}&after={older}" if older else "",
        "newer": boardpage.address(**filters._asdict()) if request.GET.get("after") else "",
        "as_of": boardpage.as_of(now, reach.zone),
    }
    return render(request, "leads/obligation_list.html", context)


def _names(reach, filters):
    """What the filters in use are called, for the chips: names within the reader's reach alone."""
    units = Unit.objects.filter(pk=filters.unit, agency__in=reach.ids) if filters.unit else ()
    people = User.objects.filter(pk=filters.person, memberships__agency__in=reach.ids).distinct()
    named = {
        "agency": reach.agencies[filters.agency].code if filters.agency in reach.agencies else "",
        "unit": "No unit"
        if filters.unit == 0
        else next((unit.name for unit in units), "another" if filters.unit else ""),
        "person": next((user.name for user in people), "another") if filters.person else "",
    }
    return {name: value for name, value in named.items() if value}
