"""Makes a bag of a folder with the library of the Library of Congress: {"folder", "info"} comes by standard input as
JSON.

Run by path in a process of its own (`leads.packets.bagging`): the library works in the folder that its whole process is
in, which elsewhere is that of others as well.
"""

import json
import sys
from pathlib import Path

import bagit

# The library declares 0.97, the draft before RFC 8493, which says 1.0; it reads both.
DECLARED = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def bag(folder, info):
    """Move what lies in a folder below its `data/`, and write its tag files beside it, the same for the same content:
    the library lists them in the order in which the disk has them.
    """
    bagit.make_bag(str(folder), info, checksums=["sha256"])
    (folder / "bagit.txt").write_bytes(DECLARED)
    found = bagit.Bag(str(folder))
    found.save()
    tags = folder / "tagmanifest-sha256.txt"
    tags.write_bytes(b"".join(sorted(tags.read_bytes().splitlines(keepends=True), key=lambda line: line.split()[1])))


def main():
    asked = json.load(sys.stdin.buffer)
    bag(Path(asked["folder"]), asked["info"])


if __name__ == "__main__":
    main()
