"""The disclosure index and register as pages show them: rows in, words out. No queries."""

from urllib.parse import urlencode

from agencies import markup
from evidence import words
from leads import disclosing

STATES = {
    disclosing.OPEN: ("Not disclosed yet", "soon", "clock"),
    disclosing.ASKED: ("Waits for a second person", "soon", "eye"),
    disclosing.KEPT: ("Kept back", "", "lock"),
    disclosing.GIVEN: ("Disclosed", "good", "check"),
}
# Whom another agency gave it to stands in the register of that agency alone.
OTHERS = "By another agency"
# After so many days an item that nobody disclosed is shown as late. This is the portal's, and no rule of law.
LONG = 14


def frame(asked, index, older):
    """What stands around a page of the index and one of the register; each keeps the place of the other. asked: the
    query of the address; older: the cursor of the older lines of the register.
    """
    first, second = asked.get("after", ""), asked.get("register", "")
    return {
        "open": index.waiting, "many": index.many, "proposed": index.proposed,
        "index_newer": _address(register=second) if first else "",
        "index_older": _address(after=index.older, register=second) if index.older else "",
        "register_newer": _address(after=first) if second else "",
        "register_older": _address(after=first, register=older) if older else "",
    }  # fmt: skip


def _address(**query):
    return f"?{urlencode({name: value for name, value in query.items() if value})}"


def line(found, zone, now):
    """One item of the index with what became of it."""
    word, tone, icon = STATES[found.state]
    given = found.state == disclosing.GIVEN
    if found.state == disclosing.OPEN:
        word = f"Not disclosed yet, {words.counted(found.age, 'day')}"
        tone, icon = ("late", "late") if found.age > LONG else (tone, icon)
    return {
        "key": found.item.key, "what": disclosing.KINDS[found.item.kind], "words": found.item.words,
        "since": words.day(found.item.since, zone, now), "state": markup.badge(word, tone, icon),
        "open": found.state == disclosing.OPEN, "withheld": found.withheld,
        "to": ", ".join(dict.fromkeys(row.to for row in found.given)) or (OTHERS if given else ""),
    }  # fmt: skip


def entry(row, zone, now, own):
    """One line of the register; who gave it adds the receipt once it is there."""
    away = _away(row.release)
    return {
        "row": row, "receive": own and not row.received_at and not away,
        "duty": row.get_duty_display(), "when": away or words.moment(row.disclosed_at, zone, now),
        "receipt": f"{row.receipt}, {words.moment(row.received_at, zone, now)}" if row.received_at else "",
    }  # fmt: skip


def _away(release):
    """Why what a packet gives is with nobody, "" where it is."""
    if release is None or release.ready_at:
        return ""
    if release.revoked_at:
        return "Revoked before the copy was there"
    return "Not there: the copy failed" if release.state == "failed" else "The copy is being prepared"


def kept(row, zone, now):
    """One thing that was kept back, or proposed to be, and who said so."""
    steps = [
        ("Proposed", row.proposed_by, row.proposed_at),
        (row.get_status_display() if row.status != "lifted" else "Kept back", row.decided_by, row.decided_at),
        ("Lifted", row.lifted_by, row.lifted_at),
    ]
    said = [f"{label}: {who}, {words.moment(at, zone, now)}" for label, who, at in steps if at]
    return {"row": row, "steps": said}
