"""The gun line: the events of one presumed gun in time order, described for drawing. Pure: data in, plain
data out.

A node is one event, or several folded into one; a segment is the stretch before a node. What an examiner
has confirmed is solid, everything else is dashed. Nothing here identifies a person, and a link that is not
confirmed always says so.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from agencies.moments import is_a_day

DRAWN_AT_MOST = 8


class Event(NamedTuple):
    """One linked event. `occurred_at` aware; `kind` an event type such as "homicide"; `agency_mark` 1..5
    chooses colour and shape; `confirmed` whether an examiner confirmed its link to the line.
    """

    occurred_at: datetime
    kind: str
    agency_code: str
    agency_mark: int
    case_number: str
    confirmed: bool


class Group(NamedTuple):
    """How a kind is drawn: symbol of the icon sprite, style of the mark, words."""

    icon: str
    mark: str
    label: str


HOMICIDE = Group("cross", "hom", "Homicide")
NON_FATAL = Group("nfs", "nfs", "Non-fatal")
SHOTS_FIRED = Group("casing", "shot", "Shots fired")
RECOVERY = Group("gun", "rec", "Recovery")
OTHER = Group("lead", "other", "Other event")

GROUPS = {
    "homicide": HOMICIDE,
    "non_fatal_shooting": NON_FATAL,
    "shots_fired_person": SHOTS_FIRED,
    "shots_fired_property": SHOTS_FIRED,
    "shots_fired_confirmed": SHOTS_FIRED,
    "gds_alert_confirmed": SHOTS_FIRED,
    "gun_recovery": RECOVERY,
    "found_gun": RECOVERY,
    "search_warrant": RECOVERY,
    "traffic_stop": RECOVERY,
}
# What a short row shows first, most telling first.
WEIGHT = {HOMICIDE: 0, RECOVERY: 1, NON_FATAL: 2, SHOTS_FIRED: 3, OTHER: 4}


def group_of(kind: str) -> Group:
    """How an event type is drawn; one without a group of its own is "other"."""
    return GROUPS.get(kind, OTHER)


def draw(events: Iterable[Event], *, zone: str, now: datetime) -> dict:
    """The line as plain dicts: {"nodes": [...], "segments": [...], "end": {...}, "summary": str}.

    Nodes, oldest first: {kind: "event", icon, mark, label, date ("3 Jun 23:10", in another year "3 Jun 2024", without
    an hour "3 Jun"), day
    ("3 Jun"), agency, agency_mark, case, dashed, said (for a screen reader)} or {kind: "fold", count, text ("+4"),
    day, said}. `segments[i]` lies before `nodes[i + 1]`: {days, text ("18 days"), short ("18 d"), growth
    ("g1".."g3", how much room it takes), dashed}; dashed unless both ends and all that is folded between
    are confirmed. `end`: {icon, label ("Still at large" / "Recovered on 9 Jul"), day, recovered, segment
    (None when the line ends with the recovery itself)}. Days are those of the calendar in `zone`; the year
    is written where it is not the year of `now`. Raises ValueError for a line without events.
    """
    tz = ZoneInfo(zone)
    ordered = _in_order(events)
    if not ordered:
        raise ValueError("A gun line needs at least one event.")
    today = now.astimezone(tz)
    runs = _folded(ordered)
    nodes = [_node(run, tz, today.year) for run in runs]
    segments = [_segment(before, after, tz) for before, after in pairwise(runs)]
    end = _end(ordered, tz, today)
    return {"nodes": nodes, "segments": segments, "end": end, "summary": _summary(ordered, end)}


class Drawn(NamedTuple):
    """What a table row draws of one event: event type, the agency's code and mark, whether an examiner confirmed it."""

    kind: str
    agency_code: str
    agency_mark: int
    confirmed: bool


def mini(line: Sequence[Drawn], limit: int = 4) -> tuple[list[dict], int]:
    """The line in a table row, from events in time order: at most `limit` marks ({icon, mark, label, agency,
    agency_mark, dashed}), and how many are left out. The most telling events are kept, the newest first among equals.
    """
    ranked = sorted(range(len(line)), key=lambda place: (WEIGHT[group_of(line[place].kind)], -place))
    shown = sorted(ranked[:limit])
    return [_mark(line[place]) for place in shown], len(line) - len(shown)


def _in_order(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=lambda event: (event.occurred_at, event.case_number))


