"""What the pages of files say of one: records in, words out."""

from zoneinfo import ZoneInfo

from django.urls import reverse

from evidence import words
from evidence.models import ImportBatch

STATES = {
    "uploaded": ("", "clock"),
    "checking": ("accent", "clock"),
    "checked": ("soon", "warn"),
    "loading": ("accent", "clock"),
    "loaded": ("good", "check"),
    "failed": ("late", "late"),
    "cancelled": ("", "minus"),
    "undoing": ("accent", "clock"),
    "undone": ("", "minus"),
}
STEPS = ("File", "Columns", "Dry run", "Load", "Report")
STEP_OF = {
    "uploaded": 1,
    "checking": 2,
    "checked": 2,
    "failed": 2,
    "loading": 3,
    "loaded": 4,
    "cancelled": 2,
    "undoing": 4,
    "undone": 4,
}
Kind = ImportBatch.Kind
NEEDS = {
    Kind.INCIDENTS: "A case number and a date. It may say the time, the offense, the address, the point, casings and "
    "who was hit.",
    Kind.EXHIBITS: "A case number of a case that is here, an exhibit number and what it is. It may say the caliber, "
    "how many, when and by whom it was collected, and where it lies.",
    Kind.FIREARMS: "A case number of a case that is here, and the exhibit number; serial number and make do for a "
    "gun that is here. It may say what is read from the weapon.",
    Kind.ACQUISITIONS: "The case, the exhibit and when the site received it. It may say when it was entered and under "
    "which reference; a late entry says why.",
    Kind.LEADS: "A lead number and a case number, one row for each event of the lead. It may say the agency or its "
    "ORI, the laboratory number, the exhibit, the date and the place, whether an examiner confirmed it, and both "
    "reviewers. A letter in Word has a table for each event.",
    Kind.ALERTS: "A date and a time, of a gunshot detection system or of dispatch. It should say the number of the "
    "alert and the point, and may say the rounds and the case number that dispatch gave.",
    Kind.TRACES: "A trace number or a serial number. It may say how far the trace came, the first sale, the dealer and "
    "the purchaser. What fits no gun for certain goes on a list to review.",
    Kind.DOCKETS: "A case number of a case that is here and the number of the docket. It should say where the case "
    "stands, and may say when it was filed and in which court.",
    Kind.AGENCIES: "A code or an ORI. A new agency has a name, a kind and a time zone too.",
    Kind.PEOPLE: "An e-mail and a role. Who is new is invited by mail and chooses a password there.",
}
# What makes two records one.
KNOWN_BY = {
    Kind.INCIDENTS: "same agency and number",
    Kind.EXHIBITS: "same case and number",
    Kind.FIREARMS: "same exhibit",
    Kind.ACQUISITIONS: "same exhibit and site",
    Kind.TRACES: "same trace",
    Kind.DOCKETS: "same case and docket number",
    Kind.AGENCIES: "same code or ORI",
    Kind.PEOPLE: "same e-mail and role",
}


def number(value):
    return "" if value is None else f"{value:,}"


def samples(kinds):
    """What a file of each kind must have, with the address of a sample: [{"label", "needs", "url"}]."""
    return [
        {"label": kind.label, "needs": NEEDS[kind], "url": reverse("import_sample_file", args=[kind.value])}
        for kind in kinds
    ]


def size(number):
    """Bytes in words."""
    return f"{number / 1048576:.1f} MB" if number >= 1048576 else f"{max(number // 1024, 1):,} KB"


def file_facts(batch):
    """Whose file it is and how it came: [(label, words)]."""
    zone = ZoneInfo(batch.agency.zone)
    facts = [
        ("Name", batch.file.name),
        ("Kind", "Letter with one notice" if batch.mapping == {"kind": "notice"} else batch.get_kind_display()),
        ("Uploaded", f"{batch.created_at.astimezone(zone):%a %-d %b %Y %H:%M}, {batch.created_by}"),
    ]
    if batch.finished_at:
        facts.append((batch.get_status_display(), f"{batch.finished_at.astimezone(zone):%a %-d %b %Y %H:%M}"))
    return [*facts, ("Fingerprint", f"{batch.file.sha256[:16]} (SHA-256)")]


