"""A packet to carry away: a bag (RFC 8493) in a zip, made as it is read. Pure. The bag itself is made by
`leads.packets.bagging`.

The same items give the same bytes: nothing is packed, no time but a fixed one is written, items stand in the order of
their names. So a zip can be compared with the one that its items make, and what was changed around them is found.
"""

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
TAG_FILES = ("bag-info.txt", "bagit.txt", PAYLOAD, TAGS)
SIGNATURE = "signature.p7s"
# Below `data/`: the pages, what they say as data, and the hash of each item of that.
# Files that go along are in `files/`.
PDF, RECORD, ITEMS = "packet.pdf", "packet.json", "items.json"
SUM = re.compile(r"^([0-9a-f]{64}) {1,2}([^\n]+)$", re.MULTILINE)
# 1 January 1980, the first day that a zip knows.
DAY, FLAGS, VERSION, MADE_BY = 0x0021, 0x0808, 20, 0x031E
MODE = 0o100644 << 16
SAFE = re.compile(r"[^A-Za-z0-9._-]+")


class TooLarge(ValueError):
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


def sums(manifest: str) -> dict[str, str]:
    """{name: hash} of a manifest; a line that is none is left out, so that its item is missed."""
    return {name: digest for digest, name in SUM.findall(manifest)}


def few(items: Iterable[Item]) -> list[Item]:
    """Items in the order of their names. Raises TooLarge for more than a bag holds."""
    items = sorted(items)
    if sum(each.size for each in items) > MOST // 2 or len(items) > MOST_ITEMS:
        raise TooLarge("This is more than one bag holds. Leave files out.")
    return items


def chunks(folder: str, items: Iterable[Item], tags: dict[str, bytes]) -> Iterator[bytes]:
    """The bytes of the zip: tag files first, then what lies below `data/`, each in the order of its names. Raises
    TooLarge before the first byte.
    """
    items = few(items)
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
