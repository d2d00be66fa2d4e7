"""What the import pages show, as plain values."""

from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse

from agencies import access
from agencies.models import Agency, AuditEvent, User
from evidence.imports import mapping, meanings
from evidence.imports.targets import KINDS
from evidence.models import ImportBatch, ImportFinding, ImportMapping

PAGE = 50
STATES = {
    "uploaded": ("", "clock"),
    "checking": ("accent", "clock"),
    "checked": ("soon", "warn"),
    "loading": ("accent", "clock"),
    "loaded": ("good", "check"),
    "failed": ("late", "late"),
    "cancelled": ("", "minus"),
}
LEVELS = {"error": ("late", "late", "cellbad"), "review": ("soon", "warn", "cellwarn"), "note": ("", "info", "")}
STEPS = ("File", "Columns", "Dry run", "Load", "Report")
STEP_OF = {"uploaded": 1, "checking": 2, "checked": 2, "failed": 2, "loading": 3, "loaded": 4, "cancelled": 2}


def started_by(batch):
    """Who asked for the work that is going on, from the audit log; who uploaded the file when nobody has."""
    event = _events(batch).filter(verb__in=["import.check_started", "import.load_started"]).first()
    return User.objects.get(pk=event.by_id if event else batch.created_by_id)


def attempts(batch):
    """How many workers have begun the work that is going on."""
    return _events(batch).filter(verb="import.attempted", at__gte=batch.started_at).count()


def _events(batch):
    return AuditEvent.objects.filter(object_type=batch._meta.label_lower, object_id=batch.pk)


def kinds_to_load(user, known):
    """The kinds of files a person may load, of those that can be loaded here."""
    return [kind for kind in ImportBatch.Kind if kind in known and _may_load(user, kind)]


def _may_load(user, kind):
    own = access.agencies_with(user, ImportBatch.PERMISSIONS[kind])
    if kind == ImportBatch.Kind.LEADS:
        return Agency.objects.filter(pk__in=own, kind__in=Agency.GIVE_NOTICE).exists()
    return bool(own)


def agencies_to_load_for(user, kinds):
    """The agencies whose files of these kinds a person may load: their own, and those of their center. Lead notices
    alone go into a center or a laboratory alone.
    """
    ids = {pk for permission in ImportBatch.PERMISSIONS.values() for pk in access.agencies_with(user, permission)}
    found = Agency.objects.filter(Q(pk__in=ids) | Q(parent_id__in=ids), is_active=True).order_by("name")
    return found.filter(kind__in=Agency.GIVE_NOTICE) if kinds == [ImportBatch.Kind.LEADS] else found


def batches(user, before=None):
    """(rows of one page, newest first, and the id to go on from or None)."""
    found = ImportBatch.objects.visible_to(user).select_related("agency", "file", "created_by").order_by("-id")
    page = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    return [_batch_row(batch) for batch in page[:PAGE]], page[PAGE - 1].pk if len(page) > PAGE else None


def _batch_row(batch):
    tone, icon = STATES[batch.status]
    counts = batch.counts
    return {
        "url": reverse("import_columns" if batch.status == "uploaded" else "import", args=[batch.pk]),
        "name": batch.file.name,
        "kind": batch.get_kind_display(),
        "agency": batch.agency,
        "rows": _number(batch.rows_total),
        "new": _number(counts.get("new")),
        "updated": _number(counts.get("updated")),
        "review": counts.get("review", 0),
        "errors": counts.get("errors", 0),
        "findings_url": reverse("import_findings", args=[batch.pk]),
        "state": "Not loaded yet" if batch.status == "checked" else batch.get_status_display(),
        "tone": tone,
        "icon": icon,
        "by": str(batch.created_by),
        "iso": batch.created_at.isoformat(),
        "when": batch.created_at.astimezone(ZoneInfo(batch.agency.zone)).strftime("%a %-d %b %H:%M"),
    }


def _number(value):
    return "" if value is None else f"{value:,}"


NEEDS = {
    ImportBatch.Kind.INCIDENTS: "A case number and a date. It may say the time, the offense, the address, the point, "
    "casings and who was hit.",
    ImportBatch.Kind.LEADS: "A lead number and a case number, one row for each event of the lead. It may say the "
    "agency or its ORI, the laboratory number, the exhibit, the date and the place.",
    ImportBatch.Kind.ALERTS: "A date and a time, of a gunshot detection system or of dispatch. It should say the "
    "number of the alert and the point, and may say the rounds and the case number that dispatch gave.",
    ImportBatch.Kind.TRACES: "A trace number or a serial number. It may say how far the trace came, the first "
    "sale, the dealer and the purchaser. What fits no gun for certain goes on a list to review.",
}


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


def steps(batch):
    """The five steps of a file with how far it is: [(words, "ok" | "now" | "")]."""
    at = STEP_OF[batch.status]
    done = len(STEPS) if batch.status == "loaded" else at
    return [(word, "ok" if place < done else "now" if place == at else "") for place, word in enumerate(STEPS)]


def job(batch, now):
    """Progress of a batch that is being read, as the progress component and its address take it."""
    done, total = batch.rows_done, batch.rows_total or 0
    compares = total and done >= total - 1000
    spent = (now - batch.started_at).total_seconds() if batch.started_at else 0
    left = f"about {max(round(spent / done * (total - done)), 1)} s left" if done and not compares else ""
    busy = batch.status in ("checking", "loading")
    return {
        "done": done,
        "total": total,
        "label": "Rows read",
        "text": "Comparing with what is here" if compares else f"{done:,} of {total:,} rows",
        "left": left,
        "next": "" if busy else reverse("import", args=[batch.pk]),
        "poll": reverse("import_progress", args=[batch.pk]) if busy else "",
    }


