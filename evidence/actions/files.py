"""Stored files: taken in, handed out, drawn for showing, looked at by the scanner, compared with their hashes."""

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from agencies import access, audit
from agencies.notifications import notify
from agencies.queueing import later
from evidence import kinds, pictures, policies, queries, tasks, vault
from evidence.models import FileAlarm, Picture, StoredFile

LARGEST = 50 * 1024 * 1024
MOST_ATTEMPTS = 3
Damage = StoredFile.Damage
NOT_SHOWN = "This photo cannot be shown: {why} Who may edit the record can take the original."
PREPARED = "This photo is being prepared. Look again in a moment."
DAMAGED = {
    Damage.CHANGED: "This file is not what was stored: its content was changed behind the portal's back. The"
    " administrators are told; they bring it back from a backup.",
    Damage.LOST: "This file is missing from the store. The administrators are told; they bring it back from a backup.",
    Damage.INFECTED: "The virus scanner found something in this file, so it is not handed out.",
}


@transaction.atomic
def store(*, upload, by, largest=LARGEST, only=None, agency=None):
    """Keep an uploaded file under its hash; a photo is queued to be drawn. Raises a vault.Unfit; the bytes stay behind
    if the transaction fails. `only`: the media types that are taken.
    """
    access.enforce(policies.store_file, by)
    kept = vault.keep(upload.chunks(vault.CHUNK), largest, only=only)
    stored = _stored(kept, vault.plain_name(upload.name), by, agency)
    audit.record("file.stored", stored, by=by, agency=agency, sha256=kept.sha256, size=kept.size)
    if only is not None and kept.kind in kinds.DRAWN:
        picture = Picture.objects.create(file=stored, queued_at=timezone.now())
        later(tasks.draw_picture, picture.pk)
    return stored


def _stored(kept, name, by, agency):
    return StoredFile.objects.create(
        sha256=kept.sha256,
        name=name,
        kind=kept.kind,
        size=kept.size,
        agency=agency,
        stored_by=by,
        scanned_at=timezone.now() if kept.scanned else None,
    )


@transaction.atomic
def hand_out(*, file, of, by, original=False):
    """Open a stored file for a person who sees the record it hangs on, and put that on record: of a photo the copy
    without what the camera wrote into it, unless the `original` is asked for. Raises vault.Gone.
    """
    access.enforce(policies.take_file, by, of)
    given = file if original else _for_everybody(file, of)
    opened = _opened(given)
    audit.record("file.original" if original else "file.downloaded", of, by=by, file=file.pk, sha256=given.sha256)
    return opened


@transaction.atomic
def show(*, file, of, by, small=False, recorded=False):
    """Open the copy of a photo that is shown in a page, or its thumbnail. `recorded`: the page has put on record
    already that it was looked at. Raises vault.Gone.
    """
    access.enforce(policies.take_file, by, of)
    if file.kind not in kinds.DRAWN:
        raise vault.Gone(NOT_SHOWN.format(why="it is not of a kind that browsers show."))
    given = _for_everybody(file, of, small=small)
    opened = _opened(given)
    if not recorded:
        audit.record("file.shown", of, by=by, file=file.pk, sha256=given.sha256)
    return opened, given.kind


@transaction.atomic
def look(*, records, by):
    """Put on record that a page showed the thumbnails of these records."""
    for model in {type(each) for each in records}:
        audit.record_many("file.seen", model, [each.pk for each in records if type(each) is model], by=by)


def _for_everybody(file, of, small=False):
    if getattr(of, "withdrawn_at", None):
        raise vault.Gone("This file was withdrawn: it does not belong here.")
    if file.damage:
        raise vault.Gone(DAMAGED[file.damage])
    if file.kind not in kinds.PHOTOS:
        return file
    picture = getattr(file, "picture", None)
    if picture is None:
        raise vault.Gone(NOT_SHOWN.format(why="HEIC is a format that browsers do not show."))
    if picture.status == Picture.Status.FAILED:
        raise vault.Gone(NOT_SHOWN.format(why=picture.problem))
    if picture.status == Picture.Status.WAITING:
        raise vault.NotYet(PREPARED)
    return picture.thumbnail if small else picture.shown


def _opened(file):
    if file.damage:
        raise vault.Gone(DAMAGED[file.damage])
    if settings.CLAMD_ADDRESS and not file.scanned_at:
        raise vault.Gone("This file waits for the virus scanner. Look again in some minutes.")
    return vault.opened(file.sha256)


# --- photos ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def attempt(*, picture, by):
    """Whether a photo is still to be drawn, and may be tried once more: what broke several workers is not tried for
    ever.
    """
    access.enforce(policies.keep_files, by)
    picture = Picture.objects.select_for_update(of=["self"], no_key=True).get(pk=picture.pk)
    if picture.status != Picture.Status.WAITING:
        return False
    picture.attempts, picture.queued_at = picture.attempts + 1, timezone.now()
    if picture.attempts > MOST_ATTEMPTS:
        _end(picture, by, status=Picture.Status.FAILED, problem="It broke what draws it.")
        return False
    picture.save(update_fields=["attempts", "queued_at"])
    return True


