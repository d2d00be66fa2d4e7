"""Groups of casings with their triage sheets."""

from django.db.models import Prefetch

from evidence.models import CasingMark, CasingSheet, Exhibit

SHEET = Prefetch("casing_sheet", CasingSheet.objects.select_related("filled_by").prefetch_related("marks"))


def casing_groups(user):
    """Visible groups of casings with their sheets."""
    found = Exhibit.objects.visible_to(user).filter(kind=Exhibit.Kind.CASING_GROUP)
    return found.select_related("incident__agency", "agency").prefetch_related(SHEET)


def representative(exhibit):
    """Which casing of a group its triage sheet chose for NIBIN, in words, or ""."""
    chosen = CasingMark.objects.filter(sheet__exhibit=exhibit, is_representative=True).select_related("sheet").first()
    if chosen is None:
        return ""
    headstamp = chosen.headstamp or chosen.sheet.headstamp
    return f"Marker {chosen.marker}{f', headstamp {headstamp}' if headstamp else ''}: {chosen.reason}"
