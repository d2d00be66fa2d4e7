"""What is on record of the guns of an arrest, beside the federal statute that speaks of it. Pure.

Facts of guns alone: nothing about a person goes in, so nothing about a person comes out. The statutes are those of
section 6.3 of the domain reference; each is a hint to check, not a charge.
"""

from collections.abc import Iterable
from typing import NamedTuple

CHECK = "Check each before relying on it."
PERSON = (
    "Whether the person may not possess a firearm (18 USC 922(g)) is not on record here: look at the criminal history."
)


class Gun(NamedTuple):
    """What evidence says of one firearm."""

    obliterated: bool = False
    conversion: bool = False
    stolen: bool = False
    type_code: str = ""


class Hint(NamedTuple):
    statute: str
    words: str


# NCIC's TYP (section 4.1): what the first letter says is a machine gun or a silencer, and the second letter that fires
# automatically.
FIRST, AUTOMATIC, BARRELS = ("B", "M", "V"), "A", ("P", "R", "S")


def is_registered_kind(type_code: str) -> bool:
    """Whether a code of NCIC is of a machine gun or a silencer, which the National Firearms Act wants registered."""
    return type_code[:1] in FIRST or (type_code[:1] in BARRELS and type_code[1:2] == AUTOMATIC)


def hints(guns: Iterable[Gun]) -> list[Hint]:
    """The statutes that facts of these guns speak for, each once, with how many guns."""
    guns = list(guns)
    asked = (
        ("18 USC 922(k)", "obliterated serial number", [each for each in guns if each.obliterated]),
        ("18 USC 922(o), 26 USC 5861(d)", "conversion device", [each for each in guns if each.conversion]),
        ("26 USC 5861(d)", "machine gun or silencer", [each for each in guns if is_registered_kind(each.type_code)]),
        ("18 USC 922(j)", "reported stolen", [each for each in guns if each.stolen]),
    )
    return [Hint(statute, _said(len(found), words)) for statute, words, found in asked if found]


def _said(many: int, words: str) -> str:
    return f"{many} gun{'' if many == 1 else 's'}, {words}"


def linked(events: int, confirmed: int) -> str:
    """How many events the lead links, and of how many an examiner confirmed the link."""
    if not events:
        return "No event is linked"
    noun = "event" if events == 1 else "events"
    return f"{events} {noun} linked, {confirmed} confirmed by an examiner"
