"""The life of a session: stamped at sign-in, locked after half an hour without work, over after twelve hours.

Only the session is touched here. `began` and `seen` are Unix seconds; a session without them counts from now.
"""

import time

from django.contrib import auth
from django.utils.http import url_has_allowed_host_and_scheme

LOCK_AFTER = 30 * 60
ENDS_AFTER = 12 * 60 * 60
STAMP_EVERY = 60


def begin(request, user):
    """Sign a person in under a new session key."""
    auth.login(request, user)
    stamp(request)


def stamp(request):
    now = int(time.time())
    request.session["began"] = request.session["seen"] = now
    request.session["locked"] = False


def is_over(request):
    return time.time() - request.session.get("began", time.time()) > ENDS_AFTER


def is_locked(request):
    """Whether the session is locked, or was left alone for so long that it has to be."""
    return bool(request.session.get("locked")) or idle(request) > LOCK_AFTER


def idle(request):
    return time.time() - request.session.get("seen", time.time())


def lock(request):
    """Lock the session; false when it is locked already."""
    if request.session.get("locked"):
        return False
    request.session["locked"] = True
    return True


def unlock(request):
    request.session["locked"] = False
    request.session["seen"] = int(time.time())


def touch(request):
    """Remember that the person is at work, at most once a minute."""
    if "seen" not in request.session:
        stamp(request)
    elif idle(request) > STAMP_EVERY:
        request.session["seen"] = int(time.time())


def safe_next(request, address):
    """The address to go on to, when it is one of the portal's own; else the first page."""
    own = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if own and address.startswith("/") else "/"