@transaction.atomic
def draw(*, picture, by):
    """Draw what is shown of a photo, and keep aside what the camera wrote. Harmless when repeated. While the store does
    not answer the photo waits, however often it is tried.
    """
    access.enforce(policies.keep_files, by)
    held = Picture.objects.select_for_update(of=["self"], no_key=True)
    picture = held.select_related("file__agency").get(pk=picture.pk)
    if picture.status != Picture.Status.WAITING:
        return picture
    file = picture.file
    try:
        with vault.opened(file.sha256) as opened:
            drawn = pictures.draw(opened)
        copies = {name: _copy(getattr(drawn, name), name, file, by) for name in ("shown", "thumbnail")}
    except (vault.Away, vault.Unstored):
        picture.attempts = max(picture.attempts - 1, 0)
        picture.save(update_fields=["attempts"])
        return picture
    except (pictures.Unreadable, vault.Gone) as problem:
        return _end(picture, by, status=Picture.Status.FAILED, problem=str(problem))
    size = {"width": drawn.width, "height": drawn.height}
    return _end(picture, by, status=Picture.Status.READY, **copies, **size, **drawn.facts._asdict())


def _copy(content, name, file, by):
    upload = SimpleUploadedFile("copy", content)
    kept = vault.keep(upload.chunks(), LARGEST, scan=False)
    made = _stored(kept, f"{name} of {file.name}"[:200], by, file.agency)
    # Drawn here from pixels: there is nothing for the scanner to find.
    StoredFile.objects.filter(pk=made.pk).update(scanned_at=timezone.now())
    return made


def _end(picture, by, **values):
    for name, value in values.items():
        setattr(picture, name, value)
    picture.save(update_fields=["attempts", *values])
    audit.record(f"picture.{picture.status}", picture.file, by=by, agency=picture.file.agency)
    return picture


# --- what is watched ------------------------------------------------------------------------------------------------


@transaction.atomic
def scan(*, file, by):
    """Let the scanner look at a file that came in before there was one. Raises vault.Unscanned."""
    access.enforce(policies.keep_files, by)
    file = StoredFile.objects.select_for_update(of=["self"], no_key=True).get(pk=file.pk)
    try:
        with vault.opened(file.sha256) as opened:
            scanned = vault.looked_at(opened, file.sha256)
    except vault.Infected as found:
        _raise_alarm(FileAlarm.Kind.INFECTED, file, by, found.signature)
        file.damage, scanned = Damage.INFECTED, True
    except vault.Gone:
        return file  # the comparison with its hash tells of it
    file.scanned_at = timezone.now() if scanned else None
    file.save(update_fields=["scanned_at", "damage"])
    audit.record("file.scanned", file, by=by, agency=file.agency)
    return file


@transaction.atomic
def check(*, file, by, found):
    """Set down what a comparison of a file with its hash `found` there: its own hash, another, or None for nothing."""
    access.enforce(policies.keep_files, by)
    file = StoredFile.objects.select_for_update(of=["self"], no_key=True).get(pk=file.pk)
    was, now = file.damage, timezone.now()
    if was != Damage.INFECTED:
        file.damage = Damage.NONE if found == file.sha256 else Damage.CHANGED if found else Damage.LOST
    file.checked_at = now
    file.save(update_fields=["checked_at", "damage"])
    if file.damage == was:
        return file
    FileAlarm.objects.filter(file=file, ended_at=None).update(ended_at=now)
    if file.damage:
        detail = f"Its content has the hash {found} now." if found else "Nothing lies under its hash."
        _raise_alarm(FileAlarm.Kind(file.damage), file, by, detail)
    else:
        audit.record("file.restored", file, by=by, agency=file.agency, sha256=file.sha256)
    return file


@transaction.atomic
def report(*, found, agency, by):
    """Tell of an upload in which the scanner found something; nothing of it is kept."""
    access.enforce(policies.store_file, by)
    return _raise_alarm(FileAlarm.Kind.INFECTED, None, by, found.signature, agency=agency, sha256=found.sha256)


def _raise_alarm(kind, file, by, detail, agency=None, sha256=None):
    agency = agency or queries.alarmed_agency(file)
    alarm = FileAlarm.objects.create(
        kind=kind, agency=agency, file=file, sha256=sha256 or file.sha256, detail=detail[:200],
        raised_at=timezone.now(), raised_by=by,
    )  # fmt: skip
    audit.record(f"file.{kind}", file or alarm, by=by, agency=agency, sha256=alarm.sha256, detail=detail)
    notify(queries.alarmed_people(agency), f"file.{kind}", alarm)
    return alarm
