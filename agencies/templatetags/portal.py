"""The components of every page: each takes plain values and queries nothing.

templates/components/gallery.html shows them all; docs/components.md lists arguments and examples.
"""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string

from agencies import drawings, markup

register = template.Library()

register.simple_tag(markup.icon)
register.simple_tag(markup.badge)
register.simple_tag(markup.agency)
register.simple_tag(markup.agencies)
register.simple_tag(markup.stamp)
register.simple_tag(markup.clock)
register.simple_tag(markup.receipt)
register.simple_tag(markup.event_mark)
register.simple_tag(markup.mini)
register.simple_tag(markup.score)
register.simple_tag(drawings.meter)
register.simple_tag(drawings.bar)
register.simple_tag(drawings.stage_bars)


@register.simple_tag
def kept(template_name, rows=()):
    """A part of the frame drawn from plain `rows` alone, once for all pages that have the same: the menu, the keys."""
    draw = _kept.__wrapped__ if settings.DEBUG else _kept
    return draw(template_name, tuple(tuple(row.items()) for row in rows))


@lru_cache(maxsize=512)
def _kept(template_name, rows):
    return render_to_string(template_name, {"rows": [dict(row) for row in rows]})


STEPS = ("Sent", "Ack.", "Assigned", "Working", "Closed")


@register.inclusion_tag("components/gunline.html")
def gunline(line, size="", key=True, table=""):
    """The events of one presumed gun as `leads.gunline.draw` gives them; size "s" is short, `table` a link."""
    before = [None, *line["segments"]]
    items = [{"node": node, "segment": segment} for node, segment in zip(line["nodes"], before, strict=True)]
    return {"items": items, "end": line["end"], "summary": line["summary"], "size": size, "key": key, "table": table}


@register.inclusion_tag("components/obligation.html")
def obligation(card, heading=3):
    """One agency's duty on a lead: its clock, five steps, who has it, the sum."""
    at, state = card["step"], card["clock"]["state"]
    now = "" if state in ("ok", "soon", "done") else f" {state}"
    steps = [
        (word, "ok" if n < at else f"now{now}" if n == at else "") for n, word in enumerate(card.get("steps", STEPS), 1)
    ]
    return {
        "card": {"unit": "", "person": "", "line": "", "line_tone": "", "asked": "", "actions": "", **card},
        "steps": steps,
        "heading": heading,
    }


@register.inclusion_tag("components/score.html")
def score_card(score, heading=2):
    """A triage score with its reasons: {"total", "rule", "rank", "groups": [{"letter", "name", "points",
    "reasons": [(points, words)]}]}.
    """
    return {"score": {"rule": "", "rank": "", **score}, "heading": heading}


@register.inclusion_tag("components/feed.html")
def feed(items):
    """What happened, newest first: [{"icon", "tone", "who", "text", "iso", "when"}]."""
    return {"items": [{"icon": "note", "tone": "", "who": "", **item} for item in items]}


@register.inclusion_tag("components/kpis.html")
def kpis(items):
    """A row of figures: [{"label", "value", "icon", "sub", "url", "sub_url", "tone"}]."""
    return {"items": [{"icon": "", "sub": "", "url": "", "sub_url": "", "tone": "", **item} for item in items]}


@register.inclusion_tag("components/stage.html")
def stage(stage):
    """One of the seven stages: {"number", "name", "came_in", "went_on", ...}; see docs/components.md."""
    names = "url share of of_url of_words more median p90 timed_url in_time_url limit before"
    blank = dict.fromkeys(names.split(), "")
    return {"stage": {**blank, "in_time": None, "goal": None, "worst": False, "last": False, **stage}}


@register.inclusion_tag("components/views.html")
def views(items, label="Views", more=None):
    """Tabs that are addresses: [{"label", "url", "count", "late", "current"}]; `more` is one link at the end.

    `late` says that all a tab counts is late, `late_count` how many of it are.
    """
    return {
        "items": [{"count": None, "late": False, "late_count": "", "current": False, **item} for item in items],
        "label": label,
        "more": more,
    }


