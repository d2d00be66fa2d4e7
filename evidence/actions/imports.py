"""Files on their way in. The row of a batch says what must happen next; the queue only says when.

Reading and writing happen in one transaction that holds the batch's advisory lock, so a killed worker leaves nothing
behind: its lock goes with its connection, the batch still says "checking" or "loading", and the next one begins anew.
"""

from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from agencies.queueing import later
from evidence import keys, loading, policies, tasks, vault
from evidence import queries_imports as queries
from evidence.actions import files
from evidence.imports import guessing, mapping, tables
from evidence.imports.findings import ImportProblem
from evidence.loading import watching
from evidence.models import ImportBatch, ImportFinding, ImportMapping, StoredFile

Status = ImportBatch.Status
MOST_ATTEMPTS = 5


@transaction.atomic
def upload(*, agency, kind, upload, by):
    """Take a file in, read its header and find its mapping. Raises ImportProblem, then nothing is kept of it."""
    access.enforce(policies.load_file, by, agency, kind)
    stored = files.store(upload=upload, by=by, largest=tables.MAX_BYTES, agency=agency)
    batch = ImportBatch(agency=agency, kind=kind, file=stored, created_by=by)
    try:
        _read_header(batch, by)
    except ImportProblem:
        if not StoredFile.objects.filter(sha256=stored.sha256).exclude(pk=stored.pk).exists():
            vault.discard(stored.sha256)
        raise
    batch.save(force_insert=True)
    audit.record("import.uploaded", batch, by=by, file=stored.pk, rows=batch.rows_total)
    return batch


def _read_header(batch, by):
    handler = loading.handler(batch.kind)
    with loading.Run(batch, by, _today(batch.agency)).open_file() as file:
        table = handler.open_source(file, batch.file.name)
        if table is None:
            batch.mapping = {"kind": handler.TARGETS}
        else:
            batch.rows_total = sum(1 for _row in table.rows())
            batch.mapping = _known_mapping(batch.agency, batch.kind, handler, table)


def _today(agency):
    return timezone.localdate(timezone=ZoneInfo(agency.zone))


def _known_mapping(agency, kind, handler, table):
    signature = mapping.signature(handler.TARGETS, table.columns)
    saved = ImportMapping.objects.filter(agency=agency, kind=kind, signature=signature).first()
    found = saved.mapping if saved else guessing.guess(handler.TARGETS, table.columns, table.sample()).as_dict()
    counted = kind == ImportBatch.Kind.INCIDENTS and keys.hyphens_count(agency)
    return found | {"hyphens_count": found.get("hyphens_count", False) or counted}


@transaction.atomic
def choose_columns(*, batch, columns, by, save_as=""):
    """Set what the columns mean (`columns` is a Mapping) and keep it by name for the next such file."""
    batch = _locked(batch)
    access.enforce(policies.choose_columns, by, batch)
    kind = loading.handler(batch.kind).TARGETS
    if columns.kind != kind:
        raise ImportProblem(f"This mapping is of kind {columns.kind!r}; this file needs one of kind {kind!r}.")
    header, _rows = loading.header(batch, rows=1)
    wrong = mapping.check(columns, header)
    if wrong:
        raise ImportProblem(" ".join(wrong))
    for source in columns.fields.values():
        source.state = "good"
    batch.mapping, batch.status, batch.counts = columns.as_dict(), Status.UPLOADED, {}
    batch.save(update_fields=["mapping", "status", "counts"])
    if save_as:
        ImportMapping.objects.update_or_create(
            agency=batch.agency,
            kind=batch.kind,
            signature=mapping.signature(columns.kind, header),
            defaults={"name": save_as, "mapping": batch.mapping, "saved_by": by},
        )
    audit.record("import.columns_chosen", batch, by=by, saved_as=save_as)
    return batch


@transaction.atomic
def start_check(*, batch, by, queue=True):
    """Ask for a dry run."""
    batch = _start(batch, by, Status.CHECKING)
    audit.record("import.check_started", batch, by=by)
    if queue:
        later(tasks.check_import, batch.pk)
    return batch


@transaction.atomic
def start_load(*, batch, by, queue=True):
    """Ask for the loading of a file that was checked."""
    batch = _start(batch, by, Status.LOADING)
    audit.record("import.load_started", batch, by=by)
    if queue:
        later(tasks.load_import, batch.pk)
    return batch


def _start(batch, by, status):
    batch = _locked(batch)
    access.enforce(policies.move_import, by, batch, status)
    batch.status, batch.started_at, batch.finished_at = status, timezone.now(), None
    batch.rows_done, batch.problem = 0, ""
    batch.save(update_fields=["status", "started_at", "finished_at", "rows_done", "problem"])
    return batch


def _locked(batch):
    held = ImportBatch.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("agency__parent", "file").get(pk=batch.pk)


