"""The steps of one agency's obligation. Each is a page with one form, which opens as a dialog where a script runs."""

from zoneinfo import ZoneInfo

from django.utils import timezone
from django.views.decorators.http import require_http_methods

from agencies.access import requires
from agencies.roles import Permission
from evidence.views import steps
from leads import policies
from leads.actions import activities, assignments, closings, obligations, rerouting
from leads.forms.outcomes import ProposeForm
from leads.forms.work import ActivityForm, AssignForm, RerouteForm, ReturnForm, SendBackForm
from leads.insight import workload
from leads.pages import work as workpage
from leads.queries import outcomes as queries_outcomes
from leads.views import parts

HAVE_IT = "you have it. Write down what you do as you do it."


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_ACKNOWLEDGE)
def obligation_acknowledge(request, pk):
    sentence = "acknowledged. The center knows; now somebody has to work on it."
    return parts.plain(request, pk, "acknowledge", policies.acknowledge, obligations.acknowledge, sentence)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_ASSIGN)
def obligation_assign(request, pk):
    found = parts.found(request, pk, policies.assign)
    loads = workload.choices(found, now=timezone.now())
    form = AssignForm(request.POST or None, obligation=found, loads=loads)
    if form.is_valid():
        assignments.assign(obligation=found, by=request.user, **form.cleaned_data)
        return parts.done(request, found, f"given to {form.cleaned_data['investigator']}, who is told.")
    return parts.page(request, "assign", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_TAKE)
def obligation_take(request, pk):
    return parts.plain(request, pk, "take", policies.take, assignments.take, HAVE_IT)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def obligation_start(request, pk):
    return parts.plain(request, pk, "start", policies.start, obligations.start, HAVE_IT)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def obligation_return(request, pk):
    found = parts.found(request, pk, policies.return_)
    form = ReturnForm(request.POST or None)
    if form.is_valid():
        returned = obligations.return_(obligation=found, by=request.user, **form.cleaned_data)
        return parts.done(request, found, workpage.after_return(returned))
    return parts.page(request, "return", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def obligation_log(request, pk):
    found = parts.found(request, pk, policies.log)
    form = ActivityForm(request.POST or None, obligation=found)
    if form.is_valid() and steps.tried(request, form, activities.log, obligation=found, **form.cleaned_data):
        return parts.done(request, found, "written down. The clock starts again.", draft=workpage.draft("log", found))
    return parts.page(request, "log", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def obligation_propose(request, pk):
    found = parts.found(request, pk, policies.propose)
    today = timezone.localdate(timezone.now(), ZoneInfo(found.agency.zone))
    known = queries_outcomes.likely(found, request.user, today=today)
    form = ProposeForm(request.POST or None, obligation=found, known=known, doers=queries_outcomes.doers(found))
    if form.is_valid() and steps.tried(request, form, closings.propose, obligation=found, **form.cleaned_data):
        return parts.done(request, found, "closing proposed. A supervisor decides.")
    return parts.page(request, "propose", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_APPROVE)
def obligation_approve(request, pk):
    found = parts.found(request, pk, policies.decide_closing)
    if request.method == "POST":
        closings.approve(obligation=found, by=request.user, seen=request.POST.get("seen", ""))
        return parts.done(request, found, f"the part of {found.agency} is closed.")
    return parts.page(request, "approve", found)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_APPROVE)
def obligation_send_back(request, pk):
    found = parts.found(request, pk, policies.decide_closing)
    form = SendBackForm(request.POST or None)
    if form.is_valid():
        closings.send_back(obligation=found, by=request.user, **form.cleaned_data)
        return parts.done(request, found, "sent back. The investigator reads why.")
    return parts.page(request, "send_back", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def obligation_reroute(request, pk):
    found = parts.found(request, pk, policies.reroute)
    form = RerouteForm(request.POST or None, obligation=found)
    if form.is_valid() and steps.tried(request, form, rerouting.reroute, obligation=found, **form.cleaned_data):
        return parts.done(request, found, f"routed to {form.cleaned_data['to']}.")
    return parts.page(request, "reroute", found, form)