def _folded(ordered: list[Event]) -> list[list[Event]]:
    """Runs to draw as one node each. First, last, homicides and recoveries always stand alone; then the
    newest, as far as there is room.
    """
    if len(ordered) <= DRAWN_AT_MOST:
        return [[event] for event in ordered]
    last = len(ordered) - 1
    alone = {0, last} | {i for i, e in enumerate(ordered) if group_of(e.kind) in (HOMICIDE, RECOVERY)}
    runs = _runs(ordered, alone)
    for i in range(last - 1, 0, -1):
        alone.add(i)
        fuller = _runs(ordered, alone)
        if len(fuller) > DRAWN_AT_MOST:
            break
        runs = fuller
    return runs


def _runs(ordered: list[Event], alone: set[int]) -> list[list[Event]]:
    runs: list[list[Event]] = []
    for i, event in enumerate(ordered):
        if i in alone or i - 1 in alone:
            runs.append([event])
        else:
            runs[-1].append(event)
    return runs


def _mark(event: Event | Drawn) -> dict:
    icon, mark, label = group_of(event.kind)
    return {
        "icon": icon,
        "mark": mark,
        "label": label,
        "agency": event.agency_code,
        "agency_mark": event.agency_mark,
        "dashed": not event.confirmed,
    }


def _node(run: list[Event], tz: ZoneInfo, year: int) -> dict:
    first = run[0].occurred_at.astimezone(tz)
    day = _day(first, year)
    if len(run) > 1:
        until = _day(run[-1].occurred_at.astimezone(tz), year)
        said = f"{len(run)} more events, {day} to {until}"
        return {"kind": "fold", "count": len(run), "text": f"+{len(run)}", "day": day, "said": said}
    event = run[0]
    link = "link confirmed" if event.confirmed else "link unconfirmed"
    date = f"{day} {first:%H:%M}" if first.year == year and not is_a_day(first, tz.key) else day
    node = {"kind": "event", **_mark(event), "date": date, "day": day, "case": event.case_number}
    return node | {"said": f"{node['label']}, {link}"}


def _segment(before: list[Event], after: list[Event], tz: ZoneInfo) -> dict:
    days = _days(before[-1].occurred_at.astimezone(tz), after[0].occurred_at.astimezone(tz))
    return days | {"dashed": not all(event.confirmed for event in (*before, *after))}


def _days(start: datetime, end: datetime) -> dict:
    """Whole days between two local dates, in words, and the room they take in the drawing."""
    days = max(0, (end.date() - start.date()).days)
    growth = "g1" if days < 12 else "g2" if days < 45 else "g3"
    text = "same day" if days == 0 else "1 day" if days == 1 else f"{days:,} days"
    return {"days": days, "text": text, "short": f"{days:,} d", "growth": growth}


def _day(at: datetime, year: int) -> str:
    return f"{at.day} {at:%b}" if at.year == year else f"{at.day} {at:%b} {at.year}"


def _end(ordered: list[Event], tz: ZoneInfo, today: datetime) -> dict:
    """A gun fired again after its recovery is at large: it was given back, lost, or another gun was meant."""
    last = ordered[-1]
    recoveries = [i for i, event in enumerate(ordered) if group_of(event.kind) is RECOVERY]
    recovered = bool(recoveries) and all(group_of(e.kind) is OTHER for e in ordered[recoveries[-1] + 1 :])
    if recovered:
        at = ordered[recoveries[-1]].occurred_at.astimezone(tz)
        day = _day(at, today.year)
        drawn = recoveries[-1] == len(ordered) - 1
        segment = None if drawn else _days(last.occurred_at.astimezone(tz), today) | {"dashed": False}
        return {"icon": "gun", "label": f"Recovered on {day}", "day": day, "recovered": True, "segment": segment}
    segment = _days(last.occurred_at.astimezone(tz), today) | {"dashed": False}
    return {"icon": "target", "label": "Still at large", "day": "Today", "recovered": False, "segment": segment}


def _summary(ordered: list[Event], end: dict) -> str:
    """One sentence for a screen reader."""
    agencies = len({event.agency_code for event in ordered})
    unconfirmed = sum(not event.confirmed for event in ordered)
    events = "1 event" if len(ordered) == 1 else f"{len(ordered)} events"
    by = "1 agency" if agencies == 1 else f"{agencies} agencies"
    links = "all links confirmed" if not unconfirmed else f"{unconfirmed} of {len(ordered)} links unconfirmed"
    return f"{events} of one presumed gun, {by}, {links}. {end['label']}."
