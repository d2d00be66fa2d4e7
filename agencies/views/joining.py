"""Accepting an invitation: who is new chooses a name and a password, who has an account gives its password."""

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from agencies import access, addresses, policies, queries, session
from agencies.access import public
from agencies.actions import invitations, sign_ins
from agencies.forms import JoinAgainForm, JoinForm, flood_of, status_of
from agencies.models import User

TEMPLATE = "registration/invitation_accept.html"


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
@public
def invitation_accept(request, secret):
    invitation = queries.invitation_by_secret(secret)
    system = User.objects.system()
    if invitation is None or not access.allows(policies.accept, system, invitation):
        return render(request, TEMPLATE, {"invitation": None}, status=404)
    person = User.objects.by_email(invitation.email)
    form = _form(request, invitation, person)
    if form.is_valid():
        person = invitations.accept(invitation=invitation, by=system, person=person, **_about(form))
        sign_ins.succeed(by=person, address=addresses.of(request))
        session.begin(request, person)
        return redirect("home")
    if person and form.was_tried:
        sign_ins.fail(email=person.email, address=addresses.of(request), by=system)
    elif flood := flood_of(form):
        sign_ins.hold_off(flood=flood, email=person.email, address=addresses.of(request), by=system)
    return render(request, TEMPLATE, {"form": form, "invitation": _shown(invitation)}, status=status_of(form))


def _form(request, invitation, person):
    if person:
        at = addresses.of(request)
        return JoinAgainForm(request.POST or None, user=person, invitation=invitation, address=at)
    new = User(email=invitation.email, name=invitation.name)
    return JoinForm(request.POST or None, user=new, initial={"name": invitation.name})


def _about(form):
    values = form.cleaned_data
    if "new_password" not in values:
        return {}
    return {"name": values["name"], "title": values["title"], "password": values["new_password"]}


def _shown(invitation):
    agency, inviter = invitation.agency, invitation.invited_by
    return {
        "agency": agency.name,
        # Who set the portal up invites by a command: nobody by name.
        "by": str((agency.center or agency) if inviter.is_system else inviter),
        "role": invitation.get_role_display().lower(),
        "email": invitation.email,
    }
