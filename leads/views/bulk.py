"""One step for many leads, after a page that says what it will do; and views kept under a name."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agencies import walk
from agencies.access import requires
from agencies.actions import saved_views
from agencies.models import SavedView
from agencies.roles import Permission
from leads import filters, policies, queries
from leads.actions import bulk
from leads.forms.leads import BulkAssignForm, SaveViewForm

VERBS = {
    "assign": (Permission.OBLIGATION_ASSIGN, policies.assign, "Assign"),
    "acknowledge": (Permission.OBLIGATION_ACKNOWLEDGE, policies.acknowledge, "Acknowledge"),
}
MOST = 200


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_VIEW)
def lead_bulk(request):
    """GET says what would happen to each ticked lead, POST does it."""
    given = request.POST or request.GET
    if given.get("verb") not in VERBS:
        raise Http404
    permission, policy, label = VERBS[given["verb"]]
    ids = [pk for text in given.getlist("lead")[:MOST] if (pk := walk.whole(text, walk.LARGEST_ID - 1))]
    owed = queries.owed_on(request.user, ids, permission)
    form = None
    if given["verb"] == "assign":
        units, people = queries.assignable(request.user)
        form = BulkAssignForm(request.POST or None, units=units, people=people)
    if request.method == "POST" and owed and (form is None or form.is_valid()):
        done = getattr(bulk, given["verb"])(owed=owed, by=request.user, **(form.cleaned_data if form else {}))
        return render(request, "leads/bulk_done.html", {"label": label, "done": done})
    context = {"verb": given["verb"], "label": label, "form": form, "ids": sorted(set(ids))}
    return render(request, "leads/bulk.html", context | _rows(owed, lambda each: policy(request.user, each)))


def _rows(owed, why_not):
    rows = [(each, why_not(each)) for each in owed]
    return {"rows": rows, "ready": sum(not why for _each, why in rows)}


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_VIEW)
def saved_view_save(request):
    """Keep the filters of the list, as they stand in the address, under a name."""
    query = filters.read(request.GET).query()
    form = SaveViewForm(request.POST or None)
    if form.is_valid():
        saved_views.save(page="leads", name=form.cleaned_data["name"], query=query, by=request.user)
        messages.success(request, f"The view “{form.cleaned_data['name']}” stands beside the others now.")
        return redirect(f"{reverse('leads')}?{query}")
    asked = filters.read(request.GET)
    context = {"form": form, "query": query, "view": filters.VIEWS[asked.view], "in_use": asked.in_use()}
    return render(request, "leads/saved_view_save.html", context)


@require_POST
@requires(Permission.LEAD_VIEW)
def saved_view_remove(request, pk):
    """Take one of the reader's own views away; its leads stay where they are."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk, page="leads")
    saved_views.remove(view=view, by=request.user)
    messages.success(request, f"The view “{view.name}” is gone. Its leads are still in the list.")
    return redirect("leads")
