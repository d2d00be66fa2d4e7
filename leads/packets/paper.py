"""What the pages of a packet say, from its snapshot and nothing else: for `packet.typ`, and for the screen. Pure."""

from datetime import datetime

from leads.packets import indexed
from leads.packets.blocks import Said, of_section
from leads.packets.sections import TITLES
from leads.packets.snapshot import digest

HANDLING = "Law enforcement sensitive"
SYNTHETIC = "Synthetic data"
LEAD_ONLY = "Investigative lead only, not probable cause by itself."
WITHHELD = "Of victims, witnesses and juveniles, wherever a part of one is written; a word like it may be missing too."
PURPOSES = {"screening": "Screening", "charging": "Charging", "discovery": "Discovery", "trial": "Trial"}


def pages(snapshot):
    """The data of `packet.typ` for a snapshot. The stamp stands on every page, more words with it while a link is not
    confirmed.
    """
    packet, lead = snapshot["packet"], snapshot["lead"]
    at, confirmed = datetime.fromisoformat(snapshot["as_of"]), lead["link"] is True
    said = Said(packet["zone"])
    made = f"{packet['number']}, version {packet['version']}" if packet["version"] else "Preview: nothing is made yet"
    return {
        "title": packet["title"], "subtitle": f"{PURPOSES[packet['purpose']]} packet. {made}",
        "agency": packet["agency"], "number": made,
        "keywords": [packet["number"], lead["number"]], "bates": bates(packet),
        "handling": SYNTHETIC if packet.get("synthetic") else HANDLING,
        "stamp": lead["stamp"], "stamp_words": "" if confirmed else LEAD_ONLY, "confirmed": confirmed,
        "caveat": lead["caveat"], "contents": True, "watermark": "", "letter": "", "letter_head": [],
        "cover": [
            ["Lead", lead["number"]],
            *([["Presumed gun", f"{lead['cluster']}, leads {', '.join(lead['leads'])}"]] if lead["cluster"] else []),
            ["On record as of", f"{said.at(snapshot['as_of'])} ({packet['zone']})"],
            ["Made by", f"{packet['maker']}, {packet['agency']}"],
            *([["Names withheld", WITHHELD]] if packet.get("withholds") else []),
            ["Snapshot SHA-256", digest(snapshot)],
        ],
        "sections": sections(snapshot),
        **{name: getattr(at, name) for name in ("year", "month", "day", "hour", "minute", "second")},
    }  # fmt: skip


def sections(snapshot):
    """[{name, title, blocks}] of the sections of a snapshot in the order in which they are read."""
    zone = snapshot["packet"]["zone"]
    return [
        {"name": name, "title": TITLES[name], "blocks": blocks_of(name, snapshot["sections"][name], zone)}
        for name in TITLES
        if name in snapshot["sections"]
    ]


def blocks_of(name, rows, zone):
    """The blocks of one section."""
    return indexed.blocks(rows, zone) if name == "disclosure" else of_section(name, rows, zone)


def bates(packet):
    """What the number of every page begins with: no two versions share one."""
    return f"{packet['bates']}-V{packet['version']}"
