"""Confirmation asked of a laboratory: the lists, one request, and its steps."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import allows, requires
from agencies.roles import Permission
from evidence import listing
from evidence.views import steps
from leads.actions import confirmation_requests as actions
from leads.forms.confirmation import AgainForm, AskForm, AssignForm, ReasonForm
from leads.insight import scope
from leads.lists import confirmation as confirmationlist
from leads.models import Lead
from leads.pages import confirmation as confirmationpage
from leads.pages import dash as dashpage
from leads.policies import confirmation as policies
from leads.queries import confirmations as queries
from leads.standing import confirmations as standing
from leads.views import oneform

STEPS = (
    ("confirmation_results", policies.record_under, "Record results"),
    ("confirmation_receive", policies.receive, "Receive"),
    ("confirmation_assign", policies.assign, "Give to an examiner"),
    ("confirmation_again", policies.again, "Ask again"),
    ("confirmation_return", policies.return_, "Send back"),
    ("confirmation_cancel", policies.cancel, "Cancel the request"),
)


@require_safe
@requires(Permission.LEAD_VIEW)
def confirmations(request):
    """What is asked of laboratories: of one's agencies, of one's laboratory; what waits, the late on top."""
    now, tabs = timezone.now(), confirmationpage.TABS
    today, show = timezone.localdate(now), listing.chosen(request, "show", dict(tabs))
    found = confirmationlist.requests(request.user, show=show, today=today, cursor=request.GET.get("after"))
    counts = confirmationlist.counts(request.user, today)
    views = listing.views(request, "show", tabs, show)
    for tab, (name, _label) in zip(views, tabs, strict=True):
        tab |= {"count": listing.capped(counts[name or "open"]), "late": name == "late" and counts["late"] > 0}
    key = "needed_on" if show in ("", "late") else "requested_at"
    context = {
        "page": listing.page(request, found, key, partial(confirmationpage.row, calendars={}, now=now)),
        "views": views, "show": show, "late": listing.capped(counts["late"]) if counts["late"] else "",
    }  # fmt: skip
    return render(request, "leads/confirmation_list.html", context)


def hits_of(reach, asked, now):
    """The figures of pairs for a board: of the reports of a period, and what waits."""

    def opens(result):
        return f"{reverse('confirmation_pairs')}?{asked.query(result=result)}"

    counts = confirmationlist.pair_counts(reach, asked.first, asked.last)
    waiting = confirmationlist.waiting(reach, timezone.localdate(now))
    return confirmationpage.figures(counts, waiting, opens)


@require_safe
@requires(Permission.DASHBOARD_VIEW)
def confirmation_pairs(request):
    """The pairs of cases behind a figure of a board."""
    now, reach = timezone.now(), scope.of(request.user)
    asked = dashpage.read(request.GET, reach.zone, now)
    result = listing.chosen(request, "result", confirmationlist.RESULTS)
    found = confirmationlist.pairs(reach, asked.first, asked.last, result=result, cursor=request.GET.get("after"))
    tabs = [("", "All compared"), *((each.value, each.label) for each in confirmationpage.RESULTS)]
    counts = confirmationlist.pair_counts(reach, asked.first, asked.last)
    views = listing.views(request, "result", tabs, result)
    for tab, (name, _label) in zip(views, tabs, strict=True):
        tab["count"] = f"{counts[name] if name else sum(counts.values()):,}"
    page = listing.page(request, found, "reported_on", confirmationpage.pair_row)
    return render(request, "leads/confirmation_pairs.html", {"page": page, "views": views, "asked": asked})


@require_safe
@requires(Permission.LEAD_VIEW)
def confirmation(request, pk):
    found, now = get_object_or_404(queries.whole(request.user), pk=pk), timezone.now()
    items = list(found.items.select_related("event__agency").order_by("event__occurred_at", "event_id"))
    context = confirmationpage.page(found, items, pairs_of(found.lead, request.user, found), now)
    context |= {"found": found, "lead": found.lead, "steps_": [
        (name, label) for name, policy, label in STEPS if allows(policy, request.user, found)
    ]}  # fmt: skip
    return render(request, "leads/confirmation.html", context)


def pairs_of(lead, user, request):
    """The table of the pairs of a lead, or of those among the events of a request."""
    found, events = queries.comparisons_of(lead), queries.events_of(lead)
    among = {item.event_id for item in request.items.all()}
    found = [each for each in found if {each.first_id, each.second_id} <= among]
    for each in found:
        each.lead = lead
    return confirmationpage.table(
        lead, events, found, [request], may_correct=partial(allows, policies.correct, user),
        may_settle=partial(allows, policies.settle, user),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(*standing.ASKS)
def confirmation_new(request, pk):
    """Ask a laboratory to compare events of a lead."""
    visible = Lead.objects.visible_to(request.user).select_related("agency", "site")
    lead = steps.reach(request, visible, pk, policies.ask)
    events = list(lead.events.select_related("agency"))
    form = AskForm(
        request.POST or None, lead=lead, user=request.user, events=events, laboratories=queries.laboratories(lead),
        agencies=standing.asking_agencies(request.user, lead),
    )  # fmt: skip
    told = "The laboratory is asked, and told. Hand the evidence over from the page of each case."
    done = steps.take(request, form, partial(actions.ask, lead=lead), told)
    context = {"form": form, "lead": lead, "heading": "Ask for confirmation", "back": lead.get_absolute_url()}
    return done or render(request, "leads/confirmation_step.html", context)


def _step(request, pk, policy, form, act, heading, told):
    """One step of a request, as a page with one form; `form` makes it of the request."""

    def draw(found, asked):
        context = {"form": asked, "lead": found.lead, "heading": heading, "back": found.get_absolute_url()}
        return render(request, "leads/confirmation_step.html", context)

    return oneform.step(request, queries.whole(request.user), pk, policy, form, act, told, noun="request", draw=draw)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_CONFIRM, Permission.OBLIGATION_ASSIGN)
def confirmation_receive(request, pk):
    told = "Received. The laboratory's turnaround counts from now on."
    return _step(request, pk, policies.receive, None, actions.receive, "Receive", told)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_CONFIRM, Permission.OBLIGATION_ASSIGN)
def confirmation_assign(request, pk):
    def form(found):
        return AssignForm(request.POST or None, examiners=standing.examiners(found.laboratory))

    told = "The examiner has it, and is told."
    return _step(request, pk, policies.assign, form, actions.assign, "Give to an examiner", told)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_CONFIRM, Permission.OBLIGATION_ASSIGN)
def confirmation_return(request, pk):
    told = "Sent back. Who asked is told why."
    return _step(
        request, pk, policies.return_, lambda _found: ReasonForm(request.POST or None), actions.send_back, "Send back",
        told,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@requires(*standing.ASKS)
def confirmation_again(request, pk):
    told = "Asked again. The laboratory is told."
    return _step(
        request,
        pk,
        policies.again,
        lambda _found: AgainForm(request.POST or None),
        actions.ask_again,
        "Ask again",
        told,
    )


@require_http_methods(["GET", "POST"])
@requires(*standing.ASKS)
def confirmation_cancel(request, pk):
    told = "Cancelled. The laboratory is told."
    return _step(
        request, pk, policies.cancel, lambda _found: ReasonForm(request.POST or None), actions.cancel,
        "Cancel the request", told,
    )  # fmt: skip
