"""What is typed at the top of a page, among incidents and firearms: case numbers as they are, serial numbers as
tolerant as on the list of firearms.
"""

from django.urls import reverse
from django.utils.http import urlencode

from evidence import keys, queries
from evidence.guns.patterns import is_pattern


def find(user, typed):
    """The address of the one visible incident with this case number, of the list of several, of the exhibit that is the
    one visible gun with this serial number, or of the guns whose number may be this one; None when nothing has it.
    """
    incidents = queries.incidents_named(user, keys.named(typed))
    if len(incidents) == 1:
        return reverse("incident", args=[incidents[0]["id"]])
    if incidents:
        return f"{reverse('incidents')}?{urlencode({'q': typed})}"
    # Words of a sentence are no number: it takes a digit, or a character that somebody could not read.
    is_number = is_pattern(typed) or any(each.isdigit() for each in typed)
    found = queries.firearms_numbered(user, typed, nearly=is_number)
    certain = [row for row in found.rows if row["rank"] == 1]
    if len(certain) == 1:
        return reverse("exhibit", args=[certain[0]["exhibit_id"]])
    return f"{reverse('firearms')}?{urlencode({'q': typed})}" if found.rows else None
