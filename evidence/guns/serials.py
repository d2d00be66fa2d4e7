"""Serial numbers: how one is shown, and the keys under which two spellings of one number meet. Pure.

Four keys, from strict to tolerant; all are for finding, none is ever shown:

- `serial_key`: the rule of the NCIC gun file: capitals, blanks and hyphens say nothing, the letter O is read as zero.
  Two guns are the same only by this key (and by their maker).
- `frame_key`: the second NCIC rule: letters between digits say nothing, those in front and behind do.
- `misread_key`: what an eye takes for another: O and 0, I and 1 and l, B and 8, S and 5. It suggests, never decides.
- a pattern (`evidence.guns.patterns`) where characters could not be read.
"""

import re
import unicodedata
from typing import NamedTuple

LONGEST = 40
NOT_KEY = re.compile(r"[^A-Z0-9]+")
MISREAD = str.maketrans("OILBS", "01185")
EMBEDDED = re.compile(r"(?<=[0-9])[A-Z]+(?=[0-9])")
# What people write where there is no number to read, as keys.
ABSENT = {
    "NONE", "N0NE", "NA", "NIL", "UNK", "UNKN", "UNKN0WN", "0BLITERATED", "0BLIT", "N0SERIAL", "N0SERIALNUMBER",
    "N0TVISIBLE", "REM0VED", "DEFACED", "UNREADABLE", "ILLEGIBLE", "REDACTED", "SCRATCHED", "UNSERIALIZED",
    "N0NUMBER", "TBD", "ALTERED", "GR0UND0FF", "FILED0FF", "N0TKN0WN", "N0TAVAILABLE",
}  # fmt: skip
UNREADABLE = "?*"


class Serial(NamedTuple):
    """A serial number as read.

    shown: as it is written on the gun, or in brackets the reason why there is none ("(obliterated)"); "" when nothing
    is said. status: "read", "partial" (some characters are unreadable), "obliterated", "removed", "redacted", "none"
    (the gun never had one), "unknown" or "". typed: the words it was read from.
    """

    shown: str
    status: str
    typed: str
    confidence: float
    reason: str

    @property
    def key(self) -> str:
        return serial_key(self.shown) if self.status == "read" else ""


NOTHING_SAID = Serial("", "", "", 0.0, "no serial number is said")


def serial_key(serial: str) -> str:
    """The key of a serial number as typed, "" when it names no number. At most 40 characters."""
    key = _plain(serial).replace("O", "0")
    return "" if key in ABSENT or not key.strip("0X") else key[:LONGEST]


def frame_key(serial: str) -> str:
    """The key without the letters between digits: 369J257 is 369257. "" when it names no number.

    Source: the NCIC gun file matches so; letters in front of the digits and behind them count.
    """
    return EMBEDDED.sub("", serial_key(serial))


def misread_key(serial: str) -> str:
    """The key in which characters that look alike are one: O 0, I 1 l, B 8, S 5. "" when it names no number."""
    return serial_key(serial) and _plain(serial).translate(MISREAD)[:LONGEST]


def shown_as(typed: str, maker: str = "") -> str:
    """The number as it stands on the gun: capitals, no blanks; a small l between capitals or digits is a 1.

    Hyphens stay, for some makers strike them, but for those that never do.
    """
    text = unicodedata.normalize("NFKC", typed).strip(" .,;:()[]'\"#")
    if not any(each.islower() and each != "l" for each in text):
        text = text.replace("l", "1")
    text = re.sub(r"\s+", "", text.upper()).strip("-/.")
    return text.replace("-", "") if maker in WITHOUT_HYPHEN else text


# Their numbers are letters and digits without a break; a hyphen is the writer's.
WITHOUT_HYPHEN = frozenset(("Glock", "SCCY", "Taurus", "Hi-Point"))


def _plain(text):
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return NOT_KEY.sub("", text.upper())
