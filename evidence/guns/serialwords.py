"""The serial number in a sentence: the words that announce it, the number, or the words for why there is none."""

import re
from typing import NamedTuple

from evidence.guns.serials import NOTHING_SAID, UNREADABLE, Serial, serial_key

CUE = (
    r"(?:(?:\b(?:bearing|bears|with|having|has|and)\s+)*(?:\ban?\s+|\bthe\s+)?(?:(?:manufacturer|importer|factory|frame)(?:'?s)?\s+)?"
    r"(?:\bserial(?:ized|\s*ization)?\b|\bser\b|\bsn\b|\bs\s?/\s?n\b|\bs\.\s?n\b|\bsrl\b|\bser[ai]{2}l\b|\bseriel\b|\bsrn\b)"
    r"[\s.]*(?:(?:number(?:s|ed)?|num|nbr)(?![a-z])|(?:nos?|nr|id|code)\b|no(?=\d))?[\s.]*\#?)"
)
LINK = r"[\s:;,.=#()\[\]\"'-]*(?:\b(?:of|is|was|are|reads?|reading|being|as|number|no|which)\b[\s:;,.=#\"'(\[-]*)*"
# Parts of a number: letters and digits, with hyphens, dots, slashes or one blank between parts that hold a digit.
PART = r"[A-Za-z0-9?*]+(?:[-/.][A-Za-z0-9?*]+)*"
NUMBER = re.compile(
    rf"(?P<first>{PART})(?P<rest>(?:(?:\s-\s?|-\s|\s)(?=[A-Za-z0-9?*]*[0-9?*])(?!\d+(?:\.\d+)?\s?(?:mm|cal|ga|gauge|rounds?)\b)"
    rf"(?=[A-Z0-9?*-]+(?![a-z])){PART}){{0,3}}(?:\sRO\b)?)"
)
ONE_PART = re.compile(PART)
A_BORE = re.compile(r"\d{1,2}\s?-?(?:mm|ga|gauge|cal)|\d{1,2}x\d\d(?:mm)?", re.IGNORECASE)
UNIT_BEHIND = re.compile(
    r"\s*-?\s*(?:mm|millimet\w+|cal(?:ib(?:er|re))?|gauge|ga|rounds?|inch(?:es)?|acp|s&w)\b", re.IGNORECASE
)
SERIAL = re.compile(CUE + LINK, re.IGNORECASE)
SIGN = re.compile(r"(?<![\w#])\#\s*(?=[A-Za-z]{0,4}-?[0-9?*])", re.IGNORECASE)
BEARING = re.compile(r"\bbear(?:ing|s)\b\s*(?:the\s+|a\s+)?(?:number|no\.?|\#)?\s*(?=[A-Za-z]{0,4}-?\d)", re.IGNORECASE)
# Behind the word for a gun "no." is its number; a property sheet ends with the number and says nothing before it.
GUN_NUMBER = re.compile(
    r"\b(?:pistol|revolver|rifle|shotgun|handgun|derringer|carbine|firearm|gun)s?\b[\s,;(]+(?:number|no\b\.?)\s*\#?\s*"
    r"(?=[A-Za-z]{0,4}-?\d)",
    re.IGNORECASE,
)
LAST_WORD = re.compile(
    r"(?<![\w-])(?P<number>(?:[A-Za-z]{1,4}-?\d{5,9}[A-Z]{0,2}|[A-Za-z]{3,4}-?\d{4}[A-Z]?"
    r"|T\d{3,4}-\d\d[A-Z]{1,2}\d{4,6}))\W*$"
)
A_GUN_BEFORE = re.compile(
    r"\d\s?(?:mm|cal|ga|acp|lr)\b|(?<!\w)\.\d\d|\d\s?x\s?\d\d|"
    r"\b(?:pistol|revolver|rifle|shotgun|handgun|derringer|carbine|semi[\s-]*auto\w*|gauge|caliber)s?\b",
    re.IGNORECASE,
)
OTHER_NUMBER = re.compile(
    r"\b(?:case|incident|report|docket|count|badge|plates?|tags?|model|mod|nic|exhibit|item|property|control|cr|dr|ccn|"
    r"article|ref|phone|invoice|lot|part|barcode|evidence|cad|event)\b\W*(?:number|no\b\.?|\#)?\W*$",
    re.IGNORECASE,
)
WHY_NOT = {
    "redacted": r"redacted|withheld|sealed|x{3,}|x+-x+(?:-x+)*|\[[^\]]*redacted[^\]]*\]",
    "obliterated": r"oblit\w*|defaced|deface|scratched|ground|filed|drilled|etched|grinded|sanded|altered|tampered|"
    r"effaced|destroyed|mutilated|damaged|scraped|gouged|punched|melted|erased",
    "removed": r"removed|missing|cut\s+(?:off|out)|taken\s+off|stripped",
    "none": r"none|no\s+serial|without|un-?serialized|never|non[\s-]?serialized|nonexistent|absent|lacking|n/a|na",
    "unknown": r"unknown|unk|unreadable|illegible|not\s+(?:legible|readable|visible|known|recorded|available|given|"
    r"stated|provided|listed|found)|undetermined|tbd|pending|partial",
}
# Which reason counts when a sentence has several: what was done to the gun before what is not known.
REASON = {status: re.compile(rf"(?<![\w])(?:{pattern})(?![\w])", re.IGNORECASE) for status, pattern in WHY_NOT.items()}
BEFORE = re.compile(
    r"\b(?P<why>oblit\w*|defaced|altered|scratched(?:[\s-]+(?:off|out))?|removed|missing|no|without(?:\s+an?y?)?|"
    r"partial(?:ly)?(?:\s+oblit\w*)?|unknown|illegible|unreadable|lacking|lacks|un)(?:[\s,-]+(?:an?|any|the|visible|or|and|"
    r"oblit\w*|removed|altered|defaced|legible|manufacturer's|importer's|identifiable|discernible|readable))*[\s-]+"
    r"(?:serial(?:ized|ised)?|s/n|sn)\b(?:\s*(?:numbers?|no\b\.?|\#))?",
    re.IGNORECASE,
)
STATUS_BEFORE = {
    "no": "none", "without": "none", "lacking": "none", "lacks": "none", "un": "none", "removed": "removed",
    "missing": "removed", "unknown": "unknown", "illegible": "unknown", "unreadable": "unknown",
}  # fmt: skip
# How far behind the cue a reason may stand: "serial number has been intentionally scratched off".
REACH = 60
# A number of letters alone, in a cell of its own.
FEWEST_LETTERS = 4
END_OF_SENTENCE = re.compile(r"[;]|\.\s")
NO_NUMBER = {
    "MODEL", "MAKE", "CALIBER", "CALIBRE", "CAL", "PISTOL", "REVOLVER", "RIFLE", "SHOTGUN", "HANDGUN", "FIREARM",
    "THE", "AND", "WITH", "WAS", "IS", "ARE", "ON", "OF", "A", "AN", "IN", "HAD", "HAS", "THAT", "NUMBER", "BARREL",
    "LOADED", "BLACK", "SILVER", "ONE", "TWO", "IT", "TO", "FROM", "BEARING", "MM", "GA", "WHICH", "UNDER", "AT",
    "FOR", "BY", "OR", "NOT", "GUN",
}  # fmt: skip


