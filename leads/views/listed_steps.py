"""What the center does with its people list: proposals, approval, reviews, removal, holds; who may read it."""

from functools import partial

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import enforce, requires
from agencies.roles import Permission
from evidence.views import steps
from leads.actions import certificates, disseminations, listed_facts, listings
from leads.forms.listed import (
    CertificateForm,
    FactForm,
    GiveForm,
    HoldForm,
    MoveForm,
    ProposalForm,
    RemoveForm,
    ReviewForm,
    RuleForm,
)
from leads.models import Certificate, ListedFact
from leads.pages import listed as listedpage
from leads.policies import listed as policies
from leads.queries import listed as queries
from leads.queries.entities import masked
from leads.standing import listed as standing
from leads.views import oneform


def _center(user):
    center = standing.center_of(user)
    if center is None:
        raise Http404
    return center


@require_http_methods(["GET"])
@requires(Permission.LISTED_KEEP)
def listed_new(request):
    """Find the person to propose among those that the keeper sees on leads."""
    center, typed = _center(request.user), request.GET.get("q", "")[:160]
    enforce(policies.keep, request.user, center)
    today, law = standing.today_of(center), standing.juvenile_law(center.pk)
    found = [
        (listedpage.candidate(each, masked(each, center)), policies.of_age(each, center.pk, today, law))
        for each in queries.candidates(request.user, typed)
    ]
    return render(request, "leads/listed_new.html", {"typed": typed, "found": found})


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_KEEP)
def listed_propose(request, pk):
    """Propose one person, with the grounds."""
    person, center = get_object_or_404(queries.candidate(request.user), pk=pk), _center(request.user)
    today = standing.today_of(center)
    enforce(policies.propose, request.user, person, center, today)
    form = ProposalForm(request.POST or None, submitters=queries.submitters(center))
    told = "Proposed. Somebody else approves it, or it lapses in 30 days."
    done = steps.take(request, form, partial(listings.propose, person=person, center=center), told)
    score = queries.of_candidate(person, center, today)
    context = {"form": form, "person": listedpage.candidate(person, masked(person, center))}
    context["score"] = listedpage.scored(score, queries.leads_seen(request.user, score))
    return done or render(request, "leads/listed_propose.html", context)


def _step(request, pk, policy, form, act, heading, told, said=""):
    """One step of an entry, as a page with one form; `form` makes it of the entry. A step that asks for nothing says
    with `said` what it means.
    """

    def draw(entry, asked):
        context = {"form": asked, "entry": entry, "heading": heading, "said": said, "back": entry.get_absolute_url()}
        return render(request, "leads/listed_step.html", context)

    return oneform.step(request, queries.whole(request.user), pk, policy, form, act, told, noun="entry", draw=draw)


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_APPROVE)
def listed_approve(request, pk):
    told = "On the list. Its first review is due in 90 days."
    said = "Read the grounds, and the events behind the score, first. From now on the entry is open to those trained."
    return _step(request, pk, policies.approve, None, listings.approve, "Approve", told, said)


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_KEEP)
def listed_review(request, pk):
    def form(_entry):
        return ReviewForm(request.POST or None)

    return _step(request, pk, policies.review, form, listings.review, "Review", "Reviewed. The entry stands.")


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_KEEP)
def listed_move(request, pk):
    def form(entry):
        return MoveForm(request.POST or None, entry=entry)

    return _step(request, pk, policies.move, form, listings.move, "Change status", "The status is changed.")


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_KEEP, Permission.LISTED_APPROVE)
def listed_remove(request, pk):
    def form(_entry):
        return RemoveForm(request.POST or None)

    told = "Removed. Whoever got anything of it is told; it is purged in 30 days."
    return _step(request, pk, policies.remove, form, listings.remove, "Remove", told)


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_APPROVE)
def listed_hold(request, pk):
    def form(_entry):
        return HoldForm(request.POST or None)

    told = "Held. It is not purged until the hold is lifted."
    return _step(request, pk, policies.hold, form, listings.hold, "Set a purge hold", told)


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_APPROVE)
def listed_lift(request, pk):
    told = "Lifted. What is due is purged in the next night."
    said = "The entry is kept for no court any more: where its time is over, it is purged in the next night."
    return _step(request, pk, policies.lift, None, listings.lift, "Lift the purge hold", told, said)


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_KEEP)
def listed_give(request, pk):
    def form(entry):
        return GiveForm(request.POST or None, recipients=queries.may_receive(entry.agency))

    told = "Given and on record. The person is told, and says why when they open it."
    return _step(request, pk, policies.give, form, disseminations.give, "Give to an agency", told)


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_KEEP)
def listed_fact(request, pk):
    def form(_entry):
        return FactForm(request.POST or None)

    told = "Added. The score counts it from now on."
    return _step(request, pk, policies.record_fact, form, listed_facts.add, "Add an event", told)


@require_POST
@requires(Permission.LISTED_KEEP)
def listed_fact_withdraw(request, pk):
    fact = get_object_or_404(ListedFact.objects.visible_to(request.user).select_related("listed__agency"), pk=pk)
    enforce(policies.record_fact, request.user, fact.listed)
    listed_facts.withdraw(fact=fact, by=request.user)
    messages.success(request, "Withdrawn. It does not count any more.")
    return redirect(fact.listed)


@require_http_methods(["GET", "POST"])
@requires(Permission.LISTED_APPROVE)
def list_rule(request):
    """By which law the center's list may name a juvenile."""
    center = _center(request.user)
    enforce(policies.set_rule, request.user, center)
    form = RuleForm(request.POST or None, initial={"juvenile_law": standing.juvenile_law(center.pk)})
    act = partial(certificates.set_rule, center=center)
    done = steps.take(request, form, act, "The rule of the list is kept.", "listed_people")
    context = {"form": form, "entry": None, "heading": "Juveniles on the list", "back": "listed_people"}
    return done or render(request, "leads/listed_step.html", context)


@require_http_methods(["GET", "POST"])
@requires(Permission.AGENCY_MANAGE)
def trainings(request):
    """Who of the agency was trained on 28 CFR Part 23, and may read the people list for that."""
    members = queries.may_be_trained(request.user)
    form = CertificateForm(request.POST or None, members=members)
    told = "Recorded. The person reads the list until the training is two years old."
    done = steps.take(request, form, certificates.record, told, "trainings")
    rows = queries.trainings(request.user)
    context = {"form": form, "rows": listedpage.certificates(rows, timezone.now())}
    return done or render(request, "leads/trainings.html", context)


@require_POST
@requires(Permission.AGENCY_MANAGE)
def training_end(request, pk):
    certificate = get_object_or_404(Certificate.objects.visible_to(request.user), pk=pk)
    enforce(policies.end_certificate, request.user, certificate)
    certificates.end(certificate=certificate, by=request.user)
    messages.success(request, "Ended. The person does not read the list any more.")
    return redirect("trainings")
