"""Serial numbers of which some characters cannot be read: `?` is one of them, `*` is any number, also none. Pure.

What is readable is compared as in `misread_key`. A pattern with fewer than two readable characters finds nothing: it
would be true of every gun.
"""

import re
from typing import NamedTuple

from evidence.guns.serials import LONGEST, MISREAD, _plain

FEWEST_READABLE = 2
HIDDEN = re.compile(r"[?*]")


class Pattern(NamedTuple):
    """parts: readable runs and between them "?" and "*", "**" folded to "*". like: for SQL LIKE on a column of misread
    keys. runs: the readable runs of three characters or more, which a trigram index can look up, longest first.
    """

    parts: tuple[str, ...]
    like: str
    runs: tuple[str, ...]


def is_pattern(typed: str) -> bool:
    """Whether what was typed says that characters are unreadable."""
    return HIDDEN.search(typed) is not None


def pattern_of(typed: str) -> Pattern | None:
    """The Pattern of "AB?12*", None when too little of it is readable or it is longer than a number can be."""
    parts: list[str] = []
    for run in re.split(r"([?*])", typed.upper().replace("？", "?").replace("＊", "*")):
        part = run if run in ("?", "*") else _plain(run).translate(MISREAD)
        if part and not (part == "*" and parts and parts[-1] == "*"):
            parts.append(part)
    readable = [part for part in parts if part not in ("?", "*")]
    if sum(map(len, readable)) < FEWEST_READABLE or sum(len(part) for part in parts) > LONGEST:
        return None
    like = "".join({"?": "_", "*": "%"}.get(part, part) for part in parts)
    runs = sorted((part for part in readable if len(part) >= 3), key=lambda run: (-len(run), run))
    return Pattern(tuple(parts), like, tuple(runs))


def matches(pattern: Pattern, key: str) -> bool:
    """Whether a misread key is what the pattern may have been. Time grows with the length of both, never faster."""
    text = "".join(pattern.parts)
    here = there = 0
    star = back = -1
    while there < len(key):
        if here < len(text) and text[here] == "*":
            star, back = here, there
            here += 1
        elif here < len(text) and text[here] in ("?", key[there]):
            here += 1
            there += 1
        elif star >= 0:
            back += 1
            here, there = star + 1, back
        else:
            return False
    return text[here:].strip("*") == ""
