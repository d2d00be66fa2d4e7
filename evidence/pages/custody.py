"""Chains of custody and hand-overs as their pages show them: records in, words out. No queries."""

from datetime import timedelta

from django.urls import reverse

from agencies import markup
from evidence import words
from evidence.models import CustodyEvent, HandOver
from evidence.pages import rows

Purpose = CustodyEvent.Purpose
# What nobody confirmed for a day is looked for.
LATE_AFTER = timedelta(hours=24)

LEG_ICONS = {
    "collected": "pin",
    "stored": "evid",
    "to_laboratory": "right",
    "received": "check",
    "examined": "flask",
    "returned": "back",
    "to_court": "scale",
    "investigation": "search",
    "disposed": "trash",
    "other": "swap",
}

# What stands before the name of who had it then; "to" otherwise.
_TO = {Purpose.COLLECTED: "by", Purpose.RECEIVED: "by", Purpose.EXAMINED: "by", Purpose.DISPOSED: "as"}


def chain(exhibit, now):
    """The chain for the feed, newest first, with the hand-overs that came to nothing at their time."""
    zone = exhibit.agency.zone
    lines = [(each.at, leg(each, zone, now)) for each in exhibit.custody.all()]
    ended = (HandOver.Status.REFUSED, HandOver.Status.WITHDRAWN)
    lines += [(each.answered_at, _ended(each, zone, now)) for each in exhibit.hand_overs.all() if each.status in ended]
    return [line for _, line in sorted(lines, key=lambda line: line[0])][::-1]


def leg(event, zone, now):
    """One leg of custody."""
    parts = [f"from {event.from_whom}" if event.from_whom else "", f"{_TO.get(event.purpose, 'to')} {event.to_whom}"]
    more = [f"seal {event.seal}" if event.seal else "", event.condition]
    if event.hand_over_id:
        more += [_seen(event), "confirmed by the receiver"]
    more += [f"signed on paper: {event.paper}" if event.paper else "", event.note]
    return {
        "icon": LEG_ICONS[event.purpose],
        "tone": "late" if event.hand_over_id and event.seal_seen != event.seal else "",
        "who": event.get_purpose_display(),
        "text": " ".join(filter(None, parts)) + "".join(f", {each}" for each in more if each),
        "iso": event.at.isoformat(),
        "when": f"{words.moment(event.at, zone, now)}, row {event.position} recorded by {event.recorded_by}",
    }


def _seen(event):
    said = []
    if event.seal_seen != event.seal:
        said.append(f"seal seen {event.seal_seen or 'none'}, another than was given")
    if event.condition_seen and event.condition_seen != event.condition:
        said.append(f"seen as {event.condition_seen}")
    return ", ".join(said)


def _ended(hand_over, zone, now):
    word = hand_over.get_status_display().lower()
    reason = f": {hand_over.reason}" if hand_over.reason else ""
    return {
        "icon": "x",
        "who": hand_over.to_words,
        "text": f"hand-over by {hand_over.offered_by} {word} by {hand_over.answered_by}{reason}",
        "iso": hand_over.answered_at.isoformat(),
        "when": f"{words.moment(hand_over.answered_at, zone, now)}, no row of the chain",
    }


def in_transit(hand_overs, now):
    """The open one of an exhibit's hand-overs as a line above its chain, or None."""
    found = next((each for each in hand_overs if each.status == HandOver.Status.OFFERED), None)
    if found is None:
        return None
    return {
        "made": found,
        "badge": markup.badge("In transit, unconfirmed", tone(found.offered_at, now), "swap"),
        "words": f"{found.offered_by} gave it to {found.to_words}, {words.ago(found.offered_at, now)}",
    }


def whereabouts(exhibit, now):
    """[(label, value)] of where an exhibit is: on its way, in a place, or in whose hands since when; some values may be
    empty. Its chain and its hand-overs are fetched with it.
    """
    zone = exhibit.agency.zone
    offer = next((each for each in exhibit.hand_overs.all() if each.status == HandOver.Status.OFFERED), None)
    if offer:
        since = words.moment(offer.at, zone, now)
        on_its_way = f"to {offer.to_words} since {since}, unconfirmed"
        return [("On its way", on_its_way), ("Was in", exhibit.storage or exhibit.was_in)]
    held_by = str(exhibit.held_by or "")
    if exhibit.storage:
        return [("Lies in", exhibit.storage), ("With", held_by)]
    last = max(exhibit.custody.all(), key=lambda leg: leg.position, default=None)
    if last is None:
        return [("With", held_by)]
    since = words.moment(last.at, zone, now)
    if last.purpose == CustodyEvent.Purpose.TO_LABORATORY and not held_by and not last.paper:
        return [("On its way", f"to {last.to_whom} since {since}"), ("Was in", exhibit.was_in)]
    names = [last.to_whom] if held_by in last.to_whom else [last.to_whom, held_by]
    label = "Gone" if exhibit.disposed_at else "With"
    return [(label, f"{', '.join(names)} since {since}"), ("Was in", exhibit.was_in)]


def where(exhibit, now):
    """The same as one line."""
    return ". ".join(f"{label} {value}" for label, value in whereabouts(exhibit, now) if value)


def tone(offered_at, now):
    return "late" if now - offered_at > LATE_AFTER else "soon"


def row(found, now):
    """A line of the list of hand-overs."""
    desk = f"{found['to_title'] or ''} {found['to_name'] or found['to_unit'] or found['to_place'] or ''}".strip()
    age = words.span(now - found["offered_at"])
    return found | {
        "url": reverse("hand_over", args=[found["id"]]),
        "icon": markup.icon(rows.EXHIBIT_ICONS[found["kind"]]),
        "what": rows.what(found["kind"], found["count"], found["caliber"]),
        "agency_mark": markup.agency(found["code"], found["mark"], found["agency"]),
        "giver": f"{found['giver_title']} {found['giver']}".strip(),
        "receiver": desk or found["to_agency"],
        "given": words.moment(found["at"], found["zone"], now),
        "purpose": Purpose(found["purpose"]).label,
        "age": markup.badge(age, tone(found["offered_at"], now), "clock"),
    }


def facts(made, now):
    """(label, value) of one hand-over."""
    zone = made.exhibit.agency.zone
    lines = [
        ("From", f"{made.offered_by}, {made.from_agency}"),
        ("Out of", str(made.from_place or "")),
        ("To", made.to_words),
        ("What for", Purpose(made.purpose).label),
        ("Given", words.moment(made.at, zone, now)),
        ("Seal", made.seal or "None"),
        ("Condition", made.condition),
        ("Note", made.note),
        ("Answered", f"{words.moment(made.answered_at, zone, now)}, {made.answered_by}" if made.answered_at else ""),
        ("Why", made.reason),
    ]
    return [(label, value) for label, value in lines if value]
