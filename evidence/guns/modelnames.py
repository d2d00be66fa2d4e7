"""Models: names as they are typed in, and what a known one tells of caliber and type."""

import re
from functools import lru_cache
from typing import NamedTuple

from evidence.guns import tablelines
from evidence.guns.models_a_to_g import A_TO_G
from evidence.guns.models_h_to_r import H_TO_R
from evidence.guns.models_s_to_z import S_TO_Z
from evidence.guns.wording import UNKNOWN, fold, tidy


class Model(NamedTuple):
    """A model. caliber: as shown (".40"), "" where there are several. type_code: NCIC, "" where there are several."""

    name: str
    caliber: str
    type_code: str


# Patterns that many makers build: known by name alone, they say what kind of gun it is and not who made it.
PATTERNS = {
    "AK-47": "", "AK-74": "", "AKM": "", "AK": "", "AR-15": "", "AR15": "", "AR-10": "", "M-4": "", "M4": "",
    "M-16": "",
    "SKS": "RI", "1911": "PI", "M1911": "PI", "1911A1": "PI", "M1911A1": "PI", "M1 Carbine": "RI", "M1 Garand": "RI",
    "WASR-10": "RI", "WASR": "RI", "Draco": "PI", "Mini Draco": "PI", "Micro Draco": "PI", "MAC-10": "", "MAC-11": "",
    "MAC-90": "", "MAK-90": "RI", "Uzi": "", "Mini Uzi": "", "TEC-9": "PI", "TEC-DC9": "PI", "Desert Eagle": "PI",
    "10/22": "RI", "Mini-14": "RI", "PPK": "PI", "PPK/S": "PI", "Tokarev": "PI", "Makarov": "PI", "CETME": "RI",
    "FAL": "", "Saiga": "", "Saiga-12": "SI", "PAP M92": "", "NAK9": "PI", "91/30": "RB", "XM-15": "", "M1A": "RI",
    "AR-556": "RI", "CPX-2": "PI", "CPX-1": "PI", "PF940C": "PI", "PF940V2": "PI", "Street Sweeper": "",
}  # fmt: skip
# Firms of one family: what one made is known by the others' names too.
SAME_MODELS = {
    "Beretta USA": "Beretta", "CZ USA": "CZ", "Brno": "CZ", "FN America": "FN Herstal", "Glock USA": "Glock",
    "Steyr Arms": "Steyr", "HS Produkt": "Springfield Armory", "Leinad": "S.W.D. Inc.",
}  # fmt: skip
CUE = re.compile(r"^(?:model|mod|mdl|modle)$")
LONGEST_NAME = 5


def _table() -> tuple[dict[str, dict[str, Model]], dict[str, str]]:
    by_maker: dict[str, dict[str, Model]] = {}
    only: dict[str, str] = {}
    for maker, kind, models in tablelines.lines(A_TO_G + H_TO_R + S_TO_Z):
        found = by_maker.setdefault(maker, {})
        if kind.startswith("*"):
            only[maker] = kind.strip("*")
        for entry in tablelines.entries(models):
            names = [part.strip() for part in entry.split("=")]
            name, caliber, code = (*(part.strip() for part in names[0].split(",")), "", "")[:3]
            model = Model(name, caliber, code or kind.strip("*"))
            for spelled in (name, *names[1:]):
                found.setdefault(fold(spelled), model)
                found.setdefault(fold(spelled.replace("&", "")), model)
    by_maker |= {maker: by_maker[other] for maker, other in SAME_MODELS.items()}
    return by_maker, only


BY_MAKER, ONLY_KIND = _table()
SHARED = {fold(name): Model(name, "", code) for name, code in reversed(PATTERNS.items())}


def known(maker: str, spelled: str) -> Model | None:
    """The model of that maker with this spelling; a pattern that many build is known without a maker too."""
    return known_folded(maker, fold(spelled))


def known_folded(maker: str, folded: str) -> Model | None:
    found = BY_MAKER.get(maker, {}).get(folded)
    return found or SHARED.get(folded)


@lru_cache(maxsize=40_000)
def of_cell(cell: str, maker: str) -> tuple[str, Model | None, float, str]:
    """(name, known model or None, confidence, reason) of a cell: our spelling of a known model, else as typed."""
    text = tidy(cell)
    if fold(text) in UNKNOWN:
        return "", None, 0.0, "no model was read"
    bare = re.sub(r"^(?:model|mod\.?)\s*#?\s*(?=\S)", "", text, flags=re.IGNORECASE)
    model = known(maker, bare)
    if model:
        return model.name, model, 0.97, "a model that is known"
    return bare, None, 0.6, "as typed; not in our table"
