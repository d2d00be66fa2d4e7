"""Storage places: the tree of an agency, what lies where, and the place a label or a code means."""

from evidence.models import Place

MOST_SUGGESTED = 500


def place_codes(agency):
    """The codes of an agency's open places, for a field that suggests them."""
    found = Place.objects.filter(agency=agency, closed_at=None).order_by("code")
    return list(found.values_list("code", flat=True)[:MOST_SUGGESTED])


def place_of(user, text, agency=None):
    """The open place that a code means to a user: at `agency` before any other; None where it is nobody's or several's.

    A code may be followed by a comma and words, as a place is written everywhere.
    """
    code = text.partition(",")[0].strip()
    found = Place.objects.visible_to(user).filter(code__iexact=code, closed_at=None).select_related("agency")
    found = list(found[:20])
    here = [each for each in found if agency is not None and each.agency_id == agency.pk]
    return here[0] if here else found[0] if len(found) == 1 else None
