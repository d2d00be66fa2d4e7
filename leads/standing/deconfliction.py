"""Deconfliction: what was asked within a time."""

from leads.models import Inquiry


def asked_lately(since, **whose):
    """The times of the questions of a person or of an agency."""
    return list(Inquiry.objects.filter(asked_at__gt=since, **whose).values_list("asked_at", flat=True))
