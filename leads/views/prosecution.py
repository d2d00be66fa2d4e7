"""A prosecutor's day, and the cases that are theirs."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import requires
from agencies.roles import Permission
from evidence import listing
from leads import queries
from leads.pages import casedate as datepage
from leads.pages import caseload as caseloadpage
from leads.pages import undisclosed as undisclosedpage
from leads.queries import arrests as found_arrests
from leads.queries import caseloads as found
from leads.queries import dates as found_dates
from leads.queries import handed, undisclosed


@require_safe
@requires(Permission.REFERRAL_DECIDE)
def prosecution_day(request):
    """What is due today and this week, what is past, and what waits for the office."""
    user, now = request.user, timezone.now()
    zone = queries.reader(user).zone
    today, many = datepage.today(zone, now), found.count(user, "age")
    scope = listing.chosen(request, "of", ("mine", "office")) or ("mine" if many else "office")
    mine = scope == "mine"
    past = {"last": today - datepage.ONE, "mine": mine}
    late, more = found_dates.page(user, limit=caseloadpage.MOST_LATE, **past)
    week, _more = found_dates.page(user, first=today, last=today + datepage.WEEK, mine=mine, limit=caseloadpage.MOST)
    waiting, waits = found.to_decide(user, mine=mine)
    parts = {
        "late": late, "late_count": found_dates.count(user, **past) if more else len(late), "week": week,
        "later": found.later_days([each.referral for each in week if each.deadline is None]),
        "waiting": waiting, "waiting_count": waits, "mine_count": many,
        "arrests": found_arrests.count(user) if found_arrests.looks_through(user) else None,
    }  # fmt: skip
    context = caseloadpage.day_page(parts, today, now, zone, scope) | _papers(user, mine, now, zone)
    return render(request, "leads/prosecution_day.html", context)


def _papers(user, mine, now, zone):
    """What is not disclosed yet, and packets that wait for the reader."""
    most = undisclosedpage.MOST
    waiting = undisclosed.page(user, mine=mine, long=now - undisclosedpage.LATE, limit=most)
    return undisclosedpage.day_cards(waiting, handed.waiting(user, now=now, most=most), mine, now, zone)


@require_safe
@requires(Permission.REFERRAL_DECIDE)
def my_cases(request):
    """The open cases of a prosecutor, by age or by their next day in court."""
    now, show = timezone.now(), listing.chosen(request, "by", ("next",)) or "age"
    rows, later = found.page(request.user, show, after=request.GET.get("after"))
    counts = {name: found.count(request.user, name) for name in ("age", "next")}
    context = caseloadpage.frame(show, counts, rows, now, queries.reader(request.user).zone) | {
        "older": listing.address(request, after=later) if later else "",
        "newer": listing.address(request) if request.GET.get("after") else "",
    }
    return render(request, "leads/my_cases.html", context)