def steps(batch, at=None):
    """The five steps of a file with how far it is: [(words, "ok" | "now" | "")]."""
    at = STEP_OF[batch.status] if at is None else at
    done = len(STEPS) if batch.status in ("loaded", "undone") else at
    return [(word, "ok" if place < done else "now" if place == at else "") for place, word in enumerate(STEPS)]


def job(batch, now):
    """Progress of a batch that is being read, as the progress component and its address take it."""
    done, total = batch.rows_done, batch.rows_total or 0
    compares = total and done >= total - 1000
    spent = (now - batch.started_at).total_seconds() if batch.started_at else 0
    left = f"about {max(round(spent / done * (total - done)), 1)} s left" if done and not compares else ""
    busy, undone = batch.status in ImportBatch.WORKING, batch.status == ImportBatch.Status.UNDOING
    waits = "Looking for what was built on it" if undone else "Comparing with what is here"
    return {
        "done": done,
        "total": total,
        "label": "Rows taken back" if undone else "Rows read",
        "text": waits if (not done if undone else compares) else f"{done:,} of {total:,} rows",
        "left": left,
        "next": "" if busy else reverse("import", args=[batch.pk]),
        "poll": reverse("import_progress", args=[batch.pk]) if busy else "",
    }


def loadable(batch):
    """How many rows would be written."""
    counts = batch.counts
    return max(counts.get("rows", 0) - counts.get("held", 0) - counts.get("errors", 0), 0)


def outcome(batch, said=()):
    """What became of the rows of a loaded file, what is `said` beside, and what to do with those that were left."""
    left, compare = max(batch.counts.get("rows", 0) - loadable(batch), 0), to_compare(batch)
    if not left and not compare:
        whole = f"Every {unit(batch)} was loaded, in one step."
        return " ".join([whole, *said, "Loading the same file again changes nothing."])
    whole = max(loadable(batch) - compare, 0)
    said = [f"{_rows(batch, whole)} {_were(whole)} loaded, in one step.", *said]
    if compare:
        waits = "is not certain and waits" if compare == 1 else "are not certain and wait"
        said.append(f"{_rows(batch, compare)} {waits} under Results to review: compare each with its gun there.")
    if left:
        what = "take the rows to correct as XLSX, correct them and load that file"
        what = what if has_columns(batch) else "correct the letter and load it again"
        said.append(f"{_rows(batch, left)} {_were(left)} not: {what}. What is loaded already does not change by it.")
    return " ".join(said)


def beside(batch, twice, joined):
    """What is said of rows that became one record with another and of notices that wait for a second reviewer:
    sentences. `twice` and `joined` are the first such rows, of those that say the same and of the others.
    """
    is_done = batch.status != ImportBatch.Status.CHECKED
    said, counts = [], batch.counts
    if number := counts.get("twice", 0):
        stands, taken = ("stood", _were(number)) if is_done else ("stands" if number == 1 else "stand", _are(number))
        said.append(f"{_counted(number, twice)} {stands} twice in the file and {taken} taken once.")
    if number := counts.get("joined", 0):
        becomes = "became" if is_done else "becomes" if number == 1 else "become"
        what = "event" if batch.kind == Kind.LEADS else "record"
        said.append(f"{_counted(number, joined)} {becomes} one {what} with an earlier row.")
    if number := counts.get("unreleased", 0):
        leads, go = words.counted(number, "new lead"), "went" if is_done else "goes" if number == 1 else "go"
        said.append(f"{leads} {go} under Not released: until a second reviewer is on record, no agency is told.")
    return said


def _counted(number, rows):
    """ "Row 4", or "7 rows (rows 4, 5, 9, 12, 13 and 2 more)"."""
    listed = words.of_rows([*rows, *[0] * (number - len(rows))])
    return listed.capitalize() if number == 1 else f"{number:,} rows ({listed})"


def unit(batch):
    """What a file has many of: a letter has events."""
    return "row" if has_columns(batch) else "event"


