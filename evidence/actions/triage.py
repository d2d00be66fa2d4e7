"""The triage sheet of a group of casings."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from evidence import policies
from evidence.models import CasingMark, CasingSheet, Exhibit


class ChangedMeanwhileError(Exception):
    """Somebody saved the sheet after the person who fills it had opened it."""


@transaction.atomic
def fill(*, exhibit, by, seen, marks, headstamp="", condition=CasingSheet.Condition.GOOD, note=""):
    """Write the sheet of a group of casings, or write it anew. `seen` is its `filled_at` as ISO text when the person
    opened it, "" for none; `marks` are dicts of marker, count, place, headstamp, is_representative and reason.
    """
    held = Exhibit.objects.select_for_update(of=["self"], no_key=True)
    exhibit = held.select_related("incident", "agency").get(pk=exhibit.pk)
    access.enforce(policies.fill_sheet, by, exhibit, marks)
    sheet = CasingSheet.objects.filter(exhibit=exhibit).first()
    if seen != (sheet.filled_at.isoformat() if sheet else ""):
        raise ChangedMeanwhileError("Somebody else saved this sheet meanwhile. Open it again and add what is missing.")
    facts = {"headstamp": headstamp, "condition": condition, "note": note, "filled_at": timezone.now(), "filled_by": by}
    sheet, _new = CasingSheet.objects.update_or_create(exhibit=exhibit, defaults=facts)
    before = list(sheet.marks.values_list("marker", "count", "is_representative"))
    sheet.marks.all().delete()
    CasingMark.objects.bulk_create(
        CasingMark(sheet=sheet, position=position, **mark) for position, mark in enumerate(marks, 1)
    )
    chosen = next((mark["marker"] for mark in marks if mark["is_representative"]), "")
    audit.record(
        "casings.triaged", exhibit, by=by, incident=exhibit.incident_id, marks=len(marks), before=len(before),
        representative=chosen, condition=condition,
    )  # fmt: skip
    return sheet
