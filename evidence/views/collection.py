"""Scenes with gunfire: what was found there, who owes the answer, and those that nobody answered for."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access, walk
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries
from evidence.actions import collection
from evidence.forms.collection import AnswerForm, OweForm, RuleForm
from evidence.models import Incident
from evidence.pages import collection as pages
from evidence.views import steps

WITH = ("agency__calendar", "agency__collection_rule__unit", "owing_unit", "canvass__said_by")
AGES = [(0, "Any age"), (7, "7 days and more"), (30, "30 days and more")]
UNSAID = "No day is set from which {} answers for its scenes. Until one is, the last 90 days count."
VIEWS = [("", "No answer"), ("history", "Before that"), ("none_found", "None found"), ("not_searched", "Not searched")]
ANSWERERS = (Permission.INCIDENT_EDIT, Permission.OBLIGATION_ASSIGN)


@require_safe
@requires(Permission.INCIDENT_VIEW)
def scenes(request):
    """Scenes with gunfire that nobody answered for, the oldest first, or those without evidence."""
    now, user, show = timezone.now(), request.user, listing.chosen(request, "show", dict(VIEWS))
    agencies = list(queries.answering_agencies(user))
    units = list(queries.owing_units([each.pk for each in agencies]))
    chosen = _chosen(request, agencies, units)
    after = request.GET.get("after")
    if show in Incident.Collection.values and show:
        found = queries.without_evidence(user, collection=show, cursor=after, now=now)
    else:
        found = queries.unanswered(user, history=show == "history", cursor=after, now=now, **chosen)
    context = {
        "page": listing.page(request, found, "occurred_at", partial(pages.scene, calendars={}, now=now)),
        "show": show,
        "agencies": agencies if len(agencies) > 1 else [],
        "units": units,
        "ages": AGES,
        "chosen": chosen | {"unit": chosen["unit"] and chosen["unit"].pk},
        "may": any(access.has_permission(user, each) for each in ANSWERERS),
        "may_rule": access.has_permission(user, Permission.AGENCY_MANAGE),
    }
    return render(request, "evidence/scene_list.html", context | _counted(request, show, agencies, now))


def _chosen(request, agencies, units):
    """The filters of the list that name what there is."""
    wanted = {name: walk.whole(request.GET.get(name, "")) for name in ("agency", "unit")}
    return {
        "agency": next((each.pk for each in agencies if each.pk == wanted["agency"]), None),
        "unit": next((each for each in units if each.pk == wanted["unit"]), None),
        "days": int(listing.chosen(request, "days", [str(days) for days, _label in AGES]) or 0),
    }


def _counted(request, show, agencies, now):
    """Numbers of the tabs, and from when each agency answers."""
    counts = queries.unanswered_counts(request.user, now)
    views = listing.views(request, "show", VIEWS, show)
    views[0] |= {"count": listing.capped(counts["open"]), "late": bool(counts["old"])}
    views[1] |= {"count": listing.capped(counts["history"])}
    unruled = [each.code for each in agencies if not hasattr(each, "collection_rule")]
    rules = {each.collection_rule.begins_on for each in agencies if each.code not in unruled}
    since = f"since {min(rules):%-d %b %Y}" if len(rules) == 1 and not unruled else "since each agency answers"
    unsaid = UNSAID.format(", ".join(unruled)) if unruled else ""
    return {"views": views, "counts": counts, "old": listing.capped(counts["old"]), "since": since, "unruled": unsaid}


def card(user, incident, now):
    """What the page of an incident says of its scene, None without gunfire."""
    if incident.kind not in Incident.GUNFIRE:
        return None
    return pages.card(incident, access.allows(policies.answer_collection, user, incident), now)


@require_http_methods(["GET", "POST"])
@requires(*ANSWERERS)
def collection_answer(request, pk):
    """No evidence from a scene: none was found, or it was not searched."""
    visible = Incident.objects.visible_to(request.user).select_related(*WITH)
    incident = steps.reach(request, visible, pk, policies.answer_collection)
    form = AnswerForm(request.POST or None, incident=incident, user=request.user)
    act = partial(collection.answer, incident=incident)
    done = steps.take(request, form, act, f"Case {incident} has an answer for its scene.", incident)
    return done or render(request, "evidence/collection_answer.html", {"form": form, "incident": incident})


@require_POST
@requires(*ANSWERERS)
def collection_withdraw(request, pk):
    """What was said of a scene does not hold."""
    incident = get_object_or_404(Incident.objects.visible_to(request.user).select_related("agency"), pk=pk)
    collection.withdraw(incident=incident, by=request.user)
    messages.success(request, f"The answer for the scene of case {incident} is taken back.")
    return redirect(incident)


@require_http_methods(["GET", "POST"])
@requires(*ANSWERERS)
def collection_owe(request, pk):
    """Who owes the answer for a scene."""
    visible = Incident.objects.visible_to(request.user).select_related(*WITH)
    incident = steps.reach(request, visible, pk, policies.owe_answer)
    form = OweForm(request.POST if request.method == "POST" else None, incident=incident, user=request.user)
    act = partial(collection.owe, incident=incident)
    done = steps.take(request, form, act, f"Who answers for the scene of case {incident} is on record.", incident)
    return done or render(request, "evidence/collection_owe.html", {"form": form, "incident": incident})


@require_safe
@requires(Permission.AGENCY_MANAGE)
def collection_rules(request):
    """From when each agency answers for its scenes."""
    found = queries.answering_agencies(request.user, Permission.AGENCY_MANAGE)
    rows = [(each, getattr(each, "collection_rule", None)) for each in found]
    return render(request, "evidence/collection_rules.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def collection_rule(request, pk):
    found = queries.answering_agencies(request.user, Permission.AGENCY_MANAGE)
    agency = steps.reach(request, found, pk, policies.set_collection_rule)
    form = RuleForm(request.POST or None, agency=agency)
    act = partial(collection.set_rule, agency=agency)
    done = steps.take(request, form, act, f"{agency} answers for its scenes from that day on.", "collection_rules")
    return done or render(request, "evidence/collection_rule.html", {"form": form, "agency": agency})
