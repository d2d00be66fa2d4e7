"""From the files of a packet to the tag files of their bag (RFC 8493), which the library of the Library of Congress
makes in a process of its own.
"""

import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from leads.packets import bag

log = logging.getLogger(__name__)
BAGGER = Path(__file__).with_name("bagger.py")
LONGEST = 300
ALTERED = (
    "A file of this packet is not what it was when it was released. Tell your administrator: File alarms say more."
)


class BagError(ValueError):
    """The bag could not be made."""


def tag_files(items: Iterable[bag.Item], info: dict[str, str]) -> dict[str, str]:
    """{name: content} of the tag files of a bag, but for the signature of the last of them, which lists the others. The
    same items and words give the same. Raises BagError, bag.TooLarge, and what opening an item raises.
    """
    items = bag.few(items)
    with tempfile.TemporaryDirectory(prefix="cgic-bag-") as folder:
        for item in items:
            _lay(item, Path(folder, item.name))
        _run({"folder": folder, "info": {name: " ".join(value.split()) for name, value in info.items()}})
        made = {name: Path(folder, name).read_text(encoding="utf-8") for name in bag.TAG_FILES}
    if bag.sums(made[bag.PAYLOAD]) != {f"data/{item.name}": item.sha256 for item in items}:
        raise BagError(ALTERED)
    return made


def _lay(item, place):
    """A file on the same disk gets a second name, any other is copied: the library takes none that is pointed to."""
    place.parent.mkdir(exist_ok=True)
    with item.opened() as opened:
        try:
            os.link(opened.name, place)
        except (AttributeError, TypeError, OSError):
            with place.open("wb") as file:
                shutil.copyfileobj(opened, file, bag.CHUNK)


def _run(asked):
    command = [sys.executable, "-I", str(BAGGER)]
    try:
        done = subprocess.run(command, input=json.dumps(asked).encode(), capture_output=True, timeout=LONGEST)
    except subprocess.TimeoutExpired as error:
        raise BagError(f"The bag was not made within {LONGEST // 60} minutes. Release fewer files.") from error
    if done.returncode:
        log.error("The bag was not made: %s", done.stderr.decode(errors="replace")[-2000:])
        raise BagError("The bag could not be made. Tell your administrator: the log of the worker says why.")
