"""What a recipient carries away: their copy with its marks, and the bag around it."""

import base64
import hashlib
import io
from datetime import timedelta
from zoneinfo import ZoneInfo

from evidence import vault
from leads.models import Duty
from leads.packets import bag, bagging, certificates, signing
from leads.packets.snapshot import canonical


def said(number, version):
    """What a seal says that it is of."""
    return f"Packet {number} version {version}"


def day(at, zone):
    there = at.astimezone(ZoneInfo(zone))
    return f"{there.day} {there:%b %Y}"


def marks(release):
    """What the pages of a copy say beside those of the original: for whom it is, and the letter before them."""
    when, version = day(release.released_at, release.office.zone), release.version
    # The link ends with a day: at its last moment, not at the first of the next one.
    ends = day(release.ends_at - timedelta(seconds=1), release.office.zone)
    return {
        "watermark": f"Released to {release.to.name}, {release.office.name}, {when}. Copy {release.pk}.",
        "letter": release.letter,
        "letter_head": [
            ["Date", when],
            ["To", f"{release.to}, {release.office.name}"],
            ["From", f"{release.released_by}, {release.source.name}"],
            ["Packet", f"{version.packet.number}, version {version.version}: {version.snapshot['packet']['title']}"],
            ["Under", Duty(release.duty).label],
            ["Last day of the link", ends],
        ],
    }


def listed(snapshot):
    """Every item of a snapshot with its hash: [{section, key, sha256}]."""
    return [
        {"section": name, "key": row["key"], "sha256": hashlib.sha256(canonical(row)).hexdigest()}
        for name, rows in sorted(snapshot["sections"].items())
        for row in rows
    ]


def digest(items):
    return hashlib.sha256(canonical(items)).hexdigest()


def bagged(release):
    """{name: content} of the tag files of a recipient's bag and of their signature, as `packed` reads them: made once
    and kept, so that a bag is the same whenever it is taken. Raises vault.Gone, bag.TooLarge, bagging.BagError,
    certificates.Unsealed.
    """
    version = release.version
    info = {
        "Source-Organization": release.source.name,
        "Bagging-Date": f"{release.released_at.astimezone(ZoneInfo(release.source.zone)):%Y-%m-%d}",
        "Bag-Software-Agent": "CGIC Portal",
        "External-Identifier": said(version.packet.number, version.version),
        "External-Description": f"Copy {release.pk} for {release.to.name}, {release.office.name}",
    }
    tags = bagging.tag_files(_content(release), info)
    with certificates.sealer() as sealer:
        signature = signing.sign_bytes(tags[bag.TAGS].encode(), sealer._replace(timestamper=None))
    return tags | {bag.SIGNATURE: base64.b64encode(signature).decode()}


def packed(release):
    """(name of the file, its bytes piece by piece): the bag of a recipient. Raises vault.NotYet, bag.TooLarge; while it
    is read vault.Gone.
    """
    if release.bag is None:
        raise vault.NotYet(release.bag_why or "The bag is being made. Look again in a minute.")
    tags = {name: content.encode() for name, content in release.bag.items()}
    tags[bag.SIGNATURE] = base64.b64decode(tags[bag.SIGNATURE])
    folder = f"{release.version.packet.number}-version-{release.version.version}"
    return f"{folder}.zip", bag.chunks(folder, _content(release), tags)


def _content(release):
    snapshot = release.version.snapshot
    record, items = canonical(snapshot), canonical(listed(snapshot))
    return [
        bag.Item(bag.PDF, release.copy_sha256, release.copy_size, _of_vault(release.copy_sha256)),
        *(_written(name, data) for name, data in ((bag.RECORD, record), (bag.ITEMS, items))),
        *(bag.Item(each["name"], each["sha256"], each["size"], _of_vault(each["sha256"])) for each in release.files),
    ]


def _written(name, data):
    return bag.Item(name, hashlib.sha256(data).hexdigest(), len(data), lambda: io.BytesIO(data))


def _of_vault(sha256):
    return lambda: vault.opened(sha256)
