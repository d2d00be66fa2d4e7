"""The project's own tables: every code is one of the NCIC gun file, every model belongs to a maker and a caliber."""

import csv
import re

from evidence.guns import calibers, kinds, modelnames
from evidence.guns.makes import NAMES
from evidence.guns.tables import CALIBERS, MAKES, MORE_CALIBERS, TYPES
from evidence.guns.wording import fold
from tests.shared import shared

MAKERS = {name.maker for name in NAMES.values()}


def codes(name):
    with shared(f"data/codes/{name}").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["description"] for row in csv.DictReader(file)}


def test_every_code_of_a_maker_is_in_the_file_and_belongs_to_one_maker():
    known = codes("ncic_gun_make_MAK.csv")
    ours = [maker.code for maker in MAKERS if maker.code]
    assert [code for code in ours if code not in known] == []
    assert len(ours) == len(set(ours))
    assert len(ours) >= 150


def test_every_code_of_a_maker_describes_that_maker():
    """A slip of one letter in a code is another maker: the description must have a word of a name of ours."""
    known = codes("ncic_gun_make_MAK.csv")
    names = {}
    for folded, name in NAMES.items():
        words = {fold(word) for word in re.split(r"[ /-]", f"{name.maker.name} {name.kept}")}
        names.setdefault(name.maker.code, set()).update({folded, *(word for word in words if len(word) >= 4)})
    strange = [
        (code, known[code])
        for code, words in names.items()
        if code and not any(len(word) >= 2 and word in fold(known[code]) for word in words)
    ]
    assert strange == []


def test_the_common_makers_are_known_by_their_code():
    common = codes_of_common()
    missing = {code: name for code, name in common.items() if code not in {maker.code for maker in MAKERS}}
    assert set(missing) <= {"ZZZ", "US", "BHT"}


def codes_of_common():
    with shared("data/codes/gun_make_common.csv").open(encoding="utf-8", newline="") as file:
        return {row["ncic_mak"]: row["display_name"] for row in csv.DictReader(file)}


def test_every_code_of_a_calibre_and_of_a_type_is_in_the_file():
    known = codes("ncic_gun_caliber_CAL.csv")
    assert {caliber.code for caliber in calibers.BY_BORE.values()} - {""} <= set(known)
    first, second = codes("ncic_gun_type_TYP_char1.csv"), codes("ncic_gun_type_TYP_char2.csv")
    every = {model.type_code for models in modelnames.BY_MAKER.values() for model in models.values()}
    for code in (every | kinds.LISTED | set(kinds.BY_CODE)) - {""}:
        assert code[0] in first
        assert len(code) == 1 or code[1] in second


def test_every_model_has_a_maker_and_a_calibre_of_the_tables():
    assert set(modelnames.BY_MAKER) <= {maker.name for maker in MAKERS}
    for models in modelnames.BY_MAKER.values():
        for model in models.values():
            assert model.name
            assert not model.caliber or model.caliber in calibers.BY_SHOWN, model
            assert not model.type_code or kinds.of_code(model.type_code, 1, "").word, model


def test_what_is_offered_at_intake_is_read_back():
    assert all(calibers.of_cell(name)[0] for name in (*CALIBERS, *MORE_CALIBERS))
    assert all(NAMES.get(re.sub(r"[^a-z0-9]", "", name.lower().replace("&", "and"))) for name in MAKES)
    assert all(kinds.of_code(code, 1, "").word or code == "Z" for code in TYPES)
