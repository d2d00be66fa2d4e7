"""The bench and its receipts as their pages show them. No queries."""

from evidence import words
from evidence.models import HandOver, Receipt
from evidence.pages import custody, details


def look(found, now):
    """One scan for the list on the bench: {kind, id, title, text, why}."""
    if found.place:
        return {"kind": "place", "id": found.place.pk, "title": found.place.code, "text": found.place.label, "why": ""}
    if found.exhibit is None:
        return {"kind": "", "id": 0, "title": found.text, "text": "", "why": found.why}
    made = found.exhibit
    lies = custody.where(made, now)
    what = details.what(made, getattr(made, "firearm", None))
    return {
        "kind": "exhibit",
        "id": made.pk,
        "title": f"{made.incident.case_number}, exhibit {made.number}",
        "text": ", ".join(filter(None, [what, lies])),
        "why": "",
    }


def receipt(made, now):
    """A line of the last receipts."""
    return {"made": made, "when": words.moment(made.made_at, made.agency.zone, now), "words": _words(made)}


def _words(made):
    if made.kind == Receipt.Kind.CHECK_IN:
        return f"Checked in to {made.place}"
    return f"Checked out to {made.to_person or made.to_agency}"


def receipt_page(made, lines, now):
    """A receipt with its lines: each exhibit with seal, and for a check-out whether it was confirmed."""
    zone = made.agency.zone
    return {
        "receipt": made,
        "heading": _words(made),
        "when": words.moment(made.made_at, zone, now),
        "zone": zone,
        "lines": [_line(each, zone, now) for each in lines],
        "left_out": made.left_out,
        "out": made.kind == Receipt.Kind.CHECK_OUT,
    }


def _line(each, zone, now):
    exhibit = each.exhibit
    state = ""
    if isinstance(each, HandOver):
        state = each.get_status_display()
        if each.answered_at:
            state = f"{state}, {words.moment(each.answered_at, zone, now)}, {each.answered_by}"
    return {
        "url": exhibit.get_absolute_url(),
        "case": exhibit.incident.case_number,
        "number": exhibit.number,
        "agency": exhibit.agency.name,
        "what": details.what(exhibit, getattr(exhibit, "firearm", None)),
        "seal": each.seal,
        "condition": each.condition,
        "state": state,
    }
