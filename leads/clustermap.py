"""Where one presumed gun was fired or found: the places of a cluster's events, as far as the reader may know them."""

from django.urls import reverse

from agencies.markup import mark_style
from leads import placemap
from leads.gunline import group_of


def context(cases, may_open):
    """What templates/leads/cluster_map.html draws; None where no event has a place.

    cases: lists of events, each of one case. may_open: ids of the incidents that the reader sees; of any other only
    the block is told.
    """
    placed = [each[0] for each in cases if _incident(each[0]) and each[0].incident.lat is not None]
    drawn = placemap.draw([_place(event, may_open) for event in placed])
    if drawn is None:
        return None
    first = {event.incident_id: event for event in placed}
    drawn["marks"] = [_mark(mark, first[mark.keys[0]], mark.keys, first) for mark in drawn["marks"]]
    rows = [_row(number, event, event.incident_id in may_open) for number, event in enumerate(placed, 1)]
    here = set(first)
    left = [_case(each[0]) for each in cases if each[0].incident_id not in here]
    return drawn | {"rows": rows, "left": left, "near": any(row["near"] for row in rows)}


def _incident(event):
    return event.incident if event.incident_id else None


def _place(event, may_open):
    lat, lng = event.incident.lat, event.incident.lng
    if event.incident_id in may_open:
        return placemap.Place(event.incident_id, lat, lng)
    return placemap.Place(event.incident_id, *placemap.blocked(lat, lng), near=True)


def _case(event):
    return f"{event.agency.code if event.agency else event.agency_text or 'Agency not given'} {event.case_number}"


def _mark(mark, first, keys, events):
    """Several agencies under one mark have the neutral color: the numbers lead to the table."""
    agencies = {events[key].agency_id for key in keys}
    colour = mark_style(first.agency.mark)[0] if len(agencies) == 1 and first.agency else 0
    words = placemap.words(mark.numbers)
    width = 20 + 6 * max(0, len(words) - 1)
    said = "; ".join(f"{_case(events[key])}, {events[key].get_kind_display()}" for key in keys)
    at = {"x": mark.x, "y": mark.y, "left": round(mark.x - width / 2, 1), "top": round(mark.y - 10, 1)}
    return at | {"width": width, "colour": colour, "words": words, "near": mark.near, "said": said}


def _row(number, event, seen):
    return {
        "number": number,
        "event": event,
        "icon": group_of(event.kind).icon,
        "url": reverse("incident", args=[event.incident_id]) if seen else "",
        "near": not seen,
    }
