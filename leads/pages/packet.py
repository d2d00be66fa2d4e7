"""Packets as pages show them: rows in, words out. No queries."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from agencies import markup
from evidence import words
from leads.models import Packet, PacketVersion
from leads.packets import indexed, paper
from leads.packets.sections import TITLES
from leads.packets.snapshot import changes, fields

State, Purpose = PacketVersion.State, Packet.Purpose
TONES = {
    State.QUEUED: ("", "clock"),
    State.BUILDING: ("soon", "clock"),
    State.BUILT: ("good", "check"),
    State.FAILED: ("late", "x"),
}
TABS = [("", "All"), *((purpose.value, purpose.label) for purpose in Purpose)]
EMPTY = (
    "No packet yet",
    "Open a lead and press Packet: choose a purpose and the sections, look at the pages, and make it.",
)
WORKING = (State.QUEUED, State.BUILDING)


def badge(state):
    return markup.badge(State(state).label, *TONES[State(state)])


def row(found, now):
    """A line of the list."""
    return found | {
        "url": reverse("packet", args=[found["id"]]),
        "number": f"PK-{found['id']}",
        "purpose": Purpose(found["purpose"]).label,
        "agency_mark": markup.agency(found["code"], found["mark"], found["agency"]),
        "by": " ".join(filter(None, [found["by_title"], found["maker"]])),
        "when": words.day(found["key"], found["zone"], now),
        "state": badge(found["state"]) if found["state"] else "",
        "pages_words": words.counted(found["pages"], "page") if found["pages"] else "",
    }


def version(found, zone, now, retract):
    """A line of the versions of one packet."""
    return {
        "version": found,
        "state": badge(found.state),
        "when": words.moment(found.as_of, zone, now),
        "pages": words.counted(found.pages, "page") if found.pages else "",
        "many": words.counted(len(found.sections), "section"),
        "failed": found.state == State.FAILED,
        "built": found.state == State.BUILT,
        "seal": _seal(found),
        "sha256": found.seal.pdf_sha256 if hasattr(found, "seal") else found.pdf_sha256,
        "retract": retract,
        "retracted": hasattr(found, "retraction"),
    }


def _seal(found):
    """Whether the pages of a version are sealed, and whether that has a stamp of time."""
    if not hasattr(found, "seal"):
        return "Not sealed yet: look again in a minute"
    if found.seal.timed:
        return "Sealed, with the stamp of an authority for time"
    return "Sealed, without the stamp of an authority for time: none was set"


def since(why, more):
    """(what to do, tone) where the newest version tells what holds no longer, or not all, else None."""
    if why:
        return f"{why} Do not rely on the newest version: make another one.", "late"
    if more:
        return "More is known of this gun than the newest version tells. Make another one.", "soon"
    return None


def job(found):
    """How far a version is, as the progress component and its address take it."""
    busy = found.state in WORKING
    told = {10: "A worker has taken it up", 30: "Setting the pages", 90: "Keeping the pages"}
    text = told.get(found.progress, "Waiting for a worker") if busy else State(found.state).label
    return {
        "done": found.progress,
        "total": 100,
        "label": "Pages",
        "text": text,
        "left": "",
        "next": "" if busy else reverse("packet", args=[found.packet_id]),
        "poll": reverse("packet_progress", args=[found.pk]) if busy else "",
    }


def sheet(snapshot):
    """What a snapshot says, for the screen: the same blocks as the pages, with its drawings as markup. They are drawn
    by `leads.packets.drawings`, which escapes every word.
    """
    data = paper.pages(snapshot)
    for section in data["sections"]:
        section["blocks"] = [_block(each) for each in section["blocks"]]
    packet = snapshot["packet"]
    told = {"purpose": Purpose(packet["purpose"]).label, "names": paper.WITHHELD if packet.get("withholds") else ""}
    return data | told | {"link": snapshot["lead"]["link"]}


def _block(block):
    if block["kind"] != "drawing":
        return block
    named = format_html('<svg role="img" aria-label="{}" class="drawn" ', block["alt"])
    labelled = block["svg"].replace("<svg ", named, 1)
    return block | {"svg": SafeString(labelled)}


def differences(old, new):
    """[{title, added, changed, withdrawn}]: what a version says otherwise than an earlier one, section by section."""
    zone = new["packet"]["zone"]
    return [
        {
            "title": TITLES[name],
            "added": [_told(name, each, zone) for each in found.added],
            "changed": [
                {"words": _told(name, now, zone), "was": _told(name, was, zone), "fields": _named(was, now)}
                for was, now in found.changed
            ],
            "withdrawn": [_told(name, each, zone) for each in found.withdrawn],
        }
        for name, found in changes(old, new).items()
    ]


def _named(was, now):
    return ", ".join(name.replace("_", " ") for name in fields(was, now))


def _told(name, row, zone):
    """One row of a section in a line of words."""
    if name == "line":
        return f"{row['agency']} {row['case']}"
    if name == "chart":
        return row.get("label") or f"{row['from']} names {row['to']}"
    if name == "disclosure":
        return f"{row['what']}: {row['words'] or indexed.KEPT}"
    parts = []
    for block in paper.blocks_of(name, [row], zone):
        if block["kind"] in ("text", "note", "heading"):
            parts.append(block["text"])
        elif block["kind"] == "facts":
            parts += [": ".join(fact) for fact in block["rows"]]
        elif block["kind"] == "table":
            parts += [cell for line in block["rows"] for cell in line if cell != "-"]
    return "; ".join(parts)
