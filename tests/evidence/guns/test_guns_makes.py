"""Makers in cells: register names are kept and mended, short forms and misspelt names find their maker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.guns import likeness, makes
from evidence.guns.makes import NAMES, of_cell


@pytest.mark.parametrize(
    ("cell", "name", "maker", "code"),
    [
        ("glock", "Glock", "Glock", "GLC"),
        ("S&W", "Smith & Wesson", "Smith & Wesson", "SW"),
        ("smith  and WESSON", "Smith & Wesson", "Smith & Wesson", "SW"),
        ("Sturm Ruger", "Sturm Ruger", "Ruger", "SR"),
        ("Sturm, Ruger & Co., Inc.", "Sturm Ruger", "Ruger", "SR"),
        ("RUGER", "Ruger", "Ruger", "SR"),
        ("hi point firearms", "Hi Point Firearms", "Hi-Point", "HIH"),
        ("HiPoint", "Hi-Point", "Hi-Point", "HIH"),
        ("anderson manfacturing", "Anderson Manufacturing", "Anderson Manufacturing", "ADM"),
        ("Anderson Mfg.", "Anderson Manufacturing", "Anderson Manufacturing", "ADM"),
        ("Springfield Armory/Inc.", "Springfield Armory", "Springfield Armory", "SGD"),
        ("Remington Arms Co., Inc.", "Remington Arms", "Remington", "REM"),
        ("Aero Precision, LLC", "Aero Precision", "Aero Precision", "API"),
        ("D.P.M.S.", "DPMS", "DPMS", "DPM"),
        ("Glock Firearms", "Glock", "Glock", "GLC"),
        ("Walther Arms Fort Example", "Walther", "Walther", "WAL"),
        ("H & K", "Heckler & Koch", "Heckler & Koch", "HEC"),
        ("TAS", "Taurus", "Taurus", "TAS"),
    ],
)
def test_a_cell_names_its_maker(cell, name, maker, code):
    made = of_cell(cell)
    assert (made.name, made.maker, made.code) == (name, maker, code)
    assert made.confidence > 0
    assert made.reason


def test_who_stands_in_brackets_imported_it():
    made = of_cell("Canik (Century Arms)")
    assert (made.name, made.maker, made.importer) == ("Canik (Century Arms)", "Canik", "Century Arms")
    assert of_cell("Walther (Interarms)").importer == "Interarms"


@pytest.mark.parametrize(
    "cell", ["", " ", "NULL", "N/A", "unknown", "Unknown Make", "none", "???", "12345", "-", "zzz", "nan"]
)
def test_a_cell_that_names_nobody_stays_unknown(cell):
    assert of_cell(cell) == makes.NOBODY


@pytest.mark.parametrize("cell", ["asdf", "qwerty uiop", "blorbex", "see narrative", "black", "Example"])
def test_words_that_are_no_maker_stay_unknown(cell):
    assert of_cell(cell).name == ""


@pytest.mark.parametrize("cell", ["BLORBEX ARMS", "blorbex arms", "Blorbex Arms, LLC", "Blorbex  Arms Inc."])
def test_a_firm_that_no_table_has_keeps_its_name_and_gets_no_code(cell):
    made = of_cell(cell)
    assert (made.name, made.maker, made.code) == ("Blorbex Arms", "", "")
    assert made.confidence < 0.5


@given(st.sampled_from(sorted({name.kept for name in NAMES.values()})), st.data())
def test_case_blanks_and_legal_form_change_no_maker(name, data):
    changed = data.draw(st.sampled_from([name.upper(), name.lower(), f"  {name} ", name.replace(" ", "  ")]))
    assert of_cell(changed) == of_cell(name)
    assert of_cell(f"{name}, LLC").maker == of_cell(name).maker


LONG = sorted({name.maker.name for name in NAMES.values() if len(name.maker.name) >= 10})


@given(st.sampled_from(LONG), st.data())
def test_two_neighbours_swapped_still_name_the_maker_or_nobody(name, data):
    place = data.draw(st.integers(1, len(name) - 2))
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    assert of_cell(swapped).maker in (name, "")


@given(st.text(max_size=80))
def test_any_cell_is_read_without_an_error(text):
    made = of_cell(text)
    assert 0 <= made.confidence <= 1
    assert bool(made.name) == (made.confidence > 0)


@given(st.text(alphabet="abcde", max_size=7), st.text(alphabet="abcde", max_size=7))
def test_the_distance_is_that_of_the_plain_recursion(first, second):
    assert likeness.distance(first, second, 3) == min(slow_distance(first, second), 4)


def slow_distance(first, second):
    """Optimal string alignment as its definition has it."""
    if not first or not second:
        return len(first) + len(second)
    best = min(
        slow_distance(first[1:], second) + 1,
        slow_distance(first, second[1:]) + 1,
        slow_distance(first[1:], second[1:]) + (first[0] != second[0]),
    )
    if len(first) > 1 and len(second) > 1 and first[0] == second[1] and first[1] == second[0]:
        best = min(best, slow_distance(first[2:], second[2:]) + 1)
    return best


def test_a_word_between_two_known_ones_is_neither():
    known = likeness.Index(["aaaaab", "aaaaac"])
    assert known.nearest("aaaaad") == ""
    assert known.nearest("aaaab") == "aaaaab"


def test_there_are_a_hundred_and_fifty_makers_or_more():
    makers = {name.maker for name in NAMES.values()}
    assert len(makers) >= 150
    assert len({maker.name for maker in makers}) == len(makers)
