"""Files on a lead."""

from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from evidence import kinds
from evidence.actions import files as stored_files
from leads import policies
from leads.models import Lead, LeadFile


@transaction.atomic
def add(*, lead, file, agency, by, note="", now=None):
    """Hang a stored file on a lead, for everybody who sees the lead."""
    lead = Lead.objects.select_for_update(of=["self"], no_key=True).get(pk=lead.pk)
    access.enforce(policies.add_file, by, lead)
    added = LeadFile.objects.create(
        lead=lead, file=file, agency=agency, note=note, added_at=now or timezone.now(), added_by=by
    )
    audit.record("file.added", added, by=by, agency=agency, lead=lead.number, sha256=file.sha256)
    return added


@transaction.atomic
def upload(*, lead, upload, agency, by, note=""):
    """Take a file in and hang it on a lead. Raises a vault.Unfit, then nothing hangs there."""
    access.enforce(policies.add_file, by, lead)
    stored = stored_files.store(upload=upload, by=by, only=kinds.ATTACHABLE, agency=agency)
    audit.record("file.uploaded", lead, by=by, agency=agency, sha256=stored.sha256)
    return add(lead=lead, file=stored, agency=agency, by=by, note=note)