@register.inclusion_tag("components/chips.html")
def chips(items, text="", label="Filters in use"):
    """Filters in use, each with the address without it: [{"label", "value", "url"}]."""
    return {"items": items, "text": text, "label": label}


@register.inclusion_tag("components/th.html")
def th(label, url="", sort="", cls=""):
    """A column head; with an address it sorts. `sort`: "ascending", "descending" or ""; cls such as "num", "q-lead"."""
    return {"label": label, "url": url, "sort": sort, "cls": cls}


@register.inclusion_tag("components/pager.html")
def pager(text="", newer="", older=""):
    """Keyset pages: where we are, and the addresses of the newer and the older rows."""
    return {"text": text, "newer": newer, "older": older}


@register.inclusion_tag("components/empty.html")
def empty(title, text="", icon_name="lead", url="", action="", heading=2):
    """What a page without rows says, and what to do next."""
    return {"title": title, "text": text, "icon_name": icon_name, "url": url, "action": action, "heading": heading}


@register.inclusion_tag("components/progress.html")
def progress(job):
    """Long work: {"done", "total", "label", "text", "left", "poll"}; `poll` answers the same as JSON."""
    percent = min(100, round(100 * job["done"] / job["total"])) if job.get("total") else 0
    return {"job": {"label": "Progress", "text": "", "left": "", "poll": "", **job}, "percent": percent}


@register.inclusion_tag("components/messages.html")
def messages_list(messages):
    """Django's messages as quiet bars under the page head; errors interrupt a screen reader, the others wait. The extra
    tag of a message is the name of the draft that the server has by now.
    """
    tones = {"error": ("late", "late"), "warning": ("soon", "warn"), "success": ("good", "checkc")}
    rows = []
    for message in messages or ():
        tone, drawing = tones.get(message.level_tag, ("info", "info"))
        rows.append({"text": message.message, "tone": tone, "icon": drawing, "draft": message.extra_tags})
    return {"rows": rows}


@register.inclusion_tag("components/diff.html")
def diff(items):
    """What changed: [{"kind": "add" | "rem" | "chg", "text"}]."""
    drawings_of = {"add": ("plus", "added"), "rem": ("minus", "removed"), "chg": ("swap", "changed")}
    return {
        "items": [
            {**item, "icon": drawings_of[item["kind"]][0], "word": drawings_of[item["kind"]][1]} for item in items
        ]
    }


@register.inclusion_tag("components/conflict.html")
def conflict(rows, who, when, reload_url):
    """Two people edited one record: [{"label", "theirs", "yours", "differs"}], the second is shown both."""
    return {"rows": rows, "who": who, "when": when, "reload_url": reload_url}


@register.inclusion_tag("components/errors.html")
def error_summary(form, *formsets, title="Not saved. Mend what is marked and save again"):
    """What is wrong, on top of a form laid out by hand: general errors, then each field's with a link to it."""
    rows = _wrong(form)
    for formset in formsets:
        rows += [("", error) for error in formset.non_form_errors()]
        for number, each in enumerate(formset, 1):
            rows += [(anchor, f"{number}. {words}") for anchor, words in _wrong(each)]
    return {"rows": rows, "title": title}


def _wrong(form):
    rows = [("", error) for error in form.non_field_errors()]
    for field in form:
        anchor, name = ("", "") if field.is_hidden else (field.anchor, f"{field.label}: ")
        rows += [(anchor, f"{name}{error}") for error in field.errors]
    return rows


@register.inclusion_tag("components/note.html")
def note(text, tone="", icon_name="info"):
    """A sentence the page must say, in a quiet frame; tone "" , "soon" or "late"."""
    return {"text": text, "tone": tone, "icon_name": icon_name}


@register.inclusion_tag("components/dialog_head.html")
def dialog_head(title, target, heading=2):
    """The head of a dialog with its way out; target is the dialog's id."""
    return {"title": title, "target": target, "heading": heading}
