"""What stands on the screen as a file, and on record who took it."""

import io
from urllib.parse import parse_qsl

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import enforce, requires
from agencies.roles import Permission
from evidence.actions import exports as taken
from evidence.imports import exports
from leads import filters, leadfile, policies, queries
from leads.lists import leads as listing
from leads.models import Lead
from leads.pages import leads as pages
from leads.queries import mentions

FORMS = {
    "csv": (exports.write_csv, "text/csv; charset=utf-8"),
    "xlsx": (exports.write_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@require_safe
@requires(Permission.LEAD_EXPORT)
def lead_export(request):
    """Asks for the kind of file, then hands it out."""
    enforce(policies.export, request.user)
    asked, now = filters.read(request.GET), timezone.now()
    form, counts = request.GET.get("form"), listing.counts(request.user, asked, now=now)
    if form not in FORMS:
        hidden = parse_qsl(asked.query())
        context = {
            "asked": asked,
            "words": pages.matching(asked, counts),
            "query": asked.query(),
            "most": leadfile.MOST,
        }
        return render(request, "leads/lead_export.html", context | {"hidden": hidden})
    rows = listing.everything(request.user, asked, now=now, most=leadfile.MOST)
    zone, named = queries.reader(request.user).zone, mentions.numbers_named([row["id"] for row in rows])
    write, kind = FORMS[form]
    file = io.BytesIO()
    write(leadfile.COLUMNS, leadfile.lines(rows, zone, now, counts.calendars, named), file)
    taken.note(model=Lead, ids=[row["id"] for row in rows], form=form, by=request.user)
    name = f"leads-{now:%Y%m%d-%H%M}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type=kind, headers=headers)
