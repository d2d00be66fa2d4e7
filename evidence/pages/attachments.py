"""Photos and files as pages show them: records in, words out. No queries."""

from django.core.signing import BadSignature, TimestampSigner
from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from evidence import kinds, words
from evidence.models import Attachment, Picture, StoredFile

ICONS = {Attachment.Kind.PHOTO: "cam", Attachment.Kind.DOCUMENT: "doc", Attachment.Kind.OTHER: "file"}
Damage = StoredFile.Damage
BADGES = {Damage.CHANGED: "File changed", Damage.LOST: "File missing", Damage.INFECTED: "Virus found"}
SEEN_SECONDS = 600
_signer = TimestampSigner(salt="evidence.seen")


def seen(user, attachment):
    """A word for the address of a thumbnail: the page that has it put on record that this person looks at it."""
    return _signer.sign(f"{user.pk}-{attachment.pk}").partition(":")[2]


def was_seen(user, attachment, word):
    try:
        return bool(_signer.unsign(f"{user.pk}-{attachment.pk}:{word}", max_age=SEEN_SECONDS))
    except BadSignature:
        return False


def file_url(attachment, how, user=None):
    address = f"{reverse('attachment_file', args=[attachment.pk])}?as={how}"
    return f"{address}&seen={seen(user, attachment)}" if user else address


def tile(made, user, zone, now):
    """One photo or file of a record."""
    picture, file = getattr(made.file, "picture", None), made.file
    whole = not made.withdrawn_at and not file.damage
    ready = whole and picture is not None and picture.status == Picture.Status.READY
    waits = whole and picture is not None and picture.status == Picture.Status.WAITING
    return {
        "pk": made.pk,
        "url": reverse("attachment", args=[made.pk]),
        "is_photo": made.kind == Attachment.Kind.PHOTO,
        "icon": ICONS[made.kind],
        "thumbnail": file_url(made, "thumbnail", user) if ready else "",
        "waits": file_url(made, "thumbnail", user) if waits else "",
        "name": made.caption or file.name,
        "exhibit": made.exhibit.number if made.exhibit_id else "",
        "about": f"{made.added_by}, {words.moment(made.added_at, zone, now)}",
        "size": filesizeformat(file.size),
        "badge": BADGES.get(file.damage, ""),
        "withdrawn": made.withdrawn_because,
    }


def no_preview(made):
    """Why nothing of a photo is shown."""
    if made.file.kind == kinds.HEIC:
        return "HEIC is a format that browsers do not show. Who records evidence for this case can take the original."
    picture = getattr(made.file, "picture", None)
    why = picture.problem if picture and picture.problem else "It cannot be shown."
    return f"{why} Who records evidence for this case can take the original."


def facts(made, now, whole):
    """(label, value) of one photo or file; `whole`: with what the camera wrote into it."""
    zone, file, picture = made.incident.agency.zone, made.file, getattr(made.file, "picture", None)
    camera = picture.clock if picture and picture.clock else ""
    lines = [
        ("What it shows", made.caption),
        ("Exhibit", made.exhibit.number if made.exhibit_id else ""),
        ("File", file.name),
        ("Kind", f"{made.get_kind_display()}, {kinds.LABELS.get(file.kind, file.kind)}, {filesizeformat(file.size)}"),
        ("Size of the picture", f"{picture.width} by {picture.height}" if picture and picture.width else ""),
        ("Taken", words.moment(made.taken_at, zone, now) if made.taken_at else ""),
        ("Camera's clock", camera),
        ("Camera", picture.device if whole and picture else ""),
        (
            "Camera's place",
            f"{picture.lat:.5f}, {picture.lng:.5f}" if whole and picture and picture.lat is not None else "",
        ),
        ("Added", f"{words.moment(made.added_at, zone, now)}, {made.added_by}"),
        ("Compared with its hash", words.moment(file.checked_at, zone, now) if file.checked_at else "Not yet"),
    ]
    return [(label, value) for label, value in lines if value]


def alarm(row, zone, now):
    """One file alarm for the list."""
    return {
        "pk": row.pk,
        "what": row.get_kind_display(),
        "agency": row.agency,
        "file": f"File {row.file_id}" if row.file_id else "Refused, nothing was kept",
        "hash": row.sha256,
        "detail": row.detail,
        "when": words.moment(row.raised_at, zone, now),
        "iso": row.raised_at.isoformat(),
        "ended": words.moment(row.ended_at, zone, now) if row.ended_at else "",
        "lasts": row.file_id and not row.ended_at,
    }
