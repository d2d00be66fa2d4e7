"""Entries whose candidates are reviewed: reviewer 1, and reviewer 2 before a lead goes out."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries
from evidence.actions import correlations
from evidence.forms.laboratory import ReviewForm, SecondForm
from evidence.models import CorrelationReview
from evidence.pages import details
from evidence.pages import laboratory as pages
from evidence.views import steps

Status = CorrelationReview.Status
VIEWS = [
    ("", "Reviewer 1"), ("second", "Reviewer 2"), ("cleared", "No candidate"), ("released", "Released"),
    ("refused", "Not released"),
]  # fmt: skip


@require_safe
@requires(Permission.INCIDENT_VIEW)
def correlation_list(request):
    """What waits for a reviewer, least time left first, and what has one."""
    now, user, show = timezone.now(), request.user, listing.chosen(request, "show", dict(VIEWS))
    status = show or Status.FIRST.value
    found = queries.correlations(user, status=status, now=now, cursor=request.GET.get("after"))
    counts = queries.correlation_counts(user, now)
    views = listing.views(request, "show", VIEWS, show)
    for view, name in zip(views, ("first", "second"), strict=False):
        late = counts[f"{name}_late"]
        view |= {"count": listing.capped(counts[name]), "late_count": late and listing.capped(late)}
    context = {
        "page": listing.page(request, found, "due_at", partial(pages.review, calendars={}, now=now, user_id=user.pk)),
        "views": views,
        "show": show,
        "late": [view for view in views if view.get("late_count")],
    }
    return render(request, "evidence/correlation_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_VIEW)
def correlation(request, pk):
    """One review; the step that waits is for technicians and examiners of the site."""
    found, now = get_object_or_404(queries.whole_correlations(request.user), pk=pk), timezone.now()
    first = found.status == Status.FIRST
    may = access.allows(policies.review_first if first else policies.review_second, request.user, found)
    kind, act = (ReviewForm, correlations.review) if first else (SecondForm, correlations.decide)
    form = kind(request.POST or None, review=found, user=request.user) if may else None
    if request.method == "POST":
        access.enforce(policies.review_first if first else policies.review_second, request.user, found)
        if done := steps.take(request, form, partial(act, review=found), _told):
            return done
    exhibit = found.acquisition.exhibit
    whole = bool(access.allows(policies.read_candidate, request.user, found))
    context = {"review": found, "form": form, "may": may, "exhibit": exhibit, "what": details.what(exhibit)}
    context["again"] = access.allows(policies.review_again, request.user, found)
    return render(request, "evidence/correlation.html", context | pages.review_page(found, now, whole))


def _told(review):
    return {
        Status.CLEARED: "No candidate is on record.",
        Status.SECOND: f"Lead {review.lead_number} waits for reviewer 2, who is somebody else.",
        Status.RELEASED: f"Lead {review.lead_number} may go out: two people have reviewed it.",
        Status.REFUSED: f"Lead {review.lead_number} does not go out.",
    }[review.status]


@require_POST
@requires(Permission.ACQUISITION_RECORD)
def correlation_again(request, pk):
    """NIBIN correlated anew."""
    found = get_object_or_404(queries.whole_correlations(request.user), pk=pk)
    correlations.reopen(review=found, by=request.user)
    messages.success(request, "It waits for reviewer 1 again.")
    return redirect(found)
