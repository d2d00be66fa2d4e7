"""A packet to carry away: a bag (RFC 8493) in a zip, made as it is read. Pure.

The same items give the same bytes: nothing is packed, no time but a fixed one is written, items stand in the order of
their names. So a zip can be compared with the one that its items make, and what was changed around them is found.
"""

import hashlib
import re
import struct
import unicodedata
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, NamedTuple

CHUNK = 256 * 1024
MOST = 0xFFFFFFFF  # a zip without its extension for more
MOST_ITEMS = 2000
PAYLOAD = "manifest-sha256.txt"
TAGS = "tagmanifest-sha256.txt"
SIGNATURE = "signature.p7s"
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
# 1 January 1980, the first day that a zip knows.
DAY, FLAGS, VERSION, MADE_BY = 0x0021, 0x0808, 20, 0x031E
MODE = 0o100644 << 16
SAFE = re.compile(r"[^A-Za-z0-9._-]+")


class TooLarge(ValueError):  # noqa: N818 - said to a person as it is
    """More than a zip of this kind holds."""


class Item(NamedTuple):
    """One file of a bag: its name below `data/`, its SHA-256, its size in bytes, and what opens it."""

    name: str
    sha256: str
    size: int
    opened: Callable[[], BinaryIO]


def safe_name(name: str, number: int) -> str:
    """A name for a file of a bag out of one that came from outside: no folders, nothing but letters, digits, points,
    dashes and underscores, at most 80 long, and told from all others by its number.
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFKD", name))[-1]
    plain = SAFE.sub("-", last.encode("ascii", "ignore").decode()).strip(".-")
    stem, dot, ending = plain.rpartition(".")
    if len(plain) > 80:
        plain = f"{stem[:70]}{dot}{ending[:9]}" if dot else plain[:80]
    return f"files/{number:03}-{plain or 'file'}"


def tag_files(items: Iterable[Item], info: dict[str, str]) -> dict[str, bytes]:
    """The tag files of a bag, {name: content}, but for the signature of the last of them, which lists the others."""
    items = sorted(items)
    oxum = f"{sum(each.size for each in items)}.{len(items)}"
    lines = [f"{name}: {' '.join(value.split())}\n" for name, value in (info | {"Payload-Oxum": oxum}).items()]
    made = {
        "bag-info.txt": "".join(lines).encode(),
        "bagit.txt": DECLARED,
        PAYLOAD: "".join(f"{each.sha256}  data/{each.name}\n" for each in items).encode(),
    }
    sums = "".join(f"{hashlib.sha256(made[name]).hexdigest()}  {name}\n" for name in sorted(made))
    return made | {TAGS: sums.encode()}


def chunks(folder: str, items: Iterable[Item], tags: dict[str, bytes]) -> Iterator[bytes]:
    """The bytes of the zip: tag files first, then what lies below `data/`, each in the order of its names. Raises
    TooLarge before the first byte.
    """
    items = sorted(items)
    if sum(each.size for each in items) > MOST // 2 or len(items) > MOST_ITEMS:
        raise TooLarge("This is more than one bag holds. Leave files out.")
    files = [(f"{folder}/{name}", [tags[name]]) for name in sorted(tags)]
    return zipped([*files, *((f"{folder}/data/{each.name}", _read(each.opened)) for each in items)])


def _read(opened):
    with opened() as file:
        yield from iter(lambda: file.read(CHUNK), b"")


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> Iterator[bytes]:
    """A zip of files that are stored as they are, {name: pieces of the content}; sizes follow each content."""
    at, entries = 0, []
    for name, pieces in files:
        written = name.encode()
        head = struct.pack("<IHHHHHIIIHH", 0x04034B50, VERSION, FLAGS, 0, 0, DAY, 0, 0, 0, len(written), 0) + written
        yield head
        crc = size = 0
        for piece in pieces:
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            yield piece
        yield struct.pack("<IIII", 0x08074B50, crc, size, size)
        entries.append((written, crc, size, at))
        at += len(head) + size + 16
    listed = b"".join(_entry(*each) for each in entries)
    yield listed
    yield struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(entries), len(entries), len(listed), at, 0)


def _entry(name, crc, size, at):
    start = struct.pack("<IHHHHHH", 0x02014B50, MADE_BY, VERSION, FLAGS, 0, 0, DAY)
    return start + struct.pack("<IIIHHHHHII", crc, size, size, len(name), 0, 0, 0, 0, MODE, at) + name
