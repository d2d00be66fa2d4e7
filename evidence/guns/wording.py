"""Words of a description: what is folded away before two spellings are compared, and the words of a sentence."""

import re
import unicodedata
from typing import NamedTuple

LONGEST = 2_000
# What stands in a sentence where something was read and taken out.
SERIAL_MARK, CALIBER_MARK, STOP_MARK = "\ue000", "\ue001", "\ue002"
MARKS = SERIAL_MARK + CALIBER_MARK + STOP_MARK
WORD = re.compile(rf"[A-Za-z0-9&]+(?:['’]s\b)?|[{MARKS}]")
# Where a writer left the blank out: "Glock19", "19Gen5".
GLUED = re.compile(
    r"(?:(?<=\bglock)|(?<=\bruger)|(?<=\btaurus)|(?<=\bberetta)|(?<=\bwalther)|(?<=\bmossberg)|(?<=\bremington))(?=\d)|"
    r"(?<=\d)(?=gen\s?\d)",
    re.IGNORECASE,
)
NOT_FOLDED = re.compile(r"[^a-z0-9]+")
LEGAL = re.compile(
    r"(?:[\s,./&]*\b(?:incorporated|inc|llc|l\.l\.c|ltd|limited|corporation|corp|company|comp|co|gmbh|s\.a|sa|ag|plc|"
    r"kg|srl|spa|na|int'?l|pty)\b\.?)+[\s,.]*$",
    re.IGNORECASE,
)
UNKNOWN = {
    "", "null", "none", "na", "nil", "unk", "unkn", "unknown", "unkown", "various", "other", "misc", "multi", "tbd",
    "notapplicable", "notavailable", "notlisted", "notknown", "notstated", "notgiven", "unlisted", "undetermined",
    "unidentified", "unspecified", "nomake", "nomodel", "nomanufacturer", "nomarkings", "unmarked", "blank", "zzz",
    "seeremarks", "nan", "missing", "unmodeled", "unknownmake", "unknownmodel", "unknownmanufacturer", "generic",
}  # fmt: skip


class Word(NamedTuple):
    """A word of a sentence: folded, and where it stands."""

    folded: str
    start: int
    end: int


def tidy(text: str) -> str:
    """One line of at most 2,000 characters with plain quotes, hyphens and blanks; places are those of this line."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text[: 2 * LONGEST])
        text = "".join(PLAIN.get(each, each) for each in text)
        text = "".join(each if each.isprintable() and each not in MARKS else " " for each in text)
    text = GLUED.sub(" ", text[:LONGEST].replace("&amp;", "&"))
    return " ".join(text.split())[:LONGEST]


PLAIN = dict.fromkeys("‐‑‒–—−", "-") | dict.fromkeys("‘’ʼ´`", "'") | dict.fromkeys("“”″", '"') | {"×": "x"}


def fold(text: str) -> str:
    """Letters and digits alone, small: "Smith & Wesson" and "smith and  wesson" are one. "" for a text of neither."""
    text = text.lower().replace("'", "").replace("&", " and ")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return NOT_FOLDED.sub("", text)


def without_legal_form(name: str) -> str:
    """The name without Inc., LLC, Co. and the like behind it: "Aero Precision, LLC" is "Aero Precision"."""
    return LEGAL.sub("", name).strip(" ,/") or name


def words_of(text: str) -> list[Word]:
    """The words of a sentence, marks included, in order."""
    return [Word(_word(match[0]), match.start(), match.end()) for match in WORD.finditer(text)]


def _word(text):
    if text in MARKS:
        return text
    return NOT_FOLDED.sub("", text.lower().replace("&", "and"))
