"""What packets are put together by: canonical form and changes, characters, withheld names, blocks and drawings."""

import fcntl
import json
import random
import tempfile
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from defusedxml import ElementTree
from hypothesis import given
from hypothesis import strategies as st

from leads.packets import drawings, glyphs, masking, press, typeset
from leads.packets.blocks import EMPTY, MAKERS, of_section
from leads.packets.said import Said
from leads.packets.sections import PRESETS, SECTIONS, ordered
from leads.packets.snapshot import canonical, changes, digest, fields, plain

ROWS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 2), max_size=6).map(
    lambda found: [{"key": key, "says": says} for key, says in found.items()]
)
SNAPSHOTS = st.dictionaries(st.sampled_from(["events", "links", "map"]), ROWS).map(lambda found: {"sections": found})
PAGE = {
    "title": "T", "subtitle": "", "agency": "A", "number": "N", "keywords": ["N"], "bates": "B", "handling": "",
    "stamp": "UNCONFIRMED", "stamp_words": "", "confirmed": False, "caveat": "", "contents": False, "cover": [],
    "watermark": "", "letter": "", "letter_head": [],
    "year": 2026, "month": 7, "day": 1, "hour": 0, "minute": 0, "second": 0,
}  # fmt: skip


def pressed(*texts):
    """A page with these texts, set in this process."""
    blocks = [{"kind": "text", "text": text} for text in texts]
    data = PAGE | {"sections": [{"title": "S", "blocks": glyphs.throughout(blocks)}]}
    return press.press({"data": data, "fonts": str(typeset.FONTS[0].parent), "at": 0})


@given(SNAPSHOTS, SNAPSHOTS)
def test_what_changed_is_what_a_slow_comparison_of_every_pair_of_rows_finds(old, new):
    told = {}
    for name in ("events", "links", "map"):
        was, now = old["sections"].get(name, []), new["sections"].get(name, [])
        added = [row for row in now if all(row["key"] != other["key"] for other in was)]
        withdrawn = [row for row in was if all(row["key"] != other["key"] for other in now)]
        changed = [(a, b) for b in now for a in was if a["key"] == b["key"] and a["says"] != b["says"]]
        if added or changed or withdrawn:
            told[name] = (added, changed, withdrawn)
    assert {name: tuple(found) for name, found in changes(old, new).items()} == told


@given(SNAPSHOTS)
def test_the_hash_is_of_what_is_said_and_not_of_the_order_in_which_it_was_put_together(snapshot):
    turned = {"sections": {name: snapshot["sections"][name] for name in reversed(list(snapshot["sections"]))}}
    assert (canonical(turned), digest(turned)) == (canonical(snapshot), digest(snapshot))
    assert json.loads(canonical(snapshot)) == snapshot


def test_a_snapshot_holds_times_in_utc_and_no_fractions():
    at = datetime(2026, 7, 1, 23, 30, tzinfo=timezone(-timedelta(hours=5)))
    assert plain({"at": at, "on": date(2026, 7, 1), "of": (True, None, 3)}) == {
        "at": "2026-07-02T04:30:00Z", "on": "2026-07-01", "of": [True, None, 3],
    }  # fmt: skip
    with pytest.raises(TypeError, match="no float"):
        plain({"lat": 38.1})
    assert fields({"key": "a", "x": 1, "y": 2}, {"key": "a", "x": 2}) == ["x", "y"]


@given(st.text())
def test_whatever_somebody_writes_becomes_characters_that_the_fonts_have(text):
    said = glyphs.shown(text)
    assert all(
        character == "\n" or any(first <= ord(character) <= last for first, last in glyphs.RANGES) for character in said
    )
    assert glyphs.shown(said) == said


def test_a_character_without_a_glyph_stands_there_as_its_number():
    assert glyphs.shown("Ren 中 \U0001f52b\u202e e\u0301") == "Ren [U+4E2D] [U+1F52B][U+202E] \u00e9"
    assert glyphs.shown("one\r\ntwo\u2028three\tfour") == "one\ntwo\nthree four"


def test_every_character_that_is_let_through_can_be_set():
    every = "".join(chr(code) for first, last in glyphs.RANGES for code in range(first, last + 1))
    assert pressed(*(" x".join(every[at : at + 200]) for at in range(0, len(every), 200))).count(b"%PDF") == 1


@pytest.mark.parametrize("seed", range(5))
def test_no_text_is_the_end_of_a_packet(seed):
    dice = random.Random(seed)
    ranges = ((0x20, 0x3000), (0x300, 0x370), (0x590, 0x1000), (0x2000, 0xD800), (0xE000, 0x110000))
    texts = ["".join(chr(dice.randrange(*dice.choice(ranges))) for _ in range(60)) for _ in range(40)]
    assert b"%PDF" in pressed(*texts)


