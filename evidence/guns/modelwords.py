"""The model in a sentence: behind the word model, behind or in front of the maker, or a name known anywhere."""

import re
from typing import NamedTuple

from evidence.guns.kinds import ANY_WORD
from evidence.guns.makes import COMPANY
from evidence.guns.modelnames import CUE, LONGEST_NAME, SHARED, Model, known_folded
from evidence.guns.wording import MARKS, Word

# What ends a model's name.
STOP = {
    "bearing", "with", "and", "having", "which", "that", "serial", "sn", "caliber", "calibre", "cal", "gauge", "mm",
    "loaded", "unloaded", "black", "silver", "chrome", "blue", "blued", "stainless", "nickel", "gray", "grey", "tan",
    "green", "brown", "pink", "white", "gold", "bronze", "fde", "semi", "semiautomatic", "semiauto", "auto",
    "automatic", "firearm", "firearms", "weapon", "gun", "guns", "made", "manufactured", "produced", "from", "in",
    "on", "by", "is", "was", "were", "are", "has", "had", "unknown", "unk", "none", "na", "an", "a", "the", "of",
    "barrel", "frame", "receiver", "lower", "upper", "slide", "rounds", "round", "shot", "magazine", "ammunition",
    "containing", "capable", "equipped", "no", "not", "or", "to", "at", "for", "found", "recovered", "seized",
    "located", "purchased", "sold", "stolen", "obliterated", "defaced", "pump", "bolt", "lever", "action", "model",
    "mod", "make", "brand", "type", "style", "inch", "assault", "millimeter", "millimetre", "acp", "magnum", "one",
    "two", "short", "long", "sawed", "imported", "fully", "machine", "importer", "number", "numbers", "ser", "old",
    "ghost", "privately", "homemade", "hand", "single", "double", "but", "then", "he", "she", "his", "her", "who",
}  # fmt: skip
SKIPPED = frozenset(("number", "no", "name", "is", "of", "was", "num"))
LONGEST_RUN = 4
# Models too, but far from the maker's name these are words of the sentence.
COMMON = {
    "agent", "carry", "force", "stock", "standard", "special", "target", "sport", "service", "compact", "officers",
    "professional", "loaded", "american", "international", "hunter", "detective", "government", "defender",
    "guardian", "classic", "custom", "automatic", "security", "freedom", "patriot", "premier", "victory", "victor",
    "judge", "master", "survivor", "charger", "challenger", "tactical", "champion", "escort", "shadow", "rider",
    "ranger", "saint", "solid", "trail", "range", "match", "sentry", "stealth", "eagle", "tiger", "rival", "alpha",
    "elite", "duty", "micro", "super", "point", "trooper", "commander", "shield", "sheriff", "european", "impact",
    "liberty", "mutant", "lightning", "companion", "protector", "specialist", "discretion", "citation", "cavalry",
}  # fmt: skip
VOWEL = re.compile(r"[aeiouy]")
ISSUE = re.compile(r"-\d{1,2}(?![\w-])")
ABBREVIATED = frozenset(("inc", "corp", "ltd", "llc", "mfg", "mod", "intl", "ind", "cal"))


class Named(NamedTuple):
    """A model in a sentence. known: what the table tells of it, None when it has no such model."""

    name: str
    known: Model | None
    typed: str
    confidence: float
    reason: str


UNKNOWN = Named("", None, "", 0.0, "no model was read")


def find(words: list[Word], text: str, maker: str, made: tuple[int, int] | None) -> Named:
    """The model that the words tell; UNKNOWN when they tell none.

    maker: our name of the maker, "" when unknown. made: places of the first and last word of the maker's name.
    """
    return (
        _behind_cue(words, text, maker)
        or (_behind_maker(words, text, maker, made[1]) if made else None)
        or (_before_maker(words, text, maker, made[0]) if made else None)
        or _before_cue(words, text, maker, made)
        or _anywhere(words, text, maker, made)
        or UNKNOWN
    )


def _behind_cue(words, text, maker):
    for place, word in enumerate(words):
        if not CUE.match(word.folded) or _is_inside_a_name(words, text, maker, place):
            continue
        start = place + 1
        while start < len(words) and words[start].folded in SKIPPED:
            start += 1
        if start >= len(words) or _has_end(text, words[start - 1], words[start], ",;("):
            continue
        found = _known_at(words, text, maker, start)
        if found:
            return _named(words, text, start, found[0], found[1], 0.97, "behind the word model; a model that is known")
        last = _run(words, text, start)
        if last >= start:
            return _named(words, text, start, last, None, 0.85, "behind the word model")
    return None


def _is_inside_a_name(words, text, maker, place):
    """ "XD Mod.2" """
    starts = range(max(0, place - 3), place)
    return any((found := _known_at(words, text, maker, start)) and found[0] >= place for start in starts)


