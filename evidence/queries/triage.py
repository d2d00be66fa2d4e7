"""Groups of casings with their triage sheets."""

from django.db.models import Prefetch

from evidence.models import CasingSheet, Exhibit

SHEET = Prefetch("casing_sheet", CasingSheet.objects.select_related("filled_by").prefetch_related("marks"))


def casing_groups(user):
    """Visible groups of casings with their sheets."""
    found = Exhibit.objects.visible_to(user).filter(kind=Exhibit.Kind.CASING_GROUP)
    return found.select_related("incident__agency", "agency").prefetch_related(SHEET)
