"""What is not disclosed yet, over all leads of a prosecutor's office."""

from functools import partial

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import requires
from agencies.roles import Permission
from evidence import listing
from leads import disclosing, queries
from leads.pages import undisclosed as page
from leads.queries import undisclosed as found


@require_safe
@requires(Permission.REFERRAL_DECIDE)
def undisclosed(request):
    """Every item of the disclosure index of the office's open cases that nobody disclosed, the oldest first."""
    user, now = request.user, timezone.now()
    show = listing.chosen(request, "show", page.TABS)
    duty, mine = listing.chosen(request, "duty", disclosing.WEIGHED), request.GET.get("of") == "mine"
    asked = {"show": show, "duty": duty, "mine": mine, "long": now - page.LATE}
    waiting = found.page(user, after=request.GET.get("after"), **asked)
    cases = found.cases(user, {item.lead for item, _lead in waiting.rows}) if waiting.rows else {}
    zone = queries.reader(user).zone
    context = page.frame(partial(listing.address, request), show, duty, mine, waiting.counts) | {
        "rows": [page.line(item, lead, cases.get(item.lead, []), zone, now) for item, lead in waiting.rows],
        "older": listing.address(request, after=waiting.older) if waiting.older else "",
        "newer": listing.address(request) if request.GET.get("after") else "",
    }
    return render(request, "leads/undisclosed.html", context)
