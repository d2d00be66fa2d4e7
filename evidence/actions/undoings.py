"""A file that was loaded is taken back, all of it or nothing, in one transaction that holds the batch."""

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from agencies.queueing import later
from evidence import policies, tasks
from evidence.imports.findings import ImportProblem
from evidence.loading import undo as undoing
from evidence.loading import watching
from evidence.models import ImportBatch, ImportFinding

Status = ImportBatch.Status
SHOWN = 500
BUILT_ON = "Not undone, nothing was changed: something was done since with what this file brought. The rows are below."
BUSY = "Not undone, nothing was changed: somebody is at work on what this file brought. Try again in a minute."


@transaction.atomic
def start(*, batch, by, queue=True):
    """Ask for a file to be taken back. Raises ImportProblem where that is never possible."""
    batch = _locked(batch)
    access.enforce(policies.move_import, by, batch, Status.UNDOING)
    if reason := undoing.why_not(batch):
        raise ImportProblem(reason)
    batch.status, batch.started_at, batch.finished_at = Status.UNDOING, timezone.now(), None
    batch.problem, batch.rows_done = "", 0
    batch.save(update_fields=["status", "started_at", "finished_at", "problem", "rows_done"])
    audit.record("import.undo_started", batch, by=by)
    if queue:
        later(tasks.undo_import, batch.pk)
    return batch


@transaction.atomic
def undo(*, batch, by, watched=False):
    """Put everything back as it was before the file, or say row by row why not. None when there is nothing to do."""
    if not watching.alone(batch):
        return None
    batch = ImportBatch.objects.select_related("agency__parent", "file").get(pk=batch.pk)
    if batch.status != Status.UNDOING:
        return None
    access.enforce(policies.move_import, by, batch, Status.UNDONE)
    try:
        with watching.Watch(batch, Status.UNDOING, watched) as watch, transaction.atomic():
            built = undoing.built_on(batch, SHOWN)
            if not built:
                if not undoing.inverse(batch):
                    _audit_each(batch, by)
                taken = undoing.take_back(batch, by, watch)
                batch.changes.all().delete()
    except IntegrityError:
        return _end(_locked(batch), by, Status.LOADED, "import.not_undone", BUSY)
    # From here on the row is held: until now the one that tells how far it is had to write it.
    batch = _locked(batch)
    batch.findings.filter(level=ImportFinding.Level.UNDO).delete()
    if built:
        ImportFinding.objects.bulk_create(_finding(batch, *each) for each in built)
        return _end(batch, by, Status.LOADED, "import.not_undone", BUILT_ON, rows=[row for row, *_ in built])
    return _end(batch, by, Status.UNDONE, "import.undone", "", taken=taken)


def _locked(batch):
    held = ImportBatch.objects.select_for_update(of=["self"], no_key=True)
    return held.select_related("agency__parent", "file").get(pk=batch.pk)


def _audit_each(batch, by):
    """Every record that is gone, or is again what it was, stands in the log by its number."""
    models = {model._meta.db_table: model for model in apps.get_models()}
    for change in batch.changes.order_by("pk").iterator():
        verb = f"{models[change.relation]._meta.model_name}.{'taken_back' if change.is_new else 'put_back'}"
        audit.record_many(verb, models[change.relation], change.ids, by=by, agency=batch.agency, batch=batch.pk)


def _finding(batch, row, sentence):
    return ImportFinding(batch=batch, row=row, level=ImportFinding.Level.UNDO, code="built_on", message=sentence)


def _end(batch, by, status, verb, problem, **data):
    batch.status, batch.problem, batch.finished_at = status, problem, timezone.now()
    batch.rows_done = batch.rows_total or 0
    batch.save(update_fields=["status", "problem", "finished_at", "rows_done"])
    audit.record(verb, batch, by=by, **data)
    notify([] if by.is_system else [by], verb, batch, label=batch.file.name[:80])
    return batch
