"""Bulletins as pages show them: rows in, words out. No queries."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.urls import reverse

from agencies import markup
from evidence import words
from leads import gunline
from leads.models import Bulletin

Status, Purpose = Bulletin.Status, Bulletin.Purpose
TONES = {
    Status.DRAFT: ("", "note"),
    Status.WAITING: ("soon", "clock"),
    Status.SENT: ("accent", "check"),
    Status.SUPERSEDED: ("", "swap"),
    Status.RETRACTED: ("late", "x"),
}
TABS = {
    "": "To acknowledge",
    "received": "Received",
    "approve": "To approve",
    "ours": "Ours",
    "mine": "Mine",
    "late": "Not acknowledged",
}
EMPTY = {
    "": ("Nothing to acknowledge", "A bulletin for your agency shows here until somebody of it has read it."),
    "received": ("No bulletin yet", "What other agencies send to yours shows here."),
    "approve": ("Nothing waits for approval", "A bulletin that is handed in shows here for a second person."),
    "ours": ("No bulletin yet", "Open a lead and press Bulletin: choose the sections and the agencies."),
    "mine": ("You have drafted none", "Open a lead and press Bulletin: choose the sections and the agencies."),
    "late": ("Every agency has acknowledged in time", "Who has not done so in two business days shows here."),
}


def row(found, now):
    """A line of a list."""
    status = Status(found["status"])
    return found | {
        "url": reverse("bulletin", args=[found["bulletin_id"]]),
        "number": f"IB-{found['bulletin_id']}",
        "purpose": Purpose(found["purpose"]).label,
        "state": markup.badge(status.label, *TONES[status]),
        "stale": found["stale_at"] is not None and status == Status.SENT,
        "agency_mark": markup.agency(found["code"], found["mark"], found["agency"]),
        "to": markup.agency(found["to_code"], found["to_mark"], found["to_agency"]) if found["to_code"] else _to(found),
        "by": " ".join(filter(None, [found["by_title"], found["drafter"]])),
        "when": words.day(found["sent_at"] or found["drafted_at"], found["zone"], now),
        "owed": _owed(found, now),
        "late": found["behind"] > 0 or (bool(found["due_at"]) and found["due_at"] < now),
    }


def _to(found):
    return words.counted(found["gets"], "agency", "agencies")


def _owed(found, now):
    """By when one agency acknowledges, or how many of all have."""
    if found["due_at"]:
        return f"By {words.moment(found['due_at'], found['zone'], now)}"
    if found["to_code"] or found["status"] not in (Status.SENT, Status.RETRACTED):
        return "Acknowledged" if found["acknowledged_at"] else ""
    late = f", {found['behind']} late" if found["behind"] else ""
    return f"{found['heard']} of {found['gets']}{late}"


def content(found, body, now):
    """What a bulletin says, section by section, from its kept body and words."""
    zone, at = found.agency.zone, found.sent_at or now
    line = [
        gunline.Event(datetime.fromisoformat(at), kind, code, mark, case, sure)
        for at, kind, code, mark, case, sure in body.get("line", ())
    ]
    return {
        "link": body["link"],
        "caveat": body["caveat"],
        "leads": ", ".join(body["leads"]),
        "line": _line(line, zone, at) if line else None,
        "events": [each | {"when": _when(each["at"], zone), "of": each["code"]} for each in body.get("events", ())],
        "places": body.get("places", ()),
        "exhibits": body.get("exhibits", ()),
        "summary": found.summary if "summary" in found.sections else "",
        "asks": found.asks if "asks" in found.sections else "",
        "dated": _day(at, zone),
    }


def _line(events, zone, at):
    """The line as of the day the bulletin bears: it is read later, and says what was true then."""
    drawn = gunline.draw(events, zone=zone, now=at)
    return drawn if drawn["end"]["recovered"] else drawn | {"end": drawn["end"] | {"day": _day(at, zone)}}


def _when(at, zone):
    return _day(datetime.fromisoformat(at), zone) if at else "Not dated"


def _day(at, zone):
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.day} {there:%b %Y}"


def facts(found, now):
    """Who wrote, approved, returned and retracted it: for its own agency."""
    zone = found.agency.zone
    steps = [
        ("Drafted", found.drafted_by, found.drafted_at, ""),
        ("Handed in", found.submitted_by, found.submitted_at, ""),
        ("Returned", found.returned_by, found.returned_at, found.returned_why),
        ("Approved and sent", found.sent_by, found.sent_at, ""),
        ("Retracted", found.retracted_by, found.retracted_at, found.retracted_why),
    ]
    return [
        (label, f"{who}, {words.moment(at, zone, now)}{f': {why}' if why else ''}")
        for label, who, at, why in steps
        if at
    ]


def recipient(row, now):
    """One recipient with what it has acknowledged and what it owes."""
    zone, late = row.agency.zone, bool(row.due_at and row.due_at < now)
    if row.due_at:
        state = markup.badge("Late" if late else "Waiting", "late" if late else "soon", "late" if late else "clock")
    elif row.acknowledged_at:
        state = markup.badge("Acknowledged", "good", "check")
    else:
        state = markup.badge("Replaced" if row.sent_at else "Not sent yet", "", "swap" if row.sent_at else "mail")
    what = "The correction" if row.acknowledged_at else "Acknowledgement"
    lines = [f"{what}: {'was due' if late else 'due'} {words.moment(row.due_at, zone, now)}"] if row.due_at else []
    for said, who, at in (
        ("Acknowledged", row.acknowledged_by, row.acknowledged_at),
        ("The correction", row.heeded_by, row.heeded_at),
    ):
        lines += [f"{said}: {who}, {words.moment(at, zone, now)}"] if at else []
    return {"agency": row.agency, "state": state, "lines": lines}


def warning(found, newer):
    """(what to do, tone) that stands over a bulletin that is not to be relied on, or None."""
    if found.status == Status.RETRACTED:
        return f"Retracted: {found.retracted_why} Do not rely on it, and destroy what was printed.", "late"
    if found.status == Status.SUPERSEDED and newer:
        return f"{newer.number} takes the place of this one. Do not rely on it.", "soon"
    if found.stale_at and found.status == Status.SENT:
        return f"{found.stale_why} Do not rely on it until a newer one comes.", "late"
    return None


def legend(body):
    """How many events it tells of, for the head of the page."""
    return words.counted(body["events_count"], "event") if body else ""


def badge(found):
    status = Status(found.status)
    return markup.badge(status.label, *TONES[status])
