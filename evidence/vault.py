"""Where stored files lie: each under the SHA-256 of its content, outside of any web root, readable by the portal alone.

A name that came from outside never becomes a path. The bytes decide what a file is, not its name nor what a browser
says.
"""

import hashlib
import os
import re
import tempfile
import unicodedata
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from evidence.imports import containers
from evidence.imports.findings import ImportProblem

CHUNK = 1024 * 1024
HASH = re.compile(r"^[0-9a-f]{64}$")
OFFICE = "application/vnd.openxmlformats-officedocument"
SIGNATURES = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"RIFF", "application/octet-stream"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)
PARTS = {
    "xl/workbook.xml": f"{OFFICE}.spreadsheetml.sheet",
    "word/document.xml": f"{OFFICE}.wordprocessingml.document",
    "content.xml": "application/vnd.oasis.opendocument.spreadsheet",
}


class Kept(NamedTuple):
    """What was put into the vault: SHA-256 as hexadecimal text, media type read from the content, size in bytes."""

    sha256: str
    kind: str
    size: int


class TooLarge(ValueError):  # noqa: N818 - said to a person as it is
    """The file has more bytes than is accepted."""


class Gone(ValueError):  # noqa: N818 - said to a person as it is
    """A file that was stored is no longer there."""

    def __init__(self):
        super().__init__("The stored file is gone. Upload it again.")


def keep(chunks, limit):
    """Stream chunks of bytes into the vault. Raises TooLarge beyond `limit` bytes; then nothing is left behind.

    The file appears under its hash by one rename, so that a killed process leaves no half file under a whole name.
    """
    root = _root()
    handle, temporary = tempfile.mkstemp(dir=root, prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as file:
            digest, size = _copy(chunks, file, limit)
            file.flush()
            os.fsync(file.fileno())
        kind = sniff(temporary)
        target = path(digest)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return Kept(digest, kind, size)


def _copy(chunks, file, limit):
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"This file has more than {limit // 1048576} MB, which is more than is accepted.")
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest(), size


def _root():
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


def path(sha256):
    """The place of a stored file. Raises ValueError for anything that is no hash."""
    if not HASH.match(sha256):
        raise ValueError("A stored file is named by its SHA-256.")
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def discard(sha256):
    """Take a file out again; for one that was refused and that no record names."""
    path(sha256).unlink(missing_ok=True)


def sniff(place):
    """The media type of a file by its content: text is text/plain, what is unknown is application/octet-stream."""
    with open(place, "rb") as file:
        head = file.read(4096)
    if head.startswith(b"PK\x03\x04"):
        return _container(place)
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "text/plain"
    return "application/octet-stream" if b"\0" in head else "text/plain"


def _container(place):
    try:
        with open(place, "rb") as file:
            names = set(containers.directory(file).namelist())
    except ImportProblem:
        return "application/zip"
    return next((kind for part, kind in PARTS.items() if part in names), "application/zip")


def plain_name(name):
    """A file's name fit to be shown: no folders, no control or direction-changing characters, at most 200 long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(character for character in last if unicodedata.category(character)[0] != "C").strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > 200:
        kept = f"{stem[:190]}{dot}{ending[:9]}" if dot else kept[:200]
    return kept or "file"
