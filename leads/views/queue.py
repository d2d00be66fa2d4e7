"""The lead list: what came in, what matters, what is late."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from agencies.access import allows, has_permission, requires
from agencies.roles import Permission
from leads import filters, policies, queries
from leads.forms.leads import FilterForm
from leads.lists import leads as listing
from leads.models import Lead
from leads.pages import leads as pages
from leads.pages import rows


@require_safe
@requires(Permission.LEAD_VIEW)
def leads(request):
    now, asked = timezone.now(), filters.read(request.GET)
    if "cols" in request.GET and request.GET.getlist("cols") != asked.columns:
        return redirect(f"{request.path}?{asked.query()}")
    page = listing.page(request.user, asked, now=now, cursor=request.GET.get("after"))
    counts = listing.counts(request.user, asked, now=now, plan=page.plan)
    own, base = queries.reader(request.user), reverse("leads")
    reader = rows.Reader(*own, now, asked.cols, base, counts.calendars, asked.by_due)
    context = pages.frame(asked, counts) | {
        "rows": rows.table(page.rows, reader),
        "older": f"?{asked.query()}&after={page.older}" if page.older else "",
        "first": f"?{asked.query()}" if request.GET.get("after") else "",
        "look_on": has_permission(request.user, Permission.INCIDENT_VIEW) and urlencode({"q": asked.q}),
        "may_import": policies.offers_notices(request.user),
        "may_export": bool(allows(policies.export, request.user)),
        "may_assign": has_permission(request.user, Permission.OBLIGATION_ASSIGN),
        "may_acknowledge": has_permission(request.user, Permission.OBLIGATION_ACKNOWLEDGE),
    }
    return render(request, "leads/queue.html", context)


@require_safe
@requires(Permission.LEAD_VIEW)
def lead_filter(request):
    """The filters as a form; the list opens it as a dialog, without a script it is a page."""
    asked = filters.read(request.GET)
    form = FilterForm(filters=asked, agencies=listing.counts(request.user, asked, now=timezone.now()).agencies)
    context = {"form": form, "view": asked.view, "list_url": reverse("leads"), "back": f"?{asked.query()}"}
    return render(request, "leads/queue_filter.html", context)


@require_safe
@requires(Permission.LEAD_VIEW)
def lead_preview(request, pk):
    """The lead beside the list: what it is, why it matters, who owes."""
    lead = get_object_or_404(Lead.objects.visible_to(request.user), pk=pk)
    now, reader = timezone.now(), queries.reader(request.user)
    owed = queries.obligations_of(lead)
    context = {
        "lead": lead,
        "line": pages.line(lead, reader.zone, now),
        "score": pages.score(lead, reader.zone),
        "notice": f"{lead.notice_on:%a %-d %b %Y}",
        "owed": [pages.preview_row(each, now) for each in owed],
        "may_assign": [each for each in owed if allows(policies.assign, request.user, each)],
    }
    return render(request, "leads/lead_preview.html", context)
