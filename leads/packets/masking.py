"""Names that are withheld, taken out of all words of a snapshot. Pure.

A name is found in full, in whatever order, case, marks and breaks; as any part of it alone (a surname, a given name, a
nickname), with or without initials. A part that is an ordinary word as well, or has three letters or fewer, is found
where it has a capital: rather too much is taken out than too little. What is found is one walk through the words of a
text, however many names there are.
"""

import re
import unicodedata
from itertools import pairwise

from leads.packets.ordinary import ORDINARY, PARTICLES

WITHHELD = "[name withheld]"
# What is no text of anybody: read by programs, or a name of an office or of who works for one.
FIXED = frozenset(
    ("form", "as_of", "key", "item", "kind", "node", "zone", "purpose", "at", "on", "since", "hash", "link", "stamp",
     "caveat", "agency", "code", "mark", "by", "examiner", "verified_by", "maker")
)  # fmt: skip
BREAKS = "\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff"
WORD = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{BREAKS}])*")
HUMP = re.compile(r"(?<=[a-z\u00df-\u00ff])(?=[A-Z\u00c0-\u00de])")
# What may stand between two pieces of one name, and what ties two pieces of one word.
BETWEEN = re.compile(r"\s*(?:(?:[^\w\s]|_)\s*){0,3}")
TIGHT = re.compile(r"|\s*\n\s*|\s*[-'\u2018\u2019\u2010\u2011\xad\u200b]\s*")
BESIDE = re.compile(r"[\s,]+|\.\s*|\s*[-'\u2019\u2010-\u2013_/]\s*")
LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i"})
GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
SHORT, LONG = 3, 5


def fold(word):
    """A word as it is compared: small letters without marks."""
    if word.isascii():
        return word.lower()
    small = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    return "".join(letter for letter in small if letter.isalpha()).translate(LETTERS)


def pattern(names, allowed=()):
    """What finds any of some names (`Finder`); None without names. allowed: names in full that may be said, though they
    share a part with one that may not.
    """
    found = Finder(names, allowed)
    return found if found.prefixes or found.caseless else None


def without(value, found):
    """`value` (text, lists, mappings) with what `found` (`pattern`) finds withheld; fields of FIXED stay."""
    if found is None:
        return value
    if isinstance(value, str):
        return found.sub(value)
    if isinstance(value, list):
        return [without(each, found) for each in value]
    if isinstance(value, dict):
        return {name: each if _is_fixed(name) else without(each, found) for name, each in value.items()}
    return value


def _is_fixed(name):
    return name in FIXED or name.endswith(("_at", "_on"))


def throughout(snapshot, found):
    """A snapshot with names withheld: the ends of a line of its chart are keys."""
    masked = without(snapshot, found)
    for was, row in zip(snapshot["sections"].get("chart", ()), masked["sections"].get("chart", ()), strict=True):
        row |= {name: was[name] for name in ("from", "to") if name in was}
    return masked


def file_name(name, found):
    """The name of a file, without all of it where any part of a name stands in it, glued to other words or not."""
    stem, dot, ending = name.rpartition(".") if "." in name else (name, "", "")
    glued = "".join(fold(word) for word in WORD.findall(stem))
    hit = found and (found.sub(stem) != stem or any(part in glued for part in found.single if len(part) > SHORT))
    return f"name-withheld{dot}{ending}" if hit else name


