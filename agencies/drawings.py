"""Bars and meters as SVG: lengths are attributes, so that a strict content policy needs no style attribute."""

from django.utils.html import format_html, format_html_join

BAR_TOP, BAR_FOOT = 10, 120


def meter(percent, goal=None):
    """A share of 100 with a tick at the goal; green at the goal, amber within twenty points below, red under that."""
    percent = max(0, min(100, percent))
    tone = "" if goal is None or percent >= goal else "mid" if percent >= goal - 20 else "low"
    tick = (
        ""
        if goal is None
        else format_html('<rect class="tg" x="{}" y="0" width="1.2" height="6"/>', max(0, goal - 0.4))
    )
    return format_html(
        '<svg class="meter" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bg" width="100" height="6"/><rect class="fg {}" width="{}" height="6"/>{}</svg>',
        tone,
        percent,
        tick,
    )


def bar(parts, full):
    """One stacked bar: parts is [(tone, amount)], tone "late", "soon" or "open"; full is what fills the whole width."""
    letters = {"late": "b", "soon": "c", "open": "a"}
    pieces, at = [], 0.0
    for tone, amount in parts:
        width = round(100 * amount / full, 2) if full else 0
        if width:
            pieces.append((letters[tone], round(at, 2), width))
        at += width
    return format_html(
        '<svg class="bar-s" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect class="bg" width="100" height="14"/>{}</svg>',
        format_html_join("", '<rect class="{}" x="{}" width="{}" height="14"/>', pieces),
    )


def stage_bars(came_in, went_on, *, last=False):
    """What came in and what went on, on the stage's own scale: the part that went on widens to the whole of the next.

    One scale for all seven stages would leave slivers of the last four, so each is drawn full height and the sloping
    field between two says that a part of this one is all of the next.
    """
    share = min(1, went_on / came_in) if came_in else 0
    top = round(BAR_FOOT - (BAR_FOOT - BAR_TOP) * share, 1)
    field = (
        ""
        if last or not went_on
        else format_html('<path class="fl" d="M62 {} L100 {} L100 {} L62 {} Z"/>', top, BAR_TOP, BAR_FOOT, BAR_FOOT)
    )
    return format_html(
        '<svg class="bars" viewBox="0 0 100 132" preserveAspectRatio="none" role="img" aria-label="{} of {} went on">'
        '<line x1="0" x2="100" y1="120.5" y2="120.5"/>{}<rect class="b-in" x="10" y="{}" width="52" height="{}"/>'
        '<rect class="b-out" x="10" y="{}" width="52" height="{}"/></svg>',
        f"{went_on:,}",
        f"{came_in:,}",
        field,
        BAR_TOP,
        BAR_FOOT - BAR_TOP if came_in else 0,
        top,
        round(BAR_FOOT - top, 1),
    )
