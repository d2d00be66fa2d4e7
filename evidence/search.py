"""What is typed at the top of a page, among incidents and exhibits: exact numbers only, for which there is an index."""

from django.urls import reverse
from django.utils.http import urlencode

from evidence import keys, queries
from evidence.guns.serials import serial_key
from evidence.models import Firearm


def find(user, typed):
    """The address of the one visible incident with this case number, of the list of several, or of the exhibit that is
    the one visible gun with this serial number; None when nothing has it.
    """
    incidents = queries.incidents_named(user, keys.named(typed))
    if len(incidents) == 1:
        return reverse("incident", args=[incidents[0]["id"]])
    if incidents:
        return f"{reverse('incidents')}?{urlencode({'q': typed})}"
    serial = serial_key(typed)
    guns = Firearm.objects.visible_to(user).filter(serial_key=serial) if serial else Firearm.objects.none()
    exhibits = list(guns.exclude(serial_key="").values_list("exhibit_id", flat=True)[:2])
    return reverse("exhibit", args=exhibits) if len(exhibits) == 1 else None
