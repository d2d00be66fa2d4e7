"""Calibers: a bore as it is typed in, what it is called, its NCIC code and the cartridge where that is said."""

import re
from functools import lru_cache
from typing import NamedTuple

from evidence.guns import tablelines
from evidence.guns.cartridges import ALSO_MAKERS, BORES, LENGTHS, PLAIN_TAILS, SAME_TAIL, TAILS


class Caliber(NamedTuple):
    """What a bore is.

    shown: as the portal writes it (".40", "9mm", "12 ga"). code: NCIC, "" where the file has none. cartridge: "" unless
    it is said. kind: the only kind of gun that fires it, "" where there are several.
    """

    shown: str
    code: str
    cartridge: str
    kind: str


class Seen(NamedTuple):
    """A caliber in a sentence: where it stands, how sure it is, and where a maker's name begins that it may have taken
    with it (-1: none).
    """

    start: int
    end: int
    caliber: Caliber
    confidence: float
    reason: str
    maker_at: int = -1


def _table(text):
    bores, cartridges, moved = {}, {}, {}
    for bore, shown, code, kind, rest in tablelines.lines(text):
        bores[bore] = Caliber(shown, code, "", kind)
        for entry in tablelines.entries(rest):
            words, _, name = entry.partition("=")
            name, _, other = (part.strip() for part in name.partition(">"))
            for word in words.split(","):
                cartridges[bore, word.strip()] = name
                moved[bore, word.strip()] = other or bore
    return bores, cartridges, moved


