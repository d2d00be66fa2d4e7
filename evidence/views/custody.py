from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries, words
from evidence.actions import custody, handovers
from evidence.forms.custody import ArrivalForm, HandOverForm, RefusalForm, WithdrawalForm
from evidence.models import CustodyEvent, Exhibit, HandOver
from evidence.pages import custody as pages
from evidence.pages import details
from evidence.views import steps

WAYS = {"offer": handovers.offer, "store": custody.store, "record": custody.record}
TABS = [("waiting", "Waits for me"), ("given", "I gave"), ("transit", "All in transit")]
MOST_TOGETHER = 200


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_VIEW)
def custody_new(request, pk):
    """An exhibit is offered to somebody, put away, or signed for on paper."""
    visible = Exhibit.objects.visible_to(request.user).select_related("incident", "agency", "held_by")
    exhibit = steps.reach(request, visible, pk, policies.give_exhibit)
    form = HandOverForm(request.POST or None, exhibit=exhibit, user=request.user)
    if form.is_valid():
        made = WAYS[form.way](exhibit=exhibit, by=request.user, **form.facts)
        messages.success(request, _told(made))
        return redirect(exhibit)
    return render(request, "evidence/custody_new.html", {"form": form, "exhibit": exhibit})


def _told(made):
    if isinstance(made, HandOver):
        return f"Exhibit {made.exhibit} is in transit until {made.to_words} confirms it."
    where = "in" if made.purpose == CustodyEvent.Purpose.STORED else "with"
    return f"Exhibit {made.exhibit} is now {where} {made.to_whom}."


@require_safe
@requires(Permission.INCIDENT_VIEW)
def hand_overs(request):
    """What waits for me, what I gave and nobody confirmed, all that is in transit at my agency."""
    # All that is in transit is for those who keep an agency's evidence.
    keeps = access.has_permission(request.user, Permission.INCIDENT_EDIT)
    offered = TABS if keeps else TABS[:2]
    now, view = timezone.now(), listing.chosen(request, "view", dict(offered)) or "waiting"
    found = queries.hand_overs(request.user, view=view, cursor=request.GET.get("after"))
    counts = queries.hand_over_counts(request.user)
    tabs = listing.views(request, "view", offered, view)
    context = {
        "page": listing.page(request, found, "offered_at", lambda row: pages.row(row, now)),
        "views": [
            tab | {"count": listing.capped(counts[value])} for tab, (value, _) in zip(tabs, offered, strict=True)
        ],
        "status": listing.many(counts["transit" if keeps else "waiting"], "exhibit"),
        "keeps": keeps,
        "view": view,
    }
    return render(request, "evidence/hand_overs.html", context)


@require_POST
@requires(Permission.INCIDENT_VIEW)
def hand_overs_confirm(request):
    """Those that are ticked arrived with the seal and in the condition in which they were given."""
    ticked = [int(pk) for pk in request.POST.getlist("hand_over")[:MOST_TOGETHER] if pk.isdecimal() and len(pk) < 19]
    found = HandOver.objects.visible_to(request.user).filter(pk__in=ticked).select_related("exhibit__incident")
    done, left = handovers.confirm_each(hand_overs=list(found), by=request.user)
    if done:
        messages.success(request, f"{words.counted(len(done), 'exhibit')} confirmed.")
    for made, why in left:
        messages.error(request, f"Case {made}: {why}")
    if not ticked:
        messages.warning(request, "Tick what arrived, then confirm.")
    return redirect("hand_overs")


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_VIEW)
def hand_over(request, pk):
    """One hand-over: the receiver says what they see of it."""
    user, now = request.user, timezone.now()
    found = get_object_or_404(queries.whole_hand_overs(user), pk=pk)
    answer = access.allows(policies.answer_hand_over, user, found)
    if request.method == "POST":
        access.enforce(policies.answer_hand_over, user, found)
    form = ArrivalForm(request.POST or None, hand_over=found, user=user) if answer else None
    act = partial(handovers.confirm, hand_over=found)
    done = steps.take(request, form, act, f"Exhibit {found.exhibit} is yours now.", "hand_overs")
    context = {
        "made": found,
        "form": form,
        "why_not": answer.reason,
        "withdraw": access.allows(policies.withdraw_hand_over, user, found),
        "facts": pages.facts(found, now),
        "what": details.what(found.exhibit, getattr(found.exhibit, "firearm", None)),
        "transit": pages.in_transit([found], now),
    }
    return done or render(request, "evidence/hand_over.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_VIEW)
def hand_over_refuse(request, pk):
    found = steps.reach(request, queries.whole_hand_overs(request.user), pk, policies.refuse_hand_over)
    form = RefusalForm(request.POST or None)
    told = f"Refused. {found.offered_by} is told that exhibit {found.exhibit} stays with them."
    done = steps.take(request, form, partial(handovers.refuse, hand_over=found), told, "hand_overs")
    return done or render(request, "evidence/hand_over_end.html", {"form": form, "made": found, "verb": "Refuse"})


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_VIEW)
def hand_over_withdraw(request, pk):
    found = steps.reach(request, queries.whole_hand_overs(request.user), pk, policies.withdraw_hand_over)
    form = WithdrawalForm(request.POST or None)
    told = f"Withdrawn. Exhibit {found.exhibit} stays where it was."
    done = steps.take(request, form, partial(handovers.withdraw, hand_over=found), told, found.exhibit)
    return done or render(request, "evidence/hand_over_end.html", {"form": form, "made": found, "verb": "Withdraw"})
