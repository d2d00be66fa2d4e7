"""The people list: the center's list, what another agency was given of it, one entry, on screen and on paper."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies import walk
from agencies.access import allows, enforce, requires
from agencies.roles import Permission
from evidence import listing
from evidence.views import steps
from leads import retention
from leads.actions import disseminations
from leads.forms.listed import AskForm, WhyForm
from leads.lists import listed as listedlist
from leads.models import Dissemination
from leads.models.part23 import reading
from leads.pages import listed as listedpage
from leads.policies import listed as policies
from leads.queries import listed as queries
from leads.standing import listed as standing

How = Dissemination.How
STEPS = (
    ("listed_approve", policies.approve, "Approve"),
    ("listed_review", policies.review, "Review"),
    ("listed_give", policies.give, "Give to an agency"),
    ("listed_fact", policies.record_fact, "Add an event"),
    ("listed_move", policies.move, "Change status"),
    ("listed_print", policies.print_, "Print"),
    ("listed_hold", policies.hold, "Set a purge hold"),
    ("listed_lift", policies.lift, "Lift the purge hold"),
    ("listed_remove", policies.remove, "Remove"),
)


@require_safe
@requires(Permission.LISTED_VIEW)
def listed_people(request):
    center = standing.center_of(request.user)
    return _own(request, center) if center else _given(request)


def _own(request, center):
    """The center's list, by the day of review; that its names were read is on record."""
    today, show = standing.today_of(center), listing.chosen(request, "show", listedlist.TABS)
    soon = today + retention.days_of_notice()
    visible = queries.whole(request.user)
    found = listedlist.entries(visible, center, show, soon, request.GET.get("after"))
    scores, counts = queries.measured(found[: walk.PAGE], center, today), listedlist.counts(center, soon)
    disseminations.look(entries=found[: walk.PAGE], by=request.user)
    tabs = listing.views(request, "show", [(name, label) for name, (label, _) in listedlist.TABS.items()], show)
    for tab, name in zip(tabs, listedlist.TABS, strict=True):
        tab |= {"count": listing.capped(counts[name]), "late": False}
    rows = [listedpage.row(each, scores.get(each.pk), today) for each in found[: walk.PAGE]]
    context = {
        "center": center, "rows": rows, "views": tabs, "show": show, "is_over": show in listedlist.OVER,
        "older": _older(request, found), "newer": listing.address(request) if request.GET.get("after") else "",
        "may_propose": allows(policies.keep, request.user, center),
        "may_rule": allows(policies.set_rule, request.user, center),
    }  # fmt: skip
    return render(request, "leads/listed_people.html", context)


def _older(request, found):
    if len(found) <= walk.PAGE:
        return ""
    last = found[walk.PAGE - 1]
    return listing.address(request, after=walk.encode(last.review_due.isoformat(), last.pk))


