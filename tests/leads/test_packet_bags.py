"""The library of the standard makes the bag of a packet, the same twice, of nothing but what was released."""

import io
import os
import re
import zipfile

import bagit
import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from leads.packets import bag, bagging
from tests.leads.test_packet_seals import SAID, items, page, pdf, sealer, whole

__all__ = ["items", "page", "pdf", "sealer", "whole"]


def test_a_bag_is_one_to_the_library_of_the_standard_and_the_same_twice(items, whole, tmp_path):
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert opened.testzip() is None
        opened.extractall(tmp_path)
    (folder,) = tmp_path.iterdir()
    made = bagit.Bag(str(folder))
    assert made.validate()
    assert (made.version_info, made.info["External-Identifier"]) == ((1, 0), SAID)
    once, again = (bagging.tag_files(each, {"Bagging-Date": "2026-07-16"}) for each in (items, reversed(items)))
    assert once == again
    tags = {name: text.encode() for name, text in once.items()}
    assert b"".join(bag.chunks("x", items, tags)) == b"".join(bag.chunks("x", reversed(items), tags))
    assert next(iter(bag.chunks("x", items, tags))).startswith(b"PK")


def test_a_file_that_is_not_what_it_was_is_in_no_bag(items, tmp_path):
    (tmp_path / "kept").write_bytes(b"else")
    altered = items[0]._replace(opened=lambda: (tmp_path / "kept").open("rb"))
    with pytest.raises(bagging.BagError, match="not what it was when it was released"):
        bagging.tag_files([altered, *items[1:]], {})
    with pytest.raises(bag.TooLarge, match="Leave files out"):
        bagging.tag_files([items[0]._replace(size=3 * 2**30)], {})
    assert (tmp_path / "kept").read_bytes() == b"else"


def test_what_the_library_does_not_take_is_told_and_leaves_the_folder_of_the_process(items, monkeypatch):
    monkeypatch.setattr(bagging, "BAGGER", bagging.BAGGER.with_name("packet.typ"))
    before = os.getcwd()
    with pytest.raises(bagging.BagError, match="could not be made"):
        bagging.tag_files(items, {})
    assert os.getcwd() == before


def test_the_guide_and_the_decision_call_the_files_of_a_bag_as_it_does(items):
    assert {each.name for each in items} > {bag.PDF, bag.RECORD}
    for path in ("guides/prosecutor.md", "adr/0045-bags-tokens-and-strangers-files.md"):
        said = (settings.BASE_DIR / "docs" / path).read_text()
        named = {name for name in re.findall(r"`([\w.]+)`", said) if name.endswith((".json", ".pdf"))}
        assert named == {bag.PDF, bag.RECORD, bag.ITEMS}, path


@given(st.text(max_size=300), st.integers(1, 999))
def test_a_name_from_outside_never_leads_out_of_the_bag(name, number):
    made = bag.safe_name(name, number)
    assert made.startswith(f"files/{number:03}-")
    assert "/" not in made.removeprefix("files/")
    assert ".." not in made.removeprefix(f"files/{number:03}-")[:2]
    assert len(made) <= 100