class Said(NamedTuple):
    """What a sentence says of serial numbers: the first, its place, and those after it (numbers as typed)."""

    serial: Serial
    spans: tuple[tuple[int, int], ...]
    others: tuple[str, ...]


def find(text: str) -> Said:
    """The serial number a sentence tells. Its `shown` is still as typed; who knows the maker writes it anew."""
    spans: list[tuple[int, int]] = []
    numbers: list[str] = []
    reason = None
    for match in SERIAL.finditer(text):
        if spans and match.start() < spans[-1][1]:
            continue
        before = _before(text, match)
        number = None if before and "," in match[0] else _number(text, match.end())
        if number:
            spans.append((match.start(), number.end()))
            numbers.append(number[0])
        else:
            reason = reason or before or _behind(text, match)
            spans.append((match.start(), match.end()))
    if not numbers and reason is None:
        numbers, spans = _by_sign(text, spans)
    if numbers:
        return Said(_read(numbers[0]), tuple(spans), tuple(numbers[1:]))
    return Said(reason or NOTHING_SAID, tuple(spans), ())


def of_cell(cell: str) -> Serial:
    """The serial number in a cell that holds nothing else."""
    text = " ".join(cell.split())[:80]
    if not text:
        return NOTHING_SAID
    said = find(text)
    if said.serial.status:
        return said.serial
    reason = _reason(text)
    if reason and not any(each.isdigit() for each in text):
        return _absent(reason, text)
    if _is_number(text) or (len(serial_key(text)) >= FEWEST_LETTERS and " " not in text and len(text) <= 40):
        return _read(text)
    return NOTHING_SAID._replace(typed=text, reason="no number was read in the cell")


