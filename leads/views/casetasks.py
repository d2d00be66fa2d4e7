"""Tasks of a part of a lead, and the lists by which they are given."""

from functools import partial

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import allows, requires
from agencies.roles import Permission
from evidence.views import steps
from leads.actions import casetasks, tasktemplates
from leads.forms.casetasks import CameForm, DropForm, FinishForm, GiveForm, ListForm
from leads.models import Obligation, TaskTemplate
from leads.pages import task as taskpage
from leads.policies import casetasks as policies_tasks
from leads.queries import casetasks as found
from leads.views import drafts, oneform

KEPT = "The list is kept. Whoever works on a lead can put it on their part."


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_VIEW)
def obligation_tasks(request, pk):
    """The tasks of one part; a list puts more on it."""
    related = ("lead__agency", "agency__calendar", "investigator")
    seen = Obligation.objects.visible_to(request.user).select_related(*related)
    part = get_object_or_404(seen, pk=pk)
    if request.method == "POST":
        steps.reach(request, seen, pk, policies_tasks.give)
    form = GiveForm(request.POST or None, lists=found.lists_for(part))
    act = partial(casetasks.give, obligation=part)
    told = "The tasks are given, each with its day."
    if done := steps.take(request, form, act, told, to=f"{request.path}#tasks"):
        return done
    context = taskpage.tasks(part, found.tasks_of(part, request.user), request.user, timezone.now())
    return render(request, "leads/tasks.html", context | {"form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def task_finish(request, pk):
    one = steps.reach(request, found.whole_tasks(request.user), pk, policies_tasks.finish)
    form = (CameForm if one.referral_id else FinishForm)(request.POST if request.method == "POST" else None)
    told = "It is done. The office reads it." if one.referral_id else "It is done, and written down on the lead."
    # Who ticks off what stands above their leads goes on there.
    to = "my_leads" if request.POST.get("back") == "mine" else None
    done = steps.take(request, form, partial(casetasks.finish, task=one), told, to)
    return done or _page(request, form, one, "Say that it is done", "It is done")


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def task_drop(request, pk):
    one = steps.reach(request, found.whole_tasks(request.user), pk, policies_tasks.drop)
    form = DropForm(request.POST or None)
    done = steps.take(request, form, partial(casetasks.drop, task=one), "It is dropped, with its reason.")
    return done or _page(request, form, one, "Drop the task", "Drop it")


def _page(request, form, one, title, button):
    return oneform.page(request, form, title, button, back=one, lead=one.obligation.lead, said=one.what)


@require_safe
@requires(Permission.LEAD_VIEW)
def task_templates(request):
    may_keep = found.keepers(request.user).exists()
    return render(request, "leads/task_templates.html", {"rows": found.lists(request.user), "may_keep": may_keep})


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def task_template_new(request):
    agencies = found.keepers(request.user)
    form = ListForm(request.POST or None, agencies=agencies)
    done = steps.take(request, form, tasktemplates.keep, KEPT, to="task_templates")
    return done or render(
        request, "leads/task_template_form.html", {"form": form, "one": None, "lines": [], "may": agencies.exists()}
    )


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_VIEW)
def task_template(request, pk):
    """A list as it stands; who keeps it words it anew."""
    visible = TaskTemplate.objects.visible_to(request.user).select_related("agency").prefetch_related("steps")
    one = get_object_or_404(visible, pk=pk)
    if request.method == "POST":
        steps.reach(request, visible, pk, policies_tasks.change)
    form = ListForm(request.POST or None, template=one)
    done = drafts.take(request, form, partial(tasktemplates.change, template=one), KEPT, to="task_templates")
    may = allows(policies_tasks.change, request.user, one)
    return done or render(
        request, "leads/task_template_form.html", {"form": form, "one": one, "lines": list(one.steps.all()), "may": may}
    )


@require_POST
@requires(Permission.OBLIGATION_WORK)
def task_template_retire(request, pk):
    visible = TaskTemplate.objects.visible_to(request.user).select_related("agency")
    one = steps.reach(request, visible, pk, policies_tasks.change)
    told = "The list is not offered any more. Tasks that were given by it stay."
    return steps.take(request, None, partial(tasktemplates.retire, template=one), told, to="task_templates")
