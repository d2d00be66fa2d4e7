"""A row of the lead list in words and marks, from the plain values of `lists.leads`. Pure: it draws fifty at once.

Times are shown on the wall clock of the reader's agency, what a clock has left in the working time of the agency that
owes, as on the lead's own page.
"""

from datetime import UTC, datetime
from functools import lru_cache
from html import escape
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString

from agencies import markup
from agencies.calendars import working_calendar, working_minutes
from leads import clock, gunline, pairs
from leads.models import Obligation

RETURNED = Obligation.State.RETURNED.value
STAGES = {state.value: stage for state, stage in Obligation.STAGES.items()}
STATES = dict(Obligation.State.choices)
# Columns whose content has no place of its own on a phone's card.
LOOSE = ("who", "notice", "priority")


class Reader(NamedTuple):
    """For whom a list is drawn. `mine`: the agencies whose own clock a row shows; `base`: the address of the list,
    under which each lead has its own; `calendars`: the agencies' working calendars by id; `by_due`: the rows stand in
    order of their clocks.
    """

    mine: frozenset
    zone: str
    now: datetime
    cols: tuple
    base: str
    calendars: dict
    by_due: bool = False


CELLS = {
    "line": lambda row, owed, reader: mini(row["line"]),
    "agencies": lambda row, owed, reader: _agencies(marks(row, owed)),
    "link": lambda row, owed, reader: markup.stamp(link(row)),
    "newest": lambda row, owed, reader: newest(row, reader.zone, reader.now),
    "clock": lambda row, owed, reader: clock_cell(row, owed, reader),
    "who": lambda row, owed, reader: who(owed, reader.mine),
    "notice": lambda row, owed, reader: f"{row['notice_on']:%-d %b %Y}",
    "priority": lambda row, owed, reader: str(row["priority"]),
}


NO_TICK = '<span class="vh">No step is owed by your agency</span>'


def table(rows, reader):
    """The rows of the table as one piece of markup: fifty cost ten times as much in a template's loops."""
    return SafeString("\n".join([_table_row(row, reader) for row in rows]))


def _table_row(row, reader):
    owed = [Owed(*each) for each in row["owed"]]
    number, url = escape(row["number"]), escape(f"{reader.base}{row['id']}/")
    tick, score = NO_TICK, ""
    if any(each.agency_id in reader.mine and each.due for each in owed):
        tick = f'<input type="checkbox" form="bulk" name="lead" value="{int(row["id"])}" aria-label="Select {number}">'
    why = "" if tick is not NO_TICK else ' title="No step is owed by your agency"'
    if "score" in reader.cols:
        score = f'<td class="q-score">{markup.score(row["score"])}</td>'
    cells = [
        f'<td class="{"q-other" if name in LOOSE else f"q-{name}"}">{_safe(CELLS[name](row, owed, reader))}</td>'
        for name in reader.cols
        if name != "score"
    ]
    return (
        f'<tr data-href="{url}" data-preview="{url}preview/"><td class="q-tick"{why}>{tick}</td>{score}'
        f'<th scope="row" class="q-lead"><span class="two"><a class="plain" href="{url}">{number}</a>'
        f"<small>{escape(span_words(row))}</small></span></th>{''.join(cells)}</tr>"
    )


def _safe(value):
    """Markup as it is, text escaped."""
    return value if hasattr(value, "__html__") else escape(str(value))


def two(first, second):
    """Two lines of a cell, the second smaller."""
    return SafeString(f'<span class="two">{_safe(first)}<small>{_safe(second)}</small></span>')


ALWAYS = working_calendar("UTC", 0, 1440, "1234567", True, False, ())


class Owed(NamedTuple):
    """One agency's obligation as the list's statement gives it: times are seconds of the epoch or None. The last three
    are told only where people are shown.
    """

    id: int
    agency_id: int
    code: str
    mark: int
    state: str
    due: int | None
    soon: int | None
    started: int
    closed: int | None
    priority: int
    stopped: int | None = None
    resumes: int | None = None
    unit: str | None = None
    title: str | None = None
    name: str | None = None


def link(row):
    """What the stamp of a row says: see `pairs.words`."""
    return pairs.words(row["hits"], row["confirmed_count"], row["events_count"])


def events(line):
    """The events of a stored line, for `leads.gunline`."""
    return [
        gunline.Event(datetime.fromisoformat(at), kind, code, mark, case, confirmed)
        for at, kind, code, mark, case, confirmed, _agency in line
    ]


