"""What happens to a case in court: charges and how they end, proceedings, and supervision that is revoked."""

from functools import partial

from django.forms import model_to_dict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from agencies.access import enforce, requires
from agencies.models import Agency
from agencies.roles import Permission
from evidence.views import steps
from leads import policies
from leads.actions import charges, proceedings
from leads.forms import charges as charge_forms
from leads.forms import court as forms
from leads.models import Charge, Proceeding, Referral, Revocation
from leads.pages import court as pages
from leads.policies import court as policies_court
from leads.queries import court as queries


def _case(request, pk, policy):
    visible = Referral.objects.visible_to(request.user).select_related("lead", "agency", "office")
    return steps.reach(request, visible, pk, policy)


def _step(request, title, button, case, form, act, told, **more):
    """Take the step and go back to the case, or show its page."""
    context = {"title": title, "button": button, "referral": case, "lead": case.lead, "form": form, "charge": None}
    done = steps.take(request, form, act, told, case.get_absolute_url())
    return done or render(request, "leads/court_step.html", context | {"said": ""} | more)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def charge_new(request, pk):
    case = _case(request, pk, policies.charge)
    form = charge_forms.ChargeForm(request.POST or None, table=queries.table(case.office), zone=case.office.zone)
    act = partial(charges.add, referral=case)
    return _step(request, "Add a charge", "Add the charge", case, form, act, pages.charged)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def charge_dispose(request, pk):
    charge = get_object_or_404(Charge.objects.visible_to(request.user), pk=pk)
    case = _case(request, charge.referral_id, policies.charge)
    charge.referral = case
    enforce(policies_court.dispose, request.user, charge)
    federal = case.office.kind == Agency.Kind.US_ATTORNEY
    form = charge_forms.DispositionForm(request.POST or None, charge=charge, zone=case.office.zone, federal=federal)
    act = partial(charges.dispose, charge=charge)
    told = "The disposition is recorded. Those who worked on the case are told."
    return _step(request, "Record a disposition", "Record the disposition", case, form, act, told, charge=charge)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_outcome(request, pk):
    """How all charges ended, on one short page."""
    case = _case(request, pk, policies_court.outcome)
    standing = list(case.charges.undecided())
    standing = standing or list(case.charges.standing())
    form = charge_forms.OutcomeForm(request.POST or None, charges=standing, zone=case.office.zone)
    told = "The outcome is recorded. Those who worked on the case are told."
    done = steps.take(request, form, partial(charges.dispose_all, referral=case), told, case.get_absolute_url())
    context = {"referral": case, "lead": case.lead, "form": form, "lines": [pages.line(*each) for each in form.lines]}
    return done or render(request, "leads/outcome_entry.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def proceeding_new(request, pk):
    case = _case(request, pk, policies_court.proceed)
    standing = case.charges.undecided()
    form = forms.ProceedingForm(request.POST or None, charges=standing, zone=case.office.zone)
    act = partial(proceedings.record, referral=case)
    return _step(request, "Record a proceeding", "Record it", case, form, act, "The proceeding is recorded.")


def _move(request, pk, title, kind, deed, told, policy=policies_court.move):
    """One of the three ways in which a day in court that was set comes to its end."""
    visible = Proceeding.objects.visible_to(request.user).select_related("referral__lead", "referral__office")
    found = steps.reach(request, visible, pk, policy)
    given = {"proceeding": found} if kind is forms.PutOffForm else {}
    form, said = kind(request.POST or None, **given), pages.step_words(found)
    return _step(request, title, title, found.referral, form, partial(deed, proceeding=found), told, said=said)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def proceeding_hold(request, pk):
    told = "It is recorded as held."
    return _move(request, pk, "It was held", forms.HoldForm, proceedings.hold, told, policies_court.hold)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def proceeding_put_off(request, pk):
    told = "The new day is set. Those who worked on the case are told."
    return _move(request, pk, "Put it off", forms.PutOffForm, proceedings.put_off, told)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def proceeding_take_off(request, pk):
    return _move(request, pk, "Take it off", forms.TakeOffForm, proceedings.take_off, "It is taken off.")


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def referral_revoke(request, pk):
    case = _case(request, pk, policies_court.revoke)
    form = forms.RevocationForm(request.POST or None, zone=case.office.zone)
    told = "The revocation is recorded. Those who worked on the case are told."
    act = partial(proceedings.revoke, referral=case)
    return _step(request, "Supervision was revoked", "Record the revocation", case, form, act, told)


@require_http_methods(["GET", "POST"])
@requires(Permission.REFERRAL_DECIDE)
def revocation_correct(request, pk):
    visible = Revocation.objects.visible_to(request.user).select_related("referral__lead", "referral__office")
    found = steps.reach(request, visible, pk, policies_court.correct_revocation)
    case = found.referral
    form = forms.RevocationForm(request.POST or None, zone=case.office.zone, initial=model_to_dict(found))
    told = "The revocation is corrected. Those who worked on the case are told."
    act = partial(proceedings.correct_revocation, revocation=found)
    return _step(request, "Correct the revocation", "Correct it", case, form, act, told)