def _given(request):
    """Of another agency: what it was given, and the question whether somebody is on the list."""
    may_ask = allows(policies.ask, request.user)
    shut = allows(policies.ask, request.user, now=timezone.now()).reason if may_ask else ""
    found = listedlist.given(queries.whole(request.user), reading(request.user), request.GET.get("after"))
    last = queries.last_given(request.user, found[: walk.PAGE])
    context = {
        "rows": [listedpage.given(each, last.get(each.pk)) for each in found[: walk.PAGE]],
        "may_ask": may_ask,
        "shut": shut,
        "older": _older(request, found),
        "newer": listing.address(request) if request.GET.get("after") else "",
    }
    return render(request, "leads/listed_given.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_VIEW)
def listed_ask(request):
    """Ask by name. Who keeps a list has it before them, and who was not trained is told so by the list."""
    if request.method == "GET" and not allows(policies.ask, request.user):
        return redirect("listed_people")
    enforce(policies.ask, request.user, now=timezone.now())
    form = AskForm(request.POST or None)
    if form.is_valid():
        found = disseminations.ask(by=request.user, **form.cleaned_data)
        if found is not None:
            return _answered(request, found)
        form.add_error("born_on", "Too many have this name: give the date of birth too.")
    context = {"form": form, "heading": "Ask for a person", "back": "listed_people", "entry": None}
    return render(request, "leads/listed_step.html", context)


def _answered(request, found):
    """To the one entry that was found, or to the list, which has several."""
    if len(found) == 1:
        return redirect(found[0])
    told = f"{len(found)} entries by this name" if found else "Nobody by this name was found. That you asked is kept"
    messages.success(request, f"{told}.")
    return redirect("listed_people")


@require_safe
@requires(Permission.LISTED_VIEW)
def listed_person(request, pk):
    """One entry. Another agency says why first; what is off the list shows it no more than that."""
    entry, now = get_object_or_404(queries.whole(request.user), pk=pk), timezone.now()
    own = standing.is_own(request.user, entry)
    if not own and entry.status in entry.LISTED and not queries.said_why(request.user, entry, How.OPENED, now):
        return redirect("listed_open", entry.pk)
    context = (
        _entry(request, entry, now) if entry.person_id and (own or entry.status in entry.LISTED) else {"person": None}
    )
    context |= {
        "entry": entry, "own": own, "badge": listedpage.badge(entry), "off": listedpage.off(entry),
        "steps_": [(name, label) for name, policy, label in STEPS if allows(policy, request.user, entry)],
        "days": listedpage.days(entry) if own else [], "steps": listedpage.steps(entry) if own else [],
    }  # fmt: skip
    rows, more = queries.log_of(request.user, entry)
    context |= {"log": listedpage.log(rows, entry.agency.zone), "more": more}
    return render(request, "leads/listed_person.html", context)


def _entry(request, entry, now):
    """What an entry says, and its score as it stands today; that it was read is on record."""
    disseminations.look(entries=[entry], by=request.user)
    score = queries.measured([entry], entry.agency, standing.today_of(entry.agency, now))[entry.pk]
    rows = listedpage.facts(entry.facts.select_related("recorded_by", "withdrawn_by"), entry.agency.zone)
    return {
        "person": entry.person,
        "born": listedpage.day(entry.person.born_on),
        "grounds": listedpage.grounds(entry),
        "score": listedpage.scored(score, queries.leads_seen(request.user, score)),
        "facts": rows,
        "may_fact": allows(policies.record_fact, request.user, entry),
    }


def _say_why(request, pk, policy, how, heading, to):
    entry = steps.reach(request, queries.whole(request.user), pk, policy)
    form = WhyForm(request.POST or None)
    act = partial(disseminations.open_, entry=entry, how=how)
    done = steps.take(request, form, act, "On record. It is yours to read for half an hour.", to(entry))
    context = {"form": form, "entry": entry, "heading": heading, "back": "listed_people"}
    return done or render(request, "leads/listed_step.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_VIEW)
def listed_open(request, pk):
    return _say_why(request, pk, policies.open_, How.OPENED, "Open the entry", lambda entry: entry)


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_VIEW)
def listed_print(request, pk):
    def paper(entry):
        return reverse("listed_paper", args=[entry.pk])

    return _say_why(request, pk, policies.print_, How.PRINTED, "Print the entry", paper)


@require_safe
@requires(Permission.LISTED_VIEW)
def listed_paper(request, pk):
    """The entry on paper, for who said within the half hour why they print it."""
    entry, now = steps.reach(request, queries.whole(request.user), pk, policies.print_), timezone.now()
    if not entry.person_id:
        raise Http404
    if not queries.said_why(request.user, entry, How.PRINTED, now):
        return redirect("listed_print", entry.pk)
    context = _entry(request, entry, now) | {"entry": entry, "badge": listedpage.badge(entry)}
    context |= {
        "days": listedpage.days(entry),
        "reader": request.user,
        "printed": listedpage.moment(now, entry.agency.zone),
    }
    return render(request, "leads/listed_paper.html", context)