def _rows(batch, number):
    return words.counted(number, unit(batch))


def _were(number):
    return "was" if number == 1 else "were"


def _are(number):
    return "is" if number == 1 else "are"


def to_compare(batch):
    """How many rows of a file of trace results went on the list of those that a person compares."""
    return batch.counts.get("compare", 0)


def nothing_loads(batch):
    """What to do with a checked file of which no row can be loaded, "" when one can."""
    if batch.status != ImportBatch.Status.CHECKED or loadable(batch):
        return ""
    if not batch.counts.get("rows"):
        return "This file has no row under its header. Get it again, or load another."
    if not has_columns(batch):
        return "This letter cannot be loaded as it is. Look at what was found, correct the letter and load it again."
    return (
        "No row can be loaded as it is. Look at what was found: set the columns right, or take the rows to correct, "
        "correct them and load that file."
    )


def correctable(batch):
    """Whether there are rows of a table that were not loaded, to take, correct and load."""
    return has_columns(batch) and bool(batch.counts.get("errors") or batch.counts.get("held"))


def kpis(batch):
    counts = {name: batch.counts.get(name, 0) for name in ("new", "updated", "unchanged", "review", "errors")}
    findings = reverse("import_findings", args=[batch.pk])
    late, held = "late" if counts["errors"] else "", batch.counts.get("unreleased", 0)
    what = "leads" if batch.kind == Kind.LEADS else batch.get_kind_display()
    what = what if what.startswith("NIBIN") else what.lower()
    return [
        {
            "label": f"New {what}",
            "value": f"{counts['new']:,}",
            "icon": "plus",
            "sub": f"and {held:,} not released yet" if held else "not here before",
        },
        {
            "label": "Updated",
            "value": f"{counts['updated']:,}",
            "icon": "swap",
            "sub": KNOWN_BY.get(batch.kind, "same number"),
        },
        {"label": "Unchanged", "value": f"{counts['unchanged']:,}", "icon": "check", "sub": "left as they are"},
        {
            "label": f"{unit(batch).capitalize()}s to review",
            "value": f"{counts['review']:,}",
            "icon": "warn",
            "sub": _reviewed(batch),
            "url": f"{findings}?level=review" if counts["review"] else "",
        },
        {
            "label": f"{unit(batch).capitalize()}s with errors",
            "value": f"{counts['errors']:,}",
            "icon": "late",
            "tone": late,
            "sub": "not loaded until they are mended",
            "url": f"{findings}?level=error" if counts["errors"] else "",
        },
    ]


def _reviewed(batch):
    if held := batch.counts.get("held", 0):
        return f"{held:,} kept back, on a list"
    return "kept on a list to compare" if to_compare(batch) else "loaded, to be looked at"


def has_columns(batch):
    """Whether somebody must say what columns mean; a letter has none."""
    return "fields" in batch.mapping


def undoing(batch):
    """What the undoing of a loaded file would do, in words."""
    new, updated = batch.counts.get("new", 0), batch.counts.get("updated", 0)
    held = batch.counts.get("unreleased", 0)
    if batch.kind == "leads" and (new or updated or held):
        opened = f"{words.counted(new, 'lead')} that it opened {_are(new)} withdrawn" if new else ""
        grown = f"what it added to {words.counted(updated, 'lead')} is withdrawn" if updated else ""
        kept = f"{words.counted(held, 'notice')} under Not released {_are(held)} declined" if held else ""
        told = " Their agencies are told." if new or updated else ""
        return _sentence(opened, grown, kept) + told
    said = [
        f"{new:,} that {_are(new)} new {_are(new)} taken back" if new else "",
        f"{updated:,} that it changed {_are(updated)} put back" if updated else "",
    ]
    return _sentence(*said) if any(said) else "It changed nothing."


def _sentence(*parts):
    said = "; ".join(filter(None, parts))
    return f"{said[:1].upper()}{said[1:]}."


def asked_last(batch):
    """The level of findings to show first: what keeps a file from being undone, once that was asked."""
    return "undo" if batch.status == "loaded" and batch.problem else ""