@transaction.atomic
def attempt(*, batch, by):
    """Whether a worker should begin now: nobody else is at it, and it did not bring five workers down before."""
    if not watching.alone(batch):
        return False
    batch = _locked(batch)
    if batch.status not in ImportBatch.WORKING:
        return False
    tried = queries.attempts(batch)
    audit.record("import.attempted", batch, by=by, status=batch.status)
    if tried < MOST_ATTEMPTS:
        return True
    fail(
        batch=batch, by=by, problem="Five attempts at this file broke off. Nothing was written. Split it and try again."
    )
    return False


@transaction.atomic
def check(*, batch, by, watched=False):
    """Read the file and say what loading it would do; nothing of it is written. None if there is nothing to do."""
    return _pass(batch, by, Status.CHECKING, Status.CHECKED, "check", watched)


@transaction.atomic
def load(*, batch, by, watched=False):
    """Write the file as a whole or not at all, once. None when there is nothing to do."""
    return _pass(batch, by, Status.LOADING, Status.LOADED, "load", watched)


def _pass(batch, by, during, after, step, watched):
    if not watching.alone(batch):
        return None
    batch = ImportBatch.objects.select_related("agency__parent", "file").get(pk=batch.pk)
    if batch.status != during:
        return None
    access.enforce(policies.move_import, by, batch, after)
    run = loading.Run(batch, by, _today(batch.agency))
    with watching.Watch(batch, during, watched) as watch:
        run.progress = watch
        try:
            with transaction.atomic():
                counts = getattr(loading.handler(batch.kind), step)(run)
        except ImportProblem as problem:
            return fail(batch=batch, by=by, problem=str(problem))
    return _finish(batch, by, during, after, counts, run.findings)


def _finish(batch, by, during, after, counts, findings):
    began, batch = batch.started_at, _locked(batch)
    # A file that was stopped and taken up again is another's work by now, with other columns perhaps.
    if (batch.status, batch.started_at) != (during, began):
        raise watching.Stopped
    batch.status, batch.finished_at, batch.rows_done = after, timezone.now(), counts["rows"]
    batch.rows_total, batch.counts = counts["rows"], findings.counts() | counts
    batch.save(update_fields=["status", "finished_at", "rows_done", "rows_total", "counts"])
    batch.findings.all().delete()
    rows = [
        ImportFinding(batch=batch, **_fields(each)) for each in sorted(findings.kept, key=lambda each: each.row or 0)
    ]
    ImportFinding.objects.bulk_create(rows, batch_size=1000)
    audit.record(f"import.{after}", batch, by=by, counts=batch.counts)
    notify(
        _told(by), "import.finished" if after == Status.LOADED else "import.checked", batch, label=batch.file.name[:80]
    )
    return batch


def _fields(finding):
    values = finding._asdict()
    return values | {"value": values["value"][:120], "message": values["message"][:300]}


def _told(by):
    return [] if by.is_system else [by]


@transaction.atomic
def fail(*, batch, problem, by):
    """Record why a file was refused as a whole, or why it stays loaded that was to be undone, and tell who asked."""
    batch = _locked(batch)
    stays = batch.status == Status.UNDOING
    status, verb = (Status.LOADED, "import.not_undone") if stays else (Status.FAILED, "import.failed")
    access.enforce(policies.move_import, by, batch, status)
    batch.status, batch.problem, batch.finished_at = status, problem[:500], timezone.now()
    batch.save(update_fields=["status", "problem", "finished_at"])
    audit.record(verb, batch, by=by, problem=batch.problem)
    notify(_told(queries.started_by(batch)), verb, batch, label=batch.file.name[:80])
    return batch


@transaction.atomic
def cancel(*, batch, by):
    """Stop a file that is not loaded yet; a worker that reads or writes it notices at its next thousand rows, or at its
    end, and leaves nothing.
    """
    batch = _locked(batch)
    access.enforce(policies.move_import, by, batch, Status.CANCELLED)
    batch.status, batch.finished_at = Status.CANCELLED, timezone.now()
    batch.save(update_fields=["status", "finished_at"])
    audit.record("import.cancelled", batch, by=by)
    return batch


@transaction.atomic
def take_findings(*, batch, by):
    """All findings of a file, as rows for a table."""
    access.enforce(policies.take_file, by, batch)
    audit.record("import.findings_downloaded", batch, by=by)
    return loading.every_finding(loading.Run(batch, by, _today(batch.agency)))


@transaction.atomic
def take_rows(*, batch, by):
    """The rows that were not loaded, as they came: (columns, rows)."""
    access.enforce(policies.take_file, by, batch)
    audit.record("import.rows_downloaded", batch, by=by)
    return loading.rows_to_correct(loading.Run(batch, by, _today(batch.agency)))


@transaction.atomic
def take_mapping(*, batch, by):
    """What the columns of a file mean, as the JSON that the command line takes."""
    access.enforce(policies.take_file, by, batch)
    audit.record("import.columns_downloaded", batch, by=by)
    return mapping.from_dict(batch.mapping).to_json() + "\n"
