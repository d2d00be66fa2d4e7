"""Signing in as a browser does, and what of it is on record."""

from agencies.models import AuditEvent

PASSWORD = "correct horse battery"
SIGN_IN = "/sign-in/"


def try_in(client, email, password=PASSWORD, **more):
    return client.post(SIGN_IN, {"username": email, "password": password, "acknowledged": "on", **more})


def verbs(**where):
    return list(AuditEvent.objects.filter(**where).order_by("id").values_list("verb", flat=True))
