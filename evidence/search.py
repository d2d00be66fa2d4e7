"""What is typed at the top of a page, among cases, exhibits, traces and firearms: case, property, laboratory and trace
numbers as they are, serial numbers as tolerant as on the list of firearms.
"""

from django.urls import reverse
from django.utils.http import urlencode

from evidence import keys, queries, scanning
from evidence.guns.patterns import is_pattern


def find(user, typed):
    """The address of the one visible record that has this number, or of the list of several; None when nothing has it.
    A case comes before an exhibit, unless a stroke says that one is meant, and both before guns.
    """
    kinds = (_exhibit, _case) if "/" in typed else (_case, _exhibit)
    found = (look(user, typed) for look in (*kinds, _trace, _firearm))
    return next(filter(None, found), None)


def _case(user, typed):
    found = queries.incidents_named(user, keys.named(typed))
    if len(found) == 1:
        return reverse("incident", args=[found[0]["id"]])
    return f"{reverse('incidents')}?{urlencode({'q': typed})}" if found else None


def _exhibit(user, typed):
    found = scanning.numbered(user, typed)
    if len(found) == 1:
        return reverse("exhibit", args=[found[0]["id"]])
    return f"{reverse('exhibits')}?{urlencode({'q': typed})}" if found else None


def _trace(user, typed):
    found = queries.trace_numbered(user, typed)
    return reverse("trace", args=[found]) if found else None


def _firearm(user, typed):
    # Words of a sentence are no number: it takes a digit, or a character that somebody could not read.
    is_number = is_pattern(typed) or any(each.isdigit() for each in typed)
    found = queries.firearms_numbered(user, typed, nearly=is_number)
    certain = [row for row in found.rows if row["rank"] == 1]
    if len(certain) == 1:
        return reverse("exhibit", args=[certain[0]["exhibit_id"]])
    return f"{reverse('firearms')}?{urlencode({'q': typed})}" if found.rows else None
