"""Guns in sentences: the grammar, with sentences of our own; every name, number and place here is invented."""

import pytest

from evidence.guns.descriptions import Description, gun_key, same_gun
from evidence.guns.sentences import describe
from tests.evidence.guns.phrases import read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "one Taurus, Model PT 111 Millennium G2, 9 mm pistol, S/N: TJX00123",
            ("Taurus", "PT111 Millennium G2", "9mm", "pistol", "TJX00123"),
        ),
        ("MAKE: GLOCK; MODEL: 22; CAL: .40; SER: ABC001", ("Glock", "22", ".40", "pistol", "ABC001")),
        ("Make - Glock, Model - 19, Caliber - 9mm, Serial Number - ABC001", ("Glock", "19", "9mm", "pistol", "ABC001")),
        ("S&W Bodyguard 380 .380acp s/n KAB0001", ("Smith & Wesson", "M&P Bodyguard 380", ".380", "pistol", "KAB0001")),
        (".40 S&W caliber Glock model 22, bearing #ABC001", ("Glock", "22", ".40", "pistol", "ABC001")),
        (".40 Smith & Wesson pistol", ("Smith & Wesson", "", ".40", "pistol", "")),
        ("Sturm, Ruger & Co., Inc., model LC9s pistol", ("Ruger", "LC9s", "9mm", "pistol", "")),
        ("REM 870 12GA", ("Remington", "870", "12 ga", "shotgun", "")),
        ("Ruger Mini-14 .223 rifle serial number 181-00001", ("Ruger", "Mini-14", ".223", "rifle", "181-00001")),
        ("PPK/S Walther Interarms .380", ("Walther", "PPK/S", ".380", "pistol", "")),
        ("9mm pistol manufactured by Taurus, model G3C", ("Taurus", "G3C", "9mm", "pistol", "")),
        ("an AR-15 style rifle, 5.56 caliber", ("", "AR-15", "5.56mm", "rifle", "")),
        ("Tauras PT92 9mm pistol", ("Taurus", "PT92", "9mm", "pistol", "")),
        ("Blorbex Arms Model Z9 9mm pistol, SN Z00012", ("Blorbex Arms", "Z9", "9mm", "pistol", "Z00012")),
        ("Colt Cobra .38 Special revolver", ("Colt", "Cobra", ".38", "revolver", "")),
        ("a Star Firestar model pistol", ("Star", "Firestar", "", "pistol", "")),
        ("Charter Arms “Undercover” .38 revolver", ("Charter Arms", "Undercover", ".38", "revolver", "")),
        (
            "Romarm Mini Draco 7.62x39, serial number PE-0001-2001 RO",
            ("Romarm", "Mini Draco", "7.62mm", "pistol", "PE-0001-2001RO"),
        ),
        ("Glock19Gen5 9mm", ("Glock", "19", "9mm", "pistol", "")),
        ("S&amp;W model 642-1 .38 cal", ("Smith & Wesson", "642-1", ".38", "revolver", "")),
        ("S&W MP40", ("Smith & Wesson", "M&P 40", ".40", "pistol", "")),
        ("a .38 caliber Smith & Wesson Model 10", ("Smith & Wesson", "10", ".38", "revolver", "")),
        ("Beretta U.S.A. Corp. Model 96D", ("Beretta USA", "96D", ".40", "pistol", "")),
        ("HiPoint 40 cal JCP", ("Hi-Point", "JCP", ".40", "pistol", "")),
        ("Springfield Armory XD-S Mod.2 9mm", ("Springfield Armory", "XD-S Mod.2", "9mm", "pistol", "")),
    ],
)
def test_a_sentence_tells_what_it_says(text, expected):
    assert read(describe(text)) == expected


@pytest.mark.parametrize(
    "text", ["", " ", "asdf qwerty", "!!!! ????", "12345", "9", "the quick brown fox", "\x00\ufffd", "N/A"]
)
def test_junk_stays_unknown(text):
    assert read(describe(text)) == ("", "", "", "", "")
    unknown = describe(text).as_dict()
    assert {unknown[name] for name in ("make", "make_code", "model", "caliber", "type", "serial", "serial_key")} == {
        None
    }


@pytest.mark.parametrize(
    "text",
    [
        "Detective Colt searched a house in Phoenix and found a Ruger P95 9mm pistol",
        "Officer Browning recovered a Ruger P95 9mm pistol from Mr. Savage",
        "in a Ford Taurus at High Point, North Carolina, was a Ruger P95 9mm pistol",
    ],
)
def test_a_person_and_a_place_are_no_makers(text):
    assert read(describe(text))[:3] == ("Ruger", "P95", "9mm")


@pytest.mark.parametrize(
    "text",
    [
        "a star witness in Winchester",
        "the savage attack near Phoenix",
        "a cobra and a raven",
        "the cop left an arsenal",
    ],
)
def test_common_words_without_a_gun_are_no_makers(text):
    assert describe(text).make.value == ""


