"""Case numbers: one key for all the ways in which one number is written, and the signs that a number lost digits.

The key keeps only A-Z and 0-9, in capitals: hyphens, blanks, dots, slashes and "#" say nothing. A trailing ".0" is
what a spreadsheet leaves of a number stored as a float and is dropped first. Leading zeros go when the rest is
digits only, because a spreadsheet drops them too ('08-018844' arrives as '8018844'). Zeros inside stay: '26-18844'
and '26-018844' may be two cases, so they are offered as candidates of each other, never joined. Where an agency's
numbers are pairs of uneven width ('53-16' and '531-6' are two events) the mapping says that hyphens count, and they
stay in the key.
"""

import re
import unicodedata
from difflib import SequenceMatcher

FLOAT_TAIL = re.compile(r"(\d)\.0+$")
SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+\d+", re.IGNORECASE)
NOT_KEY = re.compile(r"[^A-Z0-9]+")
PREFIX = re.compile(
    r"^(?:CASE|INCIDENT|REPORT|COMPLAINT|CCN|RD|DR)\s*(?:NUMBER|NUM|NO)?\b\s*+[.:#]*+\s*+(?=[A-Z]{0,3}\s?-?\d)"
)
# A number that was made because a file has none: its key never has the hyphen.
MADE = re.compile(r"NN-[0-9A-F]{12}")
ENOUGH_ALIKE = 0.7


def case_key(text, keep_last=0, hyphens_count=False):
    """The canonical key, "" when nothing is left.

    keep_last: some laboratories write things in front of an agency's number; keep so many letters and digits.
    hyphens_count: see above.
    """
    plain = text.removesuffix(".0")
    if plain.isdecimal() and plain.isascii() and not keep_last:
        return plain.lstrip("0") or plain
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = FLOAT_TAIL.sub(r"\1", text.strip().upper())
    text = PREFIX.sub("", text, count=1)
    key = NOT_KEY.sub("-", text).strip("-") if hyphens_count else NOT_KEY.sub("", text)
    if keep_last:
        places = [place for place, character in enumerate(key) if character != "-"]
        key = key[places[-keep_last] :] if len(places) > keep_last else key
    return (key.lstrip("0") or key) if key.isdecimal() else key


def looks_cut(text, digits=0):
    """Why this number may have lost digits, "" when it looks whole.

    "short": four digits or fewer. "rounded": written as 2.02E+11. "ends_in_zero": a float that ends in 0.0, so that a
    last digit may have been rounded off. "length": all digits, but not as many as `digits`, the usual count of the
    file.
    """
    text = text.strip()
    key = text.removesuffix(".0")
    if not key.isdecimal():
        if SCIENTIFIC.fullmatch(text):
            return "rounded"
        key = case_key(text, 0, True)
    if len(key) <= 4 and key.isdecimal():
        return "short"
    if text.endswith("0.0"):
        return "ends_in_zero"
    if digits and len(key) != digits and key.isdecimal():
        return "length"
    return ""


def similar(key, keys, limit=5):
    """Candidates for a key that matched nothing: [(candidate, likeness 0..1, reason)], best first."""
    found = []
    for candidate in keys:
        likeness, reason = _likeness(key, candidate)
        if likeness >= ENOUGH_ALIKE:
            found.append((candidate, likeness, reason))
    found.sort(key=lambda entry: (-entry[1], entry[0]))
    return found[:limit]


def _likeness(key, candidate):
    if key == candidate:
        return 1.0, "the same number"
    if key.replace("0", "") == candidate.replace("0", "") and key[:2] == candidate[:2]:
        return 0.95, "the same but for zeros"
    shorter, longer = sorted((key, candidate), key=len)
    if len(shorter) >= 5 and longer.endswith(shorter):
        return 0.9, "the same ending, the other has more in front"
    if len(shorter) >= 5 and longer.startswith(shorter):
        return 0.88, "the same beginning, digits are missing at the end"
    if len(key) == len(candidate):
        apart = [index for index in range(len(key)) if key[index] != candidate[index]]
        if len(apart) == 1:
            return 0.87, "one character differs"
        if len(apart) == 2 and key[apart[0]] == candidate[apart[1]] and key[apart[1]] == candidate[apart[0]]:
            return 0.86, "two characters are swapped"
    ratio = SequenceMatcher(None, key, candidate, autojunk=False).ratio()
    return round(ratio * 0.85, 3), "alike"
