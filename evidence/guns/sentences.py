"""A gun described in a sentence, as charges, reports and property sheets have it: "Glock 26 9mm pistol, S/N ..."."""

import re

from evidence.guns import calibers, kinds, makes, makewords, markings, modelwords, serialwords
from evidence.guns.descriptions import Description, Part
from evidence.guns.modelnames import ONLY_KIND
from evidence.guns.serials import NOTHING_SAID, Serial, shown_as
from evidence.guns.wording import CALIBER_MARK, SERIAL_MARK, STOP_MARK, tidy, words_of

MACHINE_GUN = re.compile(r"\bmachine\s?-?\s?guns?\b", re.IGNORECASE)
LONG_RIFLE = re.compile(r"\blong\s+rifle\b", re.IGNORECASE)
HANDGUN = re.compile(r"\bhand\s?-?\s?guns?\b", re.IGNORECASE)
PISTOL = re.compile(r"\bpistols?\b", re.IGNORECASE)


def describe(text: str) -> Description:
    """The gun that a sentence describes; what it does not say stays unknown. Never raises, whatever the text.

    Only the first 2,000 characters are read. Of several guns it is the first; further serial numbers stand in
    `serials`. The order of phrases, capitals, blanks and punctuation between them change nothing.
    """
    line = calibers.spelled_out(tidy(text))
    said = serialwords.find(line)
    rest = _without(line, said.spans, SERIAL_MARK)
    imported = markings.importer(rest)
    if imported:
        rest = _without(rest, [imported[:2]], STOP_MARK)
    seen = calibers.find(rest)
    named, words, blanked, seen = _maker(rest, seen)
    maker = named.maker if named else ""
    model = modelwords.find(words, blanked, maker, (named.first, named.last) if named else None)
    caliber, cartridge = _caliber(rest, seen, model.known)
    if named:
        rest = _without(rest, [(words[named.first].start, words[named.last].end)], STOP_MARK)
    is_made = markings.is_privately_made(line)
    serial = _serial(said.serial, maker, is_made)
    beside = makewords.others(words, blanked, named) if named else []
    return Description(
        make=_make(named, words, blanked),
        maker=maker,
        model=Part(model.name, "", model.typed, model.confidence, model.reason),
        caliber=caliber,
        cartridge=cartridge,
        type=_type(_before_conversion(rest), model.known, maker, seen),
        serial=serial,
        serials=said.others,
        importer=_importer(imported, beside),
        country=markings.country(line),
        is_obliterated=serial.status in ("obliterated", "removed"),
        is_privately_made=is_made,
        has_conversion_device=markings.has_conversion_device(line),
        is_stolen=markings.is_stolen(line),
    )


def _without(text, spans, mark):
    """The text with a mark in the place of each span, as long as before."""
    for start, end in spans:
        text = text[:start] + mark.ljust(end - start) + text[end:]
    return text


def _maker(rest, seen):
    """(maker or None, words, text without calibers, calibers).

    A name in a cartridge is the maker's where no other is one.
    """
    blanked = _without(rest, [(each.start, each.end) for each in seen], CALIBER_MARK)
    words = words_of(blanked)
    named = makewords.find(words, blanked)
    if named is None or named.confidence <= 0.5:
        shorter = [calibers.without_maker(each) for each in seen]
        if shorter != seen:
            again = _without(rest, [(each.start, each.end) for each in shorter], CALIBER_MARK)
            other = makewords.find(words_of(again), again)
            if other and other.maker:
                return other._replace(confidence=0.6), words_of(again), again, shorter
    return named, words, blanked, seen


def _make(named, words, text):
    if named is None:
        return Part(reason=makes.NOBODY.reason)
    typed = text[words[named.first].start : words[named.last].end]
    return Part(named.name, named.code, typed, named.confidence, named.reason)


def _caliber(rest, seen, model):
    """(Part, cartridge): what is said, surest first; else the only one the model was made in."""
    if seen:
        best = max(seen, key=lambda each: (each.confidence >= 0.9, -each.start))
        caliber = best.caliber
        cartridge = caliber.cartridge or next(
            (each.caliber.cartridge for each in seen if each.caliber.shown == caliber.shown and each.caliber.cartridge),
            "",
        )
        return Part(caliber.shown, caliber.code, rest[best.start : best.end], best.confidence, best.reason), cartridge
    if model and model.caliber:
        code = calibers.BY_SHOWN[model.caliber].code
        return Part(model.caliber, code, "", 0.85, f"the {model.name} was made in no other"), ""
    return Part(reason="no caliber was read"), ""


def _before_conversion(rest):
    """The sentence of a converted gun without the words for what the device makes of it: a pistol with a switch."""
    plain = MACHINE_GUN.sub(" ", rest)
    return plain if markings.has_conversion_device(rest) and kinds.find(plain).word else rest


def _type(rest, model, maker, seen):
    kind = kinds.find(LONG_RIFLE.sub(" ", rest))
    told = kinds.of_code(model.type_code, 0.9, f"the {model.name} is one") if model else kinds.UNKNOWN
    if not kind.word:
        kind = told if told.word else _by_maker_or_bore(maker, seen)
    elif told.code and (kind.word == told.word or _is_any_handgun(rest, kind, told)) and kind.confidence < 0.95:
        kind = told
    match = kinds.ANY_WORD.search(rest)
    return Part(kind.word, kind.code, match[0] if match else "", kind.confidence, kind.reason)


def _is_any_handgun(rest, kind, told):
    return kind.word == "pistol" and told.code[:1] == "P" and bool(HANDGUN.search(rest)) and not PISTOL.search(rest)


def _by_maker_or_bore(maker, seen):
    if maker in ONLY_KIND:
        return kinds.of_code(ONLY_KIND[maker], 0.8, f"{maker} makes nothing else")
    word = next((each.caliber.kind for each in seen if each.caliber.kind), "")
    return kinds.of_word(word, 0.6, "the caliber is fired by nothing else")


def _serial(serial, maker, is_privately_made):
    if serial.status in ("read", "partial"):
        return serial._replace(shown=shown_as(serial.typed, maker))
    if serial == NOTHING_SAID and is_privately_made:
        return Serial("(none)", "none", "", 0.6, "privately made, and no number is said")
    return serial


def _importer(imported, beside):
    if imported:
        words = imported[2].split(",")[0].strip(" .")
        made = makes.of_cell(words)
        return made.maker or words
    return beside[0] if beside else ""
