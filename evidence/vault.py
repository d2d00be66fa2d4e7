"""Where stored files lie: each under the SHA-256 of its content, outside of any web root, readable by the portal alone:
on a disk, or in an object store where one is configured.

A name that came from outside never becomes a path. The bytes decide what a file is, not its name nor what a browser
says. Where a virus scanner is configured, nothing comes in that it has not called clean.
"""

import hashlib
import logging
import os
import re
import tempfile
import time
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from evidence import kinds, pictures, scanner
from evidence.objects import StoreError

log = logging.getLogger(__name__)
CHUNK = 1024 * 1024
HASH = re.compile(r"^[0-9a-f]{64}$")
AWAY = "The store of files does not answer. Try again in some minutes, or tell your administrator."
sniff = kinds.sniff


class Kept(NamedTuple):
    """What was put into the vault: SHA-256 as hexadecimal text, media type read from the content, size in bytes, and
    whether a scanner has looked at it.
    """

    sha256: str
    kind: str
    size: int
    scanned: bool = False


class Unfit(ValueError):  # noqa: N818 - said to a person as it is
    """The file is not taken in."""


class TooLarge(Unfit):
    """The file has more bytes than is accepted."""


class Unstored(Unfit):
    """The store does not answer."""

    def __init__(self):
        super().__init__(AWAY)


class Unscanned(Unfit):
    """The scanner does not answer."""

    def __init__(
        self,
        says="The virus scanner does not answer, so no file is taken in or handed out. Try again in some minutes, or"
        " tell your administrator.",
    ):
        super().__init__(says)


class Unfathomed(Unscanned):
    """The scanner answers, and has not looked at all of this file."""

    def __init__(self):
        super().__init__(
            "This file is larger, or has more files inside each other, than the virus scanner looks through, so it was"
            " not taken in. Send it in smaller parts, or ask your administrator to raise the scanner's limits."
        )


class Infected(Unfit):
    """The scanner found something; `signature` is what it calls it."""

    def __init__(self, signature, sha256):
        super().__init__(
            "The virus scanner found something in this file, so it was not taken in. Your administrators are told."
        )
        self.signature, self.sha256 = signature, sha256


class Gone(ValueError):  # noqa: N818 - said to a person as it is
    """A file that was stored cannot be given out."""

    def __init__(self, says="The stored file is gone. Upload it again."):
        super().__init__(says)


class Away(Gone):
    """The store does not answer now; what was stored is there as far as is known."""

    def __init__(self):
        super().__init__(AWAY)


class NotYet(Gone):
    """What is asked for is being made."""


class Incoming(File):
    """A file beside its place in the vault: the disk takes it by one rename, an object store by reading it."""

    def temporary_file_path(self):
        return self.name


def keep(chunks, limit, *, only=None, scan=True):
    """Stream chunks of bytes into the vault. Raises an Unfit: TooLarge beyond `limit` bytes, another one for a kind
    that is none of `only`, Infected, Unscanned; then nothing is left behind.

    On a disk the file appears under its hash by one rename, so that a killed process leaves no half file under a whole
    name.
    """
    handle, temporary = tempfile.mkstemp(dir=_root(), prefix="incoming-")
    try:
        with os.fdopen(handle, "wb") as file:
            digest, size = _copy(chunks, file, limit)
            file.flush()
            os.fsync(file.fileno())
        kind = kinds.sniff(temporary)
        with open(temporary, "rb") as file:
            if only is not None:
                _fits(file, kind, only)
            scanned = scan and looked_at(file, digest)
            _put(digest, Incoming(file, name=temporary))
    finally:
        Path(temporary).unlink(missing_ok=True)
    return Kept(digest, kind, size, scanned)


def _fits(file, kind, only):
    if kind not in only:
        raise Unfit(f"This kind of file is not taken. Take {kinds.SAYS}.")
    if kind in kinds.DRAWN:
        try:
            pictures.measure(file)
        except pictures.Unreadable as problem:
            raise Unfit(str(problem)) from problem


def _put(sha256, content):
    try:
        default_storage.save(_name(sha256), content)
    except StoreError as error:
        log.error("A file was not stored: %s", error)
        raise Unstored from error


def _copy(chunks, file, limit):
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"This file has more than {limit // 1048576} MB, which is more than is accepted.")
        digest.update(chunk)
        file.write(chunk)
    return digest.hexdigest(), size


def looked_at(opened, sha256):
    """Whether the scanner called a file clean; False where none is configured. Raises Infected, Unscanned."""
    if not settings.CLAMD_ADDRESS:
        return False
    opened.seek(0)
    try:
        signature = scanner.scan(opened, settings.CLAMD_ADDRESS)
    except scanner.Silent as error:
        log.error("%s", error)
        raise (Unfathomed if isinstance(error, scanner.Beyond) else Unscanned)() from error
    if signature:
        raise Infected(signature[:120], sha256)
    return True


def _root():
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


def _name(sha256):
    if not HASH.match(sha256):
        raise ValueError("A stored file is named by its SHA-256.")
    return f"{sha256[:2]}/{sha256}"


def path(sha256):
    """The place of a stored file on the disk. Raises ValueError for anything that is no hash."""
    return Path(settings.MEDIA_ROOT) / _name(sha256)


def opened(sha256):
    """A stored file to read and to seek in. Raises Gone."""
    try:
        return default_storage.open(_name(sha256)).file
    except FileNotFoundError as error:
        raise Gone from error
    except StoreError as error:
        log.error("A file was not read: %s", error)
        raise Away from error


def digest(sha256):
    """The hash of what lies under a hash now, None when nothing does. Raises StoreError when that cannot be known."""
    try:
        with default_storage.open(_name(sha256)) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return None


def tidy(older=timedelta(days=1)):
    """Take out what was coming in when its process was killed; how many."""
    left = [each for each in _root().glob("incoming-*") if each.stat().st_mtime < time.time() - older.total_seconds()]
    for each in left:
        each.unlink(missing_ok=True)
    return len(left)


def discard(sha256):
    """Take a file out again; for one that was refused and that no record names."""
    default_storage.delete(_name(sha256))


def plain_name(name):
    """A file's name fit to be shown: no folders, no control or direction-changing characters, at most 200 long."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(character for character in last if unicodedata.category(character)[0] != "C").strip(" .")
    stem, dot, ending = kept.rpartition(".")
    if len(kept) > 200:
        kept = f"{stem[:190]}{dot}{ending[:9]}" if dot else kept[:200]
    return kept or "file"
