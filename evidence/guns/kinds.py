"""Kinds of guns: the word a sentence has for it, and the two letters of the NCIC gun file (kind, then action)."""

import re
from functools import lru_cache
from typing import NamedTuple


class Kind(NamedTuple):
    """word: "pistol", "revolver", "derringer", "rifle", "shotgun" and rarer ones, "" when unknown. code: NCIC TYP, ""
    when the action is not known. reason: a sentence for people.
    """

    word: str
    code: str
    confidence: float
    reason: str


UNKNOWN = Kind("", "", 0.0, "no word says what kind of gun it is")
# Words of a kind, the narrower before the wider.
WORDS = {
    "silencer": r"silencers?|suppressors?|mufflers?",
    "submachine gun": r"sub\s?-?\s?machine\s?-?guns?|machine\s+pistols?|smg",
    "machine gun": r"machine\s?-?\s?guns?|machineguns?",
    "stun gun": r"stun\s+guns?|tasers?",
    "flare gun": r"flare\s+(?:guns?|pistols?|launchers?)",
    "air gun": r"(?:air|pellet|bb)\s*-?\s*(?:guns?|rifles?|pistols?|handguns?)",
    "grenade launcher": r"grenade\s+launchers?",
    "revolver": r"revol[vl]?[ei]rs?|rev\b",
    "derringer": r"derr?ing[ae]rs?",
    "shotgun": r"shot\s?-?guns?|sg\b",
    "pistol": r"pistols?|hand\s?-?guns?|semi\s?-?\s?auto(?:matic)?s?(?=\s*(?:[,.;)]|$))",
    "rifle": r"rifles?|carbines?|sbr\b",
}
# Not a word for this gun: a part, its ammunition, a make of cartridge.
NOT_THIS = (
    r"(?!\s*-?\s*(?:grip|case|rounds?|ammunition|ammo|magazines?|cartridges?|shells?|scope|permit|range|rest|bag|"
    r"conver\w+))"
)
# One pass finds the words of all kinds; the number of the group says which.
ANY_WORD = re.compile(
    r"\b(?:" + "|".join(f"({pattern})" for pattern in WORDS.values()) + rf"){NOT_THIS}(?!\w)", re.IGNORECASE
)
NUMBERED = ("", *WORDS)
ACTIONS = {
    "I": r"semi\s?-?\s?auto\w*|self\s?-?\s?loading|auto\s?-?\s?loading|autoloader",
    "A": r"(?:full(?:y)?\s?-?\s?)auto\w*|select(?:ive)?\s?-?\s?fire",
    "P": r"pump(?:\s?-?\s?action)?|slide\s+action",
    "B": r"bolt\s?-?\s?action|bolt",
    "L": r"lever\s?-?\s?action|lever",
    "S": r"single\s?-?\s?shot|single\s+barrel(?:ed)?",
    "E": r"double\s?-?\s?barrel(?:ed)?|side\s?-?\s?by\s?-?\s?side|sxs|coach\s+gun",
    "O": r"over\s?(?:-|/|and|&)?\s?-?\s?under|o/u",
    "C": r"carbine",
    "H": r"flintlock",
    "U": r"percussion|cap\s?lock|muzzle\s?-?\s?loader|black\s?-?\s?powder",
}
ACTION = {code: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for code, pattern in ACTIONS.items()}
ANY_ACTION = re.compile(r"\b(?:" + "|".join(ACTIONS.values()) + r")\b", re.IGNORECASE)
# Combinations that the NCIC file lists.
LISTED = {
    "PA", "PB", "PD", "PH", "PI", "PJ", "PL", "PR", "PS", "PU", "RA", "RB", "RC", "RH", "RI", "RL", "RP", "RS", "RU",
    "SB", "SE", "SI", "SO", "SP", "SS",
}  # fmt: skip
ALONE = {
    "submachine gun": "B", "machine gun": "MA", "silencer": "V", "stun gun": "E", "revolver": "PR", "derringer": "PD",
    "flare gun": "PF", "grenade launcher": "GN", "disguised gun": "D",
}  # fmt: skip
FIRST = {"pistol": "P", "rifle": "R", "shotgun": "S", "air gun": "R"}
BY_FIRST = {
    "P": "pistol", "R": "rifle", "S": "shotgun", "B": "submachine gun", "M": "machine gun", "C": "rifle-shotgun",
    "V": "silencer", "D": "disguised gun", "E": "stun gun",
}  # fmt: skip
BY_CODE = {"PR": "revolver", "PD": "derringer", "PF": "flare gun", "GN": "grenade launcher"}


@lru_cache(maxsize=20_000)
def find(text: str) -> Kind:
    """The kind of gun a sentence or a cell speaks of; with two kinds in it the narrower one, else the first."""
    found: dict[str, int] = {}
    for match in ANY_WORD.finditer(text):
        found.setdefault(NUMBERED[match.lastindex or 0], match.start())
    if not found:
        return UNKNOWN
    word = _chosen(found)
    return Kind(word, *_code(word, text))


def _chosen(found):
    wide = ("pistol", "rifle", "shotgun")
    narrow = [word for word in WORDS if word in found and word not in wide]
    if narrow:
        return narrow[0]
    return min(found, key=found.__getitem__)


def _code(word, text):
    """(code, confidence, reason) from the words for the action."""
    if word in ALONE:
        return ALONE[word], 0.97, f"the word {word}"
    first = FIRST.get(word, "")
    if word == "air gun":
        return "RG", 0.9, "an air gun"
    for action, pattern in ACTION.items() if ANY_ACTION.search(text) else ():
        if first and first + action in LISTED and pattern.search(text):
            return first + action, 0.97, f"the word {word} and its action"
    if word == "pistol":
        # Who writes pistol and means another action says so.
        return "PI", 0.85, "the word pistol, no other action said"
    return "", 0.9, f"the word {word}, the action is not said"


def of_code(code: str, confidence: float, reason: str) -> Kind:
    """The Kind of an NCIC code that something else than a word tells: "PI" is a pistol. UNKNOWN for ""."""
    word = BY_CODE.get(code) or BY_FIRST.get(code[:1], "")
    return Kind(word, code if code not in ("S", "R", "P") else "", confidence, reason) if word else UNKNOWN


def of_word(word: str, confidence: float, reason: str) -> Kind:
    """The Kind of a word that a caliber tells ("pistol" for .380 ACP)."""
    code = ALONE.get(word, "PI" if word == "pistol" else "")
    return Kind(word, code, confidence, reason) if word else UNKNOWN
