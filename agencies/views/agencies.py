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


# The forms of the page, made of the agency, who keeps it and what was sent (None: fresh).
FORMS = {
    # A copy of its own: what is typed wrongly must not stand in the page's head.
    "name": lambda found, user, sent: NameForm(sent, instance=agencypage.kept(user).get(pk=found.pk), prefix="name"),
    "part": lambda found, user, sent: PartForm(sent, agency=found, user=user, prefix="part"),
    "hours": lambda found, user, sent: HoursForm(sent, calendar=found.calendar, prefix="hours"),
    "closed": lambda found, user, sent: ClosedDayForm(sent, agency=found, prefix="closed"),
}


def _page(request, found, **sent):
    """The page with fresh forms, but for one that was sent and has to be mended."""
    now, user = timezone.now(), request.user
    context = {which: sent.get(which) or make(found, user, None) for which, make in FORMS.items()} | {
        "agency": found,
        "many": agencypage.kept(user).count() > 1,
        "said": agencypage.said(found, now),
        "days": agencypage.closed_days(found, found.working_calendar.local(now).date()),
        "may_take_part": allows(policies.take_part, user, found),
    }
    return render(request, "agencies/agency.html", context)


def _keep(request, pk, which, change):
    """Do what one of the forms asks for, or show the page again with what is wrong in it."""
    found = _kept(request, pk)
    form = FORMS[which](found, request.user, request.POST)
    if not form.is_valid():
        return _page(request, found, **{which: form})
    change(agency=found, by=request.user, **form.cleaned_data)
    return redirect("agency", pk)


@require_POST
@manages
def agency_rename(request, pk):
    return _keep(request, pk, "name", keeping.rename)


@require_POST
@manages
def agency_part(request, pk):
    return _keep(request, pk, "part", keeping.take_part)


@require_POST
@manages
def agency_hours(request, pk):
    return _keep(request, pk, "hours", calendars.set_hours)


@require_POST
@manages
def agency_close_on(request, pk):
    return _keep(request, pk, "closed", calendars.close_on)


@require_POST
@manages
def agency_open_on(request, pk):
    found, form = _kept(request, pk), OpenedDayForm(request.POST)
    if form.is_valid():
        calendars.open_on(agency=found, on=form.cleaned_data["on"], by=request.user)
    return redirect("agency", pk)
