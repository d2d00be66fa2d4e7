"""Whether a file is a packet as it was sealed, and where it was changed if not. Pure; needs nothing but the
certificates that the seal is known by.

A file that anybody may send is not unpacked and not read as a PDF: of a PDF only the signed range and the signature
are looked at, of a bag only what is stored as it is; of neither is more in memory than a piece at a time.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from typing import BinaryIO, NamedTuple

from asn1crypto import x509

from leads.packets import bag
from leads.packets.ranges import Ranges
from leads.packets.signatures import BROKEN, check_signature

RANGE = re.compile(rb"/ByteRange \[0 (\d{1,12}) (\d{1,12}) (\d{1,12}) *\]")
SAID = re.compile(rb"/Reason \(((?:[^()\\]|\\[0-7]{3}){1,200})\)")
MARKS = re.compile(rb"/Sig|ETSI\.CAdES")
MOST_SIGNATURE = 200_000
# How much of the end of a PDF is looked through for its seal: this, and what a signature may take.
TAIL = MOST_SIGNATURE + 300_000
# The list at the end of a zip, which is read into memory as a whole: as long as that of the largest bag.
MOST_LISTED = (bag.MOST_ITEMS + 8) * 300
SIGNED_RANGE = "the signed range"
THE_SIGNATURE = "the signature"
AROUND = "the zip around the items"
NOT_SEALED = "This PDF has no seal."
NOT_A_PACKET = "This is neither a PDF nor a bag."


class Verdict(NamedTuple):
    """What was found: `kind` "pdf", "bag" or "" for anything else, what was `changed` (names of items), a sentence on
    what else is `wrong`, what the seal `said` it is of, the SHA-256 of the sealed PDF, and when an
    authority for time `stamped` its seal, if any did.
    """

    kind: str
    changed: tuple[str, ...] = ()
    wrong: str = ""
    said: str = ""
    sha256: str = ""
    stamped: datetime | None = None

    @property
    def is_authentic(self) -> bool:
        return bool(self.kind) and not self.changed and not self.wrong


def check(file: BinaryIO, roots: Iterable[x509.Certificate]) -> Verdict:
    """Look at a file from its beginning, a piece at a time."""
    file.seek(0)
    start = file.read(4)
    if start == b"%PDF":
        return check_pdf(file, roots)
    # The first bytes of a bag may be what was changed: the end of a zip is known as well.
    if start == b"PK\x03\x04" or zipfile.is_zipfile(file):
        return check_bag(file, roots)
    return check_pdf(file, roots) if RANGE.search(_tail(file)) else Verdict("", wrong=NOT_A_PACKET)


# --- a PDF ----------------------------------------------------------------------------------------------------------


def check_pdf(file: BinaryIO, roots: Iterable[x509.Certificate]) -> Verdict:
    """The seal of a PDF covers all of it but itself; so what was changed is the one or the other."""
    sha256, bears_one = _read_through(file)
    tail, size = _tail(file), file.seek(0, io.SEEK_END)
    found, said = RANGE.findall(tail), _said(tail)
    if not found:
        return Verdict("pdf", (SIGNED_RANGE,) if bears_one else (), "" if bears_one else NOT_SEALED, sha256=sha256)
    first, second, rest = map(int, found[-1])
    if not (0 < first < second <= size == second + rest) or second - first > MOST_SIGNATURE:
        return Verdict("pdf", (SIGNED_RANGE,), said=said, sha256=sha256)
    file.seek(first)
    signature = _unwrapped(file.read(second - first))
    covered = Ranges(file, [(0, first), (second, size)])
    seal = check_signature(covered, signature, roots) if signature else BROKEN
    changed = (*(() if seal.content else (SIGNED_RANGE,)), *(() if seal.itself else (THE_SIGNATURE,)))
    return Verdict("pdf", changed, said=said, sha256=sha256, stamped=seal.stamped)


def _tail(file):
    """The end of a file, where a signature stands that was appended last."""
    file.seek(max(file.seek(0, io.SEEK_END) - TAIL, 0))
    return file.read(TAIL)


def _read_through(file):
    """(SHA-256 of a file, whether it bears anything of a seal)."""
    file.seek(0)
    digest, bears_one, before = hashlib.sha256(), False, b""
    for piece in iter(lambda: file.read(bag.CHUNK), b""):
        digest.update(piece)
        bears_one = bears_one or bool(MARKS.search(before + piece))
        before = piece[-16:]
    return digest.hexdigest(), bears_one


def _said(data):
    """What the signature says that it is of; signs other than letters and digits are written by their number."""
    found = SAID.findall(data)
    return (
        re.sub(rb"\\([0-7]{3})", lambda sign: bytes([int(sign[1], 8) & 0xFF]), found[-1]).decode("latin-1")
        if found
        else ""
    )


def _unwrapped(gap):
    """The signature out of its place in a PDF, <hex with zeros behind>, or None where a single sign is another one."""
    if not re.fullmatch(rb"<(?:[0-9A-F]{2})+>", gap):
        return None
    raw = bytes.fromhex(gap[1:-1].decode())
    try:
        size = _length(raw)
    except IndexError:
        return None
    return raw[:size] if not any(raw[size:]) else None


def _length(der):
    """The length of a DER value with its head."""
    if der[1] < 0x80:
        return der[1] + 2
    many = der[1] & 0x7F
    return int.from_bytes(der[2 : 2 + many]) + 2 + many


# --- a bag ----------------------------------------------------------------------------------------------------------


def check_bag(file: BinaryIO, roots: Iterable[x509.Certificate]) -> Verdict:
    """Each item of a bag against its hash, the hashes against their signature, and the zip against the one that these
    items make.
    """
    roots = list(roots)
    try:
        if not _is_listed_shortly(file):
            return Verdict("bag", (AROUND,))
        with zipfile.ZipFile(file) as opened:
            names = [each.filename for each in opened.infolist()]
            if not _is_stored(opened, file):
                return Verdict("bag", (AROUND,))
            found = {name: _hashed(opened, name) for name in names}
            return _compared(file, opened, names, found, roots)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, KeyError, RuntimeError):
        return Verdict("bag", (AROUND,))


def _is_listed_shortly(file):
    """Whether a zip ends as ours do, by what says how long its list is, and that is no longer than a bag's."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(size - 42, 0))
    large, end = (tail := file.read())[:-22], tail[-22:]
    return (
        end[:4] == b"PK\x05\x06"
        and end[20:] == b"\0\0"
        and not large.startswith(b"PK\x06\x07")
        and int.from_bytes(end[12:16], "little") <= MOST_LISTED
    )