@pytest.mark.parametrize(
    ("words", "shown", "status"),
    [
        ("serial number obliterated", "(obliterated)", "obliterated"),
        ("with an obliterated serial number", "(obliterated)", "obliterated"),
        ("with a defaced S/N", "(obliterated)", "obliterated"),
        ("serial number has been intentionally scratched off", "(obliterated)", "obliterated"),
        ("which had its manufacturer's serial number removed", "(removed)", "removed"),
        ("serial number XX-XXXXXXX", "(redacted)", "redacted"),
        ("bearing serial number [redacted]", "(redacted)", "redacted"),
        ("with no serial number", "(none)", "none"),
        ("serial number: none", "(none)", "none"),
        ("serial number unknown", "(unknown)", "unknown"),
        ("s/n not legible", "(unknown)", "unknown"),
        ("", "", ""),
    ],
)
def test_a_number_that_cannot_be_read_says_why_and_meets_no_other_gun(words, shown, status):
    for text in (f"Hi-Point C9 9mm pistol {words}", f"Hi-Point C9, {words}, 9mm pistol"):
        gun = describe(text)
        assert (gun.serial.shown, gun.serial.status) == (shown, status)
        assert gun.is_obliterated == (status in ("obliterated", "removed"))
        assert gun_key(gun) is None
        assert not same_gun(gun, gun)
        assert read(gun)[:4] == ("Hi-Point", "C9", "9mm", "pistol")


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("serial number ABC123", "ABC123"),
        ("Serial No. ABC123", "ABC123"),
        ("serial #ABC123", "ABC123"),
        ("serial: ABC123", "ABC123"),
        ("SER#ABC123", "ABC123"),
        ("s/n ABC123", "ABC123"),
        ("SN: ABC123", "ABC123"),
        ("bearing serial number ABC123", "ABC123"),
        ("bearing ABC123", "ABC123"),
        ("#ABC123", "ABC123"),
        ("(serial number ABC123)", "ABC123"),
        ("with a serial number of ABC123", "ABC123"),
        ("serial number is ABC123", "ABC123"),
        ("serial number, ABC123", "ABC123"),
        ("serial number AB 123 456", "AB123456"),
        ("serial number NR5841", "NR5841"),
        ("serial number K?12*4", "K?12*4"),
    ],
)
def test_a_number_is_found_behind_every_cue(words, number):
    for text in (f"Ruger LCP pistol, {words}", f"{words}, Ruger LCP pistol", f"Ruger LCP {words} .380 caliber"):
        assert describe(text).serial.shown == number


def test_a_calibre_behind_the_words_for_no_number_is_no_number():
    gun = describe("privately made firearm with no serial number, 9mm")
    assert (gun.serial.shown, gun.caliber.value) == ("(none)", "9mm")


def test_a_pattern_behind_the_words_for_no_number_is_no_number():
    gun = describe("pistol with no serial number, 1911 style, .45 caliber")
    assert (gun.serial.shown, gun.model.value, gun.caliber.value) == ("(none)", "1911", ".45")


def test_a_second_number_is_kept_beside_the_first():
    gun = describe("Glock 19, serial number ABC123, slide serial number DEF456")
    assert (gun.serial.shown, gun.serials) == ("ABC123", ("DEF456",))


@pytest.mark.parametrize(
    "text",
    [
        "a ghost gun",
        "a privately made 9mm pistol",
        "an unserialized AR-15 rifle",
        "Polymer80 frame",
        "an 80% lower",
        "a PMF pistol",
    ],
)
def test_a_gun_that_nobody_licensed_made_is_recognised(text):
    assert describe(text).is_privately_made


@pytest.mark.parametrize(
    "text",
    [
        "Glock 19 with a Glock switch",
        "machine gun conversion device on a Glock 19",
        "a drop-in auto sear and a Glock 19",
        "Glock 19 modified to fire fully automatic",
        "Glock 19 with an attached switch",
    ],
)
def test_a_conversion_device_is_recognised_and_the_gun_stays_what_it_is(text):
    gun = describe(text)
    assert gun.has_conversion_device
    assert read(gun)[:4] == ("Glock", "19", "9mm", "pistol")


def test_an_ordinary_gun_is_none_of_these():
    gun = describe("Glock 19 9mm pistol, serial number ABC123, a light switch was on")
    assert (gun.is_privately_made, gun.has_conversion_device, gun.is_obliterated, gun.is_stolen) == (False,) * 4


def test_stolen_importer_and_country_are_kept():
    gun = describe("a stolen Romarm WASR-10 rifle, imported by Century Arms, made in Romania, serial number 1-00001-01")
    assert (gun.is_stolen, gun.importer, gun.country) == (True, "Century Arms", "Romania")
    assert read(gun) == ("Romarm", "WASR-10", "7.62mm", "rifle", "1-00001-01")
    assert not describe("Glock 19, not reported stolen").is_stolen


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("semi-automatic pistol", "PI"),
        ("revolver", "PR"),
        ("derringer", "PD"),
        ("bolt action rifle", "RB"),
        ("semiautomatic rifle", "RI"),
        ("lever-action rifle", "RL"),
        ("pump shotgun", "SP"),
        ("over and under shotgun", "SO"),
        ("double barrel shotgun", "SE"),
        ("sawed-off shotgun", ""),
        ("rifle", ""),
        ("submachine gun", "B"),
        ("machine gun", "MA"),
        ("Mossberg 500 shotgun", "SP"),
        ("Smith & Wesson model 36 handgun", "PR"),
    ],
)
def test_kind_and_action_give_the_two_letters(text, code):
    assert describe(text).type.code == code


def test_everything_read_says_how_sure_it_is_why_and_from_which_words():
    found = describe("Glock 26 9mm pistol, bearing serial number ABC123").as_dict()
    for name in ("make", "model", "caliber", "type", "serial"):
        assert 0 < found["confidence"][name] <= 1
        assert found["reason"][name]
    assert found["typed"] == {"make": "Glock", "model": "26", "caliber": "9mm", "type": "pistol", "serial": "ABC123"}
    assert found["make_code"] == "GLC"
    unknown = Description().as_dict()
    assert set(unknown["confidence"].values()) == {0.0}
