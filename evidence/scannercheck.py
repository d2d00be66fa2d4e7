"""What a virus scanner's own limits make of it: it answers OK for what it did not look at, where it is not told to say
so. Shown to it are harmless files with the test string of EICAR, which every scanner knows. Pure.
"""

import io
import tempfile
import zipfile

from evidence import scanner

# In two parts: a file that begins with the whole of it would be found by scanners.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-" + rb"STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
PIECE = 1024 * 1024
DEEP = 40


def problems(address, largest):
    """What is wrong with the scanner at an address, one sentence each, for files of up to `largest` bytes."""
    if not scanner.is_there(address):
        return [f"No scanner answers at {address}. Start clamd, or correct CLAMD_ADDRESS."]
    if not _found(io.BytesIO(EICAR), address):
        return ["The scanner does not know the test string of EICAR: it has no signatures. Run freshclam."]
    with tempfile.TemporaryFile() as large:
        _fill(large, largest)
        return [*_beyond(large, address, largest), *_nested(address)]


def _beyond(large, address, largest):
    megabytes = largest // PIECE
    try:
        found = _found(large, address)
    except scanner.Beyond as refused:
        return [f"Files of {megabytes} MB are refused. Raise the limits of clamd ({refused})."]
    except scanner.Silent as silent:
        return [f"A file of {megabytes} MB was not looked through: {silent}."]
    if found:
        return []
    return [f"Files of {megabytes} MB are called clean without a look. Raise MaxFileSize and MaxScanSize."]


def _nested(address):
    try:
        if _found(_boxes(), address):
            return []
    except scanner.Beyond:
        return []
    return ["What is beyond the scanner's limits is called clean without a look. Set AlertExceedsMax to yes."]


def _found(opened, address):
    opened.seek(0)
    return bool(scanner.scan(opened, address))


def _fill(file, size):
    """An archive of about `size` bytes that begins with the test string."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("test.com", EICAR)
        with archive.open("padding", "w") as padding:
            for _ in range(size // PIECE - 1):
                padding.write(bytes(PIECE))


def _boxes():
    """The test string in archives inside each other, deeper than scanners look."""
    inner, name = EICAR, "test.com"
    for _ in range(DEEP):
        box = io.BytesIO()
        with zipfile.ZipFile(box, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, inner)
        inner, name = box.getvalue(), "box.zip"
    return io.BytesIO(inner)
