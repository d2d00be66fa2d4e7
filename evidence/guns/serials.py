"""Serial numbers: the key under which two spellings of one number meet. Pure.

The rules are those of the NCIC gun file: capitals, blanks and hyphens say nothing, and the letter O is read as zero.
The key is for finding, never for showing.
"""

import re
import unicodedata

NOT_KEY = re.compile(r"[^A-Z0-9]+")
# What people write where there is no number to read.
ABSENT = frozenset(
    (
        "NONE",
        "N0NE",
        "NA",
        "UNK",
        "UNKN0WN",
        "0BLITERATED",
        "0BLIT",
        "N0SERIAL",
        "N0TVISIBLE",
        "REM0VED",
        "DEFACED",
    )
)


def serial_key(serial: str) -> str:
    """The key of a serial number as typed, "" when it names no number. At most 40 characters."""
    text = unicodedata.normalize("NFKC", serial).upper()
    key = NOT_KEY.sub("", text).replace("O", "0")
    return "" if key in ABSENT or not key.strip("0X") else key[:40]
