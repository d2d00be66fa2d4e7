"""Records out, as the file that brings them."""

from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from agencies.access import requires, working_as
from agencies.roles import Permission
from evidence import listing
from evidence import queries_imports as queries
from evidence.actions import exports
from evidence.forms.imports_out import TakeForm
from evidence.loading import exports as known


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_EXPORT, Permission.AGENCY_MANAGE)
def take(request):
    """Choose what of which agency; the file is the answer."""
    kinds, own = known.kinds(), working_as(request.user)
    agencies = queries.agencies_to_take_from(request.user, kinds)
    kinds = [kind for kind in kinds if queries.may_take(request.user, agencies, kind)]
    initial = {"agency": own.agency_id if own else None, "kind": request.GET.get("kind")}
    form = TakeForm(request.POST or None, user=request.user, agencies=agencies, kinds=kinds, initial=initial)
    if form.is_valid():
        kind, agency = form.cleaned_data["kind"], form.cleaned_data["agency"]
        columns, rows = exports.take(kind=kind, agency=agency, by=request.user)
        return listing.spreadsheet(f"{agency.code}-{kind}", columns, rows, "xlsx")
    return render(request, "evidence/import_export.html", {"form": form})
