from functools import partial

from django.http import JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access
from agencies.access import requires
from agencies.roles import Permission
from evidence import listing, policies, queries
from evidence.actions import firearms, same_guns
from evidence.forms.firearms import FirearmFilterForm, TheftForm
from evidence.guns import cells, intake
from evidence.models import FirearmPair
from evidence.pages import firearms as pages
from evidence.views import steps

Status = FirearmPair.Status
PAIR_TABS = [(Status.SUGGESTED, "To decide"), (Status.SAME, "The same gun"), (Status.DIFFERENT, "Not the same")]


@require_safe
@requires(Permission.INCIDENT_VIEW)
def firearm_list(request):
    """All firearms one may see, newest first, or those whose number may be what was typed."""
    user, form = request.user, FirearmFilterForm(request.GET)
    asked, words = form.given(), form.words()
    # Whether a gun was traced is for those who may hold trace data: only what they see as such is narrowed by it.
    permission = Permission.TRACE_VIEW if "untraced" in asked else Permission.INCIDENT_VIEW
    found = _numbered(request, asked, words, permission) if "q" in asked else _newest(request, words, permission)
    context = found | {
        "form": form,
        "typed": asked.get("q", ""),
        "views": _views(request, "untraced" in asked),
        "narrowed": bool(words),
        "same": access.has_permission(user, Permission.INCIDENT_EDIT),
        "waiting": queries.same_guns_count(user),
    }
    return render(request, "evidence/firearm_list.html", context)


def _numbered(request, asked, words, permission):
    now = timezone.now()
    found = queries.firearms_numbered(request.user, asked["q"], words=words, permission=permission)
    return {"page": {"rows": [pages.row(row, now) for row in found.rows], "now": now}, "found": found}


def _newest(request, words, permission):
    now, after = timezone.now(), request.GET.get("after")
    found = queries.firearms(request.user, words=words, cursor=after, permission=permission)
    page = listing.page(request, found, "created_at", lambda row: pages.row(row, now))
    return {"page": page, "status": listing.many(queries.firearms_count(request.user), "firearm")}


def _views(request, untraced):
    tabs = [("", "All")]
    if access.has_permission(request.user, Permission.TRACE_VIEW):
        tabs.append(("1", "Never traced"))
    return listing.views(request, "untraced", tabs, "1" if untraced else "")


@require_safe
@requires(Permission.INCIDENT_EDIT)
def gun_words(request):
    """What is being typed of a gun, as the portal would keep it. The number is no part: it stays on the page."""
    typed = {name: request.GET.get(name, "")[:60] for name in ("make", "model", "caliber")}
    return JsonResponse(pages.suggested(intake.read(typed), cells.describe(typed).type))


@require_http_methods(["GET", "POST"])
@requires(Permission.INCIDENT_EDIT)
def firearm_theft(request, pk):
    """Whether a firearm is reported stolen, who asked, and under which number."""
    firearm = steps.reach(request, queries.whole_firearms(request.user), pk, policies.check_theft)
    form = TheftForm(request.POST or None, firearm=firearm, user=request.user)
    act = partial(firearms.check_theft, firearm=firearm)
    done = steps.take(request, form, act, "The stolen status is recorded.")
    context = {"form": form, "firearm": firearm, "exhibit": firearm.exhibit}
    return done or render(request, "evidence/firearm_theft.html", context)


@require_safe
@requires(Permission.INCIDENT_EDIT)
def same_gun_list(request):
    """Pairs of records that may be one gun: nobody but a person says so."""
    now = timezone.now()
    status = listing.chosen(request, "status", [value for value, _ in PAIR_TABS]) or Status.SUGGESTED
    found = queries.same_guns(request.user, status=status, cursor=request.GET.get("after"))
    waiting = queries.same_guns_count(request.user)
    views = listing.views(request, "status", PAIR_TABS, status)
    context = {
        "page": listing.page(request, found, "suggested_at", lambda row: pages.pair(row, now)),
        "views": [views[0] | {"count": waiting}, *views[1:]],
        "status": status,
    }
    return render(request, "evidence/same_gun_list.html", context)


@require_POST
@requires(Permission.INCIDENT_EDIT)
def same_gun_decide(request, pk, status):
    """Two records are one gun, or they are not, or that is open again."""
    visible = FirearmPair.objects.visible_to(request.user).select_related(
        "agency", "other_agency", "first__exhibit", "second__exhibit"
    )
    pair = steps.reach(request, visible, pk, policies.decide_pair)
    told = {
        Status.SAME: "They are one gun. Both records stay as they are, and each shows the other.",
        Status.DIFFERENT: "They are two guns. This pair is not suggested again.",
        Status.SUGGESTED: "The decision is taken back.",
    }[status]
    return steps.take(request, None, partial(same_guns.decide, pair=pair, status=status), told, _back(request, pair))


def _back(request, pair):
    """The page that it was pressed on: the list, or the exhibit of one of the two."""
    shown = request.POST.get("exhibit", "")
    sides = {str(each.exhibit_id): each.exhibit for each in (pair.first, pair.second)}
    return sides.get(shown, "same_guns")


def card(user, exhibit, now):
    """What the page of a firearm exhibit shows of the firearm itself."""
    gun, zone = exhibit.firearm, exhibit.agency.zone
    pairs = queries.pairs_of(user, gun)
    standing = FirearmPair.objects.filter(pk__in=[each["id"] for each in pairs])
    return {
        "gun_lines": pages.lines(gun),
        "theft": pages.theft(gun, zone, now),
        "check_theft": access.allows(policies.check_theft, user, gun),
        "same_guns": pages.beside(pairs, gun, now),
        "decides": [
            each.pk
            for each in standing.select_related("agency", "other_agency")
            if access.allows(policies.decide_pair, user, each)
        ],
    }
