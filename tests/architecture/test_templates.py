"""Templates carry no code, no style and nothing unused. Each test lists all that break its rule."""

import re

import pytest
from django.template import engines
from django.template.loader import render_to_string

from tests.architecture import source
from tests.architecture.test_code import offenders

TEMPLATES = source.files("templates", pattern="*.html")
# Django and its auth views ask for these by name.
CALLED_BY_NAME = re.compile(r"^(registration/|\d{3})")
INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>|<style|\sstyle=|\son[a-z]+=\"[^\"]*\""
)
SHELL = re.compile(r"(?<![/\w])shell\.([a-z_.]+[a-z])")
QUERIES = re.compile(r"\.(?:all|filter|exists|objects|\w+_set)\b")


def test_no_script_style_or_handler_stands_in_a_page():
    assert offenders(TEMPLATES, lambda path: INLINE.findall(path.read_text())) == {}


def test_nothing_is_marked_safe_unseen():
    def unescaped(path):
        # A mail is plain text: escaping would spoil its link.
        wanted = r"\|\s*safe\b" if "email" in path.name or "mail" in path.parts else r"\|\s*safe\b|autoescape off"
        return re.findall(wanted, path.read_text())

    assert offenders(TEMPLATES, unescaped) == {}
    assert offenders(source.files(), lambda path: "mark_safe(" in path.read_text()) == {}


def test_nothing_is_fetched_from_another_host():
    away = re.compile(r"(?:src|href|action)=\"(?:https?:)?//[^\"]*")
    assert offenders(TEMPLATES, lambda path: away.findall(path.read_text())) == {}


def test_every_template_is_used():
    texts = "\n".join(p.read_text() for p in [*TEMPLATES, *source.files()])

    def unused(path):
        name = str(path.relative_to(source.ROOT / "templates"))
        return not CALLED_BY_NAME.match(name) and f'"{name}"' not in texts and f"'{name}'" not in texts

    assert offenders(TEMPLATES, unused) == {}


def test_a_template_asks_the_database_nothing():
    """Managers and querysets are for queries.py: what a template shows is there before it is drawn."""

    def asked(path):
        return QUERIES.findall("\n".join(re.findall(r"{[{%].*?[}%]}", path.read_text())))

    assert offenders(TEMPLATES, asked) == {}


@pytest.mark.parametrize("row", [{"id": 1, "current": False}, {"id": 1, "name": "Port Alder PD"}])
def test_a_page_that_asks_for_what_it_is_not_given_fails_in_every_test(row):
    """Here the choice of agencies: without a name to print, or without a word on which one is current."""
    name = "components/agency_choices.html"
    assert "Port Alder PD" in render_to_string(name, {"rows": [{"id": 1, "current": False, "name": "Port Alder PD"}]})
    with pytest.raises(pytest.fail.Exception, match=r"agency_choices\.html or what it extends asks for agency"):
        render_to_string(name, {"rows": [row]})


def test_of_the_frame_around_a_page_nothing_is_asked_that_it_never_holds(client, city):
    client.force_login(city.supervisor)
    shell = client.get("/leads/").context["shell"]
    held = {*shell(), *(f"user.{name}" for name in shell()["user"]), *(f"agency.{name}" for name in shell()["agency"])}

    def unheld(path):
        asked = {name for tag in re.findall(r"{[{%].*?[}%]}", path.read_text()) for name in SHELL.findall(tag)}
        return sorted(asked - held)

    assert offenders(TEMPLATES, unheld) == {}


def test_a_template_that_is_not_ours_may_ask_for_more():
    assert engines["django"].from_string("{{ nothing }}{% if nothing %}x{% endif %}").render() == ""
