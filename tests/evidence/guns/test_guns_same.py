"""Which two records may be one gun, and which may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.guns.samegun import Gun, basis

ONE = Gun("ABC1234", "Glock", "9 mm")
GUNS = st.builds(
    Gun,
    st.sampled_from(["ABC1234", "A8C1234", "369257", "369J257", "12345", "", "AB1", "000001", "11111"]),
    st.sampled_from(["Glock", "glock", "GLOCK GMBH", "Taurus", "", "Unknown", "Zzq Widgets"]),
    st.sampled_from(["9 mm", "9mm Luger", ".40 S&W", "", ".38 Special", ".357 Magnum", "odd"]),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (ONE, "serial"),
        (Gun("ABC1234", "GLOCK GMBH", "9mm Luger"), "serial"),
        (Gun("ABC1234", "", ""), "serial"),
        (Gun("ABC1234", "Taurus", "9 mm"), ""),
        (Gun("ABC1234", "Glock", ".40 S&W"), ""),
        (Gun("A8C1234", "Glock", "9 mm"), "misread"),
        (Gun("A8C1234", "", "9 mm"), ""),
        (Gun("ABC1234", "Glock", "9 mm", is_privately_made=True), ""),
        (Gun("ABC1235", "Glock", "9 mm"), ""),
    ],
)
def test_number_make_and_caliber_decide_what_is_suggested(other, why):
    assert basis(ONE, other) == why


def test_letters_inside_the_digits_suggest_as_ncic_matches():
    assert basis(Gun("369J257", "Colt", ".38 Special"), Gun("369257", "Colt", ".357 Magnum")) == "frame"


@pytest.mark.parametrize("key", ["", "123", "12345", "54321", "111111", "AB12", "ABCDEF", "0000001"])
def test_numbers_that_many_guns_share_suggest_nothing(key):
    assert basis(Gun(key, "Glock", "9 mm"), Gun(key, "Glock", "9 mm")) == ""


@given(GUNS, GUNS)
def test_what_is_suggested_does_not_depend_on_which_comes_first(first, second):
    assert basis(first, second) == basis(second, first)
    if basis(first, second):
        assert not first.is_privately_made
        assert min(len(first.serial_key), len(second.serial_key)) >= 5
