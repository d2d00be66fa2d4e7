"""The guides of docs/guides as pages: Markdown in, pieces for a template out. Only files of that folder are read."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from markdown_it import MarkdownIt

from agencies.roles import Role

INDEX = "README"
SCROLLS = '<div class="scroll" tabindex="0" role="region" aria-label="Table">{}</div>'
OF_ROLE = {
    Role.ANALYST: ("analyst", "loading-files", "guns"),
    Role.EVIDENCE_TECHNICIAN: ("evidence-technician", "patrol-and-crime-scene", "guns", "trace-desk", "loading-files"),
    Role.EXAMINER: ("examiner", "guns"),
    Role.DETECTIVE: ("detective", "patrol-and-crime-scene"),
    Role.SUPERVISOR: ("supervisor", "commander"),
    Role.COMMANDER: ("commander", "supervisor"),
    Role.PROSECUTOR: ("prosecutor",),
    Role.SUPERVISION_OFFICER: ("supervision-officer",),
    Role.RESEARCHER: ("auditor-and-others",),
    Role.COMMUNITY_LIAISON: ("auditor-and-others",),
    Role.AGENCY_ADMINISTRATOR: ("agency-administrator",),
    Role.CENTER_COORDINATOR: ("center-coordinator", "commander", "loading-files"),
    Role.AUDITOR: ("auditor-and-others",),
}


@cache
def folder():
    return {path.stem: path for path in sorted(Path(settings.BASE_DIR, "docs", "guides").glob("*.md"))}


@cache
def read(name):
    """{"title", "body"} of a guide. KeyError for a name that is none of the folder's."""
    lines = folder()[name].read_text(encoding="utf-8")
    tokens = MarkdownIt("commonmark", {"html": False}).enable("table").parse(lines)
    return {"title": tokens[1].content, "body": _drawn(tokens[3:])}


def titles(names):
    """(title, address) of guides, in the order of `names`."""
    return [(read(name)["title"], reverse("guide", args=[name])) for name in names if name in folder()]


def _drawn(tokens):
    """A flat run of tokens as markup: each opening token closes with its fellow, so pieces are kept on a stack."""
    stack = [[]]
    for token in tokens:
        if token.type == "inline":
            stack[-1].append(_inline(token.children))
        elif token.type in ("fence", "code_block"):
            stack[-1].append(format_html("<pre>{}</pre>", token.content))
        elif token.nesting == 1:
            stack.append([])
        elif token.nesting == -1:
            inside = _joined(stack.pop())
            # The lines of a list stand without a paragraph of their own.
            drawn = inside if token.hidden else format_html("<{0}>{1}</{0}>", token.tag, inside)
            # On a phone a table is wider than the page: it scrolls by itself, and no word is broken.
            stack[-1].append(format_html(SCROLLS, drawn) if token.tag == "table" else drawn)
    return _joined(stack[0])


def _inline(tokens):
    stack = [[]]
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            stack[-1].append(" ")
        elif token.type == "code_inline":
            stack[-1].append(format_html('<code class="mono">{}</code>', token.content))
        elif token.nesting == 1:
            stack.append([token.attrGet("href")])
        elif token.nesting == -1:
            target, *inside = stack.pop()
            stack[-1].append(
                _link(target, _joined(inside)) if target else format_html("<{0}>{1}</{0}>", token.tag, _joined(inside))
            )
        else:
            stack[-1].append(token.content)
    return _joined(stack[0])


def _link(target, words):
    """A link to another guide; what else a guide names lies beside the portal, not in it."""
    name = target.removesuffix(".md")
    return format_html('<a href="{}">{}</a>', reverse("guide", args=[name]), words) if name in folder() else words


def _joined(pieces):
    return format_html_join("", "{}", ((piece,) for piece in pieces))
