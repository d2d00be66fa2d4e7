"""What a scanner typed: the address on one of the portal's labels, a case with an exhibit number, or a place's code.

A keyboard-wedge scanner types as a keyboard does: in capitals when Caps Lock is on, with blanks before and after.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

EXHIBIT, PLACE, NUMBER, CODE, ELSEWHERE, NOTHING = "exhibit", "place", "number", "code", "elsewhere", "nothing"
PATH = re.compile(r"^/(exhibits|places)/(\d{1,18})/?$", re.IGNORECASE)
# "26-024310/3", "26-024310 3", "26-024310 exhibit 3".
PAIR = re.compile(r"^(?P<case>\S.*?)(?:\s*/\s*|\s+(?:(?:exhibit|ex\.?|item|#)\s*)?)(?P<number>\S+)$", re.IGNORECASE)
LONGEST = 200


@dataclass(frozen=True)
class Scan:
    """One scan: its kind, the id for an address, the case and the number for a pair, else the text itself."""

    kind: str
    text: str = ""
    pk: int = 0
    case: str = ""
    number: str = ""


def read(text, site):
    """What a scanned text means at the portal whose address is `site` ("https://portal.example"); never an error."""
    text = text.strip()[:LONGEST]
    if not text:
        return Scan(NOTHING)
    if "://" in text:
        return _address(text, site)
    if found := PATH.match(text):
        return _record(found, text)
    if found := PAIR.match(text):
        return Scan(NUMBER, text, case=found["case"], number=found["number"])
    return Scan(CODE, text)


def _address(text, site):
    """The label of another portal has numbers of its own: it must not open a record of this one."""
    try:
        host, path = urlsplit(text).netloc, urlsplit(text).path
    except ValueError:
        return Scan(ELSEWHERE, text)
    found = PATH.match(path)
    if host.lower() != urlsplit(site).netloc.lower() or not found:
        return Scan(ELSEWHERE, text)
    return _record(found, text)


def _record(found, text):
    return Scan(EXHIBIT if found[1].lower() == "exhibits" else PLACE, text, pk=int(found[2]))


def lines(text, most=500):
    """The scans of a field in the order in which they came, each once."""
    return list(dict.fromkeys(line.strip()[:LONGEST] for line in text.splitlines() if line.strip()))[:most]
