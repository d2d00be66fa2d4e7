"""Leads as lines of a file: plain values, the stamp on every line. Pure."""

from zoneinfo import ZoneInfo

from leads.gunline import group_of
from leads.pages import rows

MOST = 10_000
COLUMNS = (
    "Lead",
    "Stamp",
    "Status",
    "Caliber",
    "Priority",
    "Score",
    "Notice date",
    "Events",
    "Confirmed events",
    "Hits (pairs of cases)",
    "First event",
    "Newest event",
    "Kinds",
    "Agencies",
    "Case numbers",
    "Due",
    "Clock",
    "Leads named in its notice",
)
STAMPS = {True: "CONFIRMED by an examiner", False: "UNCONFIRMED - investigative lead only"}
CLOCKS = {"ok": "On time", "soon": "Due soon", "late": "Overdue", "done": "Done"}


def lines(found, zone, now, calendars, named):
    """One line of `COLUMNS` for each row of `leads.lists.leads`; times on the wall clock of `zone`. `named`: by id of
    a lead, the numbers that its own notices name, as they write them.
    """
    for row in found:
        owed = [rows.Owed(*each) for each in row["owed"]]
        dues = [each for each in owed if each.due]
        first = min(dues, key=lambda each: each.due) if dues else None
        face = rows.face(first, now, calendars) if first else {"state": "done", "text": ""}
        kinds = dict.fromkeys(group_of(event[1]).label for event in row["line"])
        yield (
            row["number"],
            _stamp(rows.link(row)),
            "Closed" if row["closed_at"] else "Open",
            row["caliber"],
            row["priority"],
            row["score"],
            row["notice_on"],
            row["events_count"],
            row["confirmed_count"],
            row["hits"],
            _wall(row["first_event_at"], zone),
            _wall(row["last_event_at"], zone),
            ", ".join(kinds),
            ", ".join(code for code, _mark in rows.marks(row, owed)),
            ", ".join(event[4] for event in row["line"]),
            _wall(rows.due_of(first), zone),
            f"{CLOCKS[face['state']]} {face['text']}".strip(),
            ", ".join(named.get(row["id"], ())),
        )


def _stamp(link):
    return f"PARTLY CONFIRMED, {link} - investigative lead only" if isinstance(link, str) else STAMPS[link]


def _wall(at, zone):
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" if at else None
