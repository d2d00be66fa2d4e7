"""A row of the lead list in words and marks, from the plain values of `leads.listing`. Pure: it draws fifty at once.

Times are shown on the wall clock of the reader's agency, what a clock has left in the working time of the agency that
owes, as on the lead's own page.
"""

from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from agencies import markup
from agencies.calendars import working_calendar, working_minutes
from leads import clock, gunline
from leads.models import Obligation

RETURNED = Obligation.State.RETURNED.value
STAGES = {state.value: stage for state, stage in Obligation.STAGES.items()}
STATES = dict(Obligation.State.choices)
MINI = 4
# Columns whose content has no place of its own on a phone's card.
LOOSE = ("who", "notice", "priority")


def draw(row, *, mine, zone, now, cols, base, calendars):
    """The cells of one lead as markup, by column. `mine`: the agencies whose own clock the row shows; `base`: the
    address of the list, under which each lead has its own; `calendars`: the agencies' working calendars by id.
    """
    owed = [Owed(*each) for each in row["owed"]]
    drawers = {
        "line": lambda: mini(row["line"]),
        "agencies": lambda: _agencies(marks(row, owed)),
        "link": lambda: markup.stamp(is_confirmed(row)),
        "newest": lambda: newest(row, zone, now),
        "clock": lambda: clock_cell(row, owed, mine, zone, now, calendars),
        "who": lambda: who(owed, mine),
        "notice": lambda: f"{row['notice_on']:%-d %b %Y}",
        "priority": lambda: str(row["priority"]),
    }
    return {
        "id": row["id"],
        "url": f"{base}{row['id']}/",
        "number": row["number"],
        "under": span_words(row),
        "ticks": any(each.agency_id in mine and each.due for each in owed),
        "score": markup.score(row["score"]) if "score" in cols else "",
        "cells": [("q-other" if name in LOOSE else f"q-{name}", drawers[name]()) for name in cols if name != "score"],
    }


def table_row(drawn):
    """The whole row of the table as one piece of markup: fifty rows cost ten times as much in a template's loops."""
    number, url = escape(drawn["number"]), escape(drawn["url"])
    tick = score = ""
    if drawn["ticks"]:
        tick = (
            f'<input type="checkbox" form="bulk" name="lead" value="{int(drawn["id"])}" aria-label="Select {number}">'
        )
    if drawn["score"]:
        score = f'<td class="q-score">{_safe(drawn["score"])}</td>'
    cells = "".join(f'<td class="{name}">{_safe(cell)}</td>' for name, cell in drawn["cells"])
    return SafeString(
        f'<tr data-href="{url}" data-preview="{url}preview/"><td class="q-tick">{tick}</td>{score}'
        f'<th scope="row" class="q-lead"><span class="two"><a class="plain" href="{url}">{number}</a>'
        f"<small>{escape(drawn['under'])}</small></span></th>{cells}</tr>"
    )


def _safe(value):
    """Markup as it is, text escaped."""
    return value if hasattr(value, "__html__") else escape(str(value))


def two(first, second):
    """Two lines of a cell, the second smaller."""
    return SafeString(f'<span class="two">{_safe(first)}<small>{_safe(second)}</small></span>')


# In the order in which the list's statement tells them; the last three only where people are shown.
OWED = ("id", "agency_id", "code", "mark", "state", "due", "soon", "started", "closed", "priority")
OWED += ("unit", "title", "name")
ALWAYS = working_calendar("UTC", 0, 1440, "1234567", True, ())


class Owed:
    """One agency's obligation as the list's statement gives it: times are seconds of the epoch or None."""

    __slots__ = OWED

    def __init__(self, *values):
        values += (None,) * (len(OWED) - len(values))
        for name, value in zip(OWED, values, strict=True):
            setattr(self, name, value)


def is_confirmed(row):
    return 0 < row["events_count"] == row["confirmed_count"]


def events(line):
    """The events of a stored line, for `leads.gunline`."""
    return [
        gunline.Event(datetime.fromisoformat(at), kind, code, mark, case, confirmed)
        for at, kind, code, mark, case, confirmed, _agency in line
    ]


def mini(line):
    """The gun line of a row: the most telling events of a stored line, which is in time order already."""
    return _mini(tuple((kind, code, mark, confirmed) for _at, kind, code, mark, _case, confirmed, _agency in line))


