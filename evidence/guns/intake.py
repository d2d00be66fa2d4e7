"""What a person types of a gun at intake, beside what it is called: the words stay, the name and its code stand next to
them with how sure that is and why. Pure.
"""

from collections.abc import Mapping
from typing import NamedTuple

from evidence.guns import calibers, cells, tables
from evidence.guns.serials import serial_key, shown_as

FIELDS = ("make", "model", "caliber", "serial")
# What is less sure is suggested at most: the words stay as they are.
ENOUGH = 0.8
# The plain name of a cartridge, where the trade leaves the rest out.
USUAL = {("9mm", "9x19mm Luger"): "9 mm", ("5.56mm", "5.56x45mm NATO"): "5.56 NATO"}


class Word(NamedTuple):
    """One thing that was typed. value: as it is kept. code: NCIC, "" where none is sure. typed: the words.

    confidence: 0..1, 0.0 where the words say nothing that is known. reason: a sentence for people. kept: whether the
    person keeps their own words.
    """

    value: str
    code: str
    typed: str
    confidence: float
    reason: str
    kept: bool = False

    @property
    def differs(self) -> bool:
        """Whether something else than what was typed is kept, letters' case and blanks left aside."""
        return " ".join(self.value.split()).casefold() != " ".join(self.typed.split()).casefold()


def read(given: Mapping[str, str], keep: bool = False) -> dict[str, Word]:
    """{field: Word} for make, model, caliber and serial, of those that are given and not blank.

    given: the fields as typed. keep: the words stay as typed, whatever they may mean. Never raises.
    """
    typed = {name: " ".join((given.get(name) or "").split()) for name in FIELDS}
    found = cells.describe(typed)
    words = {
        "make": _sure(typed["make"], found.maker or found.make.value, found.make),
        "model": _sure(typed["model"], found.model.value, found.model),
        "caliber": _caliber(typed["caliber"]),
        "serial": _serial(typed["serial"], found.maker),
    }
    said = {name: word for name, word in words.items() if typed[name]}
    if keep:
        return {name: word._replace(value=typed[name], code="", kept=True) for name, word in said.items()}
    return said


def _sure(typed, value, part):
    if value and part.confidence >= ENOUGH:
        return Word(value, part.code, typed, part.confidence, part.reason)
    return Word(typed, "", typed, 0.0, "not in our table; your words stay")


def _caliber(typed):
    caliber, confidence, reason = calibers.of_cell(typed)
    if caliber is None or confidence < ENOUGH:
        return Word(typed, "", typed, 0.0, "no caliber that we know; your words stay")
    return Word(caliber_name(caliber.shown, caliber.cartridge), caliber.code, typed, confidence, reason)


def caliber_name(shown: str, cartridge: str) -> str:
    """A bore and its cartridge as the portal calls them: the names of `tables` where they have one."""
    return NAMES.get((shown, cartridge)) or USUAL.get((shown, cartridge)) or cartridge or shown


def _names():
    found = {}
    for name in (*tables.CALIBERS, *tables.MORE_CALIBERS):
        caliber, _, _ = calibers.of_cell(name)
        found[caliber.shown, caliber.cartridge] = name
    return found


NAMES = _names()


def _serial(typed, maker):
    shown = shown_as(typed, maker)
    if not (serial_key(typed) or is_partial(typed)):
        return Word(typed, "", typed, 0.0, "no number that can be compared")
    reason = "as it stands on the gun: capitals, no blanks" if shown != typed else "as typed"
    return Word(shown[:40], "", typed, 0.97, reason)


def serial(typed: str, make: Word | None) -> Word:
    """A serial number alone, of a gun whose make `read` has read: a file of many guns reads each make once."""
    return _serial(" ".join(typed.split()), make.value if make and make.confidence else "")


def is_partial(serial: str) -> bool:
    """Whether some characters of a serial number could not be read."""
    return any(mark in serial for mark in "?*")


def comparable(serial: str) -> str:
    """The strict key of a number that is whole, "" of one that is not: a part of a number is another number."""
    return "" if is_partial(serial) else serial_key(serial)
