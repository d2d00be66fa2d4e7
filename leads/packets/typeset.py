"""From what pages say to a PDF: a process of its own sets them, one at a time on a machine.

The typesetter takes some two megabytes for a page and gives nothing back while its process lives; in a process of its
own all of it is given back, and what breaks it does not break the worker (ADR 39).
"""

import fcntl
import json
import logging
import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from leads.packets import glyphs

log = logging.getLogger(__name__)
PRESS = Path(__file__).with_name("press.py")
# Of requirements/assets.txt; the typesetter takes their folder.
FONTS = tuple(
    settings.BASE_DIR / "static" / name
    for name in (
        "vendor/typeset/PublicSans-Regular.ttf",
        "vendor/typeset/PublicSans-SemiBold.ttf",
        "vendor/typeset/PublicSans-Bold.ttf",
    )
)
LONGEST = 240
# Seconds between two looks whether the lock is free.
LOOK = 0.1


class PressError(ValueError):
    """The pages could not be set."""


class Pages(NamedTuple):
    """A PDF, and how many pages it has."""

    content: bytes
    count: int


def pdf(data, wait=None):
    """The bytes of a PDF (PDF/A-3a, PDF/UA-1) and how many pages it has. The same data give the same bytes, in every
    process. Raises PressError.

    wait: for how many seconds other pages that are being set are waited for, else as long as they take.
    """
    head, _newline, content = _pressed(data, wait).partition(b"\n")
    return Pages(content, int(head))


def _pressed(data, wait):
    at = datetime(*(data[name] for name in ("year", "month", "day", "hour", "minute", "second")), tzinfo=UTC)
    seconds = int(at.timestamp())
    asked = {"data": glyphs.throughout(data), "fonts": str(FONTS[0].parent), "at": seconds, "longest": LONGEST}
    if not all(font.is_file() for font in FONTS):
        raise PressError("The fonts of the pages are missing: run `./dev setup`.")
    with _alone(wait) as handle:
        return _run(json.dumps(asked).encode(), handle)


def _run(asked, handle):
    command = [sys.executable, "-I", str(PRESS)]
    try:
        # It holds the lock as well: that of a worker that was killed sets its pages to the end, for nobody.
        done = subprocess.run(command, input=asked, capture_output=True, timeout=LONGEST, pass_fds=(handle,))
    except subprocess.TimeoutExpired as error:
        raise PressError(f"The pages were not set within {LONGEST // 60} minutes. Choose fewer sections.") from error
    if done.returncode:
        log.error("The typesetter ended with %s: %s", done.returncode, done.stderr.decode(errors="replace")[:2000])
        raise PressError("The pages could not be set. Choose fewer sections, or tell your administrator.")
    return done.stdout


def lock():
    """The file whose holder sets pages."""
    return Path(tempfile.gettempdir()) / f"cgic-typeset-{os.getuid()}"


@contextmanager
def _alone(wait):
    """While this process sets pages no other one on this machine does; a process that dies lets go of it when the
    typesetter that it started has ended as well.
    """
    handle = os.open(lock(), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        if wait is None:
            fcntl.flock(handle, fcntl.LOCK_EX)
        else:
            _take(handle, time.monotonic() + wait)
        yield handle
    finally:
        os.close(handle)


def _take(handle, until):
    """The lock, where it is free before a moment of this process's clock."""
    while True:
        try:
            return fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if time.monotonic() >= until:
                raise PressError("Other pages are being set. Try again in a minute.") from error
            time.sleep(LOOK)
