"""What an agency keeps: its units, its people's keys, its audit log."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import access, addresses, auditpage, queries
from agencies.access import requires
from agencies.actions import reading, sign_ins
from agencies.actions import tokens as keys_for_programs
from agencies.actions import units as agency_units
from agencies.forms import AuditFilter, TokenForm
from agencies.forms.agency import UnitForm
from agencies.models import Agency, ApiToken, Unit
from agencies.roles import Permission


def _managed(request):
    """The agencies whose units the person keeps, and the one of them shown now."""
    mine = Agency.objects.visible_to(request.user).filter(
        pk__in=access.agencies_with(request.user, Permission.AGENCY_MANAGE)
    )
    chosen = request.GET.get("agency", "")
    return mine, get_object_or_404(mine, pk=chosen) if chosen.isdecimal() and len(chosen) < 19 else mine.first()


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def units(request):
    agencies, agency = _managed(request)
    form = UnitForm(request.POST or None, agency=agency, user=request.user)
    if form.is_valid():
        agency_units.add(agency=agency, name=form.cleaned_data["name"], by=request.user)
        return redirect(request.get_full_path())
    context = {"agency": agency, "agencies": agencies, "rows": queries.units(agency), "form": form}
    return render(request, "agencies/units.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def unit_change(request, pk):
    agencies, _ = _managed(request)
    mine = Unit.objects.visible_to(request.user).filter(agency__in=agencies)
    unit = get_object_or_404(mine.select_related("agency"), pk=pk)
    initial = {"name": unit.name, "is_active": unit.is_active}
    form = UnitForm(request.POST or None, agency=unit.agency, user=request.user, unit=unit, initial=initial)
    if form.is_valid():
        agency_units.change(unit=unit, by=request.user, **form.cleaned_data)
        return redirect("units")
    return render(request, "agencies/unit_change.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@requires(Permission.TOKEN_USE)
def tokens(request):
    """The secret of a new token is in this one answer and nowhere else."""
    form, secret = TokenForm(request.POST or None, user=request.user), ""
    if form.is_valid():
        name, days = form.cleaned_data["name"], form.cleaned_data["days"]
        _, secret = keys_for_programs.make(name=name, days=days, by=request.user)
        form = TokenForm(user=request.user)
    elif form.was_tried:
        sign_ins.fail(email=request.user.email, address=addresses.of(request), by=request.user)
    context = {"form": form, "secret": secret, "rows": queries.tokens(request.user)}
    return render(request, "agencies/tokens.html", context)


@require_POST
@requires(Permission.TOKEN_USE)
def token_revoke(request, pk):
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), pk=pk)
    keys_for_programs.revoke(token=token, by=request.user)
    return redirect("tokens")


@require_safe
@requires(Permission.AUDIT_VIEW)
def audit_log(request):
    form = AuditFilter(request.GET)
    filters = {key: value for key, value in form.cleaned_data.items() if value} if form.is_valid() else {}
    reading.note_audit_read(filters=filters, by=request.user)
    page = auditpage.events(request.user, **filters)
    older = request.GET.copy()
    older["after"] = page.older
    context = {"form": form, "page": page, "older": f"?{older.urlencode()}" if page.older else ""}
    return render(request, "agencies/audit.html", context)