def _is_stored(opened, file):
    """Whether nothing is packed or named twice, so that it cannot grow beyond the file it came in, and all names are
    plain.
    """
    infos = opened.infolist()
    size = file.seek(0, io.SEEK_END)
    stored = all(each.compress_type == zipfile.ZIP_STORED and not each.flag_bits & 0x1 for each in infos)
    plain = all(re.fullmatch(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+){1,3}", each.filename) for each in infos)
    once = len({each.filename for each in infos}) == len(infos) <= bag.MOST_ITEMS + 8
    return stored and plain and once and sum(each.file_size for each in infos) <= size


def _hashed(opened, name):
    """The SHA-256 of an item, or "" where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with opened.open(name) as item:
            for piece in iter(lambda: item.read(bag.CHUNK), b""):
                digest.update(piece)
    except (zipfile.BadZipFile, EOFError, NotImplementedError):
        return ""
    return digest.hexdigest()


def _stored(file, info):
    """An item that was read whole before, where it lies in its zip."""
    file.seek(info.header_offset + 26)
    lengths = file.read(4)
    first = info.header_offset + 30 + int.from_bytes(lengths[:2], "little") + int.from_bytes(lengths[2:], "little")
    return io.BufferedReader(Ranges(file, [(first, first + info.file_size)]), bag.CHUNK)


def _small(opened, name):
    """The content of a tag file, b"" where it cannot be read."""
    try:
        if opened.getinfo(name).file_size > bag.MOST_ITEMS * 300:
            return b""
        return opened.read(name)
    except (KeyError, zipfile.BadZipFile):
        return b""


def _compared(file, opened, names, found, roots):
    folder = names[0].partition("/")[0] if names else ""
    short = {name.removeprefix(f"{folder}/"): name for name in names}
    tags = _small(opened, f"{folder}/{bag.TAGS}")
    seal = check_signature(tags, _small(opened, f"{folder}/{bag.SIGNATURE}"), roots)
    changed = [] if seal.itself else [bag.SIGNATURE]
    changed += [] if seal.content else [bag.TAGS]
    listed = (tags, _small(opened, f"{folder}/{bag.PAYLOAD}"))
    expected = {name: digest for each in listed for name, digest in bag.sums(each.decode("utf-8", "replace")).items()}
    for name, digest in expected.items():
        if found.get(short.get(name, "")) != digest:
            changed.append(name)
    changed += [name for name in short if name not in expected and name not in (bag.TAGS, bag.SIGNATURE)]
    pdf = f"{folder}/data/{bag.PDF}"
    inside = check_pdf(_stored(file, opened.getinfo(pdf)), roots) if found.get(pdf) else Verdict("pdf")
    if not changed and inside.changed:
        changed.append(f"data/{bag.PDF}")
    if not changed and not _is_its_own_zip(file, opened, names):
        changed.append(AROUND)
    return inside._replace(kind="bag", changed=tuple(dict.fromkeys(changed)))


def _is_its_own_zip(file, opened, names):
    """Whether a zip is to the byte the one that its items make."""

    def pieces(name):
        with opened.open(name) as item:
            yield from iter(lambda: item.read(bag.CHUNK), b"")

    digest, hasher = hashlib.sha256(), hashlib.sha256()
    for piece in bag.zipped((name, pieces(name)) for name in names):
        digest.update(piece)
    file.seek(0)
    for piece in iter(lambda: file.read(bag.CHUNK), b""):
        hasher.update(piece)
    return digest.digest() == hasher.digest()
