"""Who made a gun: names as they are typed in, our name for the maker and the NCIC code."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from evidence.guns import likeness, tablelines
from evidence.guns.makers_a_to_f import A_TO_F
from evidence.guns.makers_g_to_z import G_TO_Z
from evidence.guns.wording import UNKNOWN, fold, tidy, without_legal_form


class Maker(NamedTuple):
    """A maker: our name, and the NCIC code ("" where none is sure)."""

    name: str
    code: str


class Name(NamedTuple):
    """A name of a maker. kept: what a cell with this spelling is called. weak: a common word too."""

    maker: Maker
    kept: str
    weak: bool
    is_name: bool


class Made(NamedTuple):
    """What was read as the make.

    name: "" when unknown. maker: our name of who that is, "" when our table has no such maker. importer: "" unless
    named beside it. confidence: 0..1. reason: a sentence for people.
    """

    name: str
    maker: str
    code: str
    importer: str
    confidence: float
    reason: str


NOBODY = Made("", "", "", "", 0.0, "no maker was read")
IN_BRACKETS = re.compile(r"\(([^()]*)\)")
# A generic word behind a name ("Glock Firearms") that may be there or not.
GENERIC = re.compile(
    r"[\s,]+(?:fire\s?arms?|arms?|guns?|rifles?|pistols?|handguns?|weapons?|mfg|manufacturing|industries|usa|u\.s\.a\.?|"
    r"us|america|international|intl)\.?$",
    re.IGNORECASE,
)
# The last word of a firm's name: what ends so is a name, also of a maker that no table has.
COMPANY = {
    "arms", "armory", "armoury", "armament", "armaments", "arsenal", "firearms", "gunworks", "guns", "gun",
    "industries", "ind", "manufacturing", "mfg", "enterprises", "weaponry", "weapons", "tactical", "precision",
    "ordnance", "rifleworks", "rifles", "rifle", "machine", "machining", "machineshop", "works", "defense", "defence",
    "gunsmithing", "outfitters", "company", "co", "inc", "incorporated", "llc", "corp", "corporation", "ltd", "gmbh",
    "systems", "international", "innovations", "engineering", "technologies", "custom", "brothers", "products",
}  # fmt: skip
LEGAL_WORDS = frozenset(("co", "inc", "incorporated", "llc", "corp", "corporation", "ltd", "gmbh", "company"))


def _index() -> dict[str, Name]:
    """{folded spelling: Name}; the first line that has a spelling keeps it."""
    found: dict[str, Name] = {}
    late = []
    for code, our_name, kept, others in tablelines.lines(A_TO_F + G_TO_Z):
        maker, last = Maker(our_name, code), our_name
        names = tablelines.entries(kept)
        mark = "~" if f"~{maker.name}" in names else ""
        found.setdefault(fold(maker.name), _name(maker, maker.name, mark + maker.name, True))
        for text in names:
            spelled = text.strip("~*")
            last = last if text.endswith("*") else spelled
            found.setdefault(fold(spelled), _name(maker, last, text, not text.endswith("*")))
        late += [(maker, text) for text in tablelines.entries(others)]
    for maker, text in late:
        found.setdefault(fold(text), _name(maker, maker.name, text, False))
    for name in list(found.values()):
        found.setdefault(fold(without_legal_form(name.kept)), name)
    return found


def _name(maker: Maker, kept: str, text: str, is_name: bool) -> Name:
    weak = text.startswith("~") or len(fold(text)) <= 2
    return Name(maker, kept, weak, is_name)


NAMES = _index()
BY_CODE = {name.maker.code: name for name in reversed(NAMES.values()) if name.maker.code and name.is_name}


@cache
def _alike():
    return likeness.Index([folded for folded in NAMES if len(folded) >= 5])


def _maker_of(folded):
    return NAMES[folded].maker


@lru_cache(maxsize=20_000)
def nearest(folded: str) -> Maker | None:
    """The maker of the one name, of six letters or more, that a folded word of a sentence misspells."""
    near = _alike().nearest(folded, _maker_of)
    return NAMES[near].maker if len(near) >= 6 and likeness.distance(folded, near, 1) <= 1 else None


@lru_cache(maxsize=20_000)
def of_cell(cell: str) -> Made:
    """The make in a cell that holds nothing else.

    A spelling that a register uses as a name stays that name, mended: "anderson manfacturing" is Anderson
    Manufacturing, "Sturm Ruger" stays Sturm Ruger, and both carry the maker and the code.
    """
    text = tidy(cell)
    if fold(text) in UNKNOWN or not any(each.isalpha() for each in text):
        return NOBODY
    whole = _known(text)
    if whole:
        return whole
    importers = IN_BRACKETS.findall(text)
    bare = IN_BRACKETS.sub(" ", text).strip(" ,/") or text
    found = _known(bare) or _code(bare) or _part(bare) or _misspelt(bare) or _without_generic(bare) or _leading(bare)
    if found:
        return found._replace(importer=_importer(importers))
    return _firm(bare)


def _known(text):
    for spelled in dict.fromkeys((text, without_legal_form(text))):
        name = NAMES.get(fold(spelled))
        if name:
            reason = "a name of the maker" if name.is_name else "a usual spelling of the maker's name"
            return _made(name, 0.99 if name.is_name else 0.95, reason)
    return None


def _made(name, confidence, reason):
    brackets = IN_BRACKETS.findall(name.kept)
    return Made(name.kept, *name.maker, _importer(brackets), confidence, reason)


def _importer(names):
    """Who stands in brackets behind the maker, when it is a house that we know; else ""."""
    for text in names:
        name = NAMES.get(fold(text)) or NAMES.get(fold(without_legal_form(text)))
        if name:
            return name.maker.name
    return ""


def _code(text):
    name = BY_CODE.get(text.upper())
    return Made(name.maker.name, *name.maker, "", 0.8, "the maker's NCIC code") if name else None


def _part(text):
    """A name before a slash: "Springfield Armory/Inc."."""
    for part in text.split("/")[:2] if "/" in text else ():
        found = _known(part)
        if found:
            return found._replace(confidence=0.9, reason="one of two names in the cell")
    return None


def _misspelt(text):
    for spelled in dict.fromkeys((without_legal_form(text), text)):
        near = _alike().nearest(fold(spelled), _maker_of)
        if near:
            return _made(NAMES[near], 0.85, "a misspelt name of the maker")
    return None


def _without_generic(text):
    bare = GENERIC.sub("", without_legal_form(text))
    name = NAMES.get(fold(bare)) if bare != text else None
    if name and len(fold(bare)) > 2:
        return Made(name.maker.name, *name.maker, "", 0.8, "the maker's name with a general word behind it")
    return None


def _leading(text):
    """The longest name of two words or more, or of one that is no common word, that the cell begins with."""
    words = text.split()
    for count in range(len(words) - 1, 0, -1):
        folded = fold(" ".join(words[:count]))
        name = NAMES.get(folded)
        if name and len(folded) >= 4 and not name.weak:
            return Made(name.maker.name, *name.maker, "", 0.7, "the cell begins with the maker's name")
    return None


def _firm(text):
    """A maker that our table does not have: kept as typed where it reads like a firm's name, else unknown."""
    bare = without_legal_form(text)
    words = [fold(word) for word in bare.split()]
    if (len(words) > 1 and words[-1] in COMPANY) or (bare != text and bare.upper() != bare.lower()):
        return Made(titled(bare)[:60], "", "", "", 0.4, "reads like a maker's name; not in our table")
    return NOBODY


def titled(name: str) -> str:
    """Every word with a capital, short words without a vowel in capitals: "JD MACHINE" and "jd machine" are one."""
    return " ".join(_titled(word) for word in name.split())


def _titled(word):
    if len(word) <= 3 and not re.search(r"[aeiouy]", word, re.IGNORECASE):
        return word.upper()
    return word[:1].upper() + word[1:].lower()
