"""Where one presumed gun was fired or found: the places of a cluster's events, as far as the reader may know them."""

from agencies.markup import mark_style
from leads import placemap


def context(cases, may_open):
    """What templates/leads/cluster_map.html draws, with `numbers`, {incident: its number on the map}; None where no
    event has a place.

    cases: lists of events, each of one case. may_open: ids of the incidents that the reader sees; of any other only
    the block is told.
    """
    placed = [each[0] for each in cases if _incident(each[0]) and each[0].incident.lat is not None]
    drawn = placemap.draw([_place(event, may_open) for event in placed])
    if drawn is None:
        return None
    first = {event.incident_id: event for event in placed}
    drawn["marks"] = [_mark(mark, first) for mark in drawn["marks"]]
    agencies = {event.agency.code: event.agency.mark for event in placed if event.agency}
    return drawn | {
        "numbers": {incident: number for number, incident in enumerate(first, 1)},
        "left": [_case(each[0]) for each in cases if each[0].incident_id not in first],
        "near": any(incident not in may_open for incident in first),
        "agencies": sorted(agencies.items()),
    }


def _incident(event):
    return event.incident if event.incident_id else None


def _place(event, may_open):
    lat, lng = event.incident.lat, event.incident.lng
    if event.incident_id in may_open:
        return placemap.Place(event.incident_id, lat, lng)
    return placemap.Place(event.incident_id, *placemap.blocked(lat, lng), near=True)


def _case(event):
    return f"{event.agency.code if event.agency else event.agency_text or 'Agency not given'} {event.case_number}"


def _mark(mark, events):
    """Several agencies under one mark have the neutral color: the numbers lead to the table."""
    first, keys = events[mark.keys[0]], mark.keys
    agencies = {events[key].agency_id for key in keys}
    colour = mark_style(first.agency.mark)[0] if len(agencies) == 1 and first.agency else 0
    words = placemap.words(mark.numbers)
    width = 20 + 6 * max(0, len(words) - 1)
    said = "; ".join(f"{_case(events[key])}, {events[key].get_kind_display()}" for key in keys)
    at = {"x": mark.x, "y": mark.y, "left": round(mark.x - width / 2, 1), "top": round(mark.y - 10, 1)}
    return at | {"width": width, "colour": colour, "words": words, "near": mark.near, "said": said}
