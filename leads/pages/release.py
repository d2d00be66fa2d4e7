"""Releases of packets as pages show them: rows in, words out. No queries."""

from datetime import UTC, timedelta

from django.urls import reverse

from agencies import markup
from evidence import words
from leads.models import Packet

TABS = {"": "Released to me", "owed": "To acknowledge", "ours": "Released by us", "waiting": "Not acknowledged"}
EMPTY = {
    "": (
        "No packet was released to you",
        "A packet that somebody releases to you by name shows here until its last day.",
    ),
    "owed": (
        "Nothing to acknowledge",
        "When a packet you have is retracted, it shows here until you acknowledge that.",
    ),
    "ours": ("Your agency released no packet yet", "Open a packet, choose a version and press Release."),
    "waiting": ("Nobody owes an acknowledgement", "Who has a retracted packet and has not said so shows here."),
}
HOW = {"read": "Read in the browser", "pdf": "Downloaded as PDF", "bag": "Downloaded as a bag"}


def last_day(ends_at, zone, now):
    """The last day of a release: it ends with that day, which is the first moment of the next one."""
    return words.day(ends_at - timedelta(seconds=1), zone, now)


def standing(found, now):
    """(word, tone, icon) of a release, what matters most first. `found` has the names of a row of the list."""
    if found["revoked_at"]:
        return "Revoked", "late", "x"
    if found["retracted_at"]:
        return "Retracted", "late", "warn"
    if now >= found["ends_at"]:
        return "Ended", "", "clock"
    if found["superseded"]:
        return "Superseded", "soon", "swap"
    if found["state"] == "failed":
        return "Not prepared", "late", "x"
    if found["state"] == "preparing":
        return "Being prepared", "", "clock"
    return "Ready", "good", "check"


def row(found, now):
    """A line of a list."""
    return found | {
        "url": reverse("packet_release", args=[found["id"]]),
        "number": f"PK-{found['packet_id']}",
        "purpose": Packet.Purpose(found["purpose"]).label,
        "state": markup.badge(*standing(found, now)),
        "from": markup.agency(found["code"], found["mark"], found["agency"]),
        "to": markup.agency(found["to_code"], found["to_mark"], found["office"]),
        "when": words.day(found["key"], found["zone"], now),
        "ends": last_day(found["ends_at"], found["zone"], now),
        "seen": words.counted(found["opened"], "opening") if found["opened"] else "Not opened",
        "owed": _owed(found, now),
        "late": bool(found["due_at"]) and found["due_at"] < now,
    }


def _owed(found, now):
    if found["due_at"]:
        was = "was due" if found["due_at"] < now else "due"
        return f"Acknowledgement {was} {words.moment(found['due_at'], found['zone'], now)}"
    return "Acknowledged" if found["heeded_at"] else ""


def values(release, superseded):
    """A release as the names of a row of the list."""
    names = ("revoked_at", "ends_at", "state", "due_at", "heeded_at")
    retraction = getattr(release.version, "retraction", None)
    found = {name: getattr(release, name) for name in names}
    return found | {"retracted_at": retraction and retraction.retracted_at, "superseded": superseded is not None,
                    "zone": release.office.zone}  # fmt: skip


def warning(release, newer, outgrown, now):
    """(what to do, tone) that stands over a copy that is not to be relied on, not whole or not to be had, or None."""
    retraction = getattr(release.version, "retraction", None)
    if retraction:
        return f"Retracted: {retraction.why} Do not rely on it, and destroy what was printed.", "late"
    if release.revoked_at:
        return f"Revoked: {release.revoked_why} The link is dead.", "late"
    over = "The days of this release are over. " if now >= release.ends_at else ""
    if newer:
        return over + _newest(newer), "soon"
    if over:
        return f"{over}Ask who released it for another one.", "soon"
    if outgrown:
        return "More is known of this gun than this version tells. Ask who released it for a newer one.", "soon"
    return None


def _newest(newer):
    if getattr(newer, "retraction", None):
        return (
            f"Version {newer.version} was released since, and retracted. Do not rely on this one either: ask who "
            "released it what holds now."
        )
    return f"Version {newer.version} was released since. Do not rely on this one: ask for a copy of the newer."


def facts(release, now):
    """What is on record of a release, label and words."""
    zone = release.office.zone
    steps = [
        ("Released", release.released_by, release.released_at, ""),
        ("Receipt confirmed", release.received_by, release.received_at, ""),
        ("Revoked", release.revoked_by, release.revoked_at, release.revoked_why),
        ("Retraction acknowledged", release.heeded_by, release.heeded_at, ""),
    ]
    said = [
        (label, f"{who}, {words.moment(at, zone, now)}{f': {why}' if why else ''}")
        for label, who, at, why in steps
        if at
    ]
    if release.due_at:
        said.append(("Acknowledgement", _owed(values(release, None), now)))
    if release.escalated_at:
        said.append(("Supervisor told", words.moment(release.escalated_at, zone, now)))
    return said


def opening(event, zone, now):
    return {"who": event.by, "how": HOW[event.data["how"]], "when": words.moment(event.at, zone, now)}


def given(release, newer, now):
    """One release on the page of its version."""
    return {
        "release": release, "state": markup.badge(*standing(values(release, newer), now)),
        "ends": last_day(release.ends_at, release.office.zone, now),
    }  # fmt: skip


def stamp(stamped):
    """What the stamp of an authority for time says of a seal, or that there is none."""
    if stamped is None:
        return "No authority for time stamped the seal."
    return f"An authority for time stamped the seal on {stamped.astimezone(UTC):%-d %b %Y at %H:%M:%S} UTC."


def verdict(found, version, superseded):
    """(tone, icon, heading, sentences) of what a check of a file says. Nothing of what the packet tells is among it."""
    if not found.kind:
        return "late", "x", "This is no packet", ["It is neither a PDF nor a bag. Choose the file as you got it."]
    if found.changed:
        parts = " and ".join(found.changed[:5])
        more = f" and {len(found.changed) - 5} more" if len(found.changed) > 5 else ""
        return "late", "x", "Changed since it was sealed", [
            f"What was changed: {parts}{more}.", "Do not rely on it. Ask who gave it to you for it as it was sealed.",
        ]  # fmt: skip
    if found.wrong:
        return "late", "x", "Not sealed", [found.wrong, "A packet of this center bears its seal."]
    if version is None:
        return "soon", "warn", "Sealed, and not known here", [
            f"The seal is sound and says: {found.said}.", stamp(found.stamped),
            "This portal has no such file on record. Ask who made it.",
        ]  # fmt: skip
    name, whole = f"{version.packet.number}, version {version.version}", "Nothing in it was changed."
    if getattr(version, "retraction", None):
        return "late", "warn", f"Authentic, and retracted: {name}", ["Do not rely on it.", whole]
    if superseded:
        return "soon", "swap", f"Authentic, and superseded: {name}", [
            "A newer version was released since.", whole, stamp(found.stamped),
        ]  # fmt: skip
    newest = "Nothing in it was changed, and it is the newest that was released."
    return "good", "check", f"Authentic: {name}", [newest, stamp(found.stamped)]
