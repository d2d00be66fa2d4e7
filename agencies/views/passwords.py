"""One's own password: changed while signed in, or set anew through a mailed link."""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.tokens import default_token_generator
from django.shortcuts import redirect, render
from django.utils.http import urlsafe_base64_decode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from agencies import addresses
from agencies.access import public, requires
from agencies.actions import passwords, sign_ins
from agencies.forms import ForgottenForm, NewPasswordForm, PasswordChangeForm, status_of
from agencies.models import User
from agencies.roles import Permission

# The token leaves the address as soon as it was opened: addresses are logged and kept in histories.
IN_SESSION = "set"
KEY = "password_reset"


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@requires(Permission.HOME)
def password_change(request):
    form = PasswordChangeForm(request.POST or None, user=request.user)
    if form.is_valid():
        person = passwords.change(password=form.cleaned_data["new_password"], by=request.user)
        update_session_auth_hash(request, person)
        return render(request, "registration/password_change_done.html")
    if form.was_tried:
        sign_ins.fail(email=request.user.email, address=addresses.of(request), by=request.user)
    return render(request, "registration/password_change_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
@public
def password_reset(request):
    form = ForgottenForm(request.POST or None, address=addresses.of(request))
    if form.is_valid():
        passwords.ask(email=form.cleaned_data["email"], by=User.objects.system())
        return redirect("password_reset_done")
    return render(request, "registration/password_reset_form.html", {"form": form}, status=status_of(form))


@require_safe
@public
def password_reset_done(request):
    return render(request, "registration/password_reset_done.html")


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@never_cache
@public
def password_reset_confirm(request, uidb64, token):
    person = _person(uidb64)
    if token != IN_SESSION and person and default_token_generator.check_token(person, token):
        request.session[KEY] = token
        return redirect("password_reset_confirm", uidb64, IN_SESSION)
    token = request.session.get(KEY, "")
    if person is None or not default_token_generator.check_token(person, token):
        return render(request, "registration/password_reset_confirm.html", {"validlink": False})
    form = NewPasswordForm(request.POST or None, user=person)
    if form.is_valid():
        password = form.cleaned_data["new_password"]
        passwords.reset(person=person, token=token, password=password, by=User.objects.system())
        del request.session[KEY]
        return redirect("password_reset_complete")
    return render(request, "registration/password_reset_confirm.html", {"validlink": True, "form": form})


@require_safe
@public
def password_reset_complete(request):
    return render(request, "registration/password_reset_complete.html")


def _person(uidb64):
    try:
        number = int(urlsafe_base64_decode(uidb64))
    except (ValueError, OverflowError):
        return None
    return User.objects.filter(pk=number, is_active=True, is_system=False).first() if number < 2**63 else None
