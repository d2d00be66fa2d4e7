"""The time of an obligation: its clock stands still, runs again, gets more; and who is out of office."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies import walk
from agencies.access import agencies_with, enforce, requires, standings
from agencies.models import Agency
from agencies.roles import Permission
from evidence.views import steps
from leads import respite, timing
from leads.actions import absences, extensions, pauses, stale
from leads.forms.time import AbsenceForm, DecideForm, ExtendForm, PauseForm, RuleForm
from leads.models import Absence
from leads.pages import absence as absencepage
from leads.pages import time as timepage
from leads.policies import time as policies_time
from leads.queries import absence as queries_absence
from leads.views import parts


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def obligation_pause(request, pk):
    found, now = parts.found(request, pk, policies_time.pause), timezone.now()
    longest = timing.rule_of(found.agency).pause_days
    last = respite.latest_end(now, timing.pauses_of(found), longest)
    form = PauseForm(request.POST or None, obligation=found, now=now, last=last)
    if form.is_valid() and (made := steps.tried(request, form, pauses.pause, obligation=found, **form.cleaned_data)):
        waits = made.status == made.Status.ASKED
        sentence = "a pause is asked for. A supervisor decides." if waits else "its clock stands still."
        return parts.done(request, found, sentence)
    return parts.page(request, "pause", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def obligation_resume(request, pk):
    return parts.plain(request, pk, "resume", policies_time.resume, pauses.resume, "its clock runs again.")


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def obligation_extend(request, pk):
    found = parts.found(request, pk, policies_time.extend)
    form = ExtendForm(request.POST or None)
    if form.is_valid() and steps.tried(request, form, extensions.ask, obligation=found, **form.cleaned_data):
        return parts.done(request, found, "more time is asked for. A supervisor decides.")
    return parts.page(request, "extend", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_APPROVE)
def obligation_time(request, pk):
    found = parts.found(request, pk, policies_time.decide)
    form = DecideForm(request.POST or None)
    if form.is_valid():
        seen = request.POST.get("seen", "")
        made = extensions.decide(obligation=found, by=request.user, seen=seen, **form.cleaned_data)
        granted = "granted" if form.cleaned_data["grant"] else "refused"
        what = timepage.what(made, found.agency.zone)
        return parts.done(request, found, f"{what}: {granted}. {made.asked_by} is told.")
    return parts.page(request, "time", found, form)


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK)
def absences_page(request):
    """Who is out of office: oneself, and for who assigns all of the agency."""
    now, zone = timezone.now(), standings(request.user)[0].zone
    people = queries_absence.of_whom(request.user)
    asked = walk.whole(request.GET.get("person", ""), walk.LARGEST_ID - 1)
    person = get_object_or_404(people, pk=asked or request.user.pk)
    form = AbsenceForm(request.POST or None, zone=zone, deputies=queries_absence.deputies(person), now=now)
    if form.is_valid() and (said := steps.tried(request, form, absences.say, person=person, **form.cleaned_data)):
        away = queries_absence.of_people(filter(None, [said.deputy]), said.starts_at).get(said.deputy_id)
        messages.success(request, absencepage.noted(said, away, zone))
        return redirect("absences")
    known = Absence.objects.visible_to(request.user).to_come(now).select_related("person", "deputy")
    context = absencepage.frame(request.user, person, people, known, zone, now)
    return render(request, "leads/absences.html", context | {"form": form})


@require_POST
@requires(Permission.OBLIGATION_WORK)
def absence_withdraw(request, pk):
    found = get_object_or_404(Absence.objects.visible_to(request.user), pk=pk)
    absences.withdraw(absence=found, by=request.user)
    messages.success(request, f"{found.person}: back in office.")
    return redirect("absences")


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_APPROVE)
def clock_rule(request, pk):
    agency = get_object_or_404(Agency.objects.filter(pk__in=agencies_with(request.user, Permission.LEAD_VIEW)), pk=pk)
    enforce(policies_time.set_rule, request.user, agency)
    rule = timing.rule_of(agency)
    initial = {"stale_days": rule.stale_days, "pause_days": rule.pause_days}
    form = RuleForm(request.POST or None, initial=initial)
    if form.is_valid():
        stale.set_rule(agency=agency, by=request.user, **form.cleaned_data)
        messages.success(request, f"The clocks of {agency} have their days.")
        return redirect("accountability")
    return render(request, "leads/clock_rule.html", {"form": form, "agency": agency})
