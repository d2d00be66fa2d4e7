"""What the pages of all steps of an agency's part of a lead have in common."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from evidence.views import steps
from leads.models import Obligation
from leads.pages import work as workpage

BACK = {
    "mine": ("my_leads", ""),
    "new": ("my_leads", "?tab=new"),
    "board": ("accountability", ""),
    "list": ("obligations", ""),
    "proposed": ("obligations", "?which=proposed"),
    "asked": ("obligations", "?which=asked"),
}


def found(request, pk, policy):
    """The part with all that the page of a step shows; 404 where it is not seen, refused where the step may not be."""
    visible = Obligation.objects.visible_to(request.user)
    related = ("lead__agency", "agency__calendar", "unit", "investigator", "proposed_by", "returned_by")
    related += ("named_outcome__agency",)
    return steps.reach(request, visible.select_related(*related), pk, policy)


def _back(name, obligation):
    """The address of the list a person came from, else the obligation's own."""
    place, query = BACK.get(name, ("", ""))
    return reverse(place) + query if place else obligation.get_absolute_url()


def done(request, obligation, sentence, draft=""):
    """Back to where the person came from, told what was done."""
    messages.success(request, f"{obligation.lead.number}: {sentence}", extra_tags=draft)
    return redirect(_back(request.POST.get("back"), obligation))


def page(request, verb, obligation, form=None):
    """The page of a step, with its form if it has one."""
    context = workpage.step(verb, obligation, request.user, timezone.now())
    back = request.POST.get("back") or request.GET.get("back", "")
    context |= {"form": form, "back": back if back in BACK else ""}
    context["cancel"] = _back(back, obligation)
    return render(request, "leads/obligation_form.html", context)


def plain(request, pk, verb, policy, action, sentence):
    """A step that takes no more than a press."""
    part = found(request, pk, policy)
    if request.method == "POST":
        action(obligation=part, by=request.user)
        return done(request, part, sentence)
    return page(request, verb, part)
