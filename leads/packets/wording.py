"""An office's own texts in packets: plain text with places for words, such as {recipient}. Pure.

A place is a name from a list and nothing else: no attribute, no index, no format is read, and what stands in a place is
never read again.
"""

import re

PLACES = {
    "packet": "Number of the packet",
    "version": "Version",
    "lead": "Number of the lead",
    "agency": "Agency that makes it",
    "recipient": "Who gets it",
    "office": "Their office",
    "day": "Day of the release",
    "ends": "Day on which the link ends",
}
SAMPLE = {
    "packet": "PK-12", "version": "2", "lead": "NL-2026-0117", "agency": "Tri-Rivers CGIC", "recipient": "Ruth Ellery",
    "office": "Harbor County District Attorney", "day": "3 Mar 2026", "ends": "2 Jun 2026",
}  # fmt: skip
# What a place may look like, and a brace that belongs to none.
PLACE = re.compile(r"\{([^{}]*)\}|[{}]")


def problem(text: str) -> str:
    """Why a text is refused, as a sentence, or "" where it is not."""
    for found in PLACE.finditer(text):
        name = found[1]
        if name is None:
            return "A brace stands alone here. Places are written like {recipient}."
        if name not in PLACES:
            return f"There is no place called {{{name[:40]}}}. Take one of the list: {', '.join(PLACES)}."
    return ""


def filled(text: str, values: dict[str, str]) -> str:
    """The text with what stands in its places. Raises ValueError for one that `problem` refuses."""
    if why := problem(text):
        raise ValueError(why)
    return PLACE.sub(lambda found: values[found[1]], text)
