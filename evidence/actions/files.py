from django.db import transaction

from agencies import access, audit
from evidence import policies, vault
from evidence.models import StoredFile

LARGEST = 50 * 1024 * 1024


@transaction.atomic
def store(*, upload, by, largest=LARGEST):
    """Keep an uploaded file under its hash. Raises vault.TooLarge; the bytes stay behind if the transaction fails."""
    access.enforce(policies.store_file, by)
    kept = vault.keep(upload.chunks(vault.CHUNK), largest)
    stored = StoredFile.objects.create(
        sha256=kept.sha256, name=vault.plain_name(upload.name), kind=kept.kind, size=kept.size, stored_by=by
    )
    audit.record("file.stored", stored, by=by, sha256=kept.sha256, size=kept.size)
    return stored


@transaction.atomic
def hand_out(*, file, of, by):
    """Open a stored file for a person who sees the record it hangs on, and put that on record."""
    access.enforce(policies.take_file, by, of)
    try:
        opened = vault.path(file.sha256).open("rb")
    except FileNotFoundError as error:
        raise vault.Gone from error
    audit.record("file.downloaded", of, by=by, file=file.pk, sha256=file.sha256)
    return opened