def mini(line):
    """The gun line of a row: the most telling events of a stored line, which is in time order already."""
    return _mini(
        tuple(gunline.Drawn(kind, code, mark, confirmed) for _at, kind, code, mark, _case, confirmed, _agency in line)
    )


@lru_cache(maxsize=4096)
def _mini(line):
    return markup.mini(*gunline.mini(line))


def marks(row, owed):
    """The agencies of a lead, each once: those on the line in time order, then those without a dated event."""
    seen = {code: mark for _at, _kind, code, mark, _case, _confirmed, _agency in row["line"]}
    for each in owed:
        seen.setdefault(each.code, each.mark)
    return tuple(seen.items())


def span_words(row):
    """What stands under a lead's number: caliber, and how long the line is or that the gun is recovered."""
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


def clock_cell(row, owed, reader):
    """The clock by which the row stands in the list, with the stage under it and whose it is, if not the reader's."""
    idle = row["closed_at"] is None and not any(each.due for each in owed)
    if idle and any(each.state == RETURNED and _is_on_line(each, row) for each in owed):
        return two(markup.badge("Returned", "soon", "back"), "Route it on")
    if idle and not owed:
        return two(markup.badge("Not sent", "pause", "pause"), "No agency owes yet")
    face = clock_of(row, owed, reader)
    share = round(face.get("share", 0) * 60) / 60
    return _clock(face["state"], face["stage"], face["text"], share, face.get("whose", ""))


def _is_on_line(owed, row):
    """Whether an agency has an event on the line; one without a time is not drawn and may be anybody's."""
    return len(row["line"]) < row["events_count"] or any(owed.agency_id == of for *_drawn, of in row["line"])


@lru_cache(maxsize=4096)
def _clock(state, stage, text, share, whose):
    face = {"state": state, "text": text, "share": share}
    words = markup.STAGE_WORDS.get(stage, stage)
    return two(markup.clock(face, show_stage=False), f"{words}, {whose}" if whose else words)


def clock_of(row, owed, reader):
    """The face of the one clock that a row shows."""
    own = [each for each in owed if each.agency_id in reader.mine]
    shown = _standing(row, [each for each in owed if each.due], reader)
    if shown:
        whose = "" if shown.agency_id in reader.mine else shown.code
        return face(shown, reader.now, reader.calendars) | {"whose": whose}
    ended = max((each for each in own or owed if each.closed), key=lambda each: each.closed, default=None)
    at = datetime.fromtimestamp(ended.closed, UTC) if ended else row["closed_at"]
    state = (ended or (own or owed)[0]).state if owed else "closed"
    text = day(at.astimezone(ZoneInfo(reader.zone)), reader.now) if at else ""
    return {"state": "done", "stage": STATES[state], "text": text}


def _standing(row, running, reader):
    """The running clock that a row stands by, None if there is none: the center's people go by the most urgent one of
    all, others by their own agency's, or by all when its part is over. A list by time left has asked for one already.
    """
    own = [each for each in running if each.agency_id in reader.mine]
    if reader.by_due:
        at = row["sort_key"].timestamp()
        return min(running, key=lambda each: (abs(each.due - at), each not in own), default=None)
    whole = row["agency_id"] in reader.mine or not own
    return min(running if whole else own, key=lambda each: (each.due, each not in own), default=None)


def face(owed, now, calendars):
    """The face of a running clock: what is left or over in the agency's working time, in its working days."""
    at, due = now.timestamp(), due_of(owed)
    working = clock.effective(calendars.get(owed.agency_id, ALWAYS), clock.runs_always(owed.priority))
    if at >= owed.due:
        state, share, left = "late", 1.0, working_minutes(due, now, working)
    elif owed.resumes and at < owed.resumes:
        state, share, left = "pause", 0.0, working_minutes(datetime.fromtimestamp(owed.stopped, UTC), now, working)
    else:
        left = working_minutes(now, due, working)
        whole = working_minutes(datetime.fromtimestamp(owed.started, UTC), due, working)
        state, share = "soon" if at >= owed.soon else "ok", min(1.0, max(0.0, 1 - left / max(1, whole)))
    text = clock.human(left, day=working.day_length, exact=False)
    return {"state": state, "stage": STAGES[owed.state], "text": text, "share": share}


def due_of(owed):
    return datetime.fromtimestamp(owed.due, UTC) if owed else None


def who(owed, mine):
    chosen = next((each for each in owed if each.agency_id in mine), owed[0] if owed else None)
    if chosen is None:
        return two("", "")
    person = f"{chosen.title or ''} {chosen.name or ''}".strip()
    return two(chosen.unit or "No unit", person or "Nobody assigned")
