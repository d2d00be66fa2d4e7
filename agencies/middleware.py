"""What happens around every page: the session's limits, the agency somebody works as, and refusals put in words."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.middleware import get_user
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url
from django.urls import Resolver404, resolve
from django.utils.http import urlencode

from agencies import access, session
from agencies.actions import refusals, sign_ins
from agencies.views import errors

LOCKED = "The session is locked. Unlock it with your password."
OVER = "You were signed out after twelve hours. Please sign in again."
CLOSED = "Your account is locked. Ask your agency administrator to open it."
NO_MEMBERSHIP = "You are not a member of any agency any more. Ask your agency administrator."


# A sign-in, a new password, an invitation: what somebody may send before we know who they are.
LARGEST_FROM_NOBODY = 64 * 1024


def wants_json(request):
    return request.path_info.startswith("/api/") or request.headers.get("Accept") == "application/json"


class BodyMiddleware:
    """Refuses a body by the length it says it has, before anything reads it: to check a form's token is to read all of
    the form. A server takes no more than the length that was said. A view that takes much from people whom nobody
    knows has a `door`, which is asked instead: it lets in by calling what comes after it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdecimal()):
            return errors.too_large(request)
        if int(length) <= LARGEST_FROM_NOBODY and request.method in ("GET", "HEAD"):
            return self.get_response(request)
        if door := getattr(_view(request), "door", None):
            return door(request, int(length), self.get_response)
        if int(length) > LARGEST_FROM_NOBODY and int(length) > self._largest(request):
            return errors.too_large(request)
        return self.get_response(request)

    def _largest(self, request):
        if request.path_info.startswith("/api/"):
            return self._largest_of_api(request)
        if auth.SESSION_KEY in request.session:
            return settings.LARGEST_REQUEST
        return getattr(_view(request), "largest_body", LARGEST_FROM_NOBODY)

    def _largest_of_api(self, request):
        """A view that takes files says how much; it reads nothing before it knows who sends it."""
        kind = getattr(_view(request), "cls", None)
        return getattr(kind, "largest_body", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _view(request):
    try:
        return resolve(request.path_info).func
    except Resolver404:
        return None


class SessionMiddleware:
    """Ends, locks and stamps the session of whoever is signed in, and keeps what they are shown out of caches."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if auth.SESSION_KEY in request.session or request.path_info.startswith("/api/"):
            response["Cache-Control"] = "no-store, private"
        return response

    def process_view(self, request, view, args, kwargs):
        if auth.SESSION_KEY not in request.session:
            return None
        # The person, not the lazy object around them: every page asks them a hundred times.
        request.user = get_user(request)
        if not request.user.is_authenticated:
            return None
        access.work_as(request.user, request.session.get("agency"))
        if ended := self._why_over(request):
            return self._end(request, ended)
        if session.is_locked(request):
            return self._locked(request, view)
        if not wants_json(request) or request.method != "GET":  # a page that asks by itself is nobody at work
            session.touch(request)
        return None

    def _why_over(self, request):
        if session.is_over(request):
            return OVER
        if request.user.is_shut:
            return CLOSED
        return None if access.is_member(request.user) else NO_MEMBERSHIP

    def _end(self, request, sentence):
        sign_ins.end(by=request.user, why=sentence)
        auth.logout(request)
        if wants_json(request):
            return JsonResponse({"detail": sentence}, status=401)
        messages.warning(request, sentence)
        return HttpResponseRedirect(resolve_url("sign_in"))

    def _locked(self, request, view):
        if session.lock(request):
            sign_ins.lock(by=request.user)
        if getattr(view, "is_public", False):
            return None
        if wants_json(request):
            return JsonResponse({"detail": LOCKED}, status=401)
        return HttpResponseRedirect(resolve_url("lock") + "?" + urlencode({"next": self._back_to(request)}))

    def _back_to(self, request):
        """The page itself, or the one a form was sent from: the form comes back with what the browser kept."""
        if request.method in ("GET", "HEAD"):
            return request.get_full_path()
        parts = urlsplit(request.headers.get("Referer", ""))
        return parts.path + (f"?{parts.query}" if parts.query else "") if parts.netloc == request.get_host() else "/"


class RefusalMiddleware:
    """A policy's no becomes a page with its sentence, and a row of the audit log. A form that shows the sentence by
    itself, beside what was typed, names the refusal as `request.refusal`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if refusal := getattr(request, "refusal", None):
            refusals.note(refusal=refusal, path=request.path, by=request.user)
            response.status_code = 403
        return response

    def process_exception(self, request, exception):
        if not isinstance(exception, access.Refused):
            return None
        refusals.note(refusal=exception, path=request.path, by=request.user)
        if wants_json(request):
            return JsonResponse({"detail": exception.reason}, status=403)
        return render(request, "403.html", {"exception": exception.reason}, status=403)