def _read(typed):
    if any(each in UNREADABLE for each in typed):
        return Serial(typed, "partial", typed, 0.8, "a number with unreadable characters")
    return Serial(typed, "read", typed, 0.97, "the number behind the words for it")


def _absent(status, typed):
    return Serial(f"({status})", status, typed, 0.95, f"the words say {status}")


def _number(text, place):
    """The match of the number that begins at a place, or None."""
    match = NUMBER.match(text, place)
    if not match:
        return None
    first = match["first"]
    is_word = first.upper() in NO_NUMBER and not _is_letters_of_number(text, match)
    if match["rest"] and (is_word or (len(first) > 4 and not _is_number(first))):
        return None
    for found in (match, ONE_PART.match(text, place)):
        if _is_number(found[0]) and not A_BORE.fullmatch(found[0]) and not UNIT_BEHIND.match(text, found.end()):
            return found
    return None


def _is_letters_of_number(text, match):
    """Whether "AN" of "AN 12345" is the beginning of the number: capitals in a sentence that is not all of them."""
    first = match["first"]
    return first.isupper() and len(first) > 1 and not text.isupper() and match["rest"].strip(" -")[:1].isdigit()


def _is_number(text):
    """Whether it may be a serial number: a digit or an unreadable character, or capitals alone that are no word."""
    key = re.sub(r"[^A-Za-z0-9?*]", "", text)
    if not 1 <= len(key) <= 24 or re.fullmatch(r"[xX]+", key) or text.upper() in NO_NUMBER:
        return False
    return any(each.isdigit() for each in key) or (any(each in UNREADABLE for each in key) and len(key) > 2)


def _before(text, match):
    """The reason in front of a cue: "an obliterated serial number"."""
    before = BEFORE.search(text, max(0, match.start() - 50), match.end())
    if before is None or before.end() <= match.start():
        return None
    why = before["why"].lower().split()[0]
    status = STATUS_BEFORE.get(why) or ("unknown" if why.startswith("partial") else "obliterated")
    return _absent(status, before[0].strip())


def _behind(text, match):
    """The reason behind a cue: "serial number has been scratched off"."""
    words = END_OF_SENTENCE.split(text[match.end() : match.end() + REACH])[0]
    status = _reason(words)
    return _absent(status, f"{match[0]}{words}".strip()) if status else None


def _reason(text):
    found = [(match.start(), status) for status, pattern in REASON.items() if (match := pattern.search(text))]
    return min(found)[1] if found else ""


def _by_sign(text, spans):
    """A number without the word serial: behind "#", "bearing" or the word for a gun, or at the end of all."""
    for pattern in (BEARING, SIGN, GUN_NUMBER):
        for match in pattern.finditer(text):
            number = _number(text, match.end())
            if number and len(number[0]) >= 4 and any(each.isdigit() for each in number[0]):
                return [number[0]], [*spans, (match.start(), number.end())]
    last = LAST_WORD.search(text)
    before = text[: last.start()] if last else ""
    if last and A_GUN_BEFORE.search(before) and not OTHER_NUMBER.search(before):
        return [last["number"]], [*spans, last.span("number")]
    return [], spans
