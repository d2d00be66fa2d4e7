"""The guides say what stands on the screen: each role has its page, each label in bold is one of the portal."""

import re

import pytest

from agencies.roles import Role
from tests.architecture import source

GUIDES = source.files("docs/guides", pattern="*.md")
LABEL = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
LINK = re.compile(r"\]\(([\w./-]+\.md)\)")


def shown():
    """All that pages can say: templates without their tags, and the texts of the code."""
    pages = [re.sub(r"<[^>]+>|{%.*?%}", " ", path.read_text()) for path in source.files("templates", pattern="*.html")]
    code = [path.read_text() for path in source.files()]
    return " ".join(" ".join(pages + code).split())


def test_every_label_of_a_guide_stands_on_a_page():
    screen = shown()

    def unknown(path):
        if path.name == "README.md":
            return []
        # What ends a sentence inside the bold text is a heading of the guide's own.
        labels = [" ".join(label.split()) for label in LABEL.findall(path.read_text()) if label[-1] not in ".?"]
        return sorted(label for label in labels if label not in screen)

    assert {source.name(path): found for path in GUIDES if (found := unknown(path))} == {}


@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_every_role_finds_its_page_on_the_first_one(role):
    index = (source.ROOT / "docs/guides/README.md").read_text().lower()
    assert any(word in index for word in (role.label.lower(), role.label.lower().removeprefix("center ")))


def test_every_page_that_a_guide_names_is_there():
    def lost(path):
        return [name for name in LINK.findall(path.read_text()) if not (path.parent / name).resolve().exists()]

    assert {source.name(path): found for path in GUIDES if (found := lost(path))} == {}
