"""Persons and things: found, read, named on a lead, withdrawn, said to be the same; and the checklist of a lead."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import allows, enforce, requires
from agencies.roles import Permission
from evidence.views import steps
from leads import queries
from leads.actions import assertions, sameness
from leads.forms.entities import PersonForm, SameForm, ThingForm, WhyForm
from leads.models import Assertion, Entity, Lead, Sameness
from leads.pages import entity as entitypage
from leads.policies import entities as policies
from leads.queries import entities as found

LONGEST = 160


def _lead(request, pk):
    return get_object_or_404(Lead.objects.visible_to(request.user).select_related("agency", "desk"), pk=pk)


def _entity(request, pk):
    return get_object_or_404(Entity.objects.visible_to(request.user).select_related("agency"), pk=pk)


@require_safe
@requires(Permission.LEAD_VIEW)
def entities(request):
    """Who and what was named on the leads that the reader sees, by what is typed."""
    typed = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    rows, more = found.find(request.user, typed) if typed else ([], False)
    context = {"typed": typed, "rows": entitypage.found(rows), "more": more}
    return render(request, "leads/entities.html", context)


def _drawn(request, entity, *, form, unmasked=False):
    user = request.user
    met = found.met(entity, user)
    suggested = found.may_be_same(met.records, user) if allows(policies.compare, user, entity) else []
    agencies, zone = found.agencies_of(entity, user), queries.reader(user).zone
    context = entitypage.page(entity, met, suggested, user, agencies, zone, timezone.now(), unmasked=unmasked)
    return render(request, "leads/entity.html", context | {"form": form})


@require_safe
@requires(Permission.LEAD_VIEW)
def entity(request, pk):
    """One person or thing: where it was met, as sources say, on the leads that the reader sees."""
    return _drawn(request, _entity(request, pk), form=WhyForm())


@never_cache
@require_POST
@requires(Permission.PERSON_UNMASK)
def entity_unmask(request, pk):
    """The same page with the name, once, for a reason that stays on record."""
    asked = _entity(request, pk)
    enforce(policies.unmask, request.user, asked, found.agencies_of(asked, request.user))
    form = WhyForm(request.POST)
    if form.is_valid():
        assertions.unmask(entity=asked, reason=form.cleaned_data["reason"], by=request.user)
    return _drawn(request, asked, form=form, unmasked=form.is_valid())


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def entity_same(request, pk):
    """Say of a record and another one that they are the same, or are not."""
    one = _entity(request, pk)
    enforce(policies.compare, request.user, one)
    form = SameForm(request.POST or None, user=request.user, initial={"other": request.GET.get("other", "")})
    if form.is_valid():
        other, verdict = form.cleaned_data["other"], form.cleaned_data["verdict"]
        same = verdict == Sameness.Verdict.SAME
        if why := policies.decide(request.user, one, other) or found.against(one, other, same=same):
            form.add_error("other", why)
        else:
            act = sameness.join if same else sameness.keep_apart
            act(one=one, other=other, reason=form.cleaned_data["reason"], by=request.user)
            messages.success(request, f"Noted of {one} and {other}: {Sameness.Verdict(verdict).label.lower()}.")
            return redirect(one)
    return render(request, "leads/entity_same.html", {"entity": one, "form": form})


@require_http_methods(["GET", "POST"])
@requires(Permission.LEAD_TRIAGE)
def sameness_take_back(request, pk):
    visible = Sameness.objects.visible_to(request.user).select_related("one__agency", "other__agency", "decided_by")
    said = get_object_or_404(visible, pk=pk)
    enforce(policies.take_back, request.user, said)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        sameness.take_back(sameness=said, why=form.cleaned_data["reason"], by=request.user)
        messages.success(request, f"Taken back. {said.one} and {said.other} stand as before, with all that was said.")
        return redirect(said.one)
    return render(request, "leads/sameness_take_back.html", {"said": said, "form": form})


def _said(request, lead, form):
    if form.meant:
        return steps.tried(request, form, assertions.say, lead=lead, entity=form.meant, **form.said)
    given = form.said | form.entity_values | {"others": form.suggested}
    return steps.tried(request, form, assertions.name, lead=lead, **given)


def _named(request, pk, form_class, title):
    lead = _lead(request, pk)
    enforce(policies.say, request.user, lead)
    events = list(lead.events.select_related("agency"))
    form = form_class(request.POST or None, user=request.user, lead=lead, events=events)
    if form.is_valid() and (said := _said(request, lead, form)):
        messages.success(request, f"{said.entity} stands on {lead} now, with its source.")
        return redirect(f"{lead.get_absolute_url()}#people")
    return render(request, "leads/entity_named.html", {"lead": lead, "form": form, "title": title})


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK, Permission.LEAD_TRIAGE)
def person_name(request, pk):
    """Name a person in an event of a lead, as a source says."""
    return _named(request, pk, PersonForm, "Name a person")


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK, Permission.LEAD_TRIAGE)
def thing_name(request, pk):
    """Name a vehicle, phone or address on a lead, as a source says."""
    return _named(request, pk, ThingForm, "Name a vehicle, phone or address")


@require_http_methods(["GET", "POST"])
@requires(Permission.OBLIGATION_WORK, Permission.LEAD_TRIAGE)
def assertion_withdraw(request, pk):
    visible = Assertion.objects.visible_to(request.user).select_related("lead__agency", "entity", "event__agency")
    said = get_object_or_404(visible, pk=pk)
    enforce(policies.withdraw, request.user, said)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        assertions.withdraw(assertion=said, why=form.cleaned_data["reason"], by=request.user)
        messages.success(request, "Withdrawn. It stays on record with the reason, and those on the lead are told.")
        return redirect(f"{said.lead.get_absolute_url()}#people")
    return render(request, "leads/assertion_withdraw.html", {"said": said, "form": form})
