"""Parts of a file, one after the other, as a file of their own: a signature covers what lies before and behind it, and
an item that a zip stores as it is lies within. Pure; nothing is taken into memory.
"""

import io
from collections.abc import Iterable
from typing import BinaryIO


class Ranges(io.RawIOBase):
    """The bytes of a file in some ranges [first, last)."""

    def __init__(self, file: BinaryIO, ranges: Iterable[tuple[int, int]]):
        super().__init__()
        self.file, self.ranges, self.at = file, list(ranges), 0

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self.at

    def seek(self, offset, whence=io.SEEK_SET):
        """As of any file: from the beginning, from here, or from the end."""
        start = (0, self.at, sum(last - first for first, last in self.ranges))[whence]
        self.at = max(start + offset, 0)
        return self.at

    def readinto(self, buffer):
        """Bytes as they come: fewer where a range ends."""
        past = self.at
        for first, last in self.ranges:
            if past < last - first:
                self.file.seek(first + past)
                read = self.file.read(min(len(buffer), last - first - past))
                buffer[: len(read)] = read
                self.at += len(read)
                return len(read)
            past -= last - first
        return 0
