"""ZIP containers (XLSX, ODS, DOCX) opened with a guard: what would unpack to something huge is refused before it is
unpacked.
"""

import zipfile

from evidence.imports.findings import ImportProblem

MAX_ENTRIES = 2_000
# The directory of so many entries with long names; a longer one is not read at all.
MAX_DIRECTORY = 2 * 1024 * 1024
MAX_UNPACKED = 400 * 1024 * 1024
MAX_RATIO = 200
RATIO_APPLIES_FROM = 20 * 1024 * 1024
ARCHIVES = (".zip", ".xlsx", ".xlsm", ".ods", ".docx", ".gz", ".7z", ".rar", ".bz2", ".xz")
CHUNK = 1024 * 1024


def open_container(file):
    """A ZipFile whose directory was checked: number of entries, unpacked size, ratio, nested archives, encryption.

    Raises ImportProblem. The sizes in the directory may lie, so `read` and `stream` count again while unpacking.
    """
    container = directory(file)
    _check_entries(container.infolist())
    return container


def directory(file):
    """A ZipFile of which nothing but its length was checked. Raises ImportProblem when it is cut or far too long."""
    try:
        return zipfile.ZipFile(_Bounded(file))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise ImportProblem(
            "This file is incomplete: its end is missing, as after an interrupted download. Get it again and load it "
            "whole."
        ) from error


class _Bounded:
    """A file that is never read more at once than a directory may be long: ZipFile reads that as a whole, and makes
    ten times as much of it.
    """

    def __init__(self, file):
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size=-1):
        if size > MAX_DIRECTORY:
            raise ImportProblem("This file holds far too many parts for a workbook. Save it anew as CSV.")
        return self._file.read(size)


def _check_entries(entries):
    if len(entries) > MAX_ENTRIES:
        raise ImportProblem(
            f"This file holds {len(entries):,} parts; an ordinary workbook has a few dozen. Save it anew as CSV."
        )
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    if unpacked > MAX_UNPACKED or (unpacked > RATIO_APPLIES_FROM and unpacked / packed > MAX_RATIO):
        raise ImportProblem(
            f"This file would unpack to {unpacked // 1048576:,} MB, which is more than is accepted. Split it, or "
            f"save it as CSV."
        )
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise ImportProblem("This file is protected with a password. Remove the password and load it again.")
        if entry.filename.lower().endswith(ARCHIVES) and "embeddings/" not in entry.filename:
            raise ImportProblem("This is an archive with other archives in it. Unpack it and load the table itself.")


def stream(container, name, limit=MAX_UNPACKED):
    """Yield the bytes of one part in chunks; raises ImportProblem when it is cut, damaged or longer than it said."""
    total = 0
    try:
        with container.open(name) as part:
            while chunk := part.read(CHUNK):
                total += len(chunk)
                if total > limit:
                    raise ImportProblem(
                        "A part of this file is far larger than it says. Save it anew as CSV and load that."
                    )
                yield chunk
    except ImportProblem:
        raise
    except Exception as error:  # zlib, lzma, bad CRC, unknown method: each library has its own class for "damaged"
        raise ImportProblem("This file is damaged and cannot be unpacked. Get it again, or save it anew.") from error


def read(container, name, limit=64 * 1024 * 1024):
    """The whole of one part as bytes, at most `limit`."""
    return b"".join(stream(container, name, limit))
