"""What higher apps show on the page of an incident: functions named in settings.INCIDENT_CARDS, each of which takes an
incident and its reader and gives {"template": ..., and what that draws}, or None.
"""

from django.conf import settings
from django.utils.module_loading import import_string


def of(incident, user):
    found = (import_string(name)(incident, user) for name in settings.INCIDENT_CARDS)
    return [card for card in found if card]
