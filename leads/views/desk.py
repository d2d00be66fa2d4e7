"""The analyst's desk: leads before their agencies are told, and what is decided on them."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import walk
from agencies.access import agencies_with, allows, enforce, requires
from agencies.models import Agency
from agencies.roles import Permission
from leads import queries
from leads.actions import desk
from leads.forms.desk import DeclineForm, DeferForm, RuleForm
from leads.models import DeskItem, TriageRule
from leads.pages import desk as deskpage
from leads.policies import desk as policies_desk
from leads.queries import desk as queries_of

State = DeskItem.State
TOGETHER = {"accept": "Accept", "send": "Send", "defer": "Defer"}
MOST = 200


@require_safe
@requires(Permission.LEAD_TRIAGE)
def desk_list(request):
    """One state of the desk, best score first, with a preview beside it."""
    now, zone = timezone.now(), queries.reader(request.user).zone
    state = request.GET.get("state")
    state = state if state in deskpage.TABS else State.WAITING
    found, older = queries_of.page(request.user, state, cursor=request.GET.get("after"))
    counts = queries_of.counts(request.user)
    twins = queries_of.twins([row["id"] for row in found])
    context = {
        "rows": [deskpage.row(row, twins, zone, now) for row in found],
        "views": deskpage.tabs(state, counts, queries_of.MOST),
        "state": state,
        "older": f"?state={state}&after={older}" if older else "",
        "first": f"?state={state}" if request.GET.get("after") else "",
        "empty": deskpage.EMPTY[state],
        "keys": deskpage.keys(State(state)),
        "may_many": state in DeskItem.UNDECIDED,
        "rule": _rule(request.user),
    }
    return render(request, "leads/desk.html", context)


def _center(user):
    """The center for which a person looks at leads."""
    return get_object_or_404(Agency, pk__in=agencies_with(user, Permission.LEAD_TRIAGE)[:1])


def _rule(user):
    center = _center(user)
    rule = TriageRule.objects.filter(agency=center).first()
    return {"first": bool(rule and rule.first), "may": allows(policies_desk.change_rule, user, center)}


def _whole(request, pk):
    found = get_object_or_404(queries_of.whole(request.user), pk=pk)
    context = deskpage.item(found, request.user, queries.reader(request.user).zone, timezone.now())
    return context | {"twins": queries_of.twins([found.pk]).get(found.pk, [])}


@require_safe
@requires(Permission.LEAD_TRIAGE)
def desk_item(request, pk):
    return render(request, "leads/desk_item.html", _whole(request, pk))


@require_safe
@requires(Permission.LEAD_TRIAGE)
def desk_preview(request, pk):
    return render(request, "leads/desk_preview.html", _whole(request, pk))


def _reached(request, pk, policy):
    item = get_object_or_404(DeskItem.objects.visible_to(request.user).select_related("lead__agency"), pk=pk)
    enforce(policy, request.user, item)
    return item


def _plain(request, pk, policy, action, sentence, **more):
    """A step that takes no more than a press."""
    item = action(item=_reached(request, pk, policy), by=request.user, **more)
    messages.success(request, f"{item.lead.number} {sentence}")
    return redirect("desk")


@require_POST
@requires(Permission.LEAD_TRIAGE)
def desk_accept(request, pk):
    return _plain(request, pk, policies_desk.accept, desk.accept, "is accepted. Send it when it is worked up.")


@require_POST
@requires(Permission.LEAD_TRIAGE)
def desk_send(request, pk):
    sentence = "is sent. Its agencies are told, and their clocks began."
    return _plain(request, pk, policies_desk.send, desk.send, sentence)


@require_POST
@requires(Permission.LEAD_TRIAGE)
def desk_agree(request, pk):
    sentence, seen = "is declined. No agency was told of it.", request.POST.get("seen", "")
    return _plain(request, pk, policies_desk.review, desk.agree, sentence, seen=seen)


@require_POST
@requires(Permission.LEAD_TRIAGE)
def desk_back(request, pk):
    return _plain(request, pk, policies_desk.bring_back, desk.bring_back, "waits for triage again.")


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def desk_defer(request, pk):
    item = _reached(request, pk, policies_desk.defer)
    form = DeferForm(request.POST or None, today=queries_of.today(item.lead.agency, timezone.now()))
    if form.is_valid():
        desk.defer(item=item, by=request.user, **form.cleaned_data)
        messages.success(request, f"{item.lead.number} comes back on {form.cleaned_data['until_on']:%-d %b %Y}.")
        return redirect("desk")
    says = "It leaves the desk and comes back on that day, or before when a new event joins its line."
    return _asked(request, item, form, "Defer", says)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def desk_decline(request, pk):
    item = _reached(request, pk, policies_desk.decline)
    twins = queries_of.twins([item.pk]).get(item.pk, [])
    start = {"twin": twins[0]["number"], "why": DeskItem.Why.DUPLICATE} if twins else {}
    form = DeclineForm(request.POST or None, lead=item.lead, user=request.user, initial=start)
    if form.is_valid():
        desk.decline(item=item, by=request.user, **form.cleaned_data)
        messages.success(request, f"Declining {item.lead.number} waits for a second person.")
        return redirect("desk")
    return _asked(request, item, form, "Decline", "A second person agrees or brings it back. Until then it stays open.")


def _asked(request, item, form, title, says):
    context = {"item": item, "lead": item.lead, "form": form, "title": title, "says": says}
    return render(request, "leads/desk_form.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def desk_many(request):
    """GET says what would happen to each ticked lead, POST does it."""
    given = request.POST or request.GET
    verb = given.get("verb")
    if verb not in TOGETHER:
        raise Http404
    ids = [pk for text in given.getlist("lead")[:MOST] if (pk := walk.whole(text, walk.LARGEST_ID - 1))]
    items = queries_of.chosen(request.user, ids)
    form = None
    if verb == "defer":
        form = DeferForm(request.POST or None, today=queries_of.today(_center(request.user), timezone.now()))
    if request.method == "POST" and items and (form is None or form.is_valid()):
        done = getattr(desk, f"{verb}_all")(items=items, by=request.user, **(form.cleaned_data if form else {}))
        return render(request, "leads/desk_done.html", {"label": TOGETHER[verb], "done": done})
    policy = getattr(policies_desk, verb)
    rows = [(item, policy(request.user, item)) for item in items]
    ready = sum(not why for _item, why in rows)
    context = {"verb": verb, "label": TOGETHER[verb], "form": form, "rows": rows, "ready": ready}
    return render(request, "leads/desk_many.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_APPROVE)
def desk_rule(request):
    """The coordinator chooses whether new leads go out at once."""
    center = _center(request.user)
    enforce(policies_desk.change_rule, request.user, center)
    form = RuleForm(request.POST or None, initial={"first": "yes" if _rule(request.user)["first"] else "no"})
    if form.is_valid():
        rule = desk.choose(center=center, by=request.user, **form.cleaned_data)
        messages.success(request, f"New leads {'wait for an analyst' if rule.first else 'go out at once'} from now on.")
        return redirect("desk")
    return render(request, "leads/desk_rule.html", {"form": form, "center": center})
