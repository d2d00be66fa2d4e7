"""Whether two records may be one gun that was recovered twice. It suggests, a person decides. Pure."""

from typing import NamedTuple

from evidence.guns import calibers, makes
from evidence.guns.serials import EMBEDDED, MISREAD
from evidence.guns.wording import fold

# Shorter numbers, and such as people type where they know none, are shared by many guns.
SHORTEST, FEWEST_DIGITS = 5, 3
RUN = "01234567890123456789"
# Bores that one gun fires, or that one writer takes for the other.
ALSO = ({".38", ".357"}, {".223", "5.56mm"}, {".308", "7.62mm"}, {".25", "6.35mm"}, {".32", "7.65mm"}, {".380", "9mm"})


class Gun(NamedTuple):
    """What is compared. serial_key: serials.serial_key, "" without a whole number. make and caliber: as stored."""

    serial_key: str
    make: str
    caliber: str
    is_privately_made: bool = False


def basis(first: Gun, second: Gun) -> str:
    """Why two records may be one gun: "serial", "misread" or "frame", "" when nothing says so.

    The same for both orders. Without a maker or a caliber on one side only the very same number suggests.
    """
    if first.is_privately_made or second.is_privately_made:
        return ""
    if is_common(first.serial_key) or is_common(second.serial_key):
        return ""
    how = _alike(first.serial_key, second.serial_key)
    agreed = (_same_make(first.make, second.make), _same_caliber(first.caliber, second.caliber))
    if not how or False in agreed:
        return ""
    return how if how == "serial" or None not in agreed else ""


def is_common(key: str) -> bool:
    """Whether a key is too short or too plain to tell one gun from others."""
    digits = [each for each in key if each.isdigit()]
    plain = len(set(key)) < 3 or key in RUN or key in RUN[::-1]
    return len(key) < SHORTEST or len(digits) < FEWEST_DIGITS or plain


def _alike(first, second):
    if first == second:
        return "serial"
    if first.translate(MISREAD) == second.translate(MISREAD):
        return "misread"
    if EMBEDDED.sub("", first) == EMBEDDED.sub("", second):
        return "frame"
    return ""


def _same_make(first, second):
    """True, False, or None where one is unknown."""
    return _agree(*((makes.of_cell(each).maker or makes.of_cell(each).name or each) for each in (first, second)))


def _agree(first, second):
    return fold(first) == fold(second) if fold(first) and fold(second) else None


def _same_caliber(first, second):
    bores = [(caliber.shown if caliber else "") for caliber, _, _ in map(calibers.of_cell, (first, second))]
    if not all(bores):
        return _agree(first, second)
    return bores[0] == bores[1] or any(set(bores) <= both for both in ALSO)
