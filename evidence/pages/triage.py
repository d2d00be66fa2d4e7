"""The triage sheet of a group of casings as pages show it: records in, words out. No queries."""

from django.urls import reverse

from evidence import words


def sheet(exhibit, now):
    """One group of casings with what its sheet says, None for what nobody has filled in."""
    made = getattr(exhibit, "casing_sheet", None)
    marks = list(made.marks.all()) if made else []
    listed = sum(mark.count for mark in marks)
    chosen = next((mark for mark in marks if mark.is_representative), None)
    return {
        "exhibit": exhibit,
        "url": reverse("casing_sheet", args=[exhibit.pk]),
        "is_filled": made is not None,
        "caliber": exhibit.caliber or "Not known",
        "count": exhibit.count,
        "headstamp": made.headstamp if made else "",
        "condition": made.get_condition_display() if made else "",
        "note": made.note if made else "",
        "marks": [
            {
                "marker": mark.marker,
                "count": mark.count,
                "place": mark.place,
                "headstamp": mark.headstamp or made.headstamp,
                "is_representative": mark.is_representative,
            }
            for mark in marks
        ],
        "representative": chosen and f"Marker {chosen.marker}: {chosen.reason}",
        "blank_lines": f":{max(0, min(6, exhibit.count) - len(marks))}",
        "unplaced": exhibit.count - listed if marks else 0,
        "by": f"{made.filled_by}, {words.moment(made.filled_at, exhibit.agency.zone, now)}" if made else "",
    }