def _behind_maker(words, text, maker, made_last):
    start = made_last + 1
    while start < len(words) and words[start].folded in COMPANY:
        start += 1
    if start >= len(words) or _has_end(text, words[start - 1], words[start], ";("):
        return None
    found = _known_at(words, text, maker, start)
    if found:
        return _named(words, text, start, found[0], found[1], 0.93, "behind the maker; a model that is known")
    if "," in text[words[start - 1].end : words[start].start] and not _is_mixed(words[start].folded):
        return None
    last = _run(words, text, start)
    if last >= start and any(each.isdigit() for each in words[start].folded + words[min(start + 1, last)].folded):
        return _named(words, text, start, last, None, 0.7, "behind the maker's name")
    return None


def _before_maker(words, text, maker, made_first):
    for count in range(min(LONGEST_NAME, made_first), 0, -1):
        start = made_first - count
        if any(word.folded in MARKS for word in words[start:made_first]) or _has_end(
            text, words[start], words[made_first], ",;("
        ):
            continue
        model = known_folded(maker, "".join(word.folded for word in words[start:made_first]))
        if model and (count > 1 or not words[start].folded.isdigit() or words[start].folded in SHARED):
            return _named(
                words, text, start, made_first - 1, model, 0.9, "in front of the maker; a model that is known"
            )
    start = made_first - 1
    if start >= 0 and _is_mixed(words[start].folded) and not _has_end(text, words[start], words[made_first], ",;("):
        return _named(words, text, start, start, None, 0.6, "letters and digits in front of the maker")
    return None


def _before_cue(words, text, maker, made):
    """ "a Firestar model" and "the XYZ9 model"."""
    for place, word in enumerate(words):
        start = place - 1
        if not CUE.match(word.folded) or start < 0 or (made and made[0] <= start <= made[1]):
            continue
        if _has_end(text, words[start], word, ",;()"):
            continue
        if _is_mixed(words[start].folded):
            return _named(words, text, start, start, None, 0.6, "in front of the word model")
    return None


def _anywhere(words, text, maker, made):
    """A name of the maker's models that is no common word, or a pattern that many build, wherever it stands."""
    for place in range(len(words)):
        if made and made[0] <= place <= made[1]:
            continue
        found = _known_at(words, text, maker, place)
        if found is None:
            continue
        last, model = found
        folded = "".join(word.folded for word in words[place : last + 1])
        is_year = folded.isdigit() and (folded not in SHARED or (place > 0 and words[place - 1].folded in ("in", "of")))
        if folded in COMMON or is_year:
            continue
        if _is_mixed(folded) or folded in SHARED or len(folded) >= 5 or (len(folded) > 2 and not VOWEL.search(folded)):
            return _named(words, text, place, last, model, 0.85, "a model that is known")
    return None


def _known_at(words, text, maker, start):
    """(last word, Model) of the longest known name that begins at a word, None when there is none."""
    best, folded = None, ""
    for last in range(start, min(start + LONGEST_NAME, len(words))):
        if words[last].folded in MARKS or (last > start and _has_end(text, words[last - 1], words[last], ",;(")):
            break
        folded += words[last].folded
        model = known_folded(maker, folded)
        if model:
            best = last, model
    return best


def _run(words, text, start):
    """The last word of a run that may be a model's name; start - 1 when it ends before it begins."""
    last = start - 1
    while last + 1 < len(words) and last + 1 - start < LONGEST_RUN:
        word = words[last + 1]
        if word.folded in MARKS or word.folded in STOP or ANY_WORD.fullmatch(word.folded):
            break
        if last >= start and _has_end(text, words[last], word, ",;()"):
            break
        last += 1
    return last


def _has_end(text, before, after, ends):
    """Whether a phrase ends between two words. The full stop of an abbreviation ends none."""
    between = text[before.end : after.start]
    is_short = len(before.folded) <= 2 or before.folded in ABBREVIATED
    return any(each in ends for each in between) or (". " in between and not is_short)


def _is_mixed(folded):
    return any(each.isdigit() for each in folded) and any(each.isalpha() for each in folded) and len(folded) >= 2


def _named(words, text, first, last, model, confidence, reason):
    end = words[last].end
    issue = ISSUE.match(text, end) if model else None
    typed = text[words[first].start : issue.end() if issue else end]
    if issue:
        # "642-1" is an issue of the 642, and all that is true of the 642 is true of it.
        model = model._replace(name=f"{model.name}{issue[0].upper()}")
    return Named(model.name if model else _shown(typed), model, typed, confidence, reason)


def _shown(typed):
    """An unknown model as typed, in capitals where it has a digit, so that case changes nothing."""
    return " ".join(
        word.upper() if any(c.isdigit() for c in word) or len(word) <= 3 else word.title() for word in typed.split()
    )
