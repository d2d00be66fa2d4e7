"""Days of a case: its deadlines, whose case it is, how long ahead an office is told, and all of an office's days."""

from functools import partial

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import requires
from agencies.models import Agency
from agencies.roles import Permission
from evidence import listing
from evidence.views import steps
from leads import queries
from leads.actions import caseloads, datereminders, deadlines
from leads.forms.dates import DeadlineForm, DropForm, GiveForm, MoveForm, ReminderRuleForm
from leads.models import Deadline, Referral
from leads.pages import casedate as datepage
from leads.policies import dates as policies
from leads.queries import caseloads as found_cases
from leads.queries import dates as found


def _step(request, heading, case, form, act, told, **more):
    """Take the step and go back to the case, or show its page."""
    context = {"heading": heading, "referral": case, "form": form, "said": "", **more}
    return steps.take(request, form, act, told, case) or render(request, "leads/case_step.html", context)


def _case(request, pk, policy):
    visible = Referral.objects.visible_to(request.user).select_related("lead", "office")
    return steps.reach(request, visible, pk, policy)


def _deadline(request, pk):
    visible = Deadline.objects.visible_to(request.user).select_related("referral__lead", "referral__office")
    return steps.reach(request, visible, pk, policies.change)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def deadline_new(request, pk):
    case = _case(request, pk, policies.keep)
    form, act = DeadlineForm(request.POST or None), partial(deadlines.add, referral=case)
    told = partial(datepage.kept, zone=case.office.zone, now=timezone.now())
    return _step(request, "Add a deadline", case, form, act, told)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def deadline_move(request, pk):
    one = _deadline(request, pk)
    form, act = MoveForm(request.POST or None, deadline=one), partial(deadlines.move, deadline=one)
    return _step(request, "Move the deadline", one.referral, form, act, "It is due on another day.", said=str(one))


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def deadline_done(request, pk):
    one = _deadline(request, pk)
    act, said = partial(deadlines.finish, deadline=one), f"{one}, due {datepage.day(one.due_on)}."
    return _step(request, "It is done", one.referral, None, act, "Done: nobody is told of it any more.", said=said)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def deadline_drop(request, pk):
    one = _deadline(request, pk)
    form, act = DropForm(request.POST or None), partial(deadlines.drop, deadline=one)
    return _step(request, "It is due no more", one.referral, form, act, "It is due no more.", said=str(one))


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_give(request, pk):
    case = _case(request, pk, policies.give)
    form = GiveForm(request.POST or None, referral=case, prosecutors=found.prosecutors(case.office_id))
    act, told = partial(caseloads.give, referral=case), "It says now whose case it is."
    return _step(request, "Whose case it is", case, form, act, told)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def reminder_rule(request, pk):
    mine = Agency.objects.filter(pk__in=found.offices(request.user)).select_related("reminder_rule")
    office = steps.reach(request, mine, pk, policies.set_rule)
    initial = {"days": ", ".join(map(str, found.days_of(office)))}
    form, act = ReminderRuleForm(request.POST or None, initial=initial), partial(datereminders.set_rule, office=office)
    done = steps.take(request, form, act, "Your office is told ahead by these days.", "case_dates")
    return done or render(request, "leads/reminder_rule.html", {"form": form, "office": office})


@require_safe
@requires(Permission.REFERRAL_DECIDE)
def case_dates(request):
    """Every day of an office's cases: what is past and not dealt with, or what comes."""
    zone = queries.reader(request.user).zone
    today, mine = datepage.today(zone, timezone.now()), request.GET.get("of") == "mine"
    show = listing.chosen(request, "show", ("late",)) or "ahead"
    span = {"last": today - datepage.ONE} if show == "late" else {"first": today}
    rows, later = found.page(request.user, mine=mine, after=request.GET.get("after"), **span)
    late = found.count(request.user, last=today - datepage.ONE, mine=mine)
    then = found_cases.later_days([each.referral for each in rows if each.deadline is None])
    context = {
        "rows": datepage.lines(rows, today, then), "tabs": datepage.tabs(show, mine, late), "show": show,
        "empty": datepage.EMPTY[show], "older": listing.address(request, after=later) if later else "",
        "newer": listing.address(request) if request.GET.get("after") else "", "whose": datepage.whose(show, mine),
        "offices": Agency.objects.filter(pk__in=found.offices(request.user)),
    }  # fmt: skip
    return render(request, "leads/case_dates.html", context)
