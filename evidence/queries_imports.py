"""What the import pages show, as plain values."""

from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse

from agencies import access
from agencies.models import Agency, AuditEvent, User
from agencies.roles import Permission
from evidence import loading, policies
from evidence.imports import mapping, meanings
from evidence.imports.targets import KINDS
from evidence.models import ImportBatch, ImportFinding, ImportMapping
from evidence.pages import imports as pages

PAGE = 50
LEVELS = {
    "error": ("late", "late", "cellbad"),
    "review": ("soon", "warn", "cellwarn"),
    "note": ("", "info", ""),
    "undo": ("late", "late", ""),
}


def started_by(batch):
    """Who asked for the work that is going on, from the audit log; who uploaded the file when nobody has."""
    event = (
        _events(batch).filter(verb__in=["import.check_started", "import.load_started", "import.undo_started"]).first()
    )
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
    return any(policies.load_file(user, each, kind) is None for each in _worked_for(user, [kind]))


def agencies_to_load_for(user, kinds):
    """The agencies whose files of these kinds a person may load: their own, and those of their center."""
    found = list(_worked_for(user, kinds).select_related("parent"))
    fits = [each.pk for each in found if any(policies.load_file(user, each, kind) is None for kind in kinds)]
    return Agency.objects.filter(pk__in=fits).order_by("name")


def agencies_to_take_from(user, kinds):
    """The agencies of which a person may take out records of any of these kinds."""
    mine = {
        pk for each in (Permission.LEAD_EXPORT, Permission.AGENCY_MANAGE) for pk in access.agencies_with(user, each)
    }
    found = Agency.objects.filter(Q(pk__in=mine) | Q(parent_id__in=mine), is_active=True).select_related("parent")
    fits = [each.pk for each in found if any(policies.take_records(user, each, kind) is None for kind in kinds)]
    return Agency.objects.filter(pk__in=fits).order_by("name")


def may_take(user, agencies, kind):
    """Whether a person may take out records of this kind of any of these agencies."""
    return any(policies.take_records(user, each, kind) is None for each in agencies)


def _worked_for(user, kinds):
    ids = {pk for kind in kinds for pk in access.agencies_with(user, ImportBatch.PERMISSIONS[kind])}
    return Agency.objects.filter(Q(pk__in=ids) | Q(parent_id__in=ids), is_active=True).order_by("name")


def batches(user, before=None):
    """(rows of one page, newest first, and the id to go on from or None)."""
    found = ImportBatch.objects.visible_to(user).select_related("agency", "file", "created_by").order_by("-id")
    page = list((found.filter(pk__lt=before) if before else found)[: PAGE + 1])
    return [_batch_row(batch) for batch in page[:PAGE]], page[PAGE - 1].pk if len(page) > PAGE else None


def _batch_row(batch):
    tone, icon = pages.STATES[batch.status]
    counts = batch.counts
    return {
        "url": reverse("import_columns" if batch.status == "uploaded" else "import", args=[batch.pk]),
        "name": batch.file.name,
        "kind": batch.get_kind_display(),
        "agency": batch.agency,
        "rows": pages.number(batch.rows_total),
        "new": pages.number(counts.get("new")),
        "updated": pages.number(counts.get("updated")),
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


def findings(batch, level="", after=0, limit=PAGE):
    """(rows of one page in the order of the file, the id to go on from or None)."""
    found = ImportFinding.objects.filter(batch=batch, pk__gt=after).order_by("pk")
    page = list((found.filter(level=level) if level in LEVELS else found)[: limit + 1])
    return [_finding_row(each) for each in page[:limit]], page[limit - 1].pk if len(page) > limit else None


def _finding_row(each):
    tone, icon, cell = LEVELS[each.level]
    return {
        "row": pages.number(each.row or None),
        "column": each.column_letter,
        "name": each.column_name,
        "value": each.value or ("" if each.level == "undo" else "(empty)"),
        "cell": cell,
        "tone": tone,
        "icon": icon,
        "level": each.get_level_display(),
        "message": each.message,
    }


def rows_together(batch, most=6):
    """Rows that became one record with another, the first of them: those that say the same, and the others."""
    found = ImportFinding.objects.filter(batch=batch).order_by("pk")
    return [
        list(found.filter(code__in=codes).values_list("row", flat=True)[:most])
        for codes in (loading.TWICE, loading.JOINED)
    ]


def beyond(batch):
    """Whether a file has more findings than are kept to be shown."""
    return batch.counts.get("findings", 0) > ImportFinding.objects.filter(batch=batch).count()


def level_chips(batch, current, address):
    """Filters of the findings with their numbers; one row may have several."""
    numbers = {level: ImportFinding.objects.filter(batch=batch, level=level).count() for level in LEVELS}
    chips = [{"label": "All", "count": f"{sum(numbers.values()):,}", "url": address, "on": not current}]
    for level, label in (("undo", "Built on since"), ("error", "Errors"), ("review", "Review"), ("note", "Notes")):
        if numbers[level]:
            entry = {"label": label, "count": f"{numbers[level]:,}", "url": f"{address}?level={level}"}
            chips.append(entry | {"on": current == level})
    return chips


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
    """What the columns were taken for: [{"column", "field", "read"}], those that are read first, by their fields."""
    targets = KINDS.get(batch.mapping.get("kind"), {})
    # What is kept as JSON comes back in an order of its own.
    order = {name: place for place, name in enumerate(targets)}
    rows = [
        {"column": column, "field": targets[name].label, "read": True}
        for name, source in sorted(batch.mapping.get("fields", {}).items(), key=lambda each: order.get(each[0], 0))
        for column in source["columns"]
    ]
    return rows + [
        {"column": column, "field": "Left out", "read": False} for column in batch.mapping.get("left_out", [])
    ]
