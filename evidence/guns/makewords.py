"""The maker in a sentence: a name of the table, a misspelt one, or words that read like a firm's name."""

from typing import NamedTuple

from evidence.guns import kinds, makes
from evidence.guns.makes import COMPANY, LEGAL_WORDS, NAMES, titled
from evidence.guns.modelnames import BY_MAKER
from evidence.guns.wording import CALIBER_MARK, MARKS, SERIAL_MARK, Word

LONGEST_NAME = 6
# In a sentence these are words for the gun itself.
GUNS_OWN = {"rifle", "rifles", "gun", "guns", "machine", "works", "international", "custom", "co", "defense", "defence"}
FIRM = COMPANY - GUNS_OWN
# Words near which a common word is a maker: those of a description of a gun.
GUN_WORDS = {
    "model", "mod", "caliber", "calibre", "cal", "mm", "gauge", "ga", "pistol", "pistols", "handgun", "handguns",
    "revolver", "revolvers", "rifle", "rifles", "shotgun", "shotguns", "carbine", "derringer", "firearm", "semi",
    "semiautomatic", "semiauto", "automatic", "gun", "acp", "magnum", "brand", "make", "manufacturer", "serial",
    "receiver", "frame", "arms", CALIBER_MARK, SERIAL_MARK,
}  # fmt: skip
# In front of a person, or of a car that has a maker's name.
TITLES = {
    "ford", "dodge", "mitsubishi", "shelby",
    "mr", "mrs", "ms", "dr", "officer", "officers", "detective", "det", "agent", "agents", "sergeant", "sgt",
    "deputy", "defendant", "suspect", "victim", "witness", "lieutenant", "trooper", "sheriff", "named", "judge",
    "attorney",
}  # fmt: skip
# In front of a place.
PLACING = {"in", "at", "of", "from", "to", "near", "on", "into", "against", "north", "south", "east", "west"}
NOT_BEFORE = TITLES | PLACING
MAKING = frozenset(("made", "manufactured", "produced", "built", "manufacturer", "make", "brand"))
# Words that are no part of a firm's name in a sentence.
PLAIN = {
    "a", "an", "the", "one", "two", "three", "several", "other", "various", "black", "silver", "chrome", "blue",
    "blued", "stainless", "steel", "nickel", "gray", "grey", "tan", "green", "brown", "loaded", "unloaded", "small",
    "side", "fire", "assault", "semi", "auto", "automatic", "semiautomatic", "illegal", "stolen", "said", "and", "or",
    "with", "bearing", "by", "for", "in", "of", "from", "to", "his", "her", "their", "was", "is", "were", "possessed",
    "possession", "firearm", "weapon", "weapons", "pistol", "rifle", "revolver", "shotgun", "handgun", "model",
    "caliber", "manufactured", "made", "following", "unknown", "these", "those", "that", "this", "any", "all", "some",
    "sawed", "off", "short", "barreled", "machine", "long", "hand", "shot", "stun", "ghost", "gun", "guns", "toy",
    "no", "not", "certain", "prohibited", "dangerous", "deadly", "law", "under", "at", "on", "as", "used", "new",
    "old", "custom", "pump", "bolt", "lever", "action", "wit", "namely", "carried", "private", "privately", "home",
}  # fmt: skip


class Named(NamedTuple):
    """A maker in a sentence: the places of its first and last word among the words, and what it is."""

    first: int
    last: int
    name: str
    maker: str
    code: str
    confidence: float
    reason: str


def find(words: list[Word], text: str) -> Named | None:
    """The maker that the words tell, None when they tell none. Of several the one that is said to have made the gun,
    else the first; who only imports stands back.
    """
    found = _of_table(words, text)
    if not found:
        return _misspelt(words, text) or _firm(words, text)
    return min(found, key=lambda named: (_standing(words, named), named.first))


IMPORTERS = {
    "Interarms", "Century Arms", "Century International Arms", "American Tactical", "European American Armory", "Excam",
}  # fmt: skip
# Names of guns that others make too.
MODELS_TOO = frozenset(("Desert Eagle", "Uzi", "Makarov", "Tokarev", "Luger", "Helwan", "Mosin-Nagant", "Nagant"))


def _standing(words, named):
    """0 for who is said to have made the gun, 3 for a name behind the word model."""
    if _is_said_to_make(words, named):
        return 0
    if named.first and words[named.first - 1].folded in ("model", "mod"):
        return 3
    return 2 if named.maker in IMPORTERS | MODELS_TOO else 1


