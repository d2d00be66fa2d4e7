"""The people of one's agency: who holds which role, who is invited, who is locked out."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies import policies, queries
from agencies.access import allows, requires
from agencies.actions import invitations, memberships
from agencies.actions import people as accounts
from agencies.forms import InvitationForm, PlaceForm, RoleForm
from agencies.models import Invitation, Membership
from agencies.roles import Permission

manages = requires(Permission.AGENCY_MANAGE)


def _membership(request, pk):
    return get_object_or_404(
        Membership.objects.visible_to(request.user).select_related("user", "agency", "unit"), pk=pk
    )


@require_safe
@manages
def people(request):
    text = request.GET.get("q", "")[:100]
    page = queries.people(request.user, text, request.GET.get("after"))
    invited = queries.open_invitations(request.user, request.GET.get("invited_before"))
    context = {"page": page, "text": text, "invited": invited}
    return render(request, "agencies/people.html", context)


@require_http_methods(["GET", "POST"])
@manages
def person_invite(request):
    form = InvitationForm(request.POST or None, user=request.user)
    if form.is_valid():
        invitations.invite(by=request.user, **form.cleaned_data)
        return redirect("people")
    return render(request, "agencies/person_invite.html", {"form": form})


@require_POST
@manages
def invitation_send(request, pk):
    """Again, with a new link: the one before stops working."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    invitations.renew(invitation=invitation, by=request.user)
    return redirect("people")


@require_POST
@manages
def invitation_withdraw(request, pk):
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    invitations.withdraw(invitation=invitation, by=request.user)
    return redirect("people")


@require_safe
@manages
def membership(request, pk):
    return _page(request, _membership(request, pk))


def _page(request, found, role=None, place=None):
    user = request.user
    context = {
        "member": queries.member(user, found),
        "role": role or RoleForm(user=user, membership=found),
        "place": place or PlaceForm(membership=found),
        "may_end": allows(policies.end_membership, user, found),
        "may_lock": allows(policies.lock, user, found.user),
        "may_release": allows(policies.release, user, found.user),
    }
    return render(request, "agencies/membership.html", context)


@require_POST
@manages
def membership_grant(request, pk):
    """Another role for the same person in the same agency."""
    found = _membership(request, pk)
    form = RoleForm(request.POST, user=request.user, membership=found)
    if not form.is_valid():
        return _page(request, found, role=form)
    role = form.cleaned_data["role"]
    memberships.grant(person=found.user, agency=found.agency, role=role, unit=found.unit, by=request.user)
    return redirect("membership", pk)


@require_POST
@manages
def membership_place(request, pk):
    found = _membership(request, pk)
    form = PlaceForm(request.POST, membership=found)
    if not form.is_valid():
        return _page(request, found, place=form)
    memberships.place(membership=found, unit=form.cleaned_data["unit"], by=request.user)
    return redirect("membership", pk)


@require_POST
@manages
def membership_end(request, pk):
    memberships.end(membership=_membership(request, pk), by=request.user)
    return redirect("people")


@require_POST
@manages
def person_lock(request, pk):
    """The person of membership `pk`: an account is reached through a membership in one's own agency alone."""
    accounts.lock(person=_membership(request, pk).user, by=request.user)
    return redirect("membership", pk)


@require_POST
@manages
def person_release(request, pk):
    accounts.release(person=_membership(request, pk).user, by=request.user)
    return redirect("membership", pk)
