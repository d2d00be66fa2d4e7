"""Photos and files hung on incidents and exhibits."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from agencies import access, audit
from evidence import kinds, policies
from evidence.actions import files
from evidence.models import Attachment, Incident

Kind = Attachment.Kind
PAPERS = (kinds.PDF, kinds.WORD, kinds.SHEET, kinds.OPEN_SHEET, kinds.TEXT)


@transaction.atomic
def add(*, incident, upload, by, exhibit=None, kind="", caption="", taken_at=None, key=None):
    """Take a file in and hang it on an incident, or on one exhibit of it. Raises a vault.Unfit, then nothing hangs
    there.

    `key` is made on the device that sends: what is sent again, because the answer was lost, is the same attachment.
    """
    access.enforce(policies.attach_file, by, incident, exhibit)
    if key and (sent := _sent(key, by)):
        return sent
    stored = files.store(upload=upload, by=by, only=kinds.ATTACHABLE, agency=incident.agency)
    incident = Incident.objects.select_for_update(of=["self"], no_key=True).get(pk=incident.pk)
    made = Attachment(
        incident=incident, exhibit=exhibit, agency_id=incident.agency_id, file=stored, kind=kind or _kind(stored),
        caption=caption, taken_at=taken_at, sent_key=key, added_at=timezone.now(), added_by=by,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        if sent := _sent(key, by):
            return sent
        raise access.Refused("This file was sent by somebody else. Choose it anew.", "attachments.add") from None
    audit.record(
        "attachment.added", made, by=by, incident=incident.pk, exhibit=exhibit and exhibit.pk, sha256=stored.sha256
    )
    return made


def _sent(key, by):
    return Attachment.objects.visible_to(by).filter(sent_key=key, added_by=by).first()


def _kind(stored):
    return Kind.PHOTO if stored.kind in kinds.PHOTOS else Kind.DOCUMENT if stored.kind in PAPERS else Kind.OTHER


@transaction.atomic
def withdraw(*, attachment, because, by):
    """Say that a file was hung here by mistake. It stays, and is no longer shown."""
    held = Attachment.objects.select_for_update(of=["self"], no_key=True)
    attachment = held.select_related("incident__agency").get(pk=attachment.pk)
    access.enforce(policies.withdraw_file, by, attachment)
    attachment.withdrawn_at, attachment.withdrawn_by, attachment.withdrawn_because = timezone.now(), by, because
    attachment.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    audit.record("attachment.withdrawn", attachment, by=by, incident=attachment.incident_id, because=because)
    return attachment