def others(words: list[Word], text: str, chosen: Named) -> list[str]:
    """Importers that are named beside the chosen maker."""
    return [named.maker for named in _of_table(words, text) if named.maker in IMPORTERS and named.maker != chosen.maker]


def _of_table(words, text):
    found, place = [], 0
    while place < len(words):
        named = _at(words, text, place)
        if named:
            found.append(named)
            place = named.last
        place += 1
    return found


def _at(words, text, place):
    """The longest name that begins with the word at a place."""
    folded, best = "", None
    for last in range(place, min(place + LONGEST_NAME, len(words))):
        if words[last].folded in MARKS or (last > place and _is_apart(text, words[last - 1], words[last], folded)):
            break
        folded += words[last].folded
        name = NAMES.get(folded)
        if name and (not name.weak or _is_meant(words, text, place, last, name.maker)):
            best = last, name
    if best is None or _is_a_person(words, text, place):
        return None
    last, name = best
    while last + 1 < len(words) and words[last + 1].folded in LEGAL_WORDS:
        last += 1
    reason = "a common word beside words of a gun" if name.weak else "a name of the maker"
    return Named(place, last, name.maker.name, *name.maker, 0.85 if name.weak else 0.97, reason)


def _is_apart(text, before, after, folded):
    """Whether what stands between two words ends a name. A comma does not within "Sturm, Ruger"."""
    between = text[before.end : after.start]
    return any(each in ";()[]:" for each in between) or ("," in between and folded not in ("sturm", "ruger"))


def _is_meant(words, text, first, last, maker):
    """Whether a common word is the maker: words of a gun are near, a model of that maker follows, or it is a phrase of
    its own in a description of a gun.
    """
    behind = words[last + 1].folded if last + 1 < len(words) else ""
    if _is_about_a_gun(words, first, last) or behind in BY_MAKER.get(maker.name, ()):
        return True
    is_alone = _ends_before(words, text, first) and _ends_before(words, text, last + 1)
    return is_alone and any(word.folded in GUN_WORDS for word in words)


def _ends_before(words, text, place):
    """Whether a phrase ends in front of the word at a place."""
    if place in (0, len(words)):
        return True
    return any(each in ",;:-(" for each in text[words[place - 1].end : words[place].start])


def _is_a_person(words, text, first):
    return first > 0 and words[first - 1].folded in TITLES and not _ends_before(words, text, first)


def _is_about_a_gun(words, first, last):
    before = words[first - 1].folded if first else ""
    if before in NOT_BEFORE:
        return False
    if first > 1 and before == "by" and words[first - 2].folded not in MAKING:
        return False
    near = [word.folded for word in (*words[max(0, first - 2) : first], *words[last + 1 : last + 5])]
    if any(word in GUN_WORDS for word in near):
        return True
    behind = [word.folded for word in words[last + 1 : last + 3]]
    return any(any(each.isdigit() for each in word) and not word.isdigit() for word in behind)


def _is_said_to_make(words, named):
    before = [word.folded for word in words[max(0, named.first - 2) : named.first]]
    return bool(before) and before[-1] == "by" and before[0] in MAKING


def _misspelt(words, text):
    for place, word in enumerate(words):
        pair = word.folded + words[place + 1].folded if place + 1 < len(words) else ""
        for folded, last in ((pair, place + 1), (word.folded, place)):
            if len(folded) < 6 or folded.isdigit() or word.folded in PLAIN | GUN_WORDS or word.folded in MARKS:
                continue
            near = makes.nearest(folded)
            if near and not kinds.ANY_WORD.search(folded) and _is_meant(words, text, place, last, near):
                return Named(place, last, near.name, *near, 0.7, "a misspelt name of the maker")
    return None


def _firm(words, text):
    """Up to three words and one that ends a firm's name: "Sentinel Arms", "Example Machine Works LLC"."""
    for last, word in enumerate(words):
        if word.folded not in FIRM or last == 0 or not _is_about_a_gun(words, last, last):
            continue
        first = last
        while first > 0 and last - first < 3 and _goes_on(words, text, first):
            first -= 1
        named = words[first:last] if word.folded in LEGAL_WORDS else words[first : last + 1]
        if first < last and any(each.isalpha() for each in named[0].folded) and named[0].folded not in COMPANY:
            name = titled(text[named[0].start : named[-1].end])
            return Named(first, last, name, "", "", 0.5, "reads like a maker's name; not in our table")
    return None


def _goes_on(words, text, first):
    before = words[first - 1]
    return before.folded not in PLAIN and before.folded not in MARKS and not _is_apart(text, before, words[first], "")
