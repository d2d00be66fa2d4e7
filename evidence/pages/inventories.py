"""Inventories as their pages show them: rows in, words out. No queries."""

from django.urls import reverse

from agencies import markup
from evidence import words
from evidence.listing import capped
from evidence.models import InventoryLine
from evidence.pages import rows

Outcome = InventoryLine.Outcome
TONES = {
    Outcome.MISSING: ("late", "late"),
    Outcome.MISPLACED: ("soon", "warn"),
    Outcome.UNKNOWN: ("soon", "help"),
    Outcome.FOUND: ("good", "check"),
}
BLANK = {"case": "", "url": "", "home": "", "has_home": False, "found": "", "is_open": False}


def inventory(row, now):
    over = row["finished_at"] is not None
    return row | {
        "url": reverse("inventory", args=[row["id"]]),
        "agency_mark": markup.agency(row["code"], row["mark"], row["agency"]),
        "began": words.moment(row["started_at"], row["zone"], now),
        "by": f"{row['title']} {row['name']}".strip(),
        "state": markup.badge("Finished", "good", "check") if over else markup.badge("Under way", "accent", "clock"),
        "said": _found_out(row) if over else "",
    }


def _found_out(row):
    parts = [f"{capped(row[name])} {name}" for name in ("missing", "misplaced") if row[name]]
    return ", ".join(parts) or "Everything is where it belongs"


def line(row, now):
    """One line of an inventory."""
    if row["exhibit_id"] is None:
        return row | {"title": row["text"], "what": "No exhibit or place that you see"} | BLANK
    return row | {
        "title": f"Exhibit {row['number']}",
        "case": row["case_number"],
        "url": reverse("exhibit", args=[row["exhibit_id"]]),
        "what": rows.what(row["kind"], row["count"], row["caliber"]),
        "home": row["home"] or (f"With {row['held_by']}" if row["held_by"] else "No place"),
        "has_home": bool(row["home"]),
        "found": words.moment(row["found_at"], row["zone"], now) if row["found_at"] else "",
        "is_open": bool(row["found_at"]) and not row["expected"] and not row["settled_at"],
    }


def scanned(line, place):
    """What one scan came to, for the list on the bench."""
    if line.exhibit_id is None:
        return {"kind": "", "title": line.text, "text": "", "why": "No exhibit or place that you see has this label."}
    made = line.exhibit
    title = f"{made.incident.case_number}, exhibit {made.number}"
    if line.expected:
        return {"kind": "exhibit", "title": title, "text": "Found", "why": ""}
    home = "The portal knows no place for it."
    if line.belongs_to and line.belongs_to.agency_id == place.agency_id:
        home = f"It belongs in {line.belongs_to.code}."
    elif made.held_by_id and made.held_by_id != place.agency_id:
        # Where another agency keeps it is not told.
        home = f"By its chain {made.held_by} has it: ask them to hand it over."
    return {"kind": "exhibit", "title": title, "text": "", "why": f"Not expected in {place.code}. {home}"}


def times(found, now):
    """When a count began and ended, on the clock of its agency."""
    zone, ended = found.agency.zone, found.finished_at
    return {
        "began": words.moment(found.started_at, zone, now),
        "ended": words.moment(ended, zone, now) if ended else "",
    }
