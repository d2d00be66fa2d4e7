"""What one's work led to, and letters of thanks."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies import walk
from agencies.access import enforce, requires
from agencies.roles import Permission
from leads import queries
from leads.models import Feedback
from leads.pages import feedback as feedbackpage
from leads.policies import feedback as policies_feedback
from leads.queries import feedback as found


@require_safe
@requires(Permission.HOME)
def feedback(request):
    """Leads that yielded and that one had a part in; for who supervises also those of their people."""
    oversees, zone = found.oversees(request.user), queries.reader(request.user).zone
    whose = "people" if oversees and request.GET.get("tab", "people") == "people" else "mine"
    shown, older = found.feedback(request.user, whose=whose, after=request.GET.get("after"))
    context = {
        "rows": [feedbackpage.row(each, zone) for each in shown],
        "whose": whose,
        "tabs": [
            {"label": label, "url": f"?tab={name}", "current": name == whose}
            for name, label in (("people", "My people"), ("mine", "Mine"))
        ],
        "oversees": oversees,
        "older": f"?tab={whose}&after={older}" if older else "",
        "newer": f"?tab={whose}" if request.GET.get("after") else "",
    }
    return render(request, "leads/feedback.html", context)


@require_safe
@requires(Permission.HOME)
def feedback_one(request, pk):
    related = ("gave__lead", "person", "agency", "unit")
    one = get_object_or_404(Feedback.objects.visible_to(request.user).select_related(*related), pk=pk)
    context = {"one": feedbackpage.row(one, queries.reader(request.user).zone), "own": one.person_id == request.user.pk}
    return render(request, "leads/feedback_one.html", context)


@require_safe
@requires(Permission.OBLIGATION_ASSIGN)
def feedback_letter(request):
    """A letter to one person, or to a unit, over the last ninety days."""
    enforce(policies_feedback.print_letters, request.user)
    asked = {name: walk.whole(request.GET.get(name, "")) for name in ("person", "unit")}
    now, zone = timezone.now(), queries.reader(request.user).zone
    rows = found.letter_rows(request.user, now, **asked) if any(asked.values()) else []
    if not rows:
        raise Http404
    letter = feedbackpage.letter(rows, zone, now, unit=not asked["person"])
    return render(request, "leads/feedback_letter.html", {"letter": letter, "days": found.LETTER_DAYS})
