"""What the pages of leads say, in plain values for the components. Nothing is read or written here."""

from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies.moments import is_a_day
from leads import clockface, filters, gunline, outcomes, timing, weights
from leads.lists import leads as listing
from leads.models import Obligation
from leads.pages import rows
from leads.pages import time as timepage

State = Obligation.State
STEP = {
    State.SENT: 2,
    State.ACKNOWLEDGED: 3,
    State.ASSIGNED: 4,
    State.IN_PROGRESS: 4,
    State.PROPOSED: 5,
    State.CLOSED: 6,
    State.RETURNED: 2,
}
STRANDED = "Takes no part any more"
IN_ORDER = {True: "by time left", False: "newest first"}


def number(count):
    """A count as lists show it: exact to a thousand."""
    return f"{listing.MOST:,}+" if count > listing.MOST else f"{count:,}"


def frame(asked, counts):
    """Tabs, chips and sentences around the list."""
    codes = {pk: code for pk, code, _name in counts.agencies}
    chips = [
        {
            "label": label,
            "value": codes.get(asked.agency, "another") if name == "agency" else value,
            "url": f"?{asked.query(**{name: filters.BLANK[name]})}",
        }
        for name, label, value in asked.in_use()
    ]
    views = tabs(asked, counts)
    return {
        "asked": asked,
        "tabs": views,
        "own_view": next((item for item in views if item["current"] and "pk" in item), None),
        "chips": chips,
        "columns": heads(asked),
        "count_words": matching(asked, counts),
        "open_words": f"{number(counts.open)} open",
        "overdue_words": f"{number(counts.overdue)} overdue" if counts.overdue else "",
        "query": asked.query(),
        "all_url": f"?{asked.query(**filters.BLANK)}",
        "empty": EMPTY.get(asked.view, EMPTY["urgent"]),
    }


def tabs(asked, counts):
    """The views with their counts, then the reader's own."""
    plain = type(asked)(cols=asked.cols)
    known = {"urgent": counts.open, "overdue": counts.overdue, "closed": counts.closed}
    base, here = reverse("leads"), asked.query()
    saved = [
        {"pk": pk, "label": name, "url": f"{base}?{query}", "count": None, "late": False, "current": query == here}
        for pk, name, query in counts.saved
    ]
    own = any(item["current"] for item in saved)
    found = []
    for view, label in filters.VIEWS.items():
        count = number(known[view]) if view in known else None
        found.append(
            {
                "label": label,
                "url": f"{base}?{plain.query(view=view)}",
                "count": count,
                "late": view == "overdue" and counts.overdue > 0,
                "current": view == asked.view and not own,
            }
        )
    return found + saved


def heads(asked):
    """(label, class) of the columns after the lead's own; the score stands before it."""
    return [
        (filters.COLUMNS[name], "q-other" if name in rows.LOOSE else f"q-{name}")
        for name in asked.cols
        if name != "score"
    ]


def matching(asked, counts):
    many = number(counts.matching)
    noun = "lead" if counts.matching == 1 else "leads"
    beyond = f" among the first {listing.PROBE:,}" if asked.is_narrowed and counts.tried else ""
    return f"{many} {noun}{beyond}, {IN_ORDER[asked.by_due]}"


EMPTY = {
    "urgent": ("No open lead", "New leads show here when a NIBIN notice is loaded and names a case of your agency."),
    "overdue": ("No lead is overdue", "A lead shows here when its clock runs out."),
    "closed": ("No closed lead", "A lead closes when nobody owes on it any more."),
}


def line(lead, zone, now):
    """The gun line for drawing, None while no event is dated."""
    events = rows.events(lead.line)
    return gunline.draw(events, zone=zone, now=now) if events else None


def score(lead, zone, year=None):
    at = lead.scored_at
    rule = f"Weights version {lead.score_version}, as of {moment(at, zone, year)}" if at else "Not scored yet"
    return {"total": lead.score, "rule": rule, "groups": parts(lead.reasons)}


def parts(reasons):
    """The parts of a score under the letters of GETS: [{"letter", "name", "points", "reasons": [(points, words)]}]."""
    found = []
    for letter, name in weights.LETTERS.items():
        of = [(points, words) for points, words, under in reasons if under == letter]
        found.append({"letter": letter, "name": name, "points": sum(points for points, _ in of), "reasons": of})
    return found