BY_BORE, CARTRIDGES, MOVED = _table(BORES)
BY_SHOWN = {caliber.shown: caliber for caliber in reversed(BY_BORE.values())}
RIFLE_LENGTHS = frozenset((35, 39, 43, 45, 51, 52, 54, 55, 57))
_ALL_TAILS = TAILS | {word: word for word in PLAIN_TAILS}
_ANY_TAIL = "|".join(f"(?:{pattern})" for pattern in sorted(_ALL_TAILS.values(), key=len, reverse=True))
TAIL = re.compile(rf"(?:\s*-\s*|\s*)(?:{_ANY_TAIL})(?![\w])", re.IGNORECASE)
NAMED_TAILS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _ALL_TAILS.items()]
BORE = re.compile(
    r"""(?<![\w./#$*?-])
    (?P<cue>\bcal(?:ib(?:er|re))?\b\.?\s*+(?:(?:of|is|was)\s++)?[:=#-]*+\s*+)?+
    (?P<dot>0?[.,])?
    (?P<bore>\d{1,4}(?:[.,]\d{1,3})?)
    (?:\s?+(?:mm\s?+)?[x×]\s?+(?P<length>\d{2,3})(?:mm)?(?:\s?rf?(?!\w))?|[-/](?P<second>\d{2,3})(?![\d-]))?
    (?:\s*+-?\s*+(?P<unit>m\.?m|m/m|mil|millimet(?:er|re)s?|g[au]{2}ge|ga|bore|cal(?:ib(?:er|re))?)(?![a-z0-9]))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
UNIT_BEHIND = re.compile(r"\s*-?\s*(?:cal(?:ib(?:er|re))?\b\.?|\+p\+?)", re.IGNORECASE)
NOT_A_BORE = re.compile(
    r"\s*(?:%|[\"”]|-?\s*(?:inch(?:es)?|in\.|rounds?|rds?|shots?|round|live|grams?|years?|feet|ft|yards?|minutes?|"
    r"days?|hours?|am|pm|o'clock|dollars?|lbs?|pounds?|counts?|percent|bullets?|cartridges)\b)",
    re.IGNORECASE,
)
GUN_BEHIND = re.compile(
    r"\s*(?:semi[\s-]*auto\w*\s+|auto\w*\s+)?(?:pistol|handgun|revolver|rifle|carbine|derringer|shotgun|firearm)\b",
    re.IGNORECASE,
)
MODEL_BEFORE = re.compile(r"\bmod(?:el|\.)?\s*(?:number|no\.?|#)?\s*[:#]?\s*$", re.IGNORECASE)
# Without a dot or a unit these are read as calibers only right before the word for a gun.
BARE = frozenset(("22", "25", "32", "38", "40", "44", "45", "223", "308", "357", "380", "410"))
METRIC = frozenset(("4.6", "5.45", "5.56", "5.7", "6.35", "6.5", "6.8", "7.35", "7.5", "7.62", "7.63", "7.65", "7.92"))
WITHOUT_POINT = {"545": 5.45, "556": 5.56, "762": 7.62, "763": 7.63, "765": 7.65}
ROUND = frozenset(("6", "7", "8", "9", "10"))
WORDS = {
    "nine": "9", "ten": "10", "twelve": "12", "sixteen": "16", "twenty": "20", "twenty-two": "22", "twenty two": "22",
    "twenty-five": "25", "twenty five": "25", "thirty-two": "32", "thirty two": "32", "thirty-eight": "38",
    "thirty eight": "38", "forty": "40", "forty-four": "44", "forty four": "44", "forty-five": "45", "forty five": "45",
    "three fifty-seven": "357", "three-fifty-seven": "357", "three eighty": "380", "three-eighty": "380",
    "four-ten": "410", "four ten": "410", "two twenty-three": "223",
}  # fmt: skip
SPELLED = re.compile(
    r"\b(" + "|".join(sorted(WORDS, key=len, reverse=True)) + r")(?=[\s-]*(?:mm\b|millim|cal|gauge|ga\b|bore\b))",
    re.IGNORECASE,
)
# What a cell holds as a number alone.
IN_CELL = {
    "9": "9mm", "10": "10mm", "8": "8mm", "7": "7mm", "6": "6mm", "12": "12ga", "16": "16ga", "20": "20ga",
    "28": "28ga", "4": "40", "5.56": "5.56mm", "556": "5.56mm", "5.7": "5.7mm", "57": "5.7mm", "762": "7.62mm",
    "765": "7.65mm", "763": "7.63mm", "545": "5.45mm", "635": "6.35mm", "65": "6.5mm", "735": "7.35mm",
    "3006": "30-06", "3030": "30-30", "4570": "45-70", "4440": "44-40", "3220": "32-20", "3840": "38-40", "5": "50",
    "3": "30",
}  # fmt: skip


def spelled_out(text: str) -> str:
    """The sentence with "nine millimeter" as "9 millimeter", filled up with blanks so that places stay the same."""
    return SPELLED.sub(lambda match: WORDS[match[1].lower()].ljust(len(match[1])), text)


def find(text: str) -> list[Seen]:
    """Every caliber of a sentence, in order. Numbers with another meaning (lengths, counts, models) are left alone."""
    found: list[Seen] = []
    for match in BORE.finditer(text):
        seen = _judged(text, match)
        if seen is not None and not (found and seen.start < found[-1].end):
            found.append(seen)
    return found


def without_maker(seen: Seen) -> Seen:
    """The caliber without the cartridge whose name is a maker's: ".40" of ".40 Smith & Wesson"."""
    if seen.maker_at < 0:
        return seen
    return seen._replace(end=seen.maker_at, caliber=seen.caliber._replace(cartridge=""), maker_at=-1)


@lru_cache(maxsize=20_000)
def of_cell(cell: str) -> tuple[Caliber | None, float, str]:
    """(caliber or None, confidence, reason) of a cell that holds nothing else: "9", "0.22", "45acp", "12 GA"."""
    text = spelled_out(" ".join(cell.split()))
    found = find(text)
    if found:
        several = len({seen.caliber.shown for seen in found}) > 1
        return found[0].caliber, 0.7 if several else 0.97, "the first of several" if several else found[0].reason
    match = re.match(r"[\s.]*(0?[.,])?(\d{1,4}(?:[.,]\d{1,3})?)(?!\d)", text)
    if match is None or not text.isascii():
        return None, 0.0, "no caliber was read"
    number = match[2].replace(",", ".")
    bore = _decimal(number) if number.startswith("0.") else number
    bore = number if number in BY_BORE else IN_CELL.get(bore, bore)
    return _with_tail(text, match.end(), bore, 0.9, "a number alone in the caliber's cell")


def _with_tail(text, end, bore, confidence, reason):
    if bore not in BY_BORE:
        return None, 0.0, "no caliber has this number"
    caliber, end, _maker_at = _cartridge(text, end, bore)
    rest = text[end:].strip(" .,;/")
    return (caliber, confidence if not rest else 0.7, reason)


def _decimal(number):
    """A spreadsheet's 0.4 is .40; 0.38 is .38."""
    return number[2:].ljust(2, "0")


def _judged(text, match):
    """What a number in a sentence is as a caliber, or None."""
    bore, sure, reason = _bore(match)
    if bore is None or NOT_A_BORE.match(text, match.end()):
        return None
    if match["length"]:
        shown, cartridge = LENGTHS[_size(match)]
        kind = "rifle" if int(match["length"]) in RIFLE_LENGTHS else BY_BORE[shown].kind
        caliber = BY_BORE[shown]._replace(cartridge=cartridge, kind=kind)
        return Seen(match.start(), _past_unit(text, match.end()), caliber, 0.98, "bore and length of case")
    caliber, end, maker_at = _cartridge(text, match.end(), bore)
    if not sure and end > match.end() and _tail_says_caliber(text[match.end() : end]):
        sure, reason = 0.95, "bore and cartridge"
    if not sure and bore in BARE and GUN_BEHIND.match(text, end) and not MODEL_BEFORE.search(text[: match.start()]):
        sure, reason = 0.6, "a bore right before the word for a gun"
    if not sure:
        return None
    return Seen(match.start(), _past_unit(text, end), caliber, sure, reason, maker_at)


def _tail_says_caliber(tail):
    # "22 long" and "45 colt" may be words of the sentence; "22 LR" and "45 ACP" are nothing else.
    return tail.strip(" -").lower() not in ("short", "long", "k", "super", "sp", "gi", "carbine", "cm", "wm")


def _bore(match):
    """(key of the table or None, confidence or 0.0 where more is needed, reason)."""
    number, unit = match["bore"].replace(",", "."), (match["unit"] or "").lower()
    if match["length"]:
        return (number, 0.98, "") if _size(match) in LENGTHS else (None, 0.0, "")
    if match["second"]:
        # .38/.357 and 45/410 are two bores, 30/30 is one.
        pair = f"{number}-{match['second']}"
        return (pair, 0.95, "a bore of two numbers") if pair in BY_BORE else (None, 0.0, "")
    if unit.startswith("m"):
        key = f"{float(number):g}mm"
        return (key, 0.98, "a bore in millimetres") if key in BY_BORE else (None, 0.0, "")
    if unit.startswith(("g", "bore")):
        key = number if number == "410" else f"{number}ga"
        return (key, 0.98, "a gauge") if key in BY_BORE else (None, 0.0, "")
    if number.startswith("0."):
        number = _decimal(number)
    stated = match["cue"] or unit or match["dot"]
    if number in METRIC or (stated and number in ROUND):
        return f"{number}mm", 0.9, "a bore in millimetres"
    if stated and number in WITHOUT_POINT:
        return IN_CELL[number], 0.9, "a bore in millimetres"
    if number not in BY_BORE:
        return None, 0.0, ""
    return number, 0.97 if stated else 0.0, "a bore in inches" if stated else ""


def _size(match):
    number = match["bore"].replace(",", ".")
    return WITHOUT_POINT.get(number) or float(number), int(match["length"])


def _cartridge(text, end, bore):
    """(Caliber, end, where a maker's name begins in it or -1), with as many words as name a cartridge."""
    words, best, place = [], (BY_BORE[bore], end, -1), end
    unit = UNIT_BEHIND.match(text, end)
    place = unit.end() if unit else end
    maker_at = -1
    while len(words) < 3 and (match := TAIL.match(text, place)):
        word = _named(match[0].strip(" -\t"))
        if word in ALSO_MAKERS and maker_at < 0:
            maker_at = match.end() - len(match[0].lstrip(" -"))
        words.append(SAME_TAIL.get(word, word))
        place = match.end()
        key = (bore, " ".join(words))
        if key in CARTRIDGES:
            best = (BY_BORE[MOVED[key]]._replace(cartridge=CARTRIDGES[key]), place, maker_at)
    return best


def _named(tail):
    return next((name for name, pattern in NAMED_TAILS if pattern.fullmatch(tail)), tail.lower())


def _past_unit(text, end):
    unit = UNIT_BEHIND.match(text, end)
    return unit.end() if unit else end