def loadable(batch):
    """How many rows would be written."""
    counts = batch.counts
    return max(counts.get("rows", 0) - counts.get("held", 0) - counts.get("errors", 0), 0)


def outcome(batch):
    """What became of the rows of a loaded file, and what to do with those that were left."""
    left = max(batch.counts.get("rows", 0) - loadable(batch), 0)
    if not left:
        return "Every row was loaded, in one step. Loading the same file again changes nothing."
    rows = "1 row was" if left == 1 else f"{left:,} rows were"
    what = "take the rows to correct as XLSX, correct them and load that file"
    if not has_columns(batch):
        what = "correct the letter and load it again"
    return (
        f"{loadable(batch):,} rows were loaded, in one step. {rows} not: {what}. What is loaded already does not "
        "change by it."
    )


def correctable(batch):
    """Whether there are rows of a table that were not loaded, to take, correct and load."""
    return has_columns(batch) and bool(batch.counts.get("errors") or batch.counts.get("held"))


WRITES = {
    ImportBatch.Kind.INCIDENTS: "incidents",
    ImportBatch.Kind.LEADS: "leads",
    ImportBatch.Kind.TRACES: "results",
    ImportBatch.Kind.ALERTS: "alerts",
}


def kpis(batch):
    counts = {name: batch.counts.get(name, 0) for name in ("new", "updated", "unchanged", "review", "errors")}
    findings = reverse("import_findings", args=[batch.pk])
    late = "late" if counts["errors"] else ""
    what = WRITES[batch.kind]
    return [
        {"label": f"New {what}", "value": f"{counts['new']:,}", "icon": "plus", "sub": "not here before"},
        {"label": "Updated", "value": f"{counts['updated']:,}", "icon": "swap", "sub": "same agency and number"},
        {"label": "Unchanged", "value": f"{counts['unchanged']:,}", "icon": "check", "sub": "left as they are"},
        {
            "label": "Rows to review",
            "value": f"{counts['review']:,}",
            "icon": "warn",
            "sub": f"{batch.counts.get('held', 0):,} kept back, on a list",
            "url": f"{findings}?level=review" if counts["review"] else "",
        },
        {
            "label": "Rows with errors",
            "value": f"{counts['errors']:,}",
            "icon": "late",
            "tone": late,
            "sub": "not loaded until they are mended",
            "url": f"{findings}?level=error" if counts["errors"] else "",
        },
    ]


def findings(batch, level="", after=0, limit=PAGE):
    """(rows of one page in the order of the file, the id to go on from or None)."""
    found = ImportFinding.objects.filter(batch=batch, pk__gt=after).order_by("pk")
    page = list((found.filter(level=level) if level in LEVELS else found)[: limit + 1])
    return [_finding_row(each) for each in page[:limit]], page[limit - 1].pk if len(page) > limit else None


def _finding_row(each):
    tone, icon, cell = LEVELS[each.level]
    return {
        "row": _number(each.row),
        "column": each.column_letter,
        "name": each.column_name,
        "value": each.value or "(empty)",
        "cell": cell,
        "tone": tone,
        "icon": icon,
        "level": each.get_level_display(),
        "message": each.message,
    }


def beyond(batch):
    """Whether a file has more findings than are kept to be shown."""
    return batch.counts.get("findings", 0) > ImportFinding.objects.filter(batch=batch).count()


def level_chips(batch, current, address):
    """Filters of the findings with their numbers; one row may have several."""
    numbers = {level: ImportFinding.objects.filter(batch=batch, level=level).count() for level in LEVELS}
    chips = [{"label": "All", "count": f"{sum(numbers.values()):,}", "url": address, "on": not current}]
    for level, label in (("error", "Errors"), ("review", "Review"), ("note", "Notes")):
        if numbers[level]:
            entry = {"label": label, "count": f"{numbers[level]:,}", "url": f"{address}?level={level}"}
            chips.append(entry | {"on": current == level})
    return chips


def has_columns(batch):
    """Whether somebody must say what columns mean; a letter has none."""
    return "fields" in batch.mapping


def saved_name(batch, header):
    """The name under which this header is known, or ""."""
    signature = mapping.signature(batch.mapping["kind"], header)
    saved = ImportMapping.objects.filter(agency=batch.agency, kind=batch.kind, signature=signature).first()
    return saved.name if saved else ""


def first_name(batch):
    """A name to begin with for columns that are not kept yet."""
    return f"{batch.agency.code} {batch.get_kind_display()}"


def unread_words(batch):
    """(column, word) of what the last dry run did not understand, each once."""
    found = ImportFinding.objects.filter(batch=batch, code__in=meanings.CODES).order_by()
    return list(found.values_list("column_name", "value").distinct()[:200])


def columns(batch):
    """What the columns were taken for: [{"column", "field", "state"}], those that are read first."""
    targets = KINDS.get(batch.mapping.get("kind"), {})
    rows = [
        {"column": column, "field": targets[name].label, "read": True}
        for name, source in batch.mapping.get("fields", {}).items()
        for column in source["columns"]
    ]
    return rows + [
        {"column": column, "field": "Left out", "read": False} for column in batch.mapping.get("left_out", [])
    ]
