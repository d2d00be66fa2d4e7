"""An agency and its working time, kept by its administrators and by the coordinator of its center."""

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from agencies import agencypage, policies
from agencies.access import allows, requires
from agencies.actions import agencies as keeping
from agencies.actions import calendars
from agencies.forms.agency import ClosedDayForm, HoursForm, NameForm, OpenedDayForm, PartForm
from agencies.roles import Permission

manages = requires(Permission.AGENCY_MANAGE)


def _kept(request, pk):
    return get_object_or_404(agencypage.kept(request.user).select_related("calendar", "parent"), pk=pk)


@require_safe
@manages
def agencies(request):
    """Who keeps one agency is taken to it at once."""
    rows = agencypage.rows(request.user)
    if len(rows) == 1:
        return redirect("agency", rows[0]["pk"])
    return render(request, "agencies/agencies.html", {"rows": rows})


@require_safe
@manages
def agency(request, pk):
    return _page(request, _kept(request, pk))


def _page(request, found, **forms):
    """The page with fresh forms, but for one that was sent and has to be mended."""
    now, user = timezone.now(), request.user
    fresh = {
        "name": lambda: NameForm(instance=agencypage.kept(user).get(pk=found.pk), prefix="name"),
        "part": lambda: PartForm(agency=found, user=user, prefix="part"),
        "hours": lambda: HoursForm(calendar=found.calendar, prefix="hours"),
        "closed": lambda: ClosedDayForm(agency=found, prefix="closed"),
    }
    context = {kind: forms.get(kind) or make() for kind, make in fresh.items()} | {
        "agency": found,
        "many": agencypage.kept(user).count() > 1,
        "said": agencypage.said(found, now),
        "days": agencypage.closed_days(found, found.working_calendar.local(now).date()),
        "may_take_part": allows(policies.take_part, user, found),
    }
    return render(request, "agencies/agency.html", context)


@require_POST
@manages
def agency_rename(request, pk):
    found = _kept(request, pk)
    form = NameForm(request.POST, instance=_kept(request, pk), prefix="name")
    if not form.is_valid():
        return _page(request, found, name=form)
    keeping.rename(agency=found, by=request.user, **form.cleaned_data)
    return redirect("agency", pk)


@require_POST
@manages
def agency_part(request, pk):
    found = _kept(request, pk)
    form = PartForm(request.POST, agency=found, user=request.user, prefix="part")
    if not form.is_valid():
        return _page(request, found, part=form)
    keeping.take_part(agency=found, by=request.user, **form.cleaned_data)
    return redirect("agency", pk)


@require_POST
@manages
def agency_hours(request, pk):
    found = _kept(request, pk)
    form = HoursForm(request.POST, calendar=found.calendar, prefix="hours")
    if not form.is_valid():
        return _page(request, found, hours=form)
    calendars.set_hours(agency=found, by=request.user, **form.cleaned_data)
    return redirect("agency", pk)


@require_POST
@manages
def agency_close_on(request, pk):
    found = _kept(request, pk)
    form = ClosedDayForm(request.POST, agency=found, prefix="closed")
    if not form.is_valid():
        return _page(request, found, closed=form)
    calendars.close_on(agency=found, by=request.user, **form.cleaned_data)
    return redirect("agency", pk)


@require_POST
@manages
def agency_open_on(request, pk):
    found, form = _kept(request, pk), OpenedDayForm(request.POST)
    if form.is_valid():
        calendars.open_on(agency=found, on=form.cleaned_data["on"], by=request.user)
    return redirect("agency", pk)