def test_one_packet_is_set_at_a_time_on_a_machine(monkeypatch, tmp_path):
    """Else two workers would hold the memory of two (ADR 39)."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def is_free(_asked=None, _handle=None):
        (lock,) = tmp_path.iterdir()
        with lock.open("rb+") as other:
            try:
                fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return b"0\n"
        return b"1\n"

    monkeypatch.setattr(typeset, "_run", is_free)
    assert typeset.pdf(PAGE | {"sections": []}).count == 0, "while pages are set"
    assert is_free() == b"1\n"


def test_who_waits_for_a_page_is_not_kept_longer_than_they_said_by_the_pages_of_others(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(typeset, "_run", lambda _asked, _handle: b"3\n")
    with typeset.lock().open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(typeset.PressError, match="Other pages are being set"):
            typeset.pdf(PAGE | {"sections": []}, wait=0)
    assert typeset.pdf(PAGE | {"sections": []}, wait=0).count == 3


def test_what_is_written_is_never_read_as_a_program():
    for text in ('#panic("x")', "$ x^2 $", "*b* _i_ `c` <l> @l", '#read("/etc/passwd")', "= Heading", "\\u{41}", '")]'):
        assert b"%PDF" in pressed(text)
    drawn = drawings.charts([{"key": "a", "node": "lead", "label": '<image href="x"/>&'},
                             {"key": "b", "node": "case", "label": "]]>", "what": '"'},
                             {"key": "e", "from": "a", "to": "b", "sure": False}])  # fmt: skip
    assert '&lt;image href="x"/&gt;&amp;' in drawn[0]
    assert {each.tag.partition("}")[2] for each in ElementTree.fromstring(drawn[0]).iter()} <= {
        "svg", "line", "rect", "text", "circle", "path",
    }  # fmt: skip


def test_a_withheld_name_is_found_in_whatever_order_and_case_it_is_written():
    found = masking.pattern(["Marlo Quill", "Ann van Dyke", "-"])
    said = masking.without(
        {"a": ["Spoke to MARLO QUILL.", "Quill, Marlo", "Marloe Quillon"], "b": "Dyke, Ann van; Ann  van Dyke's"}, found
    )
    assert said == {
        "a": ["Spoke to [name withheld].", "[name withheld]", "Marloe Quillon"],
        "b": "[name withheld]; [name withheld]'s",
    }
    assert masking.pattern([]) is None
    assert masking.without("as it is", None) == "as it is"


def test_every_section_says_something_when_nothing_is_on_record():
    assert set(EMPTY) == set(SECTIONS) == set(MAKERS)
    for name in SECTIONS:
        assert of_section(name, [], "America/Chicago") == [{"kind": "text", "text": EMPTY[name]}]
        noted = of_section(name, [{"key": "left-out", "left_out": "More."}], "America/Chicago")
        assert noted[-1] == {"kind": "note", "text": "More."}


def test_an_event_of_a_day_without_an_hour_is_told_as_a_day():
    said = Said("America/Chicago")
    assert said.happened("2026-07-01T05:00:00+00:00") == "1 Jul 2026"
    assert said.happened("2026-07-01T05:01:00+00:00") == "1 Jul 2026 00:01"
    assert said.at("2026-07-01T05:00:00+00:00") == "1 Jul 2026 00:00"
    assert said.happened("") == ""
    row = {"key": "event-1", "at": "2026-07-01T05:00:00+00:00", "kind": "Event", "what": "Shots fired, PAPD 26-1"}
    table = of_section("timeline", [row], "America/Chicago")[1]
    assert table["rows"] == [["1 Jul 2026", "Event", "Shots fired, PAPD 26-1"]]


def test_presets_name_sections_in_order_and_no_packet_for_others_begins_with_traces_or_witnesses():
    for purpose, names in PRESETS.items():
        assert ordered(names) == names, purpose
        assert "witnesses" not in names
    assert not any("trace" in PRESETS[purpose] for purpose in ("discovery", "trial"))


@pytest.mark.parametrize("many", [1, 2, 7, 60])
def test_a_map_of_any_places_is_drawn_within_its_frame(many):
    dice = random.Random(many)
    rows = [
        {"lat": dice.randint(-8_000_000, 8_000_000), "lng": dice.randint(-17_900_000, 17_900_000),
         "near": dice.random() < 0.5, "mark": dice.randrange(7)}
        for _ in range(many)
    ]  # fmt: skip
    drawn = ElementTree.fromstring(drawings.place_map(rows))
    across = [float(each.get("x", each.get("cx", 1))) for each in drawn]
    assert all(0 <= x <= drawings.WIDTH for x in across)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(range(0, 10**9, 86_399)).map(
                lambda after: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(seconds=after)
            ),
            st.sampled_from(drawings.LANES),
        )
    )
)
def test_a_timeline_has_a_mark_for_each_entry(entries):
    rows = [{"at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "kind": kind} for at, kind in entries]
    assert drawings.time_line(rows).count("<circle") == len(rows)


def test_a_chart_of_many_cases_goes_on_in_another_drawing():
    rows = [{"key": "l", "node": "lead", "label": "L"}]
    for number in range(60):
        rows.append({"key": f"c{number}", "node": "case", "label": str(number), "what": "x"})
        rows.append({"key": f"e{number}", "from": "l", "to": f"c{number}", "sure": number % 2 == 0})
    drawn = drawings.charts(rows)
    assert len(drawn) == 3
    assert sum(each.count("<circle") for each in drawn) == 60
    assert sum(each.count("stroke-dasharray") for each in drawn) == 30
