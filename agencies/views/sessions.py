"""Signing in and out, the lock, and the agency somebody works as."""

from django.contrib import auth
from django.http import HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agencies import access, addresses, session
from agencies.access import public, requires
from agencies.actions import sign_ins
from agencies.forms import SignInForm, UnlockForm, flood_of, status_of
from agencies.models import User
from agencies.roles import Permission


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
@public
def sign_in(request):
    go_on = session.safe_next(request, request.POST.get("next") or request.GET.get("next"))
    if request.user.is_authenticated:
        return redirect(go_on)
    address = addresses.of(request)
    form = SignInForm(request.POST or None, address=address)
    if form.is_valid():
        sign_ins.succeed(by=form.user, address=address, password=form.cleaned_data["password"])
        session.begin(request, form.user)
        return redirect(go_on)
    if form.was_tried:
        sign_ins.fail(email=form.cleaned_data["username"], address=address, by=User.objects.system())
    elif flood := flood_of(form):
        email = form.cleaned_data["username"]
        sign_ins.hold_off(flood=flood, email=email, address=address, by=User.objects.system())
    return render(request, "registration/login.html", {"form": form, "next": go_on}, status=status_of(form))


@require_POST
@public
def sign_out(request):
    if request.user.is_authenticated:
        sign_ins.end(by=request.user)
    auth.logout(request)
    return render(request, "registration/logged_out.html")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
@public
def lock(request):
    """The password, and nothing else, unlocks the session. To open this page locks nothing: a link is no deed."""
    if not request.user.is_authenticated:
        return redirect("sign_in")
    go_on = session.safe_next(request, request.POST.get("next") or request.GET.get("next"))
    if not session.is_locked(request):
        return redirect(go_on)
    form = UnlockForm(request.POST or None, user=request.user)
    if form.is_valid():
        sign_ins.unlock(by=request.user)
        session.unlock(request)
        return redirect(go_on)
    if form.was_tried:
        sign_ins.fail(email=request.user.email, address=addresses.of(request), by=request.user)
    return render(request, "registration/lock.html", {"form": form, "next": go_on})


@require_POST
@requires(Permission.HOME)
def lock_now(request):
    """Who leaves the desk locks the session and comes back to the same page."""
    if session.lock(request):
        sign_ins.lock(by=request.user)
    came_from = session.safe_next(request, request.POST.get("next", ""))
    return redirect(resolve_url("lock") + "?" + urlencode({"next": came_from}))


@require_POST
@requires(Permission.HOME)
def extend(request):
    """The middleware has stamped the session by the time this answers."""
    return HttpResponse(status=204)


@require_POST
@requires(Permission.HOME)
def switch_agency(request):
    """Work as one of one's agencies, or as all of them."""
    chosen = request.POST.get("agency", "")
    mine = {str(standing.agency_id) for standing in access.all_standings(request.user)}
    request.session["agency"] = int(chosen) if chosen in mine else None
    return redirect("home")