def face(obligation, now):
    """The clock of an obligation to the working minute, with the sum that explains it."""
    clock = timing.clock_of(obligation)
    if clock is None:
        return ended_face(obligation, now)
    sums = clockface.receipt(clock, now)
    return clockface.face(clock, now) | {"receipt": sums, "id": f"sum-{obligation.pk}"}


def ended_face(obligation, now):
    at = obligation.closed_at or obligation.returned_at
    day = rows.day(at.astimezone(ZoneInfo(obligation.agency.zone)), now) if at else ""
    withdrawn = obligation.return_reason == Obligation.ReturnReason.WITHDRAWN
    return {"state": "done", "stage": "Withdrawn" if withdrawn else obligation.get_state_display(), "text": day}


def preview_row(obligation, now):
    clock = face(obligation, now)
    return {
        "agency": obligation.agency,
        "unit": STRANDED if obligation.is_stranded else str(obligation.unit or "") or "No unit yet",
        "person": str(obligation.investigator or "") or ("Nobody assigned" if obligation.is_open else "-"),
        "clock": clock,
        "is_over": clock["state"] == "done",
    }


def card(obligation, now, zone, actions, escalated=(), year=None):
    """An obligation as its component draws it; `year` as in `moment`."""
    clock = face(obligation, now)
    if year == 0 and (ended := obligation.closed_at or obligation.returned_at) and not obligation.steps:
        clock["text"] = dated(ended, obligation.agency.zone)
    words, tone = _last(obligation, zone, escalated, year)
    if standing := timepage.standing(obligation, now):
        words, tone = standing, tone if tone else "soon-t"
    return {
        "agency": obligation.agency.name,
        "mark": obligation.agency.mark,
        "step": STEP[State(obligation.state)],
        "unit": str(obligation.unit or ""),
        "person": _person(obligation) or ("" if not obligation.is_open else "Nobody assigned"),
        "line": words,
        "line_tone": tone,
        "asked": obligation.asked,
        "clock": clock,
        "actions": actions,
    }


def _person(obligation):
    who = str(obligation.investigator or "")
    return f"{who} of {obligation.partner.code}" if obligation.partner_id else who


def _last(obligation, zone, escalated, year):
    if obligation.is_stranded:
        routes = " and routes it on" if obligation.lead.has_event_of(obligation.agency_id) else ""
        return f"{STRANDED}: the center returns it{routes}", "late-t"
    if obligation.state == State.CLOSED:
        which = f" ({outcomes.words(obligation.named_outcome)})" if obligation.named_outcome_id else ""
        return f"{obligation.get_outcome_display()}{which}, usefulness {obligation.usefulness} of 5", ""
    if obligation.return_reason == Obligation.ReturnReason.WITHDRAWN:
        return "Its events are off the line: nothing is owed", ""
    if obligation.state == State.RETURNED:
        return f"Returned: {obligation.get_return_reason_display()}", "late-t"
    if escalated:
        return f"Escalated {', '.join(moment(at, zone, year) for at in escalated)}", "late-t"
    if obligation.last_activity_at:
        return f"Last activity {moment(obligation.last_activity_at, zone, year)}", ""
    return "", ""


def moment(at, zone, year=None):
    """An instant on a wall clock: "Wed 15 Jul 08:24"; with its year where that is not `year`, if one is given."""
    wall = at.astimezone(ZoneInfo(zone))
    return f"{wall:%a %-d %b %H:%M}" if year in (None, wall.year) else f"{wall:%-d %b %Y %H:%M}"


def day_time(at, zone, now):
    """An instant of an event: "3 Jun 23:10", with the year where it is another one."""
    wall = at.astimezone(ZoneInfo(zone))
    return f"{wall:%-d %b %H:%M}" if wall.year == now.year else f"{wall:%-d %b %Y %H:%M}"


def happened(at, zone, now=None):
    """When an event was, as far as that is known: "3 Jun 23:10", or "3 Jun" where the day alone was given; with the
    year where it is not that of `now`, or on paper, which has no now.
    """
    wall = at.astimezone(ZoneInfo(zone))
    day = f"{wall:%-d %b}" if now and wall.year == now.year else f"{wall:%-d %b %Y}"
    return day if is_a_day(at, zone) else f"{day} {wall:%H:%M}"


def dated(at, zone):
    """A moment as paper has it: "3 Jun 2026 23:10", since paper is read later."""
    return f"{at.astimezone(ZoneInfo(zone)):%-d %b %Y %H:%M}"