class Finder:
    """What some names are found by: `single` words and `many` words run together, each with whether it needs a capital
    to be taken for a name; `prefixes` of them all.
    """

    def __init__(self, names, allowed=()):
        self.single, self.many, self.initials, self.particles, self.cut = {}, {}, set(), set(), {}
        caseless, whole = set(), []
        for name in names:
            solid = self._add(name)
            whole.append(set(solid))
            caseless |= {part for part in solid if part.upper() == part.lower() and len(part) > 1}
        ways = sorted(map(re.escape, caseless), key=len, reverse=True)
        self.caseless = re.compile("|".join(ways)) if ways else None
        said = [[fold(word) for word in _words(name)] for name in allowed]
        self.allowed = {
            "".join(order) for parts in said if len(parts) > 1 and not any(_may_be(one, set(parts)) for one in whole)
            for order in _orders(parts)
        }  # fmt: skip
        keys = {*self.single, *self.many, *(self.allowed if whole else ())}
        self.prefixes = {key[:end] for key in keys for end in range(1, len(key) + 1)}

    def _add(self, name):
        """Take a name in, and give its parts but for particles and initials."""
        parts = [fold(word) for word in _words(name)]
        ways = {fold(word): _spellings(word) for word in _words(name)}
        solid = [part for part in _solid(name) if len(part) > 1]
        for part in solid:
            capital = part in ORDINARY or len(part) <= SHORT
            for way in ways[part]:
                for key in (way, f"{way}s", f"{way}es"):
                    self.single.setdefault(key, capital)
        self._add_joined(parts, solid)
        self.initials |= {part[0] for part in parts}
        self.particles |= {*parts} - {*solid}
        return solid

    def _add_joined(self, parts, solid):
        for order in [*_orders(parts), *_orders(solid)] if len(parts) > 1 and solid else ():
            self._joined("".join(order), False)
        for one in solid:
            for other in (each for each in solid if each != one):
                self._joined(one + other, self.single[one] and self.single[other])
            for letter in {part[0] for part in parts}:
                for glued in (letter + one, one + letter):
                    self.many.setdefault(glued, self.single[one])
                    if len(one) >= LONG and not self.single[one]:
                        self.single.setdefault(glued, False)

    def _joined(self, key, capital):
        for where in (self.single, self.many):
            where[key] = where.get(key, True) and capital

    def sub(self, text):
        """`text` without these names."""
        words = list(self._pieces(text))
        spans, at = [], 0
        while at < len(words):
            if words[at][2] not in self.prefixes:
                at += 1
                continue
            end, may_be_said = self._longest(text, words, at)
            if end and not may_be_said:
                self._take(text, words, spans, at, end)
            at = max(end, at + 1)
        begins = [0, *(words[last][1] for _first, last in spans)]
        ends = [*(words[first][0] for first, _last in spans), len(text)]
        said = WITHHELD.join(text[begin:end] for begin, end in zip(begins, ends, strict=True)) if spans else text
        return self.caseless.sub(WITHHELD, said) if self.caseless else said

    def _pieces(self, text):
        """(begin, end, as it is compared) of the words of a text; "MariaReyes" is two. Each word is cut once."""
        for found in WORD.finditer(text):
            word, begin = found[0], found.start()
            pieces = self.cut.get(word)
            if pieces is None:
                pieces = self.cut[word] = [(len(piece), fold(piece)) for piece in HUMP.split(word)]
            for length, folded in pieces:
                yield begin, begin + length, folded
                begin += length

    def _longest(self, text, words, at):
        """(where the longest name that begins with a word ends, whether it may be said); (0, False) without one."""
        joined, best, said = "", 0, 0
        for to in range(at, len(words)):
            if to > at and not BETWEEN.fullmatch(text, words[to - 1][1], words[to][0]):
                break
            joined += words[to][2]
            if joined not in self.prefixes:
                break
            if self._is_name(text, words[at : to + 1], joined):
                best = to + 1
            if to > at and joined in self.allowed:
                said = to + 1
        beside = said < len(words) and BESIDE.fullmatch(text, words[said - 1][1], words[said][0]) if said else None
        alone = not (beside and "," not in beside[0] and "." not in beside[0] and words[said][2] in self.single)
        return (said, True) if said >= best and said and alone else (best, False)

    def _is_name(self, text, words, joined):
        """Whether words that run together to a key stand for a name here."""
        has_capital = not text[words[0][0]].islower()
        if len(words) > 1 and joined in self.many:
            return has_capital or not self.many[joined]
        if joined not in self.single or not (has_capital or not self.single[joined]):
            return False
        gaps = [text[one[1] : other[0]] for one, other in pairwise(words)]
        return (
            all(map(TIGHT.fullmatch, gaps))
            or all(text[word[0]].isupper() for word in words)
            or all(len(word[2]) == 1 for word in words)
        )

    def _take(self, text, words, spans, first, end):
        """Withhold words [first, end), with initials and particles beside them, as one with what is withheld before."""
        last = end - 1
        while first and self._goes_along(text, words, first - 1, words[first - 1][1], words[first][0]):
            first -= 1
        while last + 1 < len(words) and self._goes_along(text, words, last + 1, words[last][1], words[last + 1][0]):
            last += 1
        if spans and (spans[-1][1] >= first or _are_one(text, words, spans[-1][1], first)):
            first = spans.pop()[0]
        spans.append((first, last))

    def _goes_along(self, text, words, at, begin, end):
        start, _end, folded = words[at]
        gap = BESIDE.fullmatch(text, begin, end)
        is_initial = len(folded) == 1 and folded in self.initials and text[start].isupper()
        return bool(gap) and (is_initial or folded in self.particles)


def _may_be(withheld, parts):
    """Whether a name may be that of somebody withheld: it has all of theirs, or two parts of it."""
    return bool(withheld) and (withheld <= parts or len(withheld & parts) > 1)


def _are_one(text, words, last, first):
    gap = BESIDE.fullmatch(text, words[last][1], words[first][0])
    return bool(gap) and ("." not in gap[0] or len(words[last][2]) == 1)


def _words(text):
    return [piece for word in WORD.findall(text) for piece in HUMP.split(word)]


def _solid(name):
    """The parts of a name that stand for it: not what leads to the next one ("de la"), nor "Jr."."""
    found = []
    for chunk in name.split(","):
        parts = [fold(word) for word in _words(chunk)]
        found += [part for at, part in enumerate(parts) if part not in PARTICLES[0 if at + 1 < len(parts) else 1]]
    return list(dict.fromkeys(found)) or [fold(word) for word in _words(name)]


def _orders(parts):
    """A name from its first part, and with the first or the last part at the other end."""
    return [parts, [*parts[1:], *parts[:1]], [*parts[-1:], *parts[:-1]]]


def _spellings(word):
    """A part as it may be written without its marks: "Müller" is "Muller" and "Mueller", either way."""
    whole = unicodedata.normalize("NFC", word).casefold().translate(GERMAN)
    return {fold(word), fold(whole), re.sub("([aou])e", r"\1", fold(whole))}
