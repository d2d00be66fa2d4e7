"""The analyst's desk in plain values for its pages: rows in, words out. Nothing is read or written here."""

from django.urls import reverse

from agencies.access import allows
from leads.models import DeskItem
from leads.pages import leads as pages
from leads.pages import rows
from leads.policies import desk as policies_desk

State, Why = DeskItem.State, DeskItem.Why
TABS = {
    State.WAITING: "To triage",
    State.ACCEPTED: "Accepted",
    State.DEFERRED: "Deferred",
    State.PROPOSED: "To review",
    State.DECLINED: "Declined",
}
EMPTY = {
    State.WAITING: ("Nothing waits", "New leads stand here until they are sent, where the center looks at them first."),
    State.ACCEPTED: ("Nothing is being worked up", "Accept a lead to look for more before it goes out."),
    State.DEFERRED: ("Nothing is deferred", "A deferred lead stands here until its day."),
    State.PROPOSED: ("Nothing to review", "A lead somebody proposes to decline stands here for a second person."),
    State.DECLINED: ("No lead was declined", "What two people declined stands here, and can be brought back."),
}
TONES = {
    State.WAITING: ("soon", "clock"),
    State.ACCEPTED: ("accent", "check"),
    State.DEFERRED: ("pause", "pause"),
    State.PROPOSED: ("late", "eye"),
    State.DECLINED: ("", "x"),
    State.SENT: ("good", "mail"),
}
# (verb, button, key, its policy, whether a form comes first, in which states it is offered first)
VERBS = (
    ("send", "Send", "s", policies_desk.send, False),
    ("accept", "Accept", "a", policies_desk.accept, False),
    ("defer", "Defer", "d", policies_desk.defer, True),
    ("decline", "Decline", "n", policies_desk.decline, True),
    ("agree", "Agree to decline", "y", policies_desk.review, False),
    ("back", "Bring back", "b", policies_desk.bring_back, False),
)


# (key, word, where it leads)
KEYS = (
    ("s", "send", State.SENT),
    ("a", "accept", State.ACCEPTED),
    ("d", "defer", State.DEFERRED),
    ("n", "decline", State.PROPOSED),
    ("y", "agree", State.DECLINED),
    ("b", "bring back", State.WAITING),
)


def keys(state):
    """[(key, word)] of what the keys do to the leads of a tab, as its foot says."""
    return [(key, word) for key, word, to in KEYS if to in DeskItem.TRANSITIONS[state]]


def tabs(state, counts, most):
    base = reverse("desk")
    return [
        {
            "label": label,
            "url": f"{base}?state={value}",
            "count": f"{most:,}+" if counts[value] > most else f"{counts[value]:,}",
            "current": value == state,
            "late": value == State.PROPOSED and counts[value] > 0,
        }
        for value, label in TABS.items()
    ]


def row(found, twins, zone, now):
    """A line of the list."""
    agencies = dict.fromkeys((code, mark) for _at, _kind, code, mark, *_rest in found["line"])
    return found | {
        "url": reverse("desk_item", args=[found["id"]]),
        "preview": reverse("desk_preview", args=[found["id"]]),
        "span": rows.span_words(found),
        "mini": rows.mini(found["line"]),
        "agencies": list(agencies),
        "link": rows.link(found),
        "newest": rows.newest(found, zone, now),
        "came": pages.day_time(found["came_at"], zone, now),
        "says": _says(found),
        "twins": [twin["number"] for twin in twins.get(found["id"], ())],
    }


def _says(found):
    """What was decided on it, in a few words."""
    if found["until_on"]:
        return f"Until {found['until_on']:%-d %b %Y}", found["note"]
    if found["why"]:
        twin = f": {found['twin']}" if found["twin"] else ""
        return f"{Why(found['why']).label}{twin}", f"By {found['proposed_by']}"
    if found["accepted_by"]:
        return "Accepted", f"By {found['accepted_by']}"
    return "", ""


def item(found, user, zone, now):
    """One lead with what may be done with it."""
    lead = found.lead
    return {
        "item": found,
        "lead": lead,
        "line": pages.line(lead, zone, now),
        "score": pages.score(lead, zone),
        "notice": f"{lead.notice_on:%a %-d %b %Y}",
        "badge": (found.get_state_display(), *TONES[State(found.state)]),
        "facts": [(label, value) for label, value in _facts(found, zone, now) if value],
        "verbs": verbs(found, user),
        "needs_other": found.state == State.PROPOSED and found.proposed_by_id == user.pk,
    }


def verbs(found, user):
    """[{verb, label, key, url, asks, first, seen}] of what a person may do; the first is what the page leads to, `seen`
    the proposal that it shows.
    """
    may = [each for each in VERBS if allows(each[3], user, found)]
    return [
        {
            "verb": verb,
            "label": label,
            "key": key,
            "url": reverse(f"desk_{verb}", args=[found.pk]),
            "asks": asks,
            "first": place == 0,
            "seen": found.proposed_at.isoformat() if verb == "agree" else "",
        }
        for place, (verb, label, key, _policy, asks) in enumerate(may)
    ]


def _facts(found, zone, now):
    def said(verb):
        at, by = getattr(found, f"{verb}_at"), getattr(found, f"{verb}_by")
        return f"{pages.day_time(at, zone, now)}, {by}" if at else ""

    yield "Came", pages.day_time(found.came_at, zone, now)
    yield "Accepted", said("accepted")
    yield "Deferred", said("deferred") if found.state == State.DEFERRED else ""
    yield "Comes back on", f"{found.until_on:%a %-d %b %Y}" if found.until_on else ""
    yield "Proposed to decline", said("proposed")
    yield "Reason", found.get_why_display()
    yield "Duplicate of", found.twin.number if found.twin else ""
    yield "Note", found.note
    yield "Reviewed", said("reviewed")
    yield "Sent", said("sent")
