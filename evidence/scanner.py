"""The virus scanner: ClamAV's daemon, asked over a socket by its INSTREAM command. Pure.

Protocol: https://docs.clamav.net/manual/Usage/Scanning.html#clamd ("zINSTREAM\\0", then pieces with their length as
four bytes in network order, then a length of zero; the answer ends with a NUL).
"""

import socket
import struct

PIECE = 256 * 1024
CLEAN, FOUND = b"stream: OK", b" FOUND"
# What it says of a file that is beyond one of its limits: it has not looked at it, or not at all of it.
BEYOND = (b"INSTREAM size limit exceeded", b"stream: Heuristics.Limits.Exceeded")


class Silent(OSError):  # noqa: N818 - said to a person as it is
    """The scanner cannot be asked, or gave no answer that says yes or no."""


class Beyond(Silent):
    """The scanner answers, and does not look at this file, or not at all of it: a limit of its own is exceeded."""


def scan(opened, address, patience=60):
    """What the scanner calls the thing it found in a binary file, "" when it found nothing.

    address: "host:port", or "unix:/path" of a socket. patience: seconds for each step. Raises Silent for anything that
    is neither answer, Beyond where that lies in the file: a file that was not looked at is not clean.
    """
    try:
        with _connected(address, patience) as line:
            line.sendall(b"zINSTREAM\0")
            _send(opened, line)
            answer = _answer(line)
    except (OSError, ValueError) as error:
        raise Silent(f"the scanner at {address} does not answer: {error}") from error
    if answer == CLEAN:
        return ""
    if answer.startswith(BEYOND):
        raise Beyond(f"the scanner at {address} does not look through this file: {answer[:200]!r}")
    if answer.startswith(b"stream: ") and answer.endswith(FOUND):
        return answer[len(b"stream: ") : -len(FOUND)].decode("ascii", "replace") or "unnamed"
    raise Silent(f"the scanner at {address} says {answer[:200]!r}")


def is_there(address, patience=5):
    """Whether the scanner answers at all; then what it did not answer lies in the file."""
    try:
        with _connected(address, patience) as line:
            line.sendall(b"zPING\0")
            return _answer(line) == b"PONG"
    except (OSError, ValueError):
        return False


def _connected(address, patience):
    if address.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(patience)
        try:
            line.connect(address.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=patience)


def _send(opened, line):
    """A scanner that has heard enough answers and hangs up: then its answer counts, not the broken pipe."""
    try:
        while piece := opened.read(PIECE):
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def _answer(line):
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < 4096:
        piece = line.recv(4096)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\r\n ")
