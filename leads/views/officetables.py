"""What offices say for themselves: what statuses of court files mean, and the reasons for which they decline."""

from functools import partial

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import has_permission, requires
from agencies.roles import Permission
from evidence.views import steps
from leads.actions import declining as declining_actions
from leads.actions import spellings
from leads.forms.court import MeaningForm, ReasonForm, SpellingForm
from leads.models import StatusSpelling
from leads.pages import court as pages
from leads.policies import court as policies
from leads.queries import court as queries
from leads.queries import declining

OURS = "Your office has it in its table. It holds for your people, before what the center says."


@require_safe
@requires(Permission.LEAD_TRIAGE, Permission.REFERRAL_DECIDE)
def court_statuses(request):
    """Spellings that wait for a meaning, what one's office says of others, and what was said for all."""
    waiting, said = queries.waiting(request.user), queries.said(request.user)
    decides = has_permission(request.user, Permission.REFERRAL_DECIDE)
    own = queries.own_meanings(request.user) if decides else []
    context = {
        "waiting": [pages.waiting(each) for each in waiting],
        "said": [pages.said(each) for each in said], "most": queries.MOST_SPELLINGS,
        "own": [pages.own_meaning(each) for each in own], "decides": decides,
    }  # fmt: skip
    return render(request, "leads/court_statuses.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE, Permission.REFERRAL_DECIDE)
def court_status(request, pk):
    visible = StatusSpelling.objects.visible_to(request.user).select_related("center")
    found, offices = steps.reach(request, visible, pk, policies.say_meaning), declining.offices(request.user)
    offices = offices.filter(parent=found.center_id)
    own = queries.own_meaning(found, offices)
    initial = {"meaning": own.meaning if own else found.meaning, "office": own.office_id if own else None}
    form = MeaningForm(request.POST or None, initial=initial, offices=offices)
    done = steps.take(request, form, partial(_say, found), _told(form), reverse("court_statuses"))
    return done or render(request, "leads/court_status.html", {"spelling": found, "form": form, "own": own})


def _say(spelling, *, meaning, by, office=None):
    if office:
        return spellings.say_for_office(office=office, spelling=spelling, meaning=meaning, by=by)
    return spellings.say(spelling=spelling, meaning=meaning, by=by)


def _told(form):
    ours = form.is_valid() and form.cleaned_data.get("office")
    return OURS if ours else "Said. Every docket at this status is folded, and those of later files."


@require_POST
@requires(Permission.REFERRAL_DECIDE)
def court_status_back(request, pk):
    """An office goes by what the center says of a status again."""
    visible = StatusSpelling.objects.visible_to(request.user).select_related("center")
    found = steps.reach(request, visible, pk, policies.say_meaning)
    own = queries.own_meaning(found, declining.offices(request.user))
    act = partial(spellings.say_for_office, office=own.office if own else found.center, spelling=found, meaning="")
    return steps.take(request, None, act, "Your office goes by the center's table again.", reverse("court_statuses"))


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def court_status_new(request):
    offices = declining.offices(request.user)
    form = SpellingForm(request.POST or None, offices=offices)
    done = steps.take(request, form, spellings.add, OURS, reverse("court_statuses"))
    return done or render(request, "leads/court_status_new.html", {"form": form, "may": offices.exists()})


@require_safe
@requires(Permission.REFERRAL_DECIDE)
def decline_reasons(request):
    """The reasons for which one's offices decline."""
    found = [pages.reasons(each, declining.table(each), request.user) for each in declining.offices(request.user)]
    return render(request, "leads/decline_reasons.html", {"offices": found})


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def decline_reason_new(request, pk):
    office = steps.reach(request, declining.offices(request.user), pk, policies.keep_reasons)
    form = ReasonForm(request.POST or None, known=declining.table(office))
    act, told = partial(declining_actions.add, office=office), "It stands in the list, for cases declined from now on."
    done = steps.take(request, form, act, told, reverse("decline_reasons"))
    return done or render(request, "leads/decline_reason_new.html", {"form": form, "office": office})


@require_POST
@requires(Permission.REFERRAL_DECIDE)
def decline_reason_set(request, pk):
    """Retire a reason, or use it again."""
    office, used = (
        steps.reach(request, declining.offices(request.user), pk, policies.keep_reasons),
        "use" in request.POST,
    )
    code = request.POST.get("use" if used else "retire", "")
    act = partial(declining_actions.set_used, office=office, code=code, used=used)
    told = "It is in use again." if used else "Retired. What was declined for it keeps its words."
    return steps.take(request, None, act, told, reverse("decline_reasons"))