@lru_cache(maxsize=4096)
def _mini(line):
    shown = range(len(line))
    if len(line) > MINI:
        ranked = sorted(shown, key=lambda place: (gunline.WEIGHT[gunline.group_of(line[place][0])], -place))
        shown = sorted(ranked[:MINI])
    marks_of = []
    for kind, code, mark, confirmed in (line[place] for place in shown):
        group = gunline.group_of(kind)
        words = {"icon": group.icon, "mark": group.mark, "label": group.label}
        marks_of.append(words | {"agency": code, "agency_mark": mark, "dashed": not confirmed})
    return markup.mini(marks_of, len(line) - len(marks_of))


def marks(row, owed):
    """The agencies of a lead, each once: those on the line in time order, then those without a dated event."""
    seen = {code: mark for _at, _kind, code, mark, _case, _confirmed, _agency in row["line"]}
    for each in owed:
        seen.setdefault(each.code, each.mark)
    return tuple(seen.items())


def span_words(row):
    """What stands under a lead's number: calibre, and how long the line is or that the gun is recovered."""
    kinds = [gunline.group_of(event[1]) for event in row["line"]]
    parts = [row["caliber"]] if row["caliber"] else []
    if gunline.RECOVERY in kinds:
        parts.append("gun recovered")
    elif row["first_event_at"] and row["last_event_at"]:
        days = (row["last_event_at"] - row["first_event_at"]).days
        parts.append(f"over {days:,} days" if days > 1 else f"{row['events_count']} events in a day")
    return ", ".join(parts) or f"{row['events_count']} events"


@lru_cache(maxsize=4096)
def _agencies(marks_of):
    return markup.agencies(marks_of)


def newest(row, zone, now):
    if row["last_event_at"] is None:
        return two("not dated", "")
    tz = ZoneInfo(zone)
    return _newest(row["last_event_at"].astimezone(tz).date(), now.astimezone(tz).date())


@lru_cache(maxsize=4096)
def _newest(wall, today):
    return two(day(wall, today), ago((today - wall).days))


def day(wall, now):
    """A day: "3 Apr", with the year where it is another one."""
    return f"{wall.day} {wall:%b}" if wall.year == now.year else f"{wall.day} {wall:%b %Y}"


def ago(days):
    return "today" if days <= 0 else f"{days:,} d ago"


def clock_cell(row, owed, mine, zone, now, calendars):
    """The clock of the reader's own agency, else the most urgent of all, with the stage under it."""
    if row["closed_at"] is None and owed and all(each.state == RETURNED for each in owed):
        return two(markup.badge("Returned", "soon", "back"), "Route it on")
    face = clock_of(row, owed, mine, zone, now, calendars)
    return _clock(face["state"], face["stage"], face["text"], round(face.get("share", 0) * 60) / 60)


@lru_cache(maxsize=4096)
def _clock(state, stage, text, share):
    face = {"state": state, "text": text, "share": share}
    return two(markup.clock(face, show_stage=False), markup.STAGE_WORDS.get(stage, stage))


def clock_of(row, owed, mine, zone, now, calendars):
    """The face of the one clock that a row shows."""
    own = [each for each in owed if each.agency_id in mine]
    running = [each for each in own if each.due] or ([] if own else [each for each in owed if each.due])
    if running:
        return face(min(running, key=lambda each: each.due), now, calendars)
    ended = max((each for each in own or owed if each.closed), key=lambda each: each.closed, default=None)
    at = datetime.fromtimestamp(ended.closed, UTC) if ended else row["closed_at"]
    state = (ended or (own or owed)[0]).state if owed else "closed"
    text = day(at.astimezone(ZoneInfo(zone)), now) if at else ""
    return {"state": "done", "stage": STATES[state], "text": text}


def face(owed, now, calendars):
    """The face of a running clock: what is left or over in the agency's working time, in its working days."""
    state = "late" if now.timestamp() >= owed.due else "soon" if now.timestamp() >= owed.soon else "ok"
    working = clock.effective(calendars.get(owed.agency_id, ALWAYS), clock.runs_always(owed.priority))
    due, started = due_of(owed), datetime.fromtimestamp(owed.started, UTC)
    left = working_minutes(min(now, due), max(now, due), working)
    whole = working_minutes(started, due, working)
    share = 1.0 if state == "late" else 1 - left / max(1, whole)
    text = clock.human(left, day=working.day_length, exact=False)
    return {"state": state, "stage": STAGES[owed.state], "text": text, "share": min(1.0, max(0.0, share))}


def due_of(owed):
    return datetime.fromtimestamp(owed.due, UTC) if owed else None


def who(owed, mine):
    chosen = next((each for each in owed if each.agency_id in mine), owed[0] if owed else None)
    if chosen is None:
        return two("", "")
    person = f"{chosen.title or ''} {chosen.name or ''}".strip()
    return two(chosen.unit or "No unit", person or "Nobody assigned")
