"""No part of a withheld name survives in a text, however it is written; and what is no name stays."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leads.packets import masking
from leads.packets.masking import WITHHELD
from leads.packets.ordinary import LEADING, SUFFIXES

# Names are made of letters that no word around them has, so that what is left of a name is seen.
LETTERS = "abcdefghijklmnoprstuvéèüöñçøżł"
GAPS = (" ", "  ", "\n", " \n  ", "-", "-\n", "\u2011", "_", "/", ". ", ", ")
ENDS = ("", ".", ",", "'s", "\u2019s", ")", '"', "_1.qxq", "@xq.qx", ":", "s")
AROUND = ("Qx {} xq", "{}", "({}", "qxq: '{}", "Qxq 12\n{}\nqx", "xq_{}", "Xq. {}. Qx")
CASES = (str.upper, str.title, str.capitalize)
MARKS = (
    lambda text: text,
    lambda text: unicodedata.normalize("NFD", text),
    lambda text: unicodedata.normalize("NFKC", text),
    lambda text: "".join(each for each in unicodedata.normalize("NFD", text) if not unicodedata.combining(each)),
    lambda text: f"{text[:1]}\u00ad{text[1:]}",
    lambda text: f"{text[:2]}\u200b{text[2:]}",
)
SEEDS = st.integers(0, 2**32)


def part_of_a_name(dice):
    part = "".join(dice.choices(LETTERS, k=dice.randint(2, 9)))
    return part_of_a_name(dice) if masking.fold(part) in LEADING | SUFFIXES else part


def mention(seed):
    """(a name, a text with a mention of the person in it)."""
    dice = random.Random(seed)
    drawn = [part_of_a_name(dice) for _ in range(dice.randint(2, 4))]
    parts = list({masking.fold(part): part for part in drawn}.values())
    ways = [
        parts, parts[1:] or parts, parts[-1:], parts[:1], [parts[-1], *parts[:-1]], list(reversed(parts)),
        [parts[0][:1], parts[-1]], [parts[0], parts[-1][:1]], ["de", "la", *parts[-1:]],
    ]  # fmt: skip
    case, marked = dice.choice(CASES), dice.choice(MARKS)
    said = dice.choice(GAPS).join(marked(case(part)) for part in dice.choice(ways))
    return " ".join(parts), dice.choice(AROUND).format(said + dice.choice(ENDS))


@given(SEEDS)
def test_no_part_of_a_name_is_left_of_a_mention_of_it(seed):
    name, text = mention(seed)
    left = masking.pattern([name]).sub(text).replace(WITHHELD, "|")
    glued = masking.fold(left) if not left.isascii() else "".join(each for each in left.lower() if each.isalpha())
    assert not [part for part in name.split() if masking.fold(part) in glued], left


@given(SEEDS)
def test_a_name_in_full_is_found_in_small_letters_too_and_masking_twice_changes_nothing(seed):
    name, _text = mention(seed)
    found = masking.pattern([name])
    once = found.sub(f"xq {name.lower()} qx")
    assert once == f"xq {WITHHELD} qx"
    assert found.sub(once) == once


@pytest.mark.parametrize(("text", "said"), [
    ("Spoke to Ms. Reyes.", "Spoke to Ms. |."),
    ("M. Reyes, reyes and MREYES", "| and |"),
    ("Delgado-Reyes; Reyes, Maria D.", "|; |."),
    ("Del-\ngado and R E Y E S", "| and |"),
    ("Maria's and the Delgados", "| and the |"),
    ("Lil' Smoke saw smoke", "| saw smoke"),
    ("a green car, Green's car", "a green car, | car"),
    ("O\u2019Brien, OBRIEN or O Brien", "| or |"),
    ("Mueller, M\u00dcLLER or Muller", "| or |"),
    ("\u674e\u5c0f\u9f99\u8bf4", "|\u8bf4"),
    ("Carlos Reyes hit Reyes; Nora Green stayed", "Carlos Reyes hit |; Nora Green stayed"),
    ("Carlos Reyes-Delgado", "Carlos |"),
    ("Nothing of it", "Nothing of it"),
])  # fmt: skip
def test_what_a_person_is_called_is_found_and_who_may_be_named_keeps_their_name(text, said):
    hidden = ["Maria Delgado Reyes", "Lil Smoke", "O'Brien, Kate", "Bo Green"]
    found = masking.pattern([*hidden, "J\u00fcrgen M\u00fcller", "\u674e\u5c0f\u9f99"], ["Carlos Reyes", "Green, Nora"])
    assert found.sub(text).replace(WITHHELD, "|") == said


def test_who_is_called_as_somebody_withheld_is_not_named_though_they_may_be():
    found = masking.pattern(["John Stark", "Smoke"], ["Stark, John Paul", "Smoke Jones", "Ed Stark"])
    assert found.sub("John Paul Stark, Smoke Jones") == f"{WITHHELD} Paul {WITHHELD} Jones"
    assert found.sub("Ed Stark") == "Ed Stark"
    assert masking.pattern(["Ana Lopez Ruiz"], ["Ruiz, Ana"]).sub("Ana Ruiz") == WITHHELD


def test_what_programs_read_stays_and_the_rest_of_a_snapshot_is_masked():
    found = masking.pattern(["Event Chicago", "Ada Lead"])
    chart = {"key": "edge-1", "from": "lead-1", "to": "event-2", "label": "Chicago"}
    leg = {"key": "leg-1", "from": "Ada Lead", "to": "Chicago", "hash": "ada", "at": "2026", "said_at": "Event"}
    snapshot = {"packet": {"zone": "America/Chicago", "title": "Event Chicago"},
                "sections": {"chart": [chart], "exhibits": [leg]}}  # fmt: skip
    said = masking.throughout(snapshot, found)
    assert said["packet"] == {"zone": "America/Chicago", "title": WITHHELD}
    assert said["sections"]["chart"] == [chart | {"label": WITHHELD}]
    assert said["sections"]["exhibits"] == [leg | {"from": WITHHELD, "to": WITHHELD}]


@pytest.mark.parametrize(("name", "said"), [
    ("Reyes statement.pdf", "name-withheld.pdf"), ("interview-mariareyes2.m4a", "name-withheld.m4a"),
    ("scene.jpg", "scene.jpg"), ("REYES", "name-withheld"),
])  # fmt: skip
def test_a_file_that_is_called_after_somebody_goes_along_without_its_name(name, said):
    assert masking.file_name(name, masking.pattern(["Maria Delgado Reyes"])) == said
    assert masking.file_name(name, None) == name
