"""What to look for when somebody types a serial number, and how well a gun's number answers it. Pure.

A number is looked for in six ways, best first (`Rank`). Looking is bounded: what is typed must hold three readable
characters in a row, or two at its beginning and two at its end, else every gun would answer.
"""

import re
from enum import IntEnum
from typing import NamedTuple

from evidence.guns import likeness
from evidence.guns.patterns import is_pattern, matches, pattern_of
from evidence.guns.serials import EMBEDDED, LONGEST, MISREAD, NOT_KEY, misread_key, serial_key

SHORTEST, SHORTEST_EDIT = 3, 5
MARKS = str.maketrans({"？": "?", "＊": "*"})
MORE = "Type at least three characters of the number that stand side by side."
TOO_LONG = "No serial number is longer than 40 characters. Type the number alone."
NOTHING = "This names no serial number. Type letters and digits; ? for one that cannot be read, * for several."


class Rank(IntEnum):
    EXACT = 1
    MISREAD = 2
    EMBEDDED = 3
    ONE_EDIT = 4
    READABLE = 5
    PARTIAL = 6


LABELS = {
    Rank.EXACT: "Same number",
    Rank.MISREAD: "Reads alike",
    Rank.EMBEDDED: "Same without the letters inside",
    Rank.ONE_EDIT: "One character differs",
    Rank.READABLE: "Fits what is readable",
    Rank.PARTIAL: "Part of the number",
}


class Like(NamedTuple):
    """A LIKE pattern for misread keys, and how long a key it is for may be."""

    pattern: str
    shortest: int
    longest: int


class Asked(NamedTuple):
    """typed: as it was. strict, key, frame: the keys of a whole number, "" of a pattern. keys: misread keys that answer
    by themselves. likes: for a trigram index. fits: what a number with unreadable characters must fit, "" for none.
    """

    typed: str
    strict: str
    key: str
    frame: str
    keys: tuple[str, ...]
    likes: tuple[Like, ...]
    fits: str


def asked(typed: str) -> Asked | str:
    """What to look for, or the sentence that says what to type instead. Never raises."""
    text = typed.translate(MARKS).strip()
    if len(text) > 2 * LONGEST:
        return TOO_LONG
    return _pattern(text) if is_pattern(text) else _number(text)


def _number(text):
    plain, key, strict = NOT_KEY.sub("", text.upper()), misread_key(text), serial_key(text)
    if len(plain) > LONGEST:
        return TOO_LONG
    if not key:
        return NOTHING
    frame = EMBEDDED.sub("", strict).translate(MISREAD)
    swaps = [_swapped(key, place) for place in _borders(len(key))] if len(key) >= SHORTEST_EDIT else []
    keys = tuple(dict.fromkeys([key, frame, *swaps]))
    if len(key) < SHORTEST:
        # So short a number may be stamped; all that hold it would be too many.
        return Asked(text, strict, key, frame, keys, (), "")
    likes = (Like(f"%{key}%", len(key), LONGEST), *(_edits(key) if len(key) >= SHORTEST_EDIT else ()))
    return Asked(text, strict, key, frame, keys, likes, key)


def _pattern(text):
    pattern = pattern_of(text)
    if pattern is None:
        readable = NOT_KEY.sub("", text.upper())
        return TOO_LONG if len(readable) > LONGEST else MORE
    ends = [len(part) for part in (pattern.parts[0], pattern.parts[-1]) if part not in "?*"]
    if not pattern.runs and sum(ends) < 4:
        return MORE
    shortest = sum(len(part) for part in pattern.parts if part != "*")
    return Asked(text, "", "", "", (), (Like(pattern.like, shortest, LONGEST),), "")


def _borders(length):
    """Where the second and the third part of a key begin."""
    third = length / 3
    return round(third), round(2 * third)


def _edits(key):
    """Of a key in three parts one edit touches one, unless it swaps the neighbors at a border, which `keys` has."""
    first, second = _borders(len(key))
    one, two, three = key[:first], key[first:second], key[second:]
    size = (max(1, len(key) - 1), len(key) + 1)
    return Like(f"{one}{two}%", *size), Like(f"{one}%{three}", *size), Like(f"%{two}{three}", *size)


def _swapped(key, place):
    return key[: place - 1] + key[place] + key[place - 1] + key[place + 1 :]


def rank(wanted: Asked, serial: str) -> Rank | None:
    """How well a gun's number as it is shown answers, None when it does not. Time grows with the two lengths only."""
    if is_pattern(serial):
        return _rank_unreadable(wanted, serial)
    key = misread_key(serial)
    if not key:
        return None
    if not wanted.key:
        pattern = pattern_of(wanted.typed)
        return Rank.READABLE if pattern and matches(pattern, key) else None
    strict = serial_key(serial)
    if strict == wanted.strict:
        return Rank.EXACT
    if key == wanted.key:
        return Rank.MISREAD
    if EMBEDDED.sub("", strict).translate(MISREAD) == wanted.frame:
        return Rank.EMBEDDED
    if len(wanted.key) >= SHORTEST_EDIT and likeness.distance(key, wanted.key, 1) <= 1:
        return Rank.ONE_EDIT
    return Rank.PARTIAL if len(wanted.key) >= SHORTEST and wanted.key in key else None


def _rank_unreadable(wanted, serial):
    pattern = pattern_of(serial)
    if pattern is None or not wanted.fits:
        return None
    return Rank.READABLE if matches(pattern, wanted.fits) else None


def like_matches(like: Like, key: str) -> bool:
    """What the database says of a key: for tests, and to see why something was or was not found."""
    expression = "".join({"%": ".*", "_": "."}.get(each, re.escape(each)) for each in like.pattern)
    return like.shortest <= len(key) <= like.longest and re.fullmatch(expression, key) is not None
