"""Calibers as people write them, in a sentence and in a cell of their own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.guns import calibers
from evidence.guns.calibers import BY_BORE, find, of_cell, spelled_out


def one(text):
    found = find(spelled_out(text))
    assert len(found) <= 1, found
    return (found[0].caliber.shown, found[0].caliber.code, found[0].caliber.cartridge) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a 9mm pistol", ("9mm", "9", "")),
        ("a 9 mm pistol", ("9mm", "9", "")),
        ("a 9-mm pistol", ("9mm", "9", "")),
        (".9 millimeter pistol", ("9mm", "9", "")),
        ("nine millimeter pistol", ("9mm", "9", "")),
        ("9x19 pistol", ("9mm", "9", "9x19mm Luger")),
        ("9mm Luger caliber", ("9mm", "9", "9x19mm Luger")),
        ("9x18 Makarov", ("9mm", "9", "9x18mm Makarov")),
        ("9mm Kurz pistol", (".380", "380", ".380 ACP")),
        (".380 Auto firearm", (".380", "380", ".380 ACP")),
        ("0.40 caliber", (".40", "40", "")),
        (".40-caliber pistol", (".40", "40", "")),
        ("forty caliber", (".40", "40", "")),
        (".40 S&W", (".40", "40", ".40 S&W")),
        ("cal:357", (".357", "357", "")),
        (".357 SIG", (".357", "357", ".357 SIG")),
        ("357 magnum revolver", (".357", "357", ".357 Magnum")),
        ("caliber .38 Special", (".38", "38", ".38 Special")),
        (".45ACP", (".45", "45", ".45 ACP")),
        (".45 Long Colt", (".45", "45", ".45 Colt")),
        (".22 long rifle", (".22", "22", ".22 LR")),
        ("22LR", (".22", "22", ".22 LR")),
        ("7.62 x 39", ("7.62mm", "762", "7.62x39mm")),
        ("762x39", ("7.62mm", "762", "7.62x39mm")),
        ("7.62 caliber rifle", ("7.62mm", "762", "")),
        ("5.56x45mm", ("5.56mm", "556", "5.56x45mm NATO")),
        ("5.56 NATO", ("5.56mm", "556", "5.56x45mm NATO")),
        (".223 Remington", (".223", "223", ".223 Remington")),
        ("30-06 rifle", (".30-06", "3006", "")),
        ("30/30 rifle", (".30-30", "30", "")),
        ("300 AAC Blackout", (".300", "", ".300 Blackout")),
        ("6.5 Creedmoor", ("6.5mm", "", "6.5mm Creedmoor")),
        ("5.7x28mm", ("5.7mm", "", "5.7x28mm")),
        ("12-gauge", ("12 ga", "12", "")),
        ("twelve gauge", ("12 ga", "12", "")),
        (".410-gauge", (".410", "410", "")),
        ("20 ga. shotgun", ("20 ga", "20", "")),
        (".50 BMG", (".50", "50", ".50 BMG")),
        ("Taurus 38 revolver", (".38", "38", "")),
    ],
)
def test_a_calibre_is_read_in_every_form(text, expected):
    assert one(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a 16 inch barrel",
        '4" barrel',
        "30 round magazine",
        ".45 inches of rain",
        'a .25" hole',
        "caliber unknown, cal. 9 rounds",
        "loaded with 9 rounds",
        "model 38",
        "10/22 rifle",
        "serial 380123",
        "22 years old",
        "at 9 am",
        "80 caliber",
        "$40",
        "4.5",
        "",
        "no digits",
    ],
)
def test_another_number_is_no_calibre(text):
    assert find(spelled_out(text)) == []


@pytest.mark.parametrize(
    ("cell", "shown", "cartridge"),
    [
        ("9", "9mm", ""),
        ("45", ".45", ""),
        ("0.4", ".40", ""),
        ("0.22", ".22", ""),
        ("0.556", "5.56mm", ""),
        ("57", "5.7mm", ""),
        ("762", "7.62mm", ""),
        ("22lr", ".22", ".22 LR"),
        ("45acp", ".45", ".45 ACP"),
        ("9 MAK", "9mm", "9x18mm Makarov"),
        ("12GA.", "12 ga", ""),
        ("4440", ".44-40", ""),
        ("45/410", ".45", ""),
    ],
)
def test_a_cell_may_hold_the_number_alone(cell, shown, cartridge):
    caliber, confidence, reason = of_cell(cell)
    assert (caliber.shown, caliber.cartridge) == (shown, cartridge)
    assert confidence > 0
    assert reason


@pytest.mark.parametrize("cell", ["", "NULL", "N/A", "Multi", "unknown", "All calibers approved", "99999", "?", "abc"])
def test_a_cell_without_a_calibre_stays_unknown(cell):
    caliber, confidence, reason = of_cell(cell)
    assert caliber is None
    assert confidence == 0
    assert reason


def test_a_bore_alone_says_no_cartridge():
    assert all(caliber.cartridge == "" for caliber in BY_BORE.values())


@given(st.sampled_from(["9mm", ".40 S&W", ".45 ACP", "12 gauge", "7.62x39", ".38 Special", "5.56 NATO"]), st.data())
def test_case_and_blanks_change_no_calibre(text, data):
    changed = data.draw(st.sampled_from([text.upper(), text.lower(), text.title(), f"  {text} "]))
    assert find(changed)[0].caliber == find(text)[0].caliber


@given(st.text(max_size=200))
def test_any_text_is_read_without_an_error(text):
    for seen in find(spelled_out(text)):
        assert 0 <= seen.start < seen.end <= len(text)
    of_cell(text)


@given(st.text(alphabet="0123456789.,-/x mcalgbro&sw\"'", max_size=120))
def test_digits_and_marks_in_any_order_are_read_without_an_error(text):
    assert all(seen.caliber.shown in calibers.BY_SHOWN for seen in find(text))
