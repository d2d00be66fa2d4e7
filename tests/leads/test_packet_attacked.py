"""The public check takes what strangers send: it reads a piece at a time, unpacks nothing, and ends soon."""

import io
import struct
import time
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.packets import bag, checking, signing
from leads.packets.ranges import Ranges

ROOTS = signing.certificates(signing.self_made("Tri-Rivers CGIC", datetime.now(UTC))[1])
MEGABYTE = 2**20
LARGE = 16 * MEGABYTE
RANGE = b"/ByteRange [0 %d %d %d]"


def zeros(size):
    return (bytes(MEGABYTE) for _ in range(size // MEGABYTE))


def sealed_in_looks(size):
    """A file that looks like a PDF with a seal over all of it, with one large object."""
    gap, start = b"<" + b"00" * 20_000 + b">", b"%PDF-1.7 1 0 obj stream "
    first = len(start) + size
    end = RANGE % (first, first + len(gap), 50)
    return [start, *zeros(size), gap, end.ljust(50)]


def flat(*pieces):
    return b"".join(pieces)


FILES = {
    "a PDF with a large object": lambda: sealed_in_looks(LARGE),
    "a PDF without an end": lambda: [b"%PDF", *zeros(LARGE)],
    "a bag with a large item": lambda: bag.zipped(
        [("x/bagit.txt", [b""]), ("x/data/packet.pdf", sealed_in_looks(LARGE))]
    ),
    "anything": lambda: zeros(LARGE),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_large_file_is_never_in_memory(kind, tmp_path):
    with (tmp_path / "sent").open("w+b") as file:
        file.writelines(FILES[kind]())
        tracemalloc.start()
        try:
            found = checking.check(file, ROOTS)
            _now, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert not found.is_authentic
    assert most < 6 * MEGABYTE


def packed():
    """A kilobyte that unpacks to sixteen megabytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("x/bagit.txt", bytes(LARGE))
    return file.getvalue()


def overlapping():
    """Items that all lie in the same place of the zip, so that together they are far more than it."""
    whole = flat(*bag.zipped([("x/a", zeros(MEGABYTE))]))
    listed = whole.index(b"PK\x01\x02")
    entry = whole[listed : listed + 46 + 3]
    entries = flat(*(entry[:46] + b"x/%03d" % number for number in range(900)))
    entries = entries.replace(entry[:30], entry[:28] + struct.pack("<H", 5))
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 900, 900, len(entries), listed, 0)
    return whole[:listed] + entries + end


HOSTILE = {
    "packed": packed,
    "overlapping": overlapping,
    "ten thousand items": lambda: flat(*bag.zipped((f"x/{number}", [b""]) for number in range(10_000))),
    "many ranges": lambda: b"%PDF" + RANGE % (9, 9, 9) * 40_000,
    "many reasons": lambda: b"%PDF" + b"/Reason (\\000" * 60_000 + RANGE % (4, 9, 9),
    "reasons that never end": lambda: b"%PDF" + b"/Reason (" + b"a" * 500_000 + RANGE % (4, 9, 9),
    "a signature of lengths alone": lambda: b"%PDF<" + b"30840000FFFF" * 15_000 + b">" + RANGE % (4, 180_006, 30),
    "a zip in a zip": lambda: flat(*bag.zipped([("x/data/packet.pdf", [packed()])])),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_made_to_take_long_is_answered_soon(kind):
    content = HOSTILE[kind]()
    began = time.process_time()
    found = checking.check(io.BytesIO(content), ROOTS)
    assert not found.is_authentic
    assert found.wrong or found.changed
    assert time.process_time() - began < 3


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda span: (span[0], sum(span))), max_size=4)


@given(st.binary(min_size=80, max_size=80), SPANS, st.integers(0, 90), st.integers(0, 30))
def test_ranges_of_a_file_are_its_slices(content, spans, at, many):
    whole = flat(*(content[first:last] for first, last in spans))
    ranges = Ranges(io.BytesIO(content), spans)
    assert io.BufferedReader(ranges).read() == whole
    again = io.BufferedReader(Ranges(io.BytesIO(content), spans), 7)
    again.seek(at)
    assert again.read(many) == whole[at : at + many]
    assert again.seek(0, io.SEEK_END) == len(whole)
