"""What is shown when something is not there, not allowed or broken; no page of these reads the database."""

import sys

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string

from agencies.access import public

SENTENCES = {
    400: "The portal could not read that.",
    403: "Your role does not include this.",
    404: "There is no such record, or your agency may not see it.",
    413: "This is larger than the portal takes. Send less at once.",
    500: "Something broke in the portal. The fault is recorded.",
    503: "The portal is resting for a moment. Try again in a minute.",
}


def answer(request, status, template=None, **context):
    """A page that asks neither database nor session."""
    if request.path_info.startswith("/api/"):
        return JsonResponse({"detail": context.get("exception") or SENTENCES[status]}, status=status)
    frame = {"center": settings.CENTER_NAME, "synthetic": settings.SYNTHETIC_DATA}
    page = render_to_string(template or f"{status}.html", {"shell": frame, **context})
    return HttpResponse(page, status=status)


@public
def bad_request(request, exception):
    return answer(request, 400)


@public
def permission_denied(request, exception):
    return answer(request, 403, exception=str(exception))


@public
def not_found(request, exception):
    return answer(request, 404)


@public
def too_large(request):
    return answer(request, 413)


@public
def server_error(request):
    if not isinstance(sys.exception(), OperationalError | InterfaceError):
        return answer(request, 500)
    response = answer(request, 503)
    response["Retry-After"] = "60"
    return response


@public
def csrf_failure(request, reason=""):
    return answer(request, 403, "403_csrf.html")
