from rest_framework.response import Response
from rest_framework.views import exception_handler

from agencies.access import Refused
from agencies.actions import refusals


def answer(error, context):
    """A policy's no is 403 with its sentence, and recorded; the rest is the framework's."""
    if not isinstance(error, Refused):
        return exception_handler(error, context)
    request = context["request"]
    refusals.note(refusal=error, path=request.path, by=request.user)
    return Response({"detail": error.reason}, status=403)
