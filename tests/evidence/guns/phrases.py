"""Descriptions of guns put together of phrases, for property tests: what is true of each is known beforehand."""

from hypothesis import strategies as st

from evidence.guns import modelnames
from evidence.guns.wording import fold

WORDS = {"PI": "pistol", "PR": "revolver", "RI": "rifle", "RB": "rifle", "SP": "shotgun", "SS": "shotgun"}
CALIBERS = {
    "9mm": ["9mm", "9 mm", "9-mm", "9mm caliber", "9 millimeter", "nine millimeter"],
    ".40": [".40 caliber", ".40-caliber", "40 cal", "0.40 caliber", ".40 S&W"],
    ".45": [".45 caliber", ".45 ACP", "45 cal.", ".45"],
    ".22": [".22 LR", ".22 caliber", "22 cal", ".22 long rifle"],
    ".380": [".380", ".380 caliber", ".380 ACP", "380 auto"],
    ".38": [".38 Special", ".38 caliber", "38 spl"],
    ".357": [".357 magnum", ".357 caliber"],
    ".25": [".25 caliber", ".25 ACP", ".25 auto"],
    "12 ga": ["12 gauge", "12-gauge", "12 ga"],
}
CUES = [
    "serial number {}", "S/N {}", "serial #{}", "bearing serial number {}", "Serial No. {}", "SN: {}", "ser. no. {}",
    "with a serial number of {}",
]  # fmt: skip
MAKERS = """
Glock; Smith & Wesson; Ruger; Sig Sauer; Taurus; Hi-Point; SCCY; Kel-Tec; Walther; Beretta; Colt; Heckler & Koch;
Remington; Mossberg; Winchester; Savage; Harrington & Richardson; New England Firearms; Charter Arms; Davis
Industries; Lorcin; Jennings; Jimenez Arms; Raven Arms; Phoenix Arms; Intratec; Bersa; Kahr Arms; Kimber; Ithaca;
Norinco; Bushmaster; Anderson Manufacturing; Palmetto State Armory; Diamondback; Rossi; Iver Johnson; High Standard;
North American Arms; Heritage; Sarsilmaz; Stoeger; Para-Ordnance; AMT; Accu-Tek; Arsenal; Steyr; Century Arms;
Springfield Armory; Canik
"""
# Letters that no eye and no rule takes for another, so that the number is known whatever the case of the text.
LETTERS = "ACDEFGHJKMNPRTUVWXY"


def _guns():
    """(maker, model, caliber, word for the kind) of models that are no word of the language and no bare number."""
    for maker in (name.strip() for name in MAKERS.replace("\n", " ").split(";")):
        for folded, model in modelnames.BY_MAKER[maker].items():
            is_plain = folded == fold(model.name) and not any(mark in model.name for mark in "./")
            is_mixed = any(each.isdigit() for each in folded) and any(each.isalpha() for each in folded)
            if is_plain and is_mixed and model.caliber in CALIBERS and model.type_code in WORDS:
                yield maker, model.name, model.caliber, WORDS[model.type_code]


GUNS = sorted(set(_guns()))


@st.composite
def guns(draw):
    """(phrases, what is to be read): maker and model, caliber and kind, serial number."""
    maker, model, caliber, word = draw(st.sampled_from(GUNS))
    serial = f"{draw(st.text(LETTERS, max_size=3))}{draw(st.integers(1000, 9_999_999))}"
    named = draw(st.sampled_from([[f"{maker} model {model}"], [f"{maker} {model}"], [maker, f"model {model}"]]))
    fired = f"{draw(st.sampled_from(CALIBERS[caliber]))} {draw(st.sampled_from(['', 'caliber ']))}{word}"
    phrases = [*named, fired.replace("caliber caliber", "caliber"), draw(st.sampled_from(CUES)).format(serial)]
    return phrases, (maker, model, caliber, word, serial)


def as_said(phrases, data):
    """The phrases in some order, with some punctuation, in some case."""
    ordered = data.draw(st.permutations(phrases))
    text = data.draw(st.sampled_from([", ", "; ", " , ", ",  ", "\n, "])).join(ordered)
    text = data.draw(st.sampled_from(["", "a loaded ", "one black "])) + text
    return data.draw(st.sampled_from([text, text.upper(), text.lower(), text.title(), f"  {text}. "]))


def read(gun):
    """(make, model, caliber, type, serial) of a description."""
    return gun.make.value, gun.model.value, gun.caliber.value, gun.type.value, gun.serial.shown
