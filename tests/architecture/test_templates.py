"""Templates carry no code, no style and nothing unused."""

import re

import pytest

from tests.architecture import source

TEMPLATES = source.files("templates", pattern="*.html")
TEXTS = "\n".join(p.read_text() for p in [*TEMPLATES, *source.files(), *source.files("templates", pattern="*.txt")])
# Django and its auth views ask for these by name.
CALLED_BY_NAME = re.compile(r"^(registration/|\d{3}|503)")


@pytest.mark.parametrize("path", TEMPLATES, ids=source.name)
def test_no_script_style_or_handler_stands_in_a_page(path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", text)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=source.name)
def test_nothing_is_marked_safe_unseen(path):
    # A mail is plain text: escaping would spoil its link.
    escapes = path.name == "password_reset_email.html" or "autoescape off" not in path.read_text()
    assert escapes and not re.search(r"\|\s*safe\b", path.read_text())


@pytest.mark.parametrize("path", source.files(), ids=source.name)
def test_no_text_is_declared_safe_in_code(path):
    assert "mark_safe(" not in path.read_text()


@pytest.mark.parametrize("path", TEMPLATES, ids=source.name)
def test_nothing_is_fetched_from_another_host(path):
    assert not re.search(r"(src|href|action)=\"(https?:)?//", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=source.name)
def test_every_template_is_used(path):
    name = str(path.relative_to(source.ROOT / "templates"))
    assert CALLED_BY_NAME.match(name) or f'"{name}"' in TEXTS or f"'{name}'" in TEXTS or name in TEXTS


@pytest.mark.parametrize("path", TEMPLATES, ids=source.name)
def test_a_template_asks_the_database_nothing(path):
    """Managers and querysets are for queries.py: what a template shows is there before it is drawn."""
    assert not re.search(r"\.(all|filter|exists|objects|\w+_set)\b", _expressions(path))


def _expressions(path):
    return "\n".join(re.findall(r"{[{%].*?[}%]}", path.read_text()))
